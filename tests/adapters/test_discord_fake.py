"""The fake refuses what Discord refuses; otherwise its approval would mean nothing."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.fakes.discord import TOKEN, FakeDiscord
from tests.fakes.discord.command_rules import check_commands
from tests.fakes.discord.component_rules import check_layout, check_modal
from tests.fakes.discord.refusals import Refusal

V2 = 1 << 15
AGENT = "DiscordBot (https://example.org, 1.0)"
HEADERS = {"Authorization": f"Bot {TOKEN}", "User-Agent": AGENT}


def text(content: str = "x") -> dict[str, Any]:
    return {"type": 10, "content": content}


def button(id: str = "a", label: str = "A", **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 2, "custom_id": id, "label": label, **more}


def row(*children: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(children)}


def select(options: list[str], **more: Any) -> dict[str, Any]:
    return {
        "type": 3,
        "custom_id": "s",
        "options": [{"label": o or "x", "value": o} for o in options],
        **more,
    }


LAYOUTS = {
    "a label over 80": [row(button(label="x" * 81))],
    "a custom id over 100": [row(button("x" * 101))],
    "a repeated custom id": [row(button("a"), button("a"))],
    "over 40 components": [text() for _ in range(41)],
    "over 40 nested": [{"type": 17, "components": [text() for _ in range(40)]}],
    "texts over 4000 together": [text("x" * 2001), text("x" * 2000)],
    "an empty text": [text("")],
    "a select over 25": [row(select([str(n) for n in range(26)]))],
    "repeated values": [row(select(["a", "a"]))],
    "more to pick than there is": [row(select(["a", "b"], max_values=3))],
    "six buttons in a row": [row(*(button(str(n)) for n in range(6)))],
    "a select beside a button": [row(select(["a"]), button())],
    "an empty row": [row()],
    "a button at the top": [button()],
    "a container in a container": [{"type": 17, "components": [{"type": 17, "components": [text()]}]}],
    "an empty container": [{"type": 17, "components": []}],
    "a picture that was not sent": [{"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}],
    "no components": [],
    "a repeated component id": [text() | {"id": 7}, text() | {"id": 7}],
    "a component id over 32 bits": [text() | {"id": 2**31}],
    "a picture with an empty description": [
        {"type": 12, "items": [{"media": {"url": "https://example.org/a.png"}, "description": ""}]}
    ],
    "a section of nothing": [{"type": 9, "components": [], "accessory": button()}],
}


@pytest.mark.parametrize("fault", LAYOUTS)
def test_a_message_is_refused_for(fault: str) -> None:
    with pytest.raises(Refusal):
        check_layout(LAYOUTS[fault], [])


def label(component: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": 18, "label": "L", "component": component, **more}


FIELD = {"type": 4, "custom_id": "f", "style": 1}
MODALS = {
    "a title over 45": {"title": "x" * 46, "components": [label(FIELD)]},
    "six fields": {"title": "T", "components": [label(FIELD | {"custom_id": str(n)}) for n in range(6)]},
    "a field without a label": {"title": "T", "components": [FIELD]},
    "a label over 45": {"title": "T", "components": [label(FIELD, label="x" * 46)]},
    "a value over its limit": {
        "title": "T",
        "components": [label(FIELD | {"max_length": 3, "value": "four"})],
    },
    "a field that is disabled, or not": {"title": "T", "components": [label(select(["a"], disabled=False))]},
    "a required file that need not be": {
        "title": "T",
        "components": [label({"type": 19, "custom_id": "f", "min_values": 0})],
    },
    "a required select of nothing": {"title": "T", "components": [label(select(["a"], min_values=0))]},
}


@pytest.mark.parametrize("fault", MODALS)
def test_a_modal_is_refused_for(fault: str) -> None:
    with pytest.raises(Refusal):
        check_modal({"custom_id": "m", **MODALS[fault]})


COMMANDS = {
    "capital letters": {"name": "Quiz", "description": "d"},
    "a blank in the name": {"name": "quiz me", "description": "d"},
    "permissions in a string": {"name": "quiz", "description": "d", "default_member_permissions": "32"},
    "no description": {"name": "quiz", "description": ""},
    "a description over 100": {"name": "quiz", "description": "x" * 101},
    "an optional option before a required one": {
        "name": "quiz",
        "description": "d",
        "options": [
            {"type": 3, "name": "a", "description": "d"},
            {"type": 3, "name": "b", "description": "d", "required": True},
        ],
    },
}


@pytest.mark.parametrize("fault", COMMANDS)
def test_a_command_is_refused_for(fault: str) -> None:
    with pytest.raises(Refusal):
        check_commands([COMMANDS[fault]])


@pytest.mark.parametrize(
    "body",
    [
        {"flags": V2, "content": "words", "components": [text()]},
        {"flags": V2, "embeds": [{"title": "x"}], "components": [text()]},
        {"flags": V2, "components": [text()], "nonce": "x" * 26},
        {"flags": V2 | 1 << 6, "components": [text()]},
    ],
)
async def test_a_post_is_refused_over_rest(body: dict[str, Any]) -> None:
    async with FakeDiscord() as fake, aiohttp.ClientSession() as session:
        channel = fake.world.add_channel(fake.world.add_guild())
        url = f"{fake.settings['DISCORD_API_URL']}/channels/{channel.id}/messages"
        async with session.post(url, json=body, headers=HEADERS) as response:
            assert response.status == 400
            assert (await response.json())["code"] == 50035


async def test_a_wrong_token_is_refused() -> None:
    async with FakeDiscord() as fake, aiohttp.ClientSession() as session:
        url = f"{fake.settings['DISCORD_API_URL']}/users/@me"
        async with session.get(url, headers=HEADERS | {"Authorization": "Bot wrong"}) as response:
            assert response.status == 401


async def test_a_client_that_does_not_name_itself_is_refused() -> None:
    async with FakeDiscord() as fake, aiohttp.ClientSession() as session:
        url = f"{fake.settings['DISCORD_API_URL']}/interactions/1/x/callback"
        async with session.post(url, json={"type": 6}) as response:
            assert (response.status, (await response.json())["code"]) == (403, 40333)


async def test_a_bucket_that_is_empty_answers_429_with_the_time_to_wait() -> None:
    async with FakeDiscord() as fake, aiohttp.ClientSession() as session:
        fake.rest.limits.enforced, fake.rest.limits.limit = True, 1
        url = f"{fake.settings['DISCORD_API_URL']}/users/@me"
        async with session.get(url, headers=HEADERS) as first, session.get(url, headers=HEADERS) as second:
            assert (first.status, first.headers["X-RateLimit-Remaining"]) == (200, "0")
            assert second.status == 429
            assert (await second.json())["retry_after"] > 0


async def test_privileged_intents_close_the_gateway() -> None:
    async with FakeDiscord() as fake, aiohttp.ClientSession() as session:
        url = fake.settings["DISCORD_GATEWAY_URL"]
        async with session.ws_connect(url) as socket:
            assert (await socket.receive_json())["op"] == 10
            data = {"token": TOKEN, "intents": 1 << 15, "properties": {}}
            await socket.send_json({"op": 2, "d": data})
            await socket.receive()
            assert socket.close_code == 4014
