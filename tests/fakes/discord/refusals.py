"""How the fake says no: with Discord's status, error code and message."""

from __future__ import annotations

import re
from typing import Any

INVALID_FORM, EMPTY_MESSAGE = 50035, 50006
UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION = 10003, 10008, 10015, 10062
UNKNOWN_MEMBER, ALREADY_ACKNOWLEDGED = 10007, 40060
MISSING_ACCESS, MISSING_PERMISSIONS, CANNOT_MESSAGE_USER = 50001, 50013, 50007
WRONG_CHANNEL_TYPE, FORUM_CHANNEL, TAG_REQUIRED, ARCHIVED_THREAD = 50024, 40058, 40067, 50083
REPLY_NEEDS_HISTORY, THREAD_EXISTS, NOT_AUTHOR = 160002, 160004, 50005
TOO_MANY_THREADS, TOO_MANY_FOLLOWUPS, TOO_LARGE, BLOCKED_BY_CLOUDFLARE = 160006, 40094, 40005, 40333

AGENT = re.compile(r"DiscordBot \(https?://\S+, \S+\)")
"""The form in which a client must name itself, with every request."""


class Refusal(Exception):
    """A refusal by the REST API."""

    def __init__(self, status: int, code: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.body: dict[str, Any] = {"code": code, "message": message}
        self.headers = headers or {}


def invalid(where: str, why: str) -> Refusal:
    """A payload that breaks a rule of the documentation."""
    refusal = Refusal(400, INVALID_FORM, "Invalid Form Body")
    refusal.body["errors"] = {where: {"_errors": [{"code": "INVALID", "message": why}]}}
    refusal.args = (f"{where}: {why}",)
    return refusal


def check(condition: bool, where: str, why: str) -> None:
    """Refuse unless the condition holds."""
    if not condition:
        raise invalid(where, why)
