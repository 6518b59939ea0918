"""Moodle's categories: paths of names, in which two slashes stand for one that is part of a name."""

from __future__ import annotations

import re

from bot.bank.exchange.drafts import Subject

PLACES = ("$course$", "$system$", "$module$")
TOP = "top"
_BETWEEN = re.compile(r"(?<!/)/(?!/)")


def named(topic: Subject) -> Subject:
    """What a category holds of a topic: its name, in one line."""
    return Subject(name=" ".join((topic.name or topic.slug).split()))


def path_of(topic: Subject) -> str:
    """The category of a topic, below the top of whatever course it is brought into."""
    name = named(topic).name.replace("/", "//")
    # Beside a slash that divides, one of the name would be taken for another.
    return f"{PLACES[0]}/{TOP}/{' ' if name.startswith('/') else ''}{name}"


def subject_of(path: str) -> Subject:
    """The topic that a category stands for: its last name, none for the top itself."""
    names = [name.strip() for name in _BETWEEN.split(path.strip())]
    if names and names[0] in PLACES:
        names = names[1:]
        names = names[1:] if names and names[0] == TOP else names
    return Subject(name=names[-1].replace("//", "/") if names else "")
