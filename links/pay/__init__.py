"""The customer's pay page: its words, its templates and the files that the browser loads."""
