"""The database's schema, step by step: the same revisions on SQLite and PostgreSQL."""
