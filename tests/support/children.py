"""Child processes that do not outlive the tests, however these end."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def start(
    command: Sequence[str],
    *,
    log: Path,
    user: str | None = None,
    environment: Mapping[str, str] | None = None,
    die_by: signal.Signals = signal.SIGTERM,
    own_group: bool = False,
) -> "subprocess.Popen[bytes]":
    """Starts a server with its output in `log`. It gets `die_by` when this process dies (Linux).

    In a process group of its own, no Ctrl-C of this terminal reaches it.
    """

    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def tie_to_parent() -> None:
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, die_by)

    with log.open("ab") as output:
        return subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            user=user,
            group=user,
            extra_groups=[] if user is not None else None,
            env=dict(environment) if environment is not None else dict(os.environ),
            process_group=0 if own_group else None,
            preexec_fn=tie_to_parent,  # noqa: PLW1509 -- one system call, nothing that could wait for a lock
        )


def stop(process: "subprocess.Popen[bytes]", *, by: signal.Signals = signal.SIGTERM) -> None:
    """Asks the process to end, and ends it after ten seconds."""
    process.send_signal(by)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
