"""Webhooks out: the journal, sent to a merchant's own software, signed, until it has arrived.

endpoints      where to, which events, with which secrets
line           entries become deliveries: the payload is frozen, the endpoint's position moves on
courier        carries an endpoint's deliveries out, a few at once
sender         one request, to an address that was checked
deliveries     what was sent, how often, and what came back
"""
