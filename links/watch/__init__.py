"""Watches what the pay page runs: scripts, security headers, browsers' reports (PCI DSS 6.4.3, 11.6.1)."""
