"""The desk itself: every call becomes one verb, and every outcome a reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import structlog
from sqlalchemy import Connection

from bot import wording
from bot.bank.bank import Bank
from bot.commands import cleaning, parsing
from bot.commands import help as help_
from bot.commands.allowance import Allowance
from bot.commands.clicks import do
from bot.commands.command import Command, ParameterKind, Who
from bot.commands.completion import complete
from bot.commands.forms import open_form, submit_form
from bot.commands.reception import Reception
from bot.commands.registry import COMMANDS
from bot.messages import Form, Reply, Sheet, StaleButtonError, Upload, decode
from bot.messages.acts import OpenForm, RunCommand, SubmitForm
from bot.messages.forms import NO_FILES
from bot.model.people import Caller, Channel, Person
from bot.storage import people as stored
from bot.storage import schedules
from bot.storage.group import BusyError
from bot.storage.patience import AwayError
from bot.tutor import home
from bot.tutor.announcing import tell_admin
from bot.tutor.healing import auditing
from bot.tutor.people import Who as Asker
from bot.tutor.people import is_admin, language_met, language_of, meet, renew
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor
from bot.wording.speech import DEFAULT, _, marked, speak, speaking

log = structlog.get_logger(__name__)

GREETED = ("hi", "hello", "hey", "hallo", "")
Known = tuple[Tutor, Asker]


class FrontDesk:
    """Implements `bot.commands.desk.Desk`."""

    def __init__(self, tutor: Tutor) -> None:
        self._tutor = tutor
        actions = tutor.settings.number("CLOUDLARK_PERSON_ACTIONS", 0, 1_000_000)
        seconds = tutor.settings.number("CLOUDLARK_PERSON_SECONDS", 0.1, 86_400)
        self._reception = Reception(
            tutor.metrics,
            Allowance(actions, seconds),
            tutor.clock,
            tutor.faces.forget,
            lambda person: language_met(tutor, person),
        )

    @property
    def commands(self) -> Sequence[Command]:
        """All commands."""
        return COMMANDS

    async def command(self, caller: Caller, text: str) -> Reply:
        """Run a typed command."""

        async def work() -> Reply:
            return await self._run(await self._meet(caller), cleaning.text(text))

        return await self._reception.receive(caller, "command", work)

    async def invoke(self, caller: Caller, name: str, args: Mapping[str, str | int]) -> Reply:
        """Run a command whose arguments the platform has taken apart."""

        async def work() -> Reply:
            known = await self._meet(caller)
            command, word = parsing.find(COMMANDS, cleaning.text(name))
            if command is None:
                return Reply(help_.of_group(COMMANDS, word))
            return await self._perform(known, command, parsing.checked(command, cleaning.values(args)))

        return await self._reception.receive(caller, "command", work)

    async def click(self, caller: Caller, button: str, values: Sequence[str] = ()) -> Reply:
        """Press a button."""

        async def work() -> Reply:
            known = await self._meet(caller)
            act = decode(cleaning.text(button))
            if isinstance(act, RunCommand):
                return replace(await self._run(known, act.text), replace=False)
            if isinstance(act, OpenForm):
                return Reply(await open_form(*known, act))
            return await do(*known, act, cleaning.texts(values))

        return await self._reception.receive(caller, "click", work)

    async def submit(
        self,
        caller: Caller,
        form: str,
        values: Mapping[str, str],
        files: Mapping[str, Upload] = NO_FILES,
    ) -> Reply:
        """Hand in a form, and files by the names of their fields."""

        async def work() -> Reply:
            known = await self._meet(caller)
            act = decode(cleaning.text(form))
            if not isinstance(act, SubmitForm):
                raise StaleButtonError(form)
            return await submit_form(*known, act, cleaning.values(values), files)

        return await self._reception.receive(caller, "form", work)

    async def said(self, caller: Caller, text: str) -> Reply:
        """Answer free words: a command without its slash, or help."""

        async def work() -> Reply:
            known = await self._meet(caller)
            words = cleaning.text(text).strip().removeprefix("/")
            if words.casefold().rstrip("!. ") in GREETED:
                return await self._run(known, "help")
            if words.split()[0].casefold() in {command.name.split()[0] for command in COMMANDS}:
                return await self._run(known, words)
            match = known[0].bank.find_topic(words)
            return await self._run(known, f"quiz {match.topic.slug}" if match.topic else f"ask {words}")

        return await self._reception.receive(caller, "words", work)

    async def home(self, caller: Caller) -> Sheet:
        """The caller's own page."""
        with self._reception.named(caller):
            return await home.sheet(*await self._meet(caller))

    async def language(self, person: Person) -> str | None:
        """The language in which a person is answered."""
        try:
            return await language_of(self._tutor, person)
        except (BusyError, AwayError):
            return None
        except Exception:  # it is asked for beside an answer, which must not fail for it
            log.exception("language_unknown", platform=person.platform)
            return None

    def complete(
        self, kind: ParameterKind, typed: str, caller: Caller | None = None
    ) -> list[tuple[str, str]]:
        """Completions for what is typed."""
        return complete(self._bank_of(caller), kind, cleaning.text(typed))

    def _bank_of(self, caller: Caller | None) -> Bank:
        """What the caller's community knows, as far as that can be said while somebody types."""
        person = caller.person if caller else None
        account = (person.platform, person.community, person.id) if person else ("", "", "")
        learner = self._tutor.faces.learner(account, self._tutor.clock.now())
        place = self._tutor.faces.community(caller, learner) if caller else None
        holding = self._tutor.holdings.known(place.id) if place else None
        return (holding or self._tutor.holdings.main).bank

    async def joined(self, caller: Caller, channel: Channel, name: str) -> Reply:
        """The greeting in a new channel."""
        return await self._reception.receive(caller, "joined", lambda: self._greet(channel))

    async def left(self, channel: Channel, reason: str, name: str = "") -> None:
        """Pause a channel's schedules and tell whoever made them."""
        now, called = self._tutor.clock.now(), cleaning.text(name)

        def work(db: Connection) -> None:
            community = stored.find_community(db, channel.platform, channel.community)
            if community is None:
                return
            with speaking(community.language):
                said = _(reason).replace("{name}", called) if called else reason
            tell_admin(db, schedules.pause_channel(db, community.id, channel.id, said), said, now)

        await self._tutor.store.write(work)

    async def forgotten(self, platform: str, community: str) -> None:
        """Pause a community's schedules."""

        def work(db: Connection) -> None:
            found = stored.find_community(db, platform, community)
            if found is not None:
                schedules.pause_community(db, found.id, marked("I was removed from this place."))

        await self._tutor.store.write(work)

    async def renamed(self, caller: Caller) -> None:
        """Keep a person's new name; while the database is away it is let go, and comes with the next change."""
        with self._reception.named(caller), suppress(AwayError):
            await renew(self._tutor, cleaning.caller(caller))

    async def _run(self, known: Known, text: str) -> Reply:
        command, rest = parsing.find(COMMANDS, text)
        if command is None:
            return Reply(help_.of_group(COMMANDS, rest))
        if rest.strip().casefold() in ("help", "?"):
            return Reply(help_.of_command(command))
        return await self._perform(known, command, parsing.arguments(command, rest))

    async def _perform(self, known: Known, command: Command, args: Mapping[str, str | int]) -> Reply:
        tutor, who = known
        if command.who is Who.ADMIN and not await is_admin(tutor, who):
            raise RefusalError(wording.admins_only())
        reply = await command.run(tutor, who, args)
        if command.who is Who.ADMIN and not command.quiet and not isinstance(reply.message, Form):
            await auditing.keep(self._tutor, who, command.name, " ".join(map(str, args.values())))
        return reply

    async def _greet(self, channel: Channel) -> Reply:
        known = await self._tutor.store.read(
            lambda db: stored.find_community(db, channel.platform, channel.community)
        )
        speak(known.language if known else DEFAULT)
        return await home.greet(self._tutor, channel)

    async def _meet(self, caller: Caller) -> Known:
        """The caller, and the tutor with what their community knows; from here on their language is spoken."""
        who = await meet(self._tutor, cleaning.caller(caller))
        speak(who.learner.settings.get("language") or who.community.language)
        return await self._tutor.at(who.community.id), who
