"""Tests of the app room: settings, wiring, worker, front, command line."""
