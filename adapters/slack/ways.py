"""By which way an answer reaches a person: the best one first, then those to fall back to."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.slack.blocks import Json
from adapters.slack.place import Place, Surface


@dataclass(frozen=True, slots=True)
class Respond:
    """Through the interaction's response URL."""

    url: str
    extra: tuple[tuple[str, str | bool], ...]

    @property
    def arguments(self) -> Json:
        """What stands beside text and blocks."""
        return dict(self.extra)


@dataclass(frozen=True, slots=True)
class Whisper:
    """An ephemeral message in a channel."""

    channel: str
    user: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """A message in a channel, or to a person when `channel` is a user's id."""

    channel: str
    thread: str = ""


Way = Respond | Whisper | Say


def ways(place: Place, *, private: bool, replace: bool) -> tuple[Way, ...]:
    """All ways for a reply, never none: in the end there is the person's own direct messages."""
    if place.surface is Surface.TALK:
        return _after_words(place, private)
    if not place.channel:
        return (Say(place.user),)
    if private:
        return (*_privately(place, replace), Say(place.user))
    return (Say(place.channel, place.thread), *_respond(place, "in_channel", False), Say(place.user))


def _after_words(place: Place, private: bool) -> tuple[Way, ...]:
    if place.direct:
        return (Say(place.channel or place.user, place.thread),)
    if private:
        return (Whisper(place.channel, place.user, place.thread), Say(place.user))
    return (Say(place.channel, place.thread or place.message), Say(place.user))


def _privately(place: Place, replace: bool) -> tuple[Way, ...]:
    # In the direct messages with the tutor an ordinary message is private, and it is still there tomorrow.
    if place.ours and not place.ephemeral:
        return (*_respond(place, "in_channel", replace), Say(place.channel, place.thread))
    replacing = replace and place.ephemeral
    whisper = () if place.direct else (Whisper(place.channel, place.user, place.thread),)
    return (*_respond(place, "ephemeral", replacing), *whisper)


def _respond(place: Place, kind: str, replace: bool) -> tuple[Way, ...]:
    if not place.response_url:
        return ()
    thread: tuple[tuple[str, str | bool], ...] = (("thread_ts", place.thread),) if place.thread else ()
    own = place.surface in (Surface.COMMAND, Surface.SHORTCUT)
    replacing: tuple[tuple[str, str | bool], ...] = () if own else (("replace_original", replace),)
    return (Respond(place.response_url, (("response_type", kind), *replacing, *thread)),)
