"""The fan-out beside other people's servers, where they are installed; nothing of ours depends on them."""

import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.feed.measures import Child, Stand, deliveries_a_cpu_second, stand
from tests.bench.ratios import Ratio

_HERE: Final = Path(__file__).parent / "peers"
_CONSOLE: Final = Path(__file__).parents[3] / "agent_feed" / "console"
_SIZE: Final = 400
_ROUNDS: Final = 5
_WARM_UP: Final = 1


@dataclass(frozen=True, slots=True)
class Peer:
    """One server. `messages` are those of one round: the slow ones send fewer."""

    name: str
    by: Sequence[str]
    program: Path
    argument: str
    messages: int
    target: float


def find(folder: Path | None) -> tuple[list[Peer], list[str]]:
    """Those that are there, and the names of those that are not.

    `folder` is a virtual environment with `node_modules` in it; without one it is looked in this project's own.
    """
    python = str(folder / "bin" / "python") if folder is not None else sys.executable
    # Isolated, for we have a package `channels` as well.
    isolated = [python, "-I"]
    own_node = Path(sys.executable).parents[1] / "node" / "bin" / "node"
    node = shutil.which("node") or str(own_node)
    modules = str((folder or _CONSOLE).resolve())
    pythons = _HERE / "pythons.py"
    resolves = f"require.resolve('ws', {{paths: [{modules!r}]}})"
    asked = (
        (Peer("Node's ws", [node], _HERE / "ws.js", modules, 40, 1), ["-e", resolves]),
        (
            Peer("python-socketio", isolated, pythons, "socketio", 20, 10),
            ["-c", "import socketio, uvicorn, uvloop, websockets"],
        ),
        (
            Peer("Django Channels", isolated, pythons, "channels", 5, 30),
            ["-c", "import channels.generic.websocket, uvicorn, uvloop, websockets"],
        ),
    )
    there = [peer for peer, test in asked if _runs([*peer.by, *test])]
    return there, [peer.name for peer, _ in asked if peer not in there]


def ratios(peers: Sequence[Peer]) -> Iterator[Ratio]:
    """In turns with ours, one at a time."""
    for sockets in (500, 2000):
        for peer in peers:
            yield from _fan_out(peer, sockets)


def _fan_out(peer: Peer, sockets: int) -> Iterator[Ratio]:
    theirs, single, together = [], [], []
    with _serving(peer, sockets) as other, stand("ours", sockets) as ours:
        for _ in range(_ROUNDS + _WARM_UP):
            theirs.append(_theirs(other, peer.messages))
            # A slow one takes longer than we wait for an answer to a heartbeat.
            ours.readers.ask("acknowledge")
            single.append(deliveries_a_cpu_second(ours, together=1))
            together.append(deliveries_a_cpu_second(ours, together=64))
    bare, one, many = (statistics.median(found[_WARM_UP:]) for found in (theirs, single, together))
    head, unit = f"feed: deliveries to {sockets} sockets", "/ CPU s"
    yield Ratio(f"{head}, one a write", one, bare, unit, "higher", peer.target, peer.name)
    yield Ratio(f"{head}, 64 ready together", many, bare, unit, "higher", None, peer.name)


@contextmanager
def _serving(peer: Peer, sockets: int) -> Iterator[Stand]:
    with (
        Child(str(peer.program), peer.argument, by=peer.by) as server,
        Child("tests.bench.feed.readers") as readers,
    ):
        hello = server.answer()
        readers.ask("connect", "127.0.0.1", hello["port"], hello["path"], sockets)
        yield Stand(server, readers, sockets)


def _theirs(one: Stand, messages: int) -> float:
    """Deliveries for each second of the processor time of their process."""
    before = one.server.ask("used")["cpu_seconds"]
    size = one.server.ask("send", messages, _SIZE)
    one.readers.ask("expect", size)
    spent = one.server.ask("used")["cpu_seconds"] - before
    return float(one.sockets * messages / spent)


def _runs(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
