"""Whether a payload is built as Slack builds them.

Bolt takes a payload apart without asking what its parts are, so whatever would trip it is turned away before.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from adapters.slack.payloads import Body

Named = dict[str, Any] | str | None
"""An object with an id, or the bare id."""
Text = str | None

TRIPPED = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What Bolt raises when it reads what is not built like that."""


class _Owned(Struct):
    """The parts that say whose something is."""

    enterprise: Named = None
    enterprise_id: Text = None
    team: Named = None
    team_id: Text = None
    user: Named = None
    user_id: Text = None
    channel: Named = None
    channel_id: Text = None


class _Event(_Owned, kw_only=True):
    type: str
    authorizations: list[_Owned] | None = None


class _Action(Struct):
    action_id: str
    block_id: Text = None
    type: Text = None


class _View(Struct):
    type: Text = None
    callback_id: str = ""
    team_id: Text = None
    app_installed_team_id: Text = None


class _Payload(_Owned):
    type: Text = None
    command: str = ""
    callback_id: Text = None
    action_id: Text = None
    response_url: Text = None
    response_urls: list[dict[str, Any]] | None = None
    authorizations: list[_Owned] | None = None
    event: _Event | None = None
    actions: Annotated[list[_Action], Meta(min_length=1)] | None = None
    view: _View | None = None


def is_sound(body: Body) -> bool:
    """Whether Bolt can read a payload."""
    try:
        msgspec.convert(body, _Payload)
    except (msgspec.ValidationError, ValueError, RecursionError):
        return False
    return True
