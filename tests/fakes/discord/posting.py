"""Messages made and changed from payloads, with every rule that Discord applies to them."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from aiohttp import web

from tests.fakes.discord import refusals
from tests.fakes.discord.component_rules import check_layout, walk
from tests.fakes.discord.refusals import Refusal, check
from tests.fakes.discord.world import Channel, World, snowflake

COMPONENTS_V2, EPHEMERAL = 1 << 15, 1 << 6
# Without embeds, silently, and in components.
POSTED_FLAGS = 1 << 2 | 1 << 12 | COMPONENTS_V2
LARGEST = 10 * 2**20


def new_message(
    world: World, channel: Channel, body: dict[str, Any], id: int | None = None
) -> dict[str, Any]:
    """A message of the bot, checked."""
    message = {
        "id": str(id or snowflake()),
        "channel_id": str(channel.id),
        "author": world.bot.payload(),
        "timestamp": dt.datetime.now(dt.UTC).isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "pinned": False,
        "type": 0,
        "embeds": [],
        "content": "",
        "attachments": [],
        "components": [],
        "flags": body.get("flags", 0),
        "nonce": body.get("nonce"),
        "reference": (body.get("message_reference") or {}).get("message_id"),
        "allowed_mentions": body.get("allowed_mentions"),
    }
    return update_message(message, body)


def update_message(message: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """Put a payload into a message, with the rules for components."""
    check(
        bool((message["flags"] | body.get("flags", 0)) & COMPONENTS_V2),
        "flags",
        "the tutor speaks in components",
    )
    for field in ("content", "embeds", "poll", "sticker_ids"):
        check(not body.get(field), field, "not beside components")
    names = [attachment["filename"] for attachment in body.get("attachments", [])]
    check(len(names) <= 10 and len(set(names)) == len(names), "attachments", "over 10 or repeated")
    check_layout(body.get("components", []), names)
    used = json.dumps(body["components"])
    check(
        all(f"attachment://{name}" in used for name in names), "attachments", "one is shown by no component"
    )
    message["components"] = _numbered(body["components"])
    message["attachments"] = [_attachment(attachment) for attachment in body.get("attachments", [])]
    message["flags"] |= COMPONENTS_V2
    return message


async def body_of(request: web.Request) -> Any:
    """A request's JSON, with the names of the uploaded files as its attachments' names."""
    if request.content_type == "application/json":
        return await request.json()
    if request.content_type != "multipart/form-data":
        return {}
    form = await request.post()
    payload = json.loads(str(form["payload_json"]))
    described = {attachment["id"]: attachment for attachment in _attachments_in(payload)}
    check(all(isinstance(id, str) for id in described), "attachments", "an id that is no snowflake")
    for name, upload in form.items():
        if isinstance(upload, web.FileField):
            described[name[len("files[") : -1]]["size"] = size = len(upload.file.read())
            if size > LARGEST:
                raise Refusal(413, refusals.TOO_LARGE, "Request entity too large")
    return payload


def _attachments_in(payload: dict[str, Any]) -> list[dict[str, Any]]:
    holder = payload.get("data") or payload.get("message") or payload
    attachments: list[dict[str, Any]] = holder["attachments"]
    return attachments


def _attachment(given: dict[str, Any]) -> dict[str, Any]:
    url = f"https://cdn.invalid/{given['filename']}"
    return {"size": 0, **given, "id": str(snowflake()), "url": url, "proxy_url": url}


def _numbered(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    copied: list[dict[str, Any]] = json.loads(json.dumps(components))
    taken = {component["id"] for component in walk(copied) if component.get("id")}
    free = (number for number in range(1, 10_000) if number not in taken)
    for component in walk(copied):
        assert isinstance(component, dict)
        component["id"] = component.get("id") or next(free)
    return copied
