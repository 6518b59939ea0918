"""The desk: where every adapter hands in what people do, and gets a reply, always.

Each method returns a Reply and raises nothing that a person could have caused: a refusal becomes a
sentence, a failure is logged with the caller's request and becomes an apology.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.commands.command import Command, ParameterKind
from bot.messages import Reply, Sheet, Upload
from bot.messages.forms import NO_FILES
from bot.model.people import Caller, Channel, Person


class Desk(Protocol):
    """What an adapter may ask of the core."""

    @property
    def commands(self) -> Sequence[Command]:
        """All commands in the order in which help lists them."""
        ...

    async def command(self, caller: Caller, text: str) -> Reply:
        """Run a command typed as text, with or without its slash: `quiz ddb 5`."""
        ...

    async def invoke(self, caller: Caller, name: str, args: Mapping[str, str | int]) -> Reply:
        """Run a command whose arguments the platform has already taken apart."""
        ...

    async def click(self, caller: Caller, button: str, values: Sequence[str] = ()) -> Reply:
        """Press the button with this id. `values` are the positions picked in a multi-select.

        Returns after the answer is durable.
        """
        ...

    async def submit(
        self,
        caller: Caller,
        form: str,
        values: Mapping[str, str],
        files: Mapping[str, Upload] = NO_FILES,
    ) -> Reply:
        """Hand in a form, and files by the names of their fields. A FormErrors message in the reply means that
        nothing was saved."""
        ...

    async def said(self, caller: Caller, text: str) -> Reply:
        """Answer free words in a direct message or after a mention."""
        ...

    async def home(self, caller: Caller) -> Sheet:
        """The caller's own page: today's question, streak, reviews due, progress."""
        ...

    async def language(self, person: Person) -> str | None:
        """The language in which a person is answered: their own choice, else that of their place.

        None while that cannot be looked up. Nobody is met by this.
        """
        ...

    def complete(
        self, kind: ParameterKind, typed: str, caller: Caller | None = None
    ) -> list[tuple[str, str]]:
        """At most 25 (value, label) completions for what is typed into a parameter of this kind; with a caller
        also what only their community knows."""
        ...

    async def joined(self, caller: Caller, channel: Channel, name: str) -> Reply:
        """The tutor was added to a channel: the greeting with its two-question setup."""
        ...

    async def left(self, channel: Channel, reason: str, name: str = "") -> None:
        """The tutor can no longer speak in a channel: its schedules pause and the admins are told.

        `reason` is a `marked` sentence; `{name}` in it stands for the channel's name.
        """
        ...

    async def forgotten(self, platform: str, community: str) -> None:
        """A community removed the tutor: its schedules pause."""
        ...

    async def renamed(self, caller: Caller) -> None:
        """A person's shown name, time zone or locale changed."""
        ...
