"""Requests that write, beside a bare FastAPI handler that runs the very same statements on the plain driver."""
