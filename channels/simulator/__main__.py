"""`python -m channels.simulator`: runs the far end until it is told to stop."""

from channels.simulator.command_line import main

if __name__ == "__main__":
    raise SystemExit(main())
