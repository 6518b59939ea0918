"""Fixtures of the bank's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bank import Bank, load
from tests.bank.authored import Authored


@pytest.fixture
def authored(tmp_path: Path) -> Authored:
    """A sound content folder, not yet written."""
    return Authored(tmp_path / "content")


@pytest.fixture
def bank(authored: Authored) -> Bank:
    """The bank of the sound content folder."""
    return load([authored.write()])
