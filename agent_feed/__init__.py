"""The journal, live, as one agent may see it, and the console that shows it."""
