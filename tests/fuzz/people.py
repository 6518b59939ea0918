"""Who sends strange things."""

from __future__ import annotations

from bot.model.people import Caller, Channel, Person
from tests.fuzz.overhearing import NAME


def caller(
    name: str = "mallory",
    channel: str | None = "general",
    *,
    admin: bool = False,
    community: str = "team",
    shown: str = NAME,
) -> Caller:
    """A person whose shown name may stand in no log."""
    person = Person("test", community, f"U-{name}", shown, admin)
    return Caller(person, Channel("test", community, channel) if channel else None, "req")
