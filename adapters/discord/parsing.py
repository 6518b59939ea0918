"""Events that the library cannot read are dropped, all others go on, and servers of old do not join anew.

An error in one of the library's parsers would end its connection for good, and with it the tutor on Discord.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import structlog

Parse = Callable[[Any], Any]

VITAL = frozenset({"READY", "RESUMED"})
"""Without these there is no connection that could go on."""

log = structlog.get_logger(__name__)


def careful(parsers: Mapping[str, Parse]) -> dict[str, Parse]:
    """The library's parsers by event, none of which raises for what stands in an event."""
    return {name: parse if name in VITAL else _careful(name, parse) for name, parse in parsers.items()}


def telling_joins(parsers: Mapping[str, Parse], known: Callable[[int], object]) -> dict[str, Parse]:
    """The library's parsers, for which a server joins only when nobody has `known` it.

    Discord also sends GUILD_CREATE for every server at the start and after an outage. The library tells them
    from a join by `unavailable`, which Discord need not send.
    """
    parse = parsers["GUILD_CREATE"]

    def parse_guild(data: Any) -> Any:
        if known(int(data["id"])) is not None:
            data.setdefault("unavailable", False)
        return parse(data)

    return {**parsers, "GUILD_CREATE": parse_guild}


def _careful(name: str, parse: Parse) -> Parse:
    def parse_or_drop(data: Any) -> Any:
        try:
            return parse(data)
        except Exception as error:
            log.warning("event_unreadable", kind=name, error=type(error).__name__)
            return None

    return parse_or_drop
