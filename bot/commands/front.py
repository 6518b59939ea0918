"""The desk itself: every call becomes one verb, and every outcome a reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from bot import wording
from bot.commands import cleaning, parsing
from bot.commands import help as help_
from bot.commands.allowance import Allowance
from bot.commands.clicks import do
from bot.commands.command import Command, ParameterKind, Who
from bot.commands.completion import complete
from bot.commands.forms import open_form, submit_form
from bot.commands.reception import Reception
from bot.commands.registry import COMMANDS
from bot.messages import Form, Reply, Sheet, StaleButtonError, decode
from bot.messages.acts import OpenForm, RunCommand, SubmitForm
from bot.model.people import Caller, Channel
from bot.storage import people as stored
from bot.storage import schedules
from bot.tutor import home
from bot.tutor.announcing import tell_admin
from bot.tutor.healing import auditing
from bot.tutor.people import Who as Asker
from bot.tutor.people import is_admin, meet, renew
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor
from bot.wording.speech import speak

GREETED = ("hi", "hello", "hey", "hallo", "")


class FrontDesk:
    """Implements `bot.commands.desk.Desk`."""

    def __init__(self, tutor: Tutor) -> None:
        self._tutor = tutor
        actions = tutor.settings.number("CLOUDLARK_PERSON_ACTIONS", 0, 1_000_000)
        seconds = tutor.settings.number("CLOUDLARK_PERSON_SECONDS", 0.1, 86_400)
        self._reception = Reception(
            tutor.metrics, Allowance(actions, seconds), tutor.clock, tutor.faces.forget
        )

    @property
    def commands(self) -> Sequence[Command]:
        """All commands."""
        return COMMANDS

    async def command(self, caller: Caller, text: str) -> Reply:
        """Run a typed command."""
        return await self._reception.receive(
            caller, "command", lambda: self._run(caller, cleaning.text(text))
        )

    async def invoke(self, caller: Caller, name: str, args: Mapping[str, str | int]) -> Reply:
        """Run a command whose arguments the platform has taken apart."""

        async def work() -> Reply:
            command, word = parsing.find(COMMANDS, cleaning.text(name))
            if command is None:
                return Reply(help_.of_group(word))
            return await self._perform(caller, command, parsing.checked(command, cleaning.values(args)))

        return await self._reception.receive(caller, "command", work)

    async def click(self, caller: Caller, button: str, values: Sequence[str] = ()) -> Reply:
        """Press a button."""

        async def work() -> Reply:
            act = decode(cleaning.text(button))
            if isinstance(act, RunCommand):
                return replace(await self._run(caller, act.text), replace=False)
            if isinstance(act, OpenForm):
                return Reply(await open_form(self._tutor, await self._meet(caller), act))
            return await do(self._tutor, await self._meet(caller), act, cleaning.texts(values))

        return await self._reception.receive(caller, "click", work)

    async def submit(self, caller: Caller, form: str, values: Mapping[str, str]) -> Reply:
        """Hand in a form."""

        async def work() -> Reply:
            act = decode(cleaning.text(form))
            if not isinstance(act, SubmitForm):
                raise StaleButtonError(form)
            return await submit_form(self._tutor, await self._meet(caller), act, cleaning.values(values))

        return await self._reception.receive(caller, "form", work)

    async def said(self, caller: Caller, text: str) -> Reply:
        """Answer free words: a command without its slash, or help."""

        async def work() -> Reply:
            words = cleaning.text(text).strip().removeprefix("/")
            if words.casefold().rstrip("!. ") in GREETED:
                return await self._run(caller, "help")
            if words.split()[0].casefold() in {command.name.split()[0] for command in COMMANDS}:
                return await self._run(caller, words)
            match = self._tutor.bank.find_topic(words)
            return await self._run(caller, f"quiz {match.topic.slug}" if match.topic else f"ask {words}")

        return await self._reception.receive(caller, "words", work)

    async def home(self, caller: Caller) -> Sheet:
        """The caller's own page."""
        with self._reception.named(caller):
            return await home.sheet(self._tutor, await self._meet(caller))

    def complete(self, kind: ParameterKind, typed: str) -> list[tuple[str, str]]:
        """Completions for what is typed."""
        return complete(self._tutor.bank, kind, cleaning.text(typed))

    async def joined(self, caller: Caller, channel: Channel, name: str) -> Reply:
        """The greeting in a new channel."""
        return await self._reception.receive(caller, "joined", lambda: home.greet(self._tutor, channel))

    async def left(self, channel: Channel, reason: str) -> None:
        """Pause a channel's schedules and tell whoever made them."""
        now, said = self._tutor.clock.now(), cleaning.text(reason)

        def work(db: Connection) -> None:
            community = stored.find_community(db, channel.platform, channel.community)
            paused = schedules.pause_channel(db, community.id, channel.id, said) if community else []
            tell_admin(db, paused, said, now)

        await self._tutor.store.write(work)

    async def forgotten(self, platform: str, community: str) -> None:
        """Pause a community's schedules."""

        def work(db: Connection) -> None:
            found = stored.find_community(db, platform, community)
            if found is not None:
                schedules.pause_community(db, found.id, "I was removed from this place.")

        await self._tutor.store.write(work)

    async def renamed(self, caller: Caller) -> None:
        """Keep a person's new name."""
        with self._reception.named(caller):
            await renew(self._tutor, cleaning.caller(caller))

    async def _run(self, caller: Caller, text: str) -> Reply:
        command, rest = parsing.find(COMMANDS, text)
        if command is None:
            return Reply(help_.of_group(rest))
        if rest.strip().casefold() in ("help", "?"):
            return Reply(help_.of_command(command))
        return await self._perform(caller, command, parsing.arguments(command, rest))

    async def _perform(self, caller: Caller, command: Command, args: Mapping[str, str | int]) -> Reply:
        who = await self._meet(caller)
        if command.who is Who.ADMIN and not await is_admin(self._tutor, who):
            raise RefusalError(wording.admins_only())
        reply = await command.run(self._tutor, who, args)
        if command.who is Who.ADMIN and not command.quiet and not isinstance(reply.message, Form):
            await auditing.keep(self._tutor, who, command.name, " ".join(map(str, args.values())))
        return reply

    async def _meet(self, caller: Caller) -> Asker:
        who = await meet(self._tutor, cleaning.caller(caller))
        speak(who.learner.settings.get("language") or who.community.language)
        return who
