"""Journal, vault, masking, users and roles: what an auditor asks for."""
