"""Settings, wiring, command line, worker and migrations: the one place that knows everyone."""
