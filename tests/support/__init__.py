"""What the tests stand on: databases, servers, a clock that is set by hand, and a guard on the network."""
