"""A far end that speaks Mollie's protocol, in its own process, for tests, demonstrations and training.

It shares no code with the gateway; what is no PSP's own (faults, storage, the courier's patience) it borrows from the
Stripe-like sandbox. It differs from Mollie where a machine without a network must: it calls webhook addresses on
loopback, and its refunds and captures settle within seconds. It takes no card number, and refuses what holds one.

Errors: `Refusal`, answered in Mollie's shape (https://docs.mollie.com/reference/handling-errors).
"""
