"""Telegram: a bot and the people who started it."""
