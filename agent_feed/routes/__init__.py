"""The feed's doors over HTTP: the journal as a list, timelines, tickets, Server-Sent Events."""
