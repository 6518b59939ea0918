"""chat.* and conversations.*: saying, changing and reading messages."""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.slack.block_rules import message_faults, too_long
from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.text_rules import markup_faults
from tests.fakes.slack.world import Channel, Install, Json, Message, World

TEXT = 40_000
UPDATE_TEXT = 4_000
METADATA_TYPE = re.compile(r"[A-Za-z0-9_]{1,255}")


def checked(world: World, method: str, arguments: Json) -> tuple[str, list[Json]]:
    """Text and blocks of a message, or Slack's refusal of them."""
    text, blocks = arguments.get("text") or "", arguments.get("blocks") or []
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    if not text and not blocks:
        raise Refusal("no_text")
    if len(text) > TEXT:
        raise Refusal("msg_too_long")
    faults = [*message_faults(blocks), *(f"text: {fault}" for fault in markup_faults(text))]
    if faults:
        world.refusals.append((method, "invalid_blocks", faults))
        raise Refusal("invalid_blocks", errors=faults)
    if too_long(blocks):
        world.refusals.append((method, "msg_blocks_too_long", []))
        raise Refusal("msg_blocks_too_long")
    if not text:
        # Slack lets this pass with a warning; whoever listens to messages instead of looking hears nothing.
        world.refusals.append((method, "missing_fallback_text", []))
    return text, blocks


def target(world: World, install: Install, arguments: Json) -> Channel:
    """The channel to say it in; a user's id stands for their direct messages."""
    name = str(arguments.get("channel", ""))
    if name in world.users:
        user = world.users[name]
        if user.bot:
            raise Refusal("cannot_dm_bot")
        if user.deleted:
            raise Refusal("user_disabled")
        return world.direct(name)
    channel = world.channels.get(name)
    if channel is None:
        raise Refusal("channel_not_found")
    if channel.archived:
        raise Refusal("is_archived")
    if not channel.member:
        raise Refusal("not_in_channel")
    return channel


def metadata_of(arguments: Json) -> Json | None:
    """The metadata of a message."""
    metadata = arguments.get("metadata")
    if metadata is None:
        return None
    sound = set(metadata) == {"event_type", "event_payload"} and isinstance(metadata["event_payload"], dict)
    if not sound or not METADATA_TYPE.fullmatch(metadata["event_type"]):
        raise Refusal("invalid_metadata_format")
    return dict(metadata)


def thread_of(world: World, channel: Channel, arguments: Json) -> str:
    """The thread to say it in: a parent's id, never that of a reply."""
    thread = str(arguments.get("thread_ts", ""))
    parent = world.at(channel.id, thread)
    if parent is not None and parent.thread not in ("", thread):
        world.refusals.append(("thread_ts", "reply_of_a_reply", [thread]))
    return thread


def post_message(world: World, install: Install, arguments: Json) -> Json:
    """chat.postMessage."""
    channel = target(world, install, arguments)
    text, blocks = checked(world, "chat.postMessage", arguments)
    message = Message(
        channel.id,
        world.stamp(),
        text,
        blocks,
        thread=thread_of(world, channel, arguments),
        metadata=metadata_of(arguments),
    )
    world.messages.append(message)
    return {"channel": channel.id, "ts": message.ts, "message": {"text": text, "ts": message.ts}}


def post_ephemeral(world: World, install: Install, arguments: Json) -> Json:
    """chat.postEphemeral."""
    channel = target(world, install, arguments)
    user = str(arguments.get("user", ""))
    if user not in channel.people:
        raise Refusal("user_not_in_channel")
    text, blocks = checked(world, "chat.postEphemeral", arguments)
    message = Message(
        channel.id, world.stamp(), text, blocks, thread=thread_of(world, channel, arguments), to=user
    )
    world.messages.append(message)
    return {"message_ts": message.ts}


def update(world: World, install: Install, arguments: Json) -> Json:
    """chat.update; metadata that is not given stays. It knows conversations only by their own ids."""
    if arguments["channel"] in world.users:
        raise Refusal("channel_not_found")
    channel = target(world, install, arguments)
    if len(arguments.get("text") or "") > UPDATE_TEXT:
        raise Refusal("msg_too_long")
    message = world.at(channel.id, str(arguments.get("ts", "")))
    if message is None:
        raise Refusal("message_not_found")
    message.text, message.blocks = checked(world, "chat.update", arguments)
    message.edits += 1
    return {"channel": channel.id, "ts": message.ts, "text": message.text}


def history(world: World, install: Install, arguments: Json) -> Json:
    """conversations.history: newest first, without thread replies."""
    channel = _readable(world, install, arguments)
    found = [m for m in world.shown(channel.id) if m.thread in ("", m.ts)]
    return _page(world, found[::-1], arguments)


def replies(world: World, install: Install, arguments: Json) -> Json:
    """conversations.replies: the parent and what is below it, oldest first."""
    channel = _readable(world, install, arguments)
    parent = str(arguments.get("ts", ""))
    if world.at(channel.id, parent) is None:
        raise Refusal("thread_not_found")
    return _page(world, [m for m in world.shown(channel.id) if parent in (m.ts, m.thread)], arguments)


def _readable(world: World, install: Install, arguments: Json) -> Channel:
    channel = world.channels.get(str(arguments.get("channel", "")))
    if channel is None:
        raise Refusal("channel_not_found")
    scope = "im:history" if channel.direct else "channels:history"
    if scope not in install.scopes:
        raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(install.scopes)))
    if not channel.member:
        raise Refusal("not_in_channel")
    return channel


def _page(world: World, found: list[Message], arguments: Json) -> Json:
    oldest = float(arguments.get("oldest") or 0)
    start, limit = int(arguments.get("cursor") or 0), int(arguments.get("limit") or 100)
    recent = [m for m in found if float(m.ts) > oldest]
    page = recent[start : start + limit]
    more = start + limit < len(recent)
    return {
        "messages": [_shown(world, m, str(arguments.get("include_all_metadata", ""))) for m in page],
        "has_more": more,
        "response_metadata": {"next_cursor": str(start + limit) if more else ""},
    }


def _shown(world: World, message: Message, with_metadata: str) -> Json:
    shown: dict[str, Any] = {
        "type": "message",
        "user": "UBOT",
        "bot_id": "BBOT",
        "text": message.text,
        "ts": message.ts,
        "blocks": message.blocks,
    }
    below = [m.ts for m in world.shown(message.channel) if m.thread == message.ts]
    if below:
        shown |= {"thread_ts": message.ts, "reply_count": len(below), "latest_reply": below[-1]}
    if message.metadata and with_metadata in ("1", "true", "True"):
        shown["metadata"] = message.metadata
    return shown
