"""The product: an invitation to pay, from its making to its receipt."""
