"""Files that people hand in with a form."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.fakes.discord.world import snowflake


@dataclass(frozen=True)
class Attachment:
    """A file on somebody's computer, on its way to Discord."""

    name: str
    data: bytes
    id: str = field(default_factory=lambda: str(snowflake()))
