"""How Slack wants to be called: verb, content type, and the arguments of each method."""

from __future__ import annotations

from aiohttp import web

from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.world import Json

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"

MESSAGE = {"text", "blocks", "thread_ts"}
POST = MESSAGE | {"metadata", "unfurl_links", "unfurl_media", "reply_broadcast"}
PAGE = {"cursor", "include_all_metadata", "inclusive", "latest", "limit", "oldest"}

ARGUMENTS: dict[str, tuple[set[str], set[str]]] = {
    "auth.test": (set(), set()),
    "apps.connections.open": (set(), set()),
    "chat.postMessage": ({"channel"}, POST),
    "chat.postEphemeral": ({"channel", "user"}, MESSAGE),
    "chat.update": ({"channel", "ts"}, {"text", "blocks", "metadata"}),
    "conversations.history": ({"channel"}, PAGE),
    "conversations.info": ({"channel"}, {"include_locale", "include_num_members"}),
    "conversations.replies": ({"channel", "ts"}, PAGE),
    "files.completeUploadExternal": ({"files"}, {"channel_id", "initial_comment", "thread_ts"}),
    "files.getUploadURLExternal": ({"filename", "length"}, {"alt_txt", "snippet_type"}),
    "files.info": ({"file"}, set()),
    "oauth.v2.access": (
        set(),
        {"client_id", "client_secret", "code", "grant_type", "redirect_uri", "refresh_token"},
    ),
    "users.info": ({"user"}, {"include_locale"}),
    "views.open": ({"view"}, {"trigger_id"}),
    "views.publish": ({"user_id", "view"}, {"hash"}),
}
"""Required and optional arguments of the methods that the fake has."""
TAKES_JSON = {
    "auth.test",
    "chat.postEphemeral",
    "chat.postMessage",
    "chat.update",
    "views.open",
    "views.publish",
}
GET = {"conversations.history", "conversations.info", "conversations.replies", "files.info", "users.info"}


def check_request(request: web.Request, method: str) -> None:
    """Raises Refusal for a form that Slack does not take."""
    if "token" in request.query:
        raise Refusal("invalid_auth")
    if request.method == "GET":
        if method not in GET:
            raise Refusal("invalid_post_type")
        return
    if request.content_type == JSON:
        if method not in TAKES_JSON:
            raise Refusal("invalid_post_type")
    elif request.content_type != FORM:
        raise Refusal("missing_post_type")
    elif request.query:
        raise Refusal("invalid_form_data")


def check_arguments(method: str, arguments: Json) -> None:
    """Raises Refusal for arguments that the method does not know or lacks."""
    required, optional = ARGUMENTS.get(method, (set(), set(arguments)))
    if missing := sorted(required - arguments.keys()):
        raise Refusal("invalid_arguments", response_metadata={"messages": [f"missing {missing}"]})
    if unknown := sorted(arguments.keys() - required - optional):
        raise Refusal("invalid_arg_name", response_metadata={"messages": [f"unknown {unknown}"]})
    if empty := sorted(name for name, value in arguments.items() if value is None):
        raise Refusal("invalid_arguments", response_metadata={"messages": [f"null {empty}"]})
