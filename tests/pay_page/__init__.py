"""The customer's pay page, in a real browser."""
