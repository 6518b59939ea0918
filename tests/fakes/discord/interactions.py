"""Interactions: their tokens, the first response within three seconds, and what may follow it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.discord import refusals
from tests.fakes.discord.component_rules import check_modal
from tests.fakes.discord.posting import EPHEMERAL, new_message, update_message
from tests.fakes.discord.refusals import Refusal, check
from tests.fakes.discord.rest import Rest
from tests.fakes.discord.world import Channel

MESSAGE, THINKING, UPDATE_LATER, UPDATE, COMPLETION, MODAL = 4, 5, 6, 7, 8, 9
COMMAND, COMPONENT, TYPING, FORM = 2, 3, 4, 5
# Further messages where only the person has brought the app along.
FURTHER = 5


@dataclass
class Interaction:
    """One thing that somebody did, and what came of it."""

    id: int
    token: str
    type: int
    channel: Channel
    source: dict[str, Any] | None = None
    brought_along: bool = False
    started: float = field(default_factory=time.monotonic)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    kind: int = 0
    seconds: float = 0.0
    message: dict[str, Any] | None = None
    modal: dict[str, Any] | None = None
    choices: list[dict[str, Any]] | None = None
    followups: list[dict[str, Any]] = field(default_factory=list)
    shown: asyncio.Event = field(default_factory=asyncio.Event)


class Interactions:
    """Serves the callbacks and the webhooks of interactions."""

    def __init__(self, rest: Rest, seconds: float = 3.0) -> None:
        self.waiting: dict[str, Interaction] = {}
        self.expired = 0
        self._rest = rest
        self._seconds = seconds

    def routes(self) -> list[web.RouteDef]:
        """The routes below /api/v10."""
        hook = "/api/v10/webhooks/{application}/{token}"
        return [
            web.post("/api/v10/interactions/{id}/{token}/callback", self._open("callback", self._callback)),
            web.post(hook, self._open("followup", self._followup)),
            web.patch(hook + "/messages/@original", self._open("edit_original", self._edit_original)),
        ]

    def _open(self, name: str, handler: Any) -> Any:
        return self._rest.guarded(name, handler, authorized=False)

    async def _callback(self, request: web.Request, body: dict[str, Any]) -> Any:
        interaction = self._find(request)
        if interaction.kind:
            raise Refusal(400, refusals.ALREADY_ACKNOWLEDGED, "Interaction has already been acknowledged.")
        elapsed = time.monotonic() - interaction.started
        if elapsed > self._seconds:
            self.expired += 1
            raise Refusal(404, refusals.UNKNOWN_INTERACTION, "Unknown interaction")
        self._respond(interaction, body["type"], body.get("data") or {})
        interaction.kind, interaction.seconds = body["type"], elapsed
        interaction.answered.set()
        if body["type"] not in (THINKING, UPDATE_LATER):
            interaction.shown.set()
        return self._callback_result(interaction) if request.query.get("with_response") else None

    def _respond(self, interaction: Interaction, type: int, data: dict[str, Any]) -> None:
        check(interaction.type != TYPING or type == COMPLETION, "type", "only choices while somebody types")
        if type == MESSAGE:
            interaction.message = self._message(interaction, data)
        elif type == THINKING:
            check(not data.get("flags", 0) & ~EPHEMERAL, "flags", "only that one on a message to come")
            interaction.message = {"flags": data.get("flags", 0)}
        elif type in (UPDATE, UPDATE_LATER):
            check(interaction.source is not None, "type", "no message to update")
            if type == UPDATE and interaction.source is not None:
                interaction.message = update_message(interaction.source, data)
        elif type == MODAL:
            check(interaction.type in (COMMAND, COMPONENT), "type", "a form cannot open a form")
            check_modal(data)
            interaction.modal = data
        else:
            self._complete(interaction, type, data)

    def _complete(self, interaction: Interaction, type: int, data: dict[str, Any]) -> None:
        check(type == COMPLETION and interaction.type == TYPING, "type", f"{type} for {interaction.type}")
        check(len(data["choices"]) <= 25, "choices", "over 25")
        for choice in data["choices"]:
            check(1 <= len(choice["name"]) <= 100 and 1 <= len(choice["value"]) <= 100, "choices", "too long")
        interaction.choices = data["choices"]

    async def _followup(self, request: web.Request, body: dict[str, Any]) -> Any:
        interaction = self._answered(request)
        if interaction.brought_along and len(interaction.followups) == FURTHER:
            raise Refusal(400, refusals.TOO_MANY_FOLLOWUPS, "Maximum number of follow up messages")
        message = self._message(interaction, body)
        interaction.followups.append(message)
        if interaction.kind == UPDATE_LATER and interaction.message is None:
            interaction.message = message
        interaction.shown.set()
        return message

    async def _edit_original(self, request: web.Request, body: dict[str, Any]) -> Any:
        interaction = self._answered(request)
        if interaction.kind == UPDATE_LATER and interaction.source is not None:
            interaction.message = update_message(interaction.source, body)
        else:
            flags = (interaction.message or {}).get("flags", 0) & EPHEMERAL
            interaction.message = self._message(interaction, body | {"flags": body.get("flags", 0) | flags})
        interaction.shown.set()
        return interaction.message

    def _message(self, interaction: Interaction, data: dict[str, Any]) -> dict[str, Any]:
        message = new_message(self._rest.world, interaction.channel, data)
        if not message["flags"] & EPHEMERAL:
            interaction.channel.messages[int(message["id"])] = message
        return message

    def _callback_result(self, interaction: Interaction) -> dict[str, Any]:
        result: dict[str, Any] = {
            "interaction": {"id": str(interaction.id), "type": interaction.type, "activity_instance_id": None}
        }
        if interaction.kind in (MESSAGE, UPDATE) and interaction.message is not None:
            result["interaction"]["response_message_id"] = interaction.message["id"]
            result["resource"] = {"type": interaction.kind, "message": interaction.message}
        return result

    def _find(self, request: web.Request) -> Interaction:
        interaction = self.waiting.get(request.match_info["token"])
        if interaction is None:
            raise Refusal(404, refusals.UNKNOWN_INTERACTION, "Unknown interaction")
        return interaction

    def _answered(self, request: web.Request) -> Interaction:
        interaction = self._find(request)
        if not interaction.kind:
            raise Refusal(404, refusals.UNKNOWN_WEBHOOK, "Unknown Webhook")
        return interaction
