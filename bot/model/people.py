"""Who speaks to the tutor and where, in words that every platform can fill in."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Channel:
    """A place where a community talks. `community` is the platform's id of a workspace or server."""

    platform: str
    community: str
    id: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a platform knows them.

    `community` is where the account lives; `admin` says whether the platform trusts them to manage
    that community; `timezone` (an IANA name) and `locale` are None where the platform does not say.
    """

    platform: str
    community: str
    id: str
    name: str
    admin: bool = False
    timezone: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """A person doing something now. `channel` is None in a direct message with the tutor.

    `request` names this one payload in logs. It is the same when the platform delivers it again.
    """

    person: Person
    channel: Channel | None
    request: str = ""

    @property
    def community(self) -> str:
        """The community whose schedules and boards this call is about."""
        return self.channel.community if self.channel else self.person.community

    def as_admin(self) -> Caller:
        """The same caller with an admin's rights."""
        return replace(self, person=replace(self.person, admin=True))


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Where a posted message stands. `id` is the platform's own id of the message in its channel.

    `thread` is the platform's id of the thread that hangs below it, where it differs from `id`.
    """

    channel: Channel
    id: str
    thread: str | None = None
