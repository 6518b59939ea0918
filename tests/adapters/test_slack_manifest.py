"""The app manifest: derived from the registry, within Slack's limits, and what deploy/ holds."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
import yaml

from adapters.slack import bolt
from adapters.slack.manifest import EVENTS, HISTORY_SCOPES, SCOPES, manifest
from bot.commands.registry import COMMANDS
from tests.fakes.slack.server import NEEDED

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "deploy" / "slack-manifest.yaml"


def test_the_shipped_manifest_is_the_one_that_the_commands_make() -> None:
    written = yaml.safe_dump(manifest(COMMANDS), sort_keys=False, allow_unicode=True)

    assert SHIPPED.read_text(encoding="utf-8").strip() == written.strip(), (
        "run: cloudlark slack manifest > deploy/slack-manifest.yaml"
    )


@pytest.mark.parametrize(("prefix", "url"), [("", ""), ("lark-", ""), ("", "https://quiz.example.com/")])
def test_everything_stays_within_slacks_limits(prefix: str, url: str) -> None:
    made = manifest(COMMANDS, prefix, url)
    shown = made["display_information"]
    commands = made["features"]["slash_commands"]

    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4_000
    assert re.fullmatch("#[0-9a-f]{6}", shown["background_color"])
    assert len(commands) <= 50
    for command in commands:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"])
        assert 1 <= len(command["description"]) <= 2_000
        assert 1 <= len(command["usage_hint"]) <= 1_000
    for shortcut in made["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150


def test_every_word_of_the_registry_is_a_slash_command_once() -> None:
    named = [command["command"] for command in manifest(COMMANDS, "lark-")["features"]["slash_commands"]]

    assert named == [f"/lark-{word}" for word in dict.fromkeys(c.name.split()[0] for c in COMMANDS)]


def test_no_command_is_one_that_slack_keeps_for_itself() -> None:
    built_in = "active apps archive away call close collapse dm dnd expand feed feedback huddle invite join keys kick"
    more = "leave me msg mute open part prefs pro remind remove rename search shortcuts shrug star status topic who"
    named = {command["command"] for command in manifest(COMMANDS)["features"]["slash_commands"]}

    assert not named & {f"/{word}" for word in f"{built_in} {more}".split()}


def test_socket_mode_names_no_address_and_http_names_them_all() -> None:
    assert "://" not in yaml.safe_dump(manifest(COMMANDS))

    made = manifest(COMMANDS, "", "https://quiz.example.com")
    events = "https://quiz.example.com/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == events
    assert made["settings"]["interactivity"]["request_url"] == events
    assert {command["url"] for command in made["features"]["slash_commands"]} == {events}
    assert made["oauth_config"]["redirect_urls"] == ["https://quiz.example.com/slack/oauth_redirect"]
    assert not made["settings"]["socket_mode_enabled"]


def test_scopes_are_the_least_and_each_is_explained_in_the_docs() -> None:
    asked = manifest(COMMANDS)["oauth_config"]["scopes"]["bot"]
    docs = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")

    assert asked == sorted(SCOPES)
    assert set(NEEDED.values()) <= set(asked)
    assert not set(HISTORY_SCOPES) & set(asked)
    assert set(HISTORY_SCOPES) <= set(manifest(COMMANDS, history=True)["oauth_config"]["scopes"]["bot"])
    for scope in [*SCOPES, *HISTORY_SCOPES]:
        assert f"`{scope}`" in docs


def test_every_event_that_is_asked_for_is_listened_to() -> None:
    heard = inspect.getsource(bolt)

    for event in EVENTS:
        name = event.partition(".")[0]
        assert f'"{name}"' in heard or name in bolt.LEFT
