"""Spoilt interactions of Discord: read without an exception, answered in a sentence, and the connection lives on."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord import payloads
from bot.messages.acts import OpenForm
from tests.adapters.discord_desk import Stage, stage
from tests.fakes.discord.interactions import COMMAND, COMPONENT, FORM, TYPING, Interaction
from tests.fakes.discord.people import Person
from tests.fakes.discord.world import snowflake
from tests.fuzz.budget import fuzzed
from tests.fuzz.mutating import mutated
from tests.fuzz.overhearing import NAME, WORDS, overheard

OPTIONS = [
    {"type": 3, "name": "topic", "value": WORDS, "focused": True},
    {"type": 4, "name": "count", "value": 3},
]
SHOWN = {"components": [{"type": 17, "components": [
    {"type": 1, "components": [{"type": 2, "custom_id": "ar:7:1"}]},
    {"type": 9, "components": [], "accessory": {"type": 2, "custom_id": "of:report:s3.size"}},
]}]}  # fmt: skip
KINDS: dict[str, tuple[int, dict[str, Any]]] = {
    "flat": (COMMAND, {"id": "1", "type": 1, "name": "quiz", "options": OPTIONS}),
    "sub": (COMMAND, {"id": "1", "type": 1, "name": "schedule", "options": [{"type": 1, "name": "add", "options": OPTIONS}]}),
    "on a message": (COMMAND, {"id": "1", "type": 3, "name": "Report", "target_id": "5", "resolved": {"messages": {"5": SHOWN}}}),
    "typing": (TYPING, {"id": "1", "type": 1, "name": "quiz", "options": OPTIONS}),
    "button": (COMPONENT, {"component_type": 2, "custom_id": "2#ar:7:1", "id": 3}),
    "menu": (COMPONENT, {"component_type": 3, "custom_id": "menu:25", "values": ["sm:4:30", WORDS]}),
    "form": (FORM, {"custom_id": "sf:settings", "components": [
        {"type": 18, "id": 1, "component": {"type": 4, "custom_id": "zone", "value": WORDS}},
        {"type": 18, "id": 2, "component": {"type": 3, "custom_id": "days", "values": ["1", "3"]}},
        {"type": 18, "id": 3, "component": {"type": 23, "custom_id": "on", "value": True}},
        {"type": 18, "id": 4, "component": {"type": 19, "custom_id": "file", "values": ["9"]}},
        {"type": 1, "components": [{"type": 4, "custom_id": "old", "value": "x"}]},
    ], "resolved": {"attachments": {"9": {"id": "9", "filename": WORDS, "size": 3, "url": "http://127.0.0.1:9/"}}}}),
}  # fmt: skip
VALID = [data for _, data in KINDS.values()]


def spoilt(name: str) -> st.SearchStrategy[tuple[int, Any]]:
    """An interaction of a kind with parts changed. Discord sends UTF-8, in which there are no halves of characters."""
    kind, data = KINDS[name]
    return st.tuples(st.just(kind), mutated(data).map(in_utf8))


def in_utf8(value: Any) -> Any:
    """A value as it comes through UTF-8."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


@pytest.fixture
async def at() -> AsyncIterator[Stage]:
    async with stage() as ready:
        yield ready


@fuzzed(400)
@given(data=st.sampled_from(VALID).flatmap(mutated))
def test_every_reader_reads_every_interaction(data: dict[str, Any]) -> None:
    name, arguments = payloads.command_of(data)
    assert all(isinstance(text, str) for text in (name, *arguments, *payloads.focused_of(data)))
    assert all(isinstance(value, str | int) for value in arguments.values())
    button, picked = payloads.press_of(data)
    form, values = payloads.form_of(data)
    assert all(isinstance(text, str) for text in (button, *picked, form, *values, *values.values()))
    assert all(isinstance(file, dict) for file in payloads.files_of(data).values())
    assert isinstance(payloads.reported_of(data), OpenForm | None)


async def send(at: Stage, person: Person, kind: int, data: Any) -> Interaction:
    """Let Discord send an interaction, whatever stands in it."""
    made = Interaction(snowflake(), secrets.token_hex(8), kind, at.channel, None)
    at.fake.interactions.waiting[made.token] = made
    await at.fake.gateway.dispatch("INTERACTION_CREATE", person._payload(made, data), at.guild.id)
    return made


@fuzzed(25, waits=True)
@given(sent=st.lists(st.sampled_from(sorted(KINDS)).flatmap(spoilt), min_size=1, max_size=6))
async def test_the_connection_outlives_what_it_cannot_read_and_whole_ones_are_answered(
    at: Stage, sent: list[tuple[int, Any]]
) -> None:
    person = at.fake.person(NAME)
    with overheard():
        strange = [await send(at, person, kind, data) for kind, data in sent]
        whole = await send(at, person, *KINDS["flat"])
        async with asyncio.timeout(5):
            await whole.answered.wait()
            await at.adapter._interactions.finish(5)
    readable = [i for i, (kind, _) in zip(strange, sent, strict=True) if kind == COMMAND]
    assert all(i.answered.is_set() for i in readable)
    assert at.adapter.trouble() == ""


@fuzzed(25, waits=True)
@given(payload=mutated({"content": WORDS, "author": {"id": "7", "username": NAME, "global_name": NAME, "bot": False},
                        "mentions": [], "embeds": [], "components": [], "flags": 0, "type": 0}).map(in_utf8))  # fmt: skip
async def test_direct_messages_of_any_shape_do_not_end_the_connection(at: Stage, payload: Any) -> None:
    person = at.fake.person(NAME)
    with overheard(failing=True):
        channel = at.fake.world.direct_channel(person.user)
        await at.fake.gateway.dispatch("MESSAGE_CREATE", {
            "id": str(snowflake()), "channel_id": str(channel.id), "channel_type": 1, "timestamp": "2026-01-01T00:00:00+00:00",
            "edited_timestamp": None, "tts": False, "mention_everyone": False, "mention_roles": [], "attachments": [],
            "pinned": False} | payload)  # fmt: skip
        whole = await send(at, person, *KINDS["flat"])
        async with asyncio.timeout(5):
            await whole.answered.wait()
    assert at.adapter.trouble() == ""
