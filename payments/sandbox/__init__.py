"""The sandbox PSP: a Stripe-compatible far end in its own process, for test cards alone.

It shares no code with the rest of the project, so that the gateway is proved against something that
does not agree with it by construction. It stores, logs and returns no card number and no security
code: a number lives in memory for as long as it takes to look up which test card it is.

Errors (each answers in Stripe's shape):

    Refused                 a fact about the request, with its HTTP status
    ├── BadRequest          400, nothing began, so no idempotent answer is kept
    ├── Unauthorised        401
    ├── NotFound            404 resource_missing
    └── Conflict            400/409, the object or the key is not in a state for this
"""
