"""Valid payloads of every kind as Slack sends them, with marked names and words in them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from adapters.slack.names import GLOBAL_SHORTCUT, LEFT, MESSAGE_SHORTCUT
from adapters.slack.place import Place, Surface, to_metadata
from tests.fuzz.mutating import mutated
from tests.fuzz.overhearing import NAME, TOKEN, WORDS

Json = dict[str, Any]

ME: Json = {"id": "UANN", "username": NAME, "name": NAME, "team_id": "T1"}
TEAM: Json = {
    "team": {"id": "T1", "domain": "example"},
    "enterprise": None,
    "is_enterprise_install": False,
    "api_app_id": "A1",
}
METADATA = to_metadata(Place(Surface.CLICK, "T1", "UANN", channel="C1", message="1.1"), 0)

COMMAND: Json = {
    "command": "/quiz", "text": f"{WORDS} 3", "team_id": "T1", "channel_id": "C1", "user_id": "UANN", "user_name": NAME,
    "is_enterprise_install": "false", "response_url": f"http://127.0.0.1:9/{TOKEN}", "trigger_id": "1.2",
}  # fmt: skip
CLICK: Json = TEAM | {
    "type": "block_actions", "user": ME, "trigger_id": "1.3", "channel": {"id": "C1", "name": WORDS},
    "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1", "is_ephemeral": False, "thread_ts": "1.0"},
    "message": {"ts": "1.1", "thread_ts": "1.0", "text": WORDS}, "state": {"values": {}},
    "response_url": f"http://127.0.0.1:9/{TOKEN}",
    "actions": [{"type": "button", "action_id": "0|ar:7:1", "block_id": "b", "action_ts": "1.0"}],
}  # fmt: skip
PICK: Json = CLICK | {"actions": [{"type": "button", "action_id": "0|pick:ar:8", "block_id": "b"}]}
HOME_CLICK: Json = CLICK | {
    "container": {"type": "view", "view_id": "V1"},
    "view": {"id": "V1", "type": "home"},
}
FORM: Json = TEAM | {
    "type": "view_submission", "user": ME, "trigger_id": "1.4",
    "view": {
        "id": "V2", "type": "modal", "callback_id": "sf:settings", "private_metadata": METADATA,
        "blocks": [{"type": "input", "block_id": "zone", "element": {"type": "plain_text_input", "action_id": "value"}}],
        "state": {"values": {
            "zone": {"value": {"type": "plain_text_input", "value": WORDS}},
            "days": {"value": {"type": "checkboxes", "selected_options": [{"value": "1", "text": {}}]}},
            "one": {"value": {"type": "static_select", "selected_option": {"value": "x"}}},
        }},
    },
}  # fmt: skip
PICKED: Json = FORM | {
    "view": FORM["view"] | {
        "callback_id": "pick:ar:8#2",
        "state": {"values": {"picks": {"value": {"selected_options": [{"value": "0"}, {"value": "3"}]}}}},
    }
}  # fmt: skip
SHORTCUT: Json = TEAM | {"type": "shortcut", "callback_id": GLOBAL_SHORTCUT, "trigger_id": "1.5", "user": ME}
MESSAGE: Json = TEAM | {
    "type": "message_action", "callback_id": MESSAGE_SHORTCUT, "trigger_id": "1.6", "user": ME,
    "channel": {"id": "C1", "name": WORDS}, "response_url": f"http://127.0.0.1:9/{TOKEN}",
    "message": {"type": "message", "text": f"<https://x|{WORDS}> &amp;", "ts": "1.1"},
}  # fmt: skip


def event(kind: str, **more: Any) -> Json:
    """An event as Slack wraps it."""
    return {
        "type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": "Ev1", "event_time": 1,
        "authorizations": [{"enterprise_id": None, "team_id": "T1", "user_id": "UBOT", "is_bot": True,
                            "is_enterprise_install": False}],
        "event": {"type": kind, "user": "UANN", "channel": "C1", "ts": "1.1", "event_ts": "1.1", **more},
    }  # fmt: skip


PERSON: Json = {
    "id": "UANN", "team_id": "T1", "name": NAME, "real_name": NAME, "tz": "Europe/Vienna", "locale": "de-AT",
    "is_admin": True, "profile": {"display_name": NAME, "real_name": NAME}, "enterprise_user": {"enterprise_id": "E1"},
}  # fmt: skip
EVENTS = (
    event("app_mention", text=f"<@UBOT> {WORDS} <@U2|{NAME}>", user_team="T1"),
    event("message", channel="D1", channel_type="im", text=WORDS),
    event("message", channel_type="channel", text=WORDS, subtype="message_changed"),
    event("app_home_opened", tab="home", channel="D1"),
    event("member_joined_channel", user="UBOT", inviter="UANN"),
    event("channel_id_changed", old_channel_id="C1", new_channel_id="C2"),
    event("user_change", user=PERSON),
    event("tokens_revoked", tokens={"oauth": ["UANN"]}),
    event("reaction_added", reaction="eyes"),
    *(event(kind) for kind in sorted(LEFT)),
)
INTERACTIVE = (CLICK, PICK, HOME_CLICK, FORM, PICKED, SHORTCUT, MESSAGE)
ALL = (*EVENTS, *INTERACTIVE, COMMAND)

bodies = st.sampled_from(ALL).flatmap(mutated)
"""Any payload, more or less spoilt; nothing in it tells a whole one from a broken one."""


def dumped(body: Any) -> str:
    """The JSON of a body, halves of characters spelt out."""
    return json.dumps(body)
