"""Processes and ports, as the operating system sees them."""

import os
import random
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Running:
    """A process that somebody else started."""

    pid: int
    command: str


def children_of(pid: int) -> list[Running]:
    """The living children of a process, zombies left out."""
    table = subprocess.run(
        ["ps", "-axo", "pid=,ppid=,stat=,command="], capture_output=True, text=True, check=True
    ).stdout
    found = []
    for line in table.splitlines():
        own, parent, state, command = line.split(None, 3)
        if int(parent) == pid and not state.startswith("Z"):
            found.append(Running(int(own), command))
    return found


def is_alive(pid: int) -> bool:
    """Whether the process still runs; a zombie does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def free_ports(count: int) -> int:
    """The first of `count` consecutive ports that are all free, below those that the system hands out by itself."""
    for _ in range(200):
        first = random.randrange(20_000, 32_000)
        if all(_is_free(first + offset) for offset in range(count)):
            return first
    raise AssertionError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
