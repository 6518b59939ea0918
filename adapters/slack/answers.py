"""What went wrong, read from Slack's answers and from connections that failed."""

from __future__ import annotations

import aiohttp
import msgspec
from slack_sdk.errors import SlackApiError

from adapters.slack.errors import (
    RATE_LIMITS,
    UNSURE,
    RefusedError,
    SlackError,
    UnknownError,
    UnreachableError,
)

PAUSE = 1.0
"""Seconds to wait when Slack asks for a pause and does not say how long."""


def refusal(method: str, error: SlackApiError) -> SlackError:
    """What the library raised about an answer that is not ok, or that is none."""
    answer = error.response
    data = getattr(answer, "data", None)
    name = str(data.get("error", "")) if isinstance(data, dict) else ""
    # The library hands over its own kind of answer, or aiohttp's when there is no JSON in it.
    status = getattr(answer, "status_code", 0) or getattr(answer, "status", 0)
    headers = getattr(answer, "headers", None) or {}
    return _error(method, status, name, headers.get("Retry-After", ""))


def complaint(method: str, status: int, said: str, retry_after: str) -> SlackError | None:
    """What an answer from outside the Web API complains about; None when it is content.

    A response URL may answer 200 with an error inside, and other errors with a bare word.
    """
    told = _object(said)
    if status < 300 and told.get("ok") is not False:
        return None
    word = said.strip()
    bare = word if word.replace("_", "").isalpha() else f"http_{status}"
    return _error(method, status, str(told.get("error") or bare), retry_after)


def failure(method: str, error: Exception) -> SlackError:
    """A connection that failed. Only one that never came about is certain to have done nothing."""
    never = isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)
    return (UnreachableError if never else UnknownError)(method, type(error).__name__)


def _error(method: str, status: int, name: str, retry_after: str) -> SlackError:
    if status == 429 or name in RATE_LIMITS:
        return RefusedError(method, "ratelimited", _seconds(retry_after))
    if not name or name in UNSURE or status >= 500:
        return UnknownError(method, name or f"http_{status}")
    return RefusedError(method, name)


def _object(said: str) -> dict[str, object]:
    try:
        return msgspec.json.decode(said, type=dict[str, object])
    except (msgspec.DecodeError, RecursionError):
        return {}


def _seconds(retry_after: str) -> float:
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        return PAUSE
