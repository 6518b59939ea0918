"""Help: derived from the registry, so that it cannot be out of date."""

from __future__ import annotations

from bot.commands.command import Command, Who
from bot.commands.registry import COMMANDS
from bot.messages import Button, Notice, Section, Sheet, Tone
from bot.messages.acts import RunCommand
from bot.wording.speech import _


def sheet(admin: bool) -> Sheet:
    """What everyone may do, and for admins what admins may."""
    everyone = _section(_("For everyone"), Who.EVERYONE)
    admins = [_section(_("For admins"), Who.ADMIN)] if admin else []
    how = Section(
        _("How it works"),
        (
            _(
                "A question is posted in the channel. Press a letter: only you see the result, with every reason."
            ),
            _(
                "The channel sees the key when the round closes. Right answers in time earn 10 points, others 2."
            ),
            _("Practice earns a point for a question that is new to you, up to 10 a day."),
            _("A streak counts your workdays; every fifth day earns a freeze that forgives a missed one."),
        ),
    )
    return Sheet(
        _("What I can do"),
        sections=(everyone, *admins, how),
        buttons=(
            Button(_("Practise"), RunCommand("quiz")),
            Button(_("Leaderboard"), RunCommand("leaderboard")),
        ),
    )


def _section(title: str, who: Who) -> Section:
    return Section(title, tuple(f"{c.usage}: {_(c.summary)}" for c in COMMANDS if c.who is who))


def about(text: str) -> Notice | Sheet | None:
    """How the command that a text names is used; None when it names none."""
    name = text.strip().removeprefix("/").casefold()
    if found := next((command for command in COMMANDS if command.name == name), None):
        return of_command(found)
    return of_group(name) if any(command.name.startswith(f"{name} ") for command in COMMANDS) else None


def of_command(command: Command) -> Notice:
    """How one command is used."""
    text = _("{usage}: {what}. For example {example}.") if command.example else "{usage}: {what}."
    said = text.format(usage=command.usage, what=_(command.summary), example=command.example)
    return Notice(said, Tone.INFO)


def of_group(word: str) -> Sheet:
    """The subcommands of a word."""
    found = [c for c in COMMANDS if c.name.split()[0] == word]
    return Sheet(f"/{word}", sections=(Section(lines=tuple(f"{c.usage}: {_(c.summary)}" for c in found)),))
