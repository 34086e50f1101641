"""A real PostgreSQL for the tests: started once, on a Unix socket, with a template that each test clones."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
import sqlalchemy as sa

from tests.support import children

_TEMPLATE = "paythread_template"
_UNSAFE_AND_FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=64MB",
    "max_connections=200",
    "listen_addresses=",
    # Neither UTC nor whole hours: who forgets a zone is found out.
    "timezone=Asia/Kathmandu",
)


def find_binaries() -> Path | None:
    """The folder with `initdb` and `postgres`: on the PATH, by pg_config, or where Debian puts the newest."""
    for program in ("initdb", "postgres"):
        found = shutil.which(program)
        if found is not None and (Path(found).resolve().parent / "initdb").exists():
            return Path(found).resolve().parent
    pg_config = shutil.which("pg_config")
    candidates = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0,
        reverse=True,
    )
    if pg_config is not None:
        told = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        candidates.insert(0, Path(told.stdout.strip()))
    return next((path for path in candidates if (path / "initdb").exists()), None)


class PostgresServer:
    """A server of our own. PostgreSQL refuses to run as root, so root runs it as the user `postgres`."""

    def __init__(self, binaries: Path, *, durable: bool = False) -> None:
        """`durable`: a commit waits for the disk, as it does in production."""
        self._durable = durable
        self._binaries = binaries
        self._user = "postgres" if os.geteuid() == 0 else None
        # Short, since the path of a Unix socket has 107 characters at most.
        self._home = Path(tempfile.mkdtemp(prefix="pt-pg-", dir="/tmp"))
        self._numbers = count(1)
        # Clones that a test is done with, emptied for the next one: ten times faster than another clone.
        self._empty: list[str] = []
        self._emptying = ""
        self._tables: set[str] = set()

    def __enter__(self) -> Self:
        if self._user is not None:
            shutil.chown(self._home, self._user, self._user)
        subprocess.run(
            [
                self._binaries / "initdb",
                *("--pgdata", self._home / "data", "--username", "paythread"),
                *("--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"),
            ],
            check=True,
            capture_output=True,
            cwd="/",
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user is not None else None,
        )
        fast = _UNSAFE_AND_FAST[3:] if self._durable else _UNSAFE_AND_FAST
        settings = (*fast, f"unix_socket_directories={self._home}")
        self._process = children.start(
            [
                str(self._binaries / "postgres"),
                *("-D", str(self._home / "data")),
                *(part for setting in settings for part in ("-c", setting)),
            ],
            log=self._home / "log",
            user=self._user,
            die_by=signal.SIGQUIT,
        )
        self._admin = self._connect()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._admin.close()
        children.stop(self._process, by=signal.SIGINT)
        shutil.rmtree(self._home, ignore_errors=True)

    def url(self, name: str) -> str:
        """The URL of a database of this server, as the settings take it."""
        return f"postgresql://paythread@/{name}?host={self._home}"

    def make_template(self, metadata: sa.MetaData) -> None:
        """Makes the tables, once."""
        self._admin.execute(f"CREATE DATABASE {_TEMPLATE}")
        url = self.url(_TEMPLATE).replace("postgresql:", "postgresql+psycopg:")
        engine = sa.create_engine(url)
        metadata.create_all(engine)
        engine.dispose()
        self._tables = set(metadata.tables)
        deletes = (f'DELETE FROM "{table.name}"' for table in metadata.sorted_tables)
        # As a replica, so that no foreign key minds the order.
        self._emptying = "; ".join(["SET session_replication_role = replica", *deletes])

    def clone(self) -> str:
        """A database with the template's tables and nothing in them; answers its name."""
        if self._empty:
            return self._empty.pop()
        name = f"test_{next(self._numbers)}"
        # Copying the files is four times faster than logging each page, which became the default with 15.
        strategy = "STRATEGY FILE_COPY" if self._admin.info.server_version >= 150000 else ""
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE} {strategy}")
        return name

    def create_empty(self) -> str:
        """A fresh database without tables; answers its name."""
        name = f"empty_{next(self._numbers)}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def give_back(self, name: str) -> None:
        """Empties a clone for the next test, whoever is still connected.

        One that cannot be emptied, or has other tables than it had, is dropped.
        """
        self._admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            with psycopg.connect(self.url(name), autocommit=True) as connection:
                connection.execute("SET lock_timeout = '5s'")
                connection.execute(self._emptying)
                found = connection.execute(
                    "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                )
                unchanged = {row[0] for row in found} == self._tables
        except psycopg.Error:
            unchanged = False
        if unchanged:
            self._empty.append(name)
        else:
            self.drop(name)

    def drop(self, name: str) -> None:
        """Drops a database, whoever is still connected."""
        self._admin.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        deadline = time.monotonic() + 30
        while True:
            try:
                return psycopg.connect(self.url("postgres"), autocommit=True)
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    log = (self._home / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL did not start:\n{log}") from None
                time.sleep(0.02)
