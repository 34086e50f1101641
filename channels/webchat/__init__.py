"""The web chat of our own: what the doors at `/chat/…` tell a visitor, and the widget that shows it."""
