"""The live feed beside a bare broadcast: deliveries a CPU second, delay, memory a socket."""
