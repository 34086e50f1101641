"""A simulated far end: Adyen as a merchant's server, its customers' browsers and its webhook endpoint meet it.

It speaks Checkout API 71 and 72, serves an `adyen.js` of its own with the card component of Web Components 6, asks the
3-D Secure question, and sends signed notifications until they are taken. It accepts Adyen's published test cards alone,
keeps no card number and moves no money. Its own process: `python -m payments.adyen_sandbox --help`.

What is not Adyen's but any far end's (faults, store, clock, cutting a line) is that of `payments.sandbox`.
https://docs.adyen.com/api-explorer/Checkout/71/overview
"""
