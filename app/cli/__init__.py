"""`paythread`: every command of the contract."""

from app.cli.main import main

__all__ = ["main"]
