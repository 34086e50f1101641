"""The whole system as a user starts it: every process, two browsers, nothing replaced."""
