"""The doors of the simulator: the only modules of it that know Starlette."""
