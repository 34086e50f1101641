"""What the customer reads on the pay page: a module a language."""
