"""What Slack's payloads say, read by pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack.mrkdwn import unescape
from adapters.slack.place import Place, Surface

Body = Mapping[str, Any]

TALKING = (None, "file_share", "thread_broadcast", "me_message")
"""Subtypes of messages that a person wrote."""

_MARKUP = re.compile(r"<([@#!]?)([^>|]*)(?:\|([^>]*))?>")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who did it. `home` is the id of the workspace or organisation of the account, where it is said."""

    user: str
    name: str = ""
    home: str = ""


def request_of(body: Body) -> str:
    """The id that a payload keeps when it is delivered again; empty when it has none."""
    return str(body.get("event_id") or body.get("trigger_id") or "")


def retried(headers: Mapping[str, Any]) -> bool:
    """Whether Slack says that this is not the first delivery."""
    return bool(headers.get("x-slack-retry-num"))


def speaker(body: Body) -> Speaker:
    """Who sent a command or pressed something."""
    user = body.get("user") or {}
    if not isinstance(user, Mapping):
        return Speaker(str(user))
    return Speaker(
        user=str(user.get("id") or body.get("user_id") or ""),
        name=str(user.get("name") or user.get("username") or body.get("user_name") or ""),
        home=str(user.get("team_id") or ""),
    )


def event_speaker(event: Body) -> Speaker:
    """Who an event is about."""
    return Speaker(
        user=str(event.get("user") or ""), home=str(event.get("user_team") or event.get("team") or "")
    )


def click_place(body: Body, community: str) -> Place:
    """Where a button was pressed."""
    container = body.get("container") or {}
    message = body.get("message") or {}
    inside = container.get("type") == "view"
    channel = str((body.get("channel") or {}).get("id") or container.get("channel_id") or "")
    return Place(
        Surface.HOME if inside else Surface.CLICK,
        community,
        speaker(body).user,
        channel=channel,
        thread=str(container.get("thread_ts") or message.get("thread_ts") or ""),
        message=str(container.get("message_ts") or message.get("ts") or ""),
        ephemeral=bool(container.get("is_ephemeral")),
        ours=channel.startswith("D") and not container.get("is_ephemeral"),
        response_url=str(body.get("response_url") or ""),
        trigger=str(body.get("trigger_id") or ""),
        request=request_of(body),
    )


def clicked(body: Body) -> str:
    """The action_id of what was pressed."""
    actions = body.get("actions") or [{}]
    return str(actions[0].get("action_id", ""))


def command_place(body: Body, community: str) -> Place:
    """Where a slash command was typed."""
    return Place(
        Surface.COMMAND,
        community,
        str(body.get("user_id", "")),
        channel=str(body.get("channel_id", "")),
        response_url=str(body.get("response_url", "")),
        trigger=str(body.get("trigger_id", "")),
        request=request_of(body),
    )


def command_text(body: Body, prefix: str) -> str:
    """The command as text: the word without slash and prefix, then what was typed behind it."""
    word = str(body.get("command", "")).lstrip("/")
    return f"{word.removeprefix(prefix)} {words_of(str(body.get('text', '')))}".strip()


def shortcut_place(body: Body, community: str) -> Place:
    """Where a shortcut was chosen; a global one belongs nowhere."""
    message = body.get("message") or {}
    return Place(
        Surface.SHORTCUT,
        community,
        speaker(body).user,
        channel=str((body.get("channel") or {}).get("id", "")),
        thread=str(message.get("thread_ts", "")),
        response_url=str(body.get("response_url", "")),
        trigger=str(body.get("trigger_id", "")),
        request=request_of(body),
    )


def talk_place(body: Body, community: str) -> Place:
    """Where a mention or a direct message was written; `message` is what it stands in."""
    event = body["event"]
    return Place(
        Surface.TALK,
        community,
        str(event.get("user", "")),
        channel=str(event.get("channel", "")),
        ours=event.get("channel_type") == "im",
        thread=str(event.get("thread_ts", "")),
        message=str(event.get("ts", "")),
        request=request_of(body),
    )


def written_by_person(event: Body, bot_user: str) -> bool:
    """Whether a person wrote this message, just now, and not the tutor or another app."""
    by_app = event.get("bot_id") or event.get("bot_profile") or event.get("hidden")
    user = event.get("user")
    return not by_app and event.get("subtype") in TALKING and user not in (None, "", bot_user, "USLACKBOT")


def said_text(event: Body, bot_user: str) -> str:
    """A message's words without the mention of the tutor."""
    text = str(event.get("text") or "")
    without = re.sub(rf"<@{re.escape(bot_user)}(\|[^>]*)?>", " ", text) if bot_user else text
    return " ".join(words_of(without).split())


def words_of(text: str) -> str:
    """Slack's markup as the words that people see; mentions of people stay `<@U123>`."""
    return unescape(_MARKUP.sub(_shown, text)).strip()


def _shown(found: re.Match[str]) -> str:
    kind, target, label = found.group(1), found.group(2), found.group(3)
    if kind == "@":
        return f"<@{target}>"
    if kind == "#":
        return f"#{label or target}"
    return label or target


def channel_named(event: Body) -> str:
    """The channel that an event is about; some name it, some hold it."""
    channel = event.get("channel")
    return str(channel.get("id", "")) if isinstance(channel, Mapping) else str(channel or "")
