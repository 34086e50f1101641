"""The API's door to links."""
