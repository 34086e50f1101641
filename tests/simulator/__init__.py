"""The customer's phone and mailbox, tried as its own process over loopback."""
