"""The doors to customers, channels and messages, and the one that providers report to."""
