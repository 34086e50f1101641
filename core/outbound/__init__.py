"""Signed calls to addresses that other people name: where they may go, how one is made, and how its words are signed."""
