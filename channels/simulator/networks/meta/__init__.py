"""Meta's networks: WhatsApp, Messenger and Instagram, by the Graph API."""
