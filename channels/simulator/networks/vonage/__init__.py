"""Vonage: a second API to the same carrier. Its messages are SMS like any other on the phone."""
