"""The doors of the payments room: the API's payments, and the PSPs' webhooks."""
