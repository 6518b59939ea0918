"""What Slack's payloads say, read by pure functions. What is not there, or is of another kind, reads as empty."""

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


def inner(body: object, name: str) -> Body:
    """The object of this name in another one."""
    found = body.get(name) if isinstance(body, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def items(body: object, name: str) -> list[Body]:
    """The objects in the list of this name."""
    found = body.get(name) if isinstance(body, Mapping) else None
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


def text(body: Body, *names: str) -> str:
    """The first text under these names that is not empty."""
    return next((found for name in names if isinstance(found := body.get(name), str) and found), "")


def event_of(body: Body) -> Body:
    """The event in its wrapping."""
    return inner(body, "event")


def view_of(body: Body) -> Body:
    """The modal that was filled in."""
    return inner(body, "view")


def request_of(body: Body) -> str:
    """The id that a payload keeps when it is delivered again; empty when it has none."""
    return text(body, "event_id", "trigger_id")


def team_of(body: Body) -> str:
    """The id of the workspace in which something happened, wherever the payload says it; empty if it does not.

    The ids of organisations stand in the same places.
    """
    team, event = inner(body, "team"), event_of(body)
    said = (
        text(team, "id"),
        text(body, "team_id", "team"),
        text(inner(body, "user"), "team_id"),
        text(view_of(body), "team_id"),
        text(event, "team"),
        text(event, "user_team"),
    )
    return next((one for one in said if one and not one.startswith("E")), "")


def speaker(body: Body) -> Speaker:
    """Who sent a command or pressed something."""
    if said := text(body, "user"):
        return Speaker(said)
    user = inner(body, "user")
    return Speaker(
        user=text(user, "id") or text(body, "user_id"),
        name=text(user, "name", "username") or text(body, "user_name"),
        home=text(user, "team_id"),
    )


def event_speaker(event: Body) -> Speaker:
    """Who an event is about."""
    return Speaker(user=text(event, "user"), home=text(event, "user_team", "team"))


def click_place(body: Body, community: str) -> Place:
    """Where a button was pressed."""
    container, message = inner(body, "container"), inner(body, "message")
    inside = container.get("type") == "view"
    channel = text(inner(body, "channel"), "id") or text(container, "channel_id")
    return Place(
        Surface.HOME if inside else Surface.CLICK,
        community,
        speaker(body).user,
        channel=channel,
        thread=text(container, "thread_ts") or text(message, "thread_ts"),
        message=text(container, "message_ts") or text(message, "ts"),
        ephemeral=bool(container.get("is_ephemeral")),
        ours=channel.startswith("D") and not container.get("is_ephemeral"),
        response_url=text(body, "response_url"),
        trigger=text(body, "trigger_id"),
        request=request_of(body),
    )


def clicked(body: Body) -> str:
    """The action_id of what was pressed."""
    return next((text(action, "action_id") for action in items(body, "actions")), "")


def command_place(body: Body, community: str) -> Place:
    """Where a slash command was typed."""
    return Place(
        Surface.COMMAND,
        community,
        text(body, "user_id"),
        channel=text(body, "channel_id"),
        response_url=text(body, "response_url"),
        trigger=text(body, "trigger_id"),
        request=request_of(body),
    )


def command_text(body: Body, prefix: str) -> str:
    """The command as text: the word without slash and prefix, then what was typed behind it."""
    word = text(body, "command").lstrip("/")
    return f"{word.removeprefix(prefix)} {words_of(text(body, 'text'))}".strip()


def shortcut_place(body: Body, community: str) -> Place:
    """Where a shortcut was chosen; a global one belongs nowhere."""
    return Place(
        Surface.SHORTCUT,
        community,
        speaker(body).user,
        channel=text(inner(body, "channel"), "id"),
        thread=text(inner(body, "message"), "thread_ts"),
        response_url=text(body, "response_url"),
        trigger=text(body, "trigger_id"),
        request=request_of(body),
    )


def talk_place(body: Body, community: str) -> Place:
    """Where a mention or a direct message was written; `message` is what it stands in."""
    event = event_of(body)
    return Place(
        Surface.TALK,
        community,
        text(event, "user"),
        channel=text(event, "channel"),
        ours=event.get("channel_type") == "im",
        thread=text(event, "thread_ts"),
        message=text(event, "ts"),
        request=request_of(body),
    )


def written_by_person(event: Body, bot_user: str) -> bool:
    """Whether a person wrote this message, just now, and not the tutor or another app."""
    by_app = event.get("bot_id") or event.get("bot_profile") or event.get("hidden")
    return (
        not by_app
        and event.get("subtype") in TALKING
        and text(event, "user") not in ("", bot_user, "USLACKBOT")
    )


def said_text(event: Body, bot_user: str) -> str:
    """A message's words without the mention of the tutor."""
    said = text(event, "text")
    without = re.sub(rf"<@{re.escape(bot_user)}(\|[^>]*)?>", " ", said) if bot_user else said
    return " ".join(words_of(without).split())


def words_of(markup: str) -> str:
    """Slack's markup as the words that people see; mentions of people stay `<@U123|sam>`, in one word."""
    return unescape(_MARKUP.sub(_shown, markup)).strip()


def _shown(found: re.Match[str]) -> str:
    kind, target, label = found.group(1), found.group(2), found.group(3)
    if kind == "@":
        return f"<@{target}|{'_'.join(label.split())}>" if label else f"<@{target}>"
    if kind == "#":
        return f"#{label or target}"
    return label or target


def channel_named(event: Body) -> str:
    """The channel that an event is about; some name it, some hold it."""
    return text(event, "channel") or text(inner(event, "channel"), "id")
