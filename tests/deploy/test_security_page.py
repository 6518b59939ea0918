"""docs/security.md keeps up with the program."""

from __future__ import annotations

import re

import bot.storage.tables  # noqa: F401  (fills the metadata)
from bot.storage.columns import metadata
from tests.deploy.places import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_table_with_people_is_in_the_inventory() -> None:
    inventory = PAGE.partition("## Personal data")[2].partition("\n## ")[0]
    about_people = {
        table.name
        for table in metadata.tables.values()
        if {"learner_id", "created_by", "named_by", "author_id"} & set(table.c.keys())
    }
    assert "attempts" in about_people
    assert not {name for name in {"learners", "shelf", *about_people} if f"`{name}`" not in inventory}


def test_every_file_that_it_names_is_there() -> None:
    named = re.findall(r"`((?:bot|adapters|tests|deploy)/[\w/.-]+)`", PAGE)
    assert named
    assert not [name for name in named if not (ROOT / name).exists()]


def test_every_test_that_it_names_is_there() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", PAGE)
    assert named
    assert not [name for name in named if f"def {name}(" not in tests]
