"""What people do on Discord: commands, clicks, forms and typing. Each is read, done, and answered."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any

import discord
import structlog
from discord import app_commands

from adapters.discord import answers, payloads, words
from adapters.discord.drafts import Drafts
from adapters.discord.markdown import clipped
from adapters.discord.trust import Trust
from adapters.discord.uploads import uploads_of
from bot.commands.command import Command, Who
from bot.commands.desk import Desk
from bot.messages import Form, FormErrors, Notice, Reply, Tone, encode
from bot.model.people import Caller
from bot.ports import Clock
from bot.wording.speech import DEFAULT, speak

# Discord waits three seconds for a first response; the way there and back needs some of them.
PATIENCE = 1.8
MESSAGE_COMMAND = 3
PRESSED = "pressed"
ALREADY_ANSWERED = 40060
# Too late to say anything: the interaction, or the webhook of a quarter of an hour that it opens, is no more.
OVER = (10062, 10015, 50027)

Interaction = discord.Interaction[Any]
log = structlog.get_logger(__name__)


class Interactions:
    """Hears every interaction of a client and answers it through the desk, also after a restart: what a
    button does stands in its id, so no view is kept in memory."""

    def __init__(self, desk: Desk, clock: Clock, patience: float = PATIENCE) -> None:
        self._desk = desk
        self._drafts = Drafts(clock)
        self._trust = Trust(clock)
        self._patience = patience
        self._busy: set[asyncio.Task[Any]] = set()

    async def press(self, interaction: Interaction) -> None:
        """Answer a press that the library found in its message."""
        interaction.extras[PRESSED] = True
        await self._answer(interaction)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer a command, a form, or a press whose item the library did not find: it drops those in
        silence. What it did find has begun by now, because its task was made first."""
        if PRESSED not in interaction.extras:
            await self._answer(interaction)

    async def _answer(self, interaction: Interaction) -> None:
        # Whoever caused it sees an answer, also when something fails.
        task = asyncio.current_task()
        assert task is not None
        self._busy.add(task)
        try:
            await self._hear(interaction)
        except discord.HTTPException as error:
            await self._refused(interaction, error)
        except Exception:
            log.exception("interaction_failed", request=str(interaction.id))
            await _apologise(interaction)
        finally:
            self._busy.discard(task)

    @property
    def under_way(self) -> int:
        """How many interactions are not answered yet."""
        return len(self._busy)

    async def finish(self, seconds: float) -> None:
        """Wait for the answers that are on their way."""
        if self._busy:
            await asyncio.wait(self._busy, timeout=seconds)

    async def _hear(self, interaction: Interaction) -> None:
        match interaction.type:
            case discord.InteractionType.autocomplete:
                await self._complete(interaction)
            case discord.InteractionType.application_command:
                await self._reply(interaction, self._command(interaction))
            case discord.InteractionType.component:
                await self._reply(interaction, self._click(interaction))
            case discord.InteractionType.modal_submit:
                await self._reply(interaction, self._submit(interaction))

    async def _reply(self, interaction: Interaction, pending: Coroutine[Any, Any, Reply]) -> None:
        deferred: list[asyncio.Task[None]] = []
        loop = asyncio.get_running_loop()
        timer = loop.call_later(
            self._patience, lambda: deferred.append(loop.create_task(answers.defer(interaction)))
        )
        try:
            reply = await pending
        finally:
            timer.cancel()
            # The deferral must have arrived before anything can take its place.
            await asyncio.gather(*deferred, return_exceptions=True)
        await answers.answer(interaction, reply, self._draft(interaction, reply))

    async def _command(self, interaction: Interaction) -> Reply:
        data = _data(interaction)
        caller = self._caller(interaction)
        if data.get("type") == MESSAGE_COMMAND:
            return await self._report(caller, data)
        name, arguments = payloads.command_of(data)
        command = self._named(name)
        if command is not None and command.who is Who.ADMIN:
            caller = self._trust.give(caller)
        return await self._desk.invoke(caller, name, arguments)

    async def _report(self, caller: Caller, data: payloads.Data) -> Reply:
        act = payloads.reported_of(data)
        if act is None:
            speak(await self._desk.language(caller.person) or DEFAULT)
            return Reply(Notice(words.nothing_to_report(), Tone.WARN))
        return await self._desk.click(caller, encode(act))

    async def _click(self, interaction: Interaction) -> Reply:
        button, values = payloads.press_of(_data(interaction))
        return await self._desk.click(self._caller(interaction), button, values)

    async def _submit(self, interaction: Interaction) -> Reply:
        form, values = payloads.form_of(_data(interaction))
        files = uploads_of(interaction)
        reply = await self._desk.submit(self._caller(interaction), form, values, files)
        if isinstance(reply.message, FormErrors):
            self._drafts.keep(interaction.user.id, form, values)
        return reply

    async def _complete(self, interaction: Interaction) -> None:
        name, option, typed = payloads.focused_of(_data(interaction))
        kinds = {p.name: p.kind for p in command.parameters} if (command := self._named(name)) else {}
        found = (
            self._desk.complete(kinds[option], typed, self._caller(interaction)) if option in kinds else []
        )
        choices = [
            app_commands.Choice(name=clipped(label, 100) or value, value=value)
            for value, label in found
            if 0 < len(value) <= 100
        ]
        await interaction.response.autocomplete(choices[:25])

    def _caller(self, interaction: Interaction) -> Caller:
        return self._trust.apply(payloads.caller_of(interaction))

    def _named(self, name: str) -> Command | None:
        return next((command for command in self._desk.commands if command.name == name), None)

    def _draft(self, interaction: Interaction, reply: Reply) -> Any:
        if not isinstance(reply.message, Form):
            return None
        return self._drafts.take(interaction.user.id, encode(reply.message.submit))

    async def _refused(self, interaction: Interaction, error: discord.HTTPException) -> None:
        if error.code == ALREADY_ANSWERED:
            return  # an earlier attempt arrived although its own answer was lost
        log.warning("answer_refused", request=str(interaction.id), status=error.status, code=error.code)
        if error.code not in OVER:
            await _apologise(interaction)


async def _apologise(interaction: Interaction) -> None:
    if interaction.type is discord.InteractionType.autocomplete:
        return  # Discord takes nothing but choices there, and says itself that there are none
    try:
        await answers.answer(interaction, Reply(Notice(words.apology(), Tone.ERROR)))
    except Exception as error:
        log.warning("apology_failed", request=str(interaction.id), error=type(error).__name__)


def _data(interaction: Interaction) -> payloads.Data:
    found: Any = interaction.data
    return found if isinstance(found, Mapping) else {}
