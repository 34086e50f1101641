"""Customers, and what is said to them and by them on every channel."""
