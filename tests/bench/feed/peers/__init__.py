"""Other people's servers for the same fan-out; each file runs with their packages alone, and none of ours."""
