"""The payments room, proved without its sandbox, which has tests of its own."""
