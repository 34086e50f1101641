"""One provider a file, each speaking its real wire protocol."""
