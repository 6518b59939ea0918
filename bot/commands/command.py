"""What a command is: its name, its parameters, who may use it, and what runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.messages import Reply

if TYPE_CHECKING:
    from bot.tutor.people import Who as Asker
    from bot.tutor.tutor import Tutor

Args = Mapping[str, str | int]
Run = Callable[["Tutor", "Asker", Args], Awaitable[Reply]]


class ParameterKind(StrEnum):
    """What a parameter holds; platforms complete topics, exams and choices while people type."""

    TEXT = "text"
    INTEGER = "integer"
    TOPIC = "topic"
    EXAM = "exam"
    CHOICE = "choice"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter. Names are lower case letters, at most 32; summaries at most 100 characters.

    INTEGER has a `minimum` and a `maximum`, CHOICE its `choices`. TEXT and TOPIC take all remaining
    words when `rest` is set.
    """

    name: str
    summary: str
    kind: ParameterKind = ParameterKind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = 0
    rest: bool = False


class Who(StrEnum):
    """Who may use a command."""

    EVERYONE = "everyone"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Command:
    """A command. `name` is one word, or two for a subcommand (`schedule add`).

    A word that has subcommands is never a command itself (Discord cannot invoke it bare); Slack and the
    web chat answer the bare word with the list of subcommands. What an admin's command did is kept in the audit
    log, unless it is `quiet`: it only shows something, or keeps its own line.
    """

    name: str
    summary: str
    run: Run
    parameters: tuple[Parameter, ...] = ()
    who: Who = Who.EVERYONE
    example: str = ""
    quiet: bool = False

    @property
    def usage(self) -> str:
        """The command as help shows it: `/quiz [topic] [count]`."""
        shown = [f"<{p.name}>" if p.required else f"[{p.name}]" for p in self.parameters]
        return " ".join([f"/{self.name}", *shown])
