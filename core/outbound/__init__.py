"""Signed calls to addresses that other people name: where they may go, how they are made and signed."""
