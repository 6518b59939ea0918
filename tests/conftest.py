"""Fixtures for every test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.storage.store import open_store
from tests.support.postgres import Postgres, running_postgres
from tests.support.world import World, world

# No test fails because a machine is slow. Where CI is set, hypothesis tries the same examples every time.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server for the whole run."""
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of an empty database for the real program, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kept.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture(params=["sqlite", "postgresql"])
async def tutoring(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """A world of its own, once on each database."""
    if request.param == "sqlite":
        async with world(tmp_path) as made:
            yield made
        return
    server: Postgres = request.getfixturevalue("postgres")
    store = await open_store(server.database())
    async with world(tmp_path, store=store) as made:
        yield made
    await store.close()
