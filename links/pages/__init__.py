"""The customer's door: the pay page and its own endpoints. Public, without cookies, read-only by GET."""
