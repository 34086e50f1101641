"""What stands in front of every door: host, size, form, headers, and a line in the log. Plain ASGI."""
