"""auth, users, views, files and OAuth."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.fakes.slack.block_rules import view_faults
from tests.fakes.slack.messages_api import target
from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.world import Install, Json, Upload, World

ALT_TEXT = 1_000


def auth_test(world: World, install: Install, arguments: Json) -> Json:
    """auth.test."""
    return {
        "url": "https://example.slack.com/",
        "team": "Example",
        "team_id": install.team,
        "user": "cloudlark",
        "user_id": install.bot_user,
        "bot_id": install.bot_id,
        "enterprise_id": install.enterprise or None,
        "is_enterprise_install": False,
    }


def users_info(world: World, install: Install, arguments: Json) -> Json:
    """users.info; the locale only when it is asked for."""
    user = world.users.get(str(arguments.get("user", "")))
    if user is None:
        raise Refusal("user_not_found")
    shown = user.to_json()
    if str(arguments.get("include_locale", "")) not in ("1", "true", "True"):
        shown.pop("locale")
    return {"user": shown}


def conversations_info(world: World, install: Install, arguments: Json) -> Json:
    """conversations.info."""
    channel = world.channels.get(str(arguments.get("channel", "")))
    if channel is None:
        raise Refusal("channel_not_found")
    return {"channel": {"id": channel.id, "name": channel.name, "is_archived": channel.archived}}


def views_publish(world: World, install: Install, arguments: Json) -> Json:
    """views.publish."""
    view = _view(world, "views.publish", arguments)
    if view["type"] != "home":
        raise Refusal("invalid_arguments")
    world.homes[str(arguments.get("user_id", ""))] = view
    return {"view": view}


def views_open(world: World, install: Install, arguments: Json) -> Json:
    """views.open; the server has checked the trigger."""
    view = _view(world, "views.open", arguments)
    if view["type"] != "modal":
        raise Refusal("invalid_arguments")
    number = f"V{world.number()}"
    world.views[number] = view | {"id": number, "hash": f"{number}.1", "app_installed_team_id": install.team}
    return {"view": world.views[number]}


def _view(world: World, method: str, arguments: Json) -> Json:
    view = arguments.get("view")
    view = json.loads(view) if isinstance(view, str) else view
    faults = view_faults(view)
    if faults:
        world.refusals.append((method, "invalid_arguments", faults))
        raise Refusal("invalid_arguments", response_metadata={"messages": faults})
    return dict(view)


def upload_url(base: Callable[[], str]) -> Callable[[World, Install, Json], Json]:
    """files.getUploadURLExternal."""

    def method(world: World, install: Install, arguments: Json) -> Json:
        name, length = str(arguments.get("filename", "")), int(arguments.get("length", 0))
        if not name or length <= 0:
            raise Refusal("missing_argument")
        if len(str(arguments.get("alt_txt", ""))) > ALT_TEXT:
            raise Refusal("alt_txt_too_large")
        upload = Upload(f"F{world.number()}", name, length, str(arguments.get("alt_txt", "")))
        world.uploads[upload.id] = upload
        return {"upload_url": f"{base()}/upload/{upload.id}", "file_id": upload.id}

    return method


def files_info(base: Callable[[], str]) -> Callable[[World, Install, Json], Json]:
    """files.info of what somebody handed in with a modal."""

    def method(world: World, install: Install, arguments: Json) -> Json:
        upload = world.handed.get(str(arguments.get("file", "")))
        if upload is None:
            raise Refusal("file_not_found")
        address = f"{base()}/files/{upload.id}"
        return {
            "file": {
                "id": upload.id,
                "name": upload.name,
                "size": upload.length,
                "url_private_download": address,
            }
        }

    return method


def complete_upload(world: World, install: Install, arguments: Json) -> Json:
    """files.completeUploadExternal."""
    files = json.loads(arguments.get("files") or "[]")
    uploads = [world.uploads.get(str(file.get("id"))) for file in files]
    if not uploads or any(upload is None or len(upload.data) != upload.length for upload in uploads):
        raise Refusal("file_not_found")
    if arguments.get("channel_id") in world.users:
        raise Refusal("invalid_channel")
    channel = target(world, install, {"channel": arguments.get("channel_id", "")})
    for upload in uploads:
        assert upload is not None
        upload.channel, upload.thread = channel.id, str(arguments.get("thread_ts", ""))
    return {"files": files}


def oauth_access(world: World, arguments: Json) -> Json:
    """oauth.v2.access for a code or a refresh token; each works once."""
    if not arguments.get("client_id") or not arguments.get("client_secret"):
        raise Refusal("invalid_client_id")
    renewing = arguments.get("grant_type") == "refresh_token"
    key = str(arguments.get("refresh_token" if renewing else "code", ""))
    answer = world.codes.pop(key, None)
    if answer is None:
        raise Refusal("invalid_refresh_token" if renewing else "invalid_code")
    return answer
