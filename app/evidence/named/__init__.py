"""Which tests show what must hold: the law, each threat, each kind of bad input.

`tests/app/evidence/test_named.py` fails where one of them is not there any more, so the tables cannot rot.
"""
