"""The customer's page, seen and reporting, beside bare FastAPI handlers that run the same statements."""
