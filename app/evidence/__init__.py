"""The evidence pack: what an assessor asks for, read out of the running code and its database.

`pack` writes the folder; every other file answers one of the questions in it. Nothing here is a certificate: the
product is designed for SAQ A, and whether an installation qualifies is for its owner and assessor to say.
"""
