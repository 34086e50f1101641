"""Email: a real SMTP server in front of the customer's mailbox."""
