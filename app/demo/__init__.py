"""`paythread demo`: a whole contact centre on one machine, with the far ends simulated beyond the wire."""
