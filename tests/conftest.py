"""Fixtures for every test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.world import World, world


@pytest.fixture
async def tutoring(tmp_path: Path) -> AsyncIterator[World]:
    """A world of its own."""
    async with world(tmp_path) as made:
        yield made
