"""Where the journal's anchors are sent, so that nobody who can write to the database can take them back.

settings       how an operator names the destinations
destinations   a file, an https address, a syslog server
"""
