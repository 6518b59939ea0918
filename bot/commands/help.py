"""Help: derived from the registry, so that it cannot be out of date."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.commands.command import Args, Command, Run, Who
from bot.messages import Button, Notice, Reply, Section, Sheet, Tone
from bot.messages.acts import RunCommand
from bot.tutor.people import Who as Asker
from bot.tutor.people import is_admin
from bot.tutor.tutor import Tutor
from bot.wording.speech import _


def helping(commands: Callable[[], Sequence[Command]]) -> Run:
    """What `/help` runs over commands that are still being declared."""

    async def help_(tutor: Tutor, who: Asker, args: Args) -> Reply:
        found = about(commands(), str(args.get("command", "")))
        return Reply(found or sheet(commands(), await is_admin(tutor, who)))

    return help_


def sheet(commands: Sequence[Command], admin: bool) -> Sheet:
    """What everyone may do, and for admins what admins may."""
    everyone = _section(commands, _("For everyone"), Who.EVERYONE)
    admins = [_section(commands, _("For admins"), Who.ADMIN)] if admin else []
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


def _section(commands: Sequence[Command], title: str, who: Who) -> Section:
    return Section(title, tuple(f"{c.usage}: {_(c.summary)}" for c in commands if c.who is who))


def about(commands: Sequence[Command], text: str) -> Notice | Sheet | None:
    """How the command that a text names is used; None when it names none."""
    name = text.strip().removeprefix("/").casefold()
    if found := next((command for command in commands if command.name == name), None):
        return of_command(found)
    return of_group(commands, name) if any(c.name.startswith(f"{name} ") for c in commands) else None


def of_command(command: Command) -> Notice:
    """How one command is used."""
    text = _("{usage}: {what}. For example {example}.") if command.example else "{usage}: {what}."
    said = text.format(usage=command.usage, what=_(command.summary), example=command.example)
    return Notice(said, Tone.INFO)


def of_group(commands: Sequence[Command], word: str) -> Sheet:
    """The subcommands of a word."""
    found = [c for c in commands if c.name.split()[0] == word]
    return Sheet(f"/{word}", sections=(Section(lines=tuple(f"{c.usage}: {_(c.summary)}" for c in found)),))
