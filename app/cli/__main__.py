"""`python -m app.cli` is `paythread`."""

from app.cli import main

main()
