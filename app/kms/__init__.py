"""A key management service that keeps the key over the master keys, so that no host holds a master key on disk.

port       what is asked of one
transit    HashiCorp Vault's and OpenBao's transit engine
settings   how an operator names it
opening    a list of master keys with those in it that a service has wrapped
"""
