"""Processes and ports, as the operating system sees them."""

import os
import random
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc/self")


@dataclass(frozen=True, slots=True)
class Running:
    """A process that somebody else started."""

    pid: int
    command: str


def children_of(pid: int) -> list[Running]:
    """The living children of a process, zombies left out."""
    return [
        Running(own, command)
        for own, parent, state, command in (_from_proc() if _PROC.is_dir() else _from_ps())
        if parent == pid and not state.startswith("Z")
    ]


def is_alive(pid: int) -> bool:
    """Whether the process still runs; a zombie does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def _from_proc() -> Iterator[tuple[int, int, str, str]]:
    for folder in _PROC.parent.glob("[0-9]*"):
        try:
            # The name, in brackets, may hold anything; what follows it does not.
            state, parent, *_ = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (FileNotFoundError, ProcessLookupError):
            continue
        yield int(folder.name), int(parent), state, command


def _from_ps() -> Iterator[tuple[int, int, str, str]]:
    table = subprocess.run(
        ["ps", "-axo", "pid=,ppid=,stat=,command="], capture_output=True, text=True, check=True
    ).stdout
    for line in table.splitlines():
        own, parent, state, command = line.split(None, 3)
        yield int(own), int(parent), state, command


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
