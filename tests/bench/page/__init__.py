"""What the customer's page weighs and how Lighthouse rates it, of a demo started for it."""
