"""The app manifest, derived from the command registry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.slack.names import GLOBAL_SHORTCUT, LEFT, MESSAGE_SHORTCUT
from bot.commands.command import Command

NAME = "Cloudlark"
DESCRIPTION = "A tutor for AWS exams: a daily question, private practice, memory, a weekly leaderboard."
LONG_DESCRIPTION = (
    "Cloudlark posts a quiz question to a channel every day. Everybody answers privately with one press, "
    "and the channel sees the key with the reasons for and against every option when the round closes. "
    "In between it offers private practice on any topic, brings back what you are about to forget, "
    "and announces a weekly leaderboard."
)
COLOUR = "#1d3557"

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "hear when somebody mentions it",
    "channels:read": "notice invitations to public channels, removals and archived ones",
    "chat:write": "post questions and answer people",
    "commands": "offer its slash commands and shortcuts",
    "files:read": "read the packs of questions that admins hand in",
    "files:write": "send charts and exported files",
    "groups:read": "the same as channels:read for private channels",
    "im:history": "read what people write to it in direct messages",
    "users:read": "know names, time zones and who is an admin",
}
"""The least that the tutor works with, each with what it is for."""

HISTORY_SCOPES: Mapping[str, str] = {
    "channels:history": "after a crash, look whether a post arrived in a public channel before repeating it",
    "groups:history": "the same for private channels",
}
"""Optional. Without them a post whose fate is unknown is not repeated."""

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_id_changed",
    *sorted(LEFT),
    "member_joined_channel",
    "message.im",
    "tokens_revoked",
    "user_change",
)

COMMAND_NAME = 32
HINT = 1_000


def manifest(
    commands: Sequence[Command], prefix: str = "", http_url: str = "", *, history: bool = False
) -> dict[str, Any]:
    """The manifest for Socket Mode, or with `http_url`, the public address, for HTTP.

    `prefix` is put before every slash command; `history` adds the optional scopes.
    """
    url = http_url.rstrip("/")
    events: dict[str, Any] = {"bot_events": list(EVENTS)}
    interactivity: dict[str, Any] = {"is_enabled": True}
    if url:
        events = {"request_url": f"{url}/slack/events"} | events
        interactivity["request_url"] = f"{url}/slack/events"
    return {
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": COLOUR,
        },
        "features": _features(commands, prefix, url),
        "oauth_config": _oauth(url, history),
        "settings": {
            "event_subscriptions": events,
            "interactivity": interactivity,
            "org_deploy_enabled": True,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def _features(commands: Sequence[Command], prefix: str, url: str) -> dict[str, Any]:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": NAME, "always_online": True},
        "shortcuts": [
            {
                "name": "Practise a question",
                "type": "global",
                "callback_id": GLOBAL_SHORTCUT,
                "description": "Get a few questions in your direct messages",
            },
            {
                "name": "Practise this topic",
                "type": "message",
                "callback_id": MESSAGE_SHORTCUT,
                "description": "Get a question on what a message is about",
            },
        ],
        "slash_commands": [_command(word, group, prefix, url) for word, group in _words(commands).items()],
    }


def _words(commands: Sequence[Command]) -> dict[str, list[Command]]:
    """The commands by their first word, which is all that Slack knows of them."""
    groups: dict[str, list[Command]] = {}
    for command in commands:
        groups.setdefault(command.name.split()[0], []).append(command)
    return groups


def _command(word: str, group: Sequence[Command], prefix: str, url: str) -> dict[str, Any]:
    # Escaped, a mention arrives with the person's id, which is what /admin needs.
    shown = {
        "command": f"/{prefix}{word}"[:COMMAND_NAME],
        "description": _summary(word, group),
        "usage_hint": _hint(group)[:HINT],
        "should_escape": True,
    }
    return shown | ({"url": f"{url}/slack/events"} if url else {})


def _summary(word: str, group: Sequence[Command]) -> str:
    if len(group) == 1 and group[0].name == word:
        return group[0].summary
    return f"{word.capitalize()}: {', '.join(command.name.split()[1] for command in group)}"


def _hint(group: Sequence[Command]) -> str:
    if len(group) > 1:
        return " | ".join(command.name.split()[1] for command in group)
    usage = group[0].usage.split(" ", 1)
    return usage[1] if len(usage) > 1 else "help"


def _oauth(url: str, history: bool) -> dict[str, Any]:
    scopes = sorted([*SCOPES, *(HISTORY_SCOPES if history else ())])
    redirect = {"redirect_urls": [f"{url}/slack/oauth_redirect"]} if url else {}
    return redirect | {"scopes": {"bot": scopes}}
