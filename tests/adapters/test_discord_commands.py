"""Application commands follow the core's list, within Discord's rules, and are sent when they change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.discord.commands import command_payloads, fingerprint
from adapters.discord.invite import application_id, invite_link
from bot.commands.command import Command, Parameter, ParameterKind
from bot.commands.registry import COMMANDS as TRUE_COMMANDS
from bot.ports import AdapterError
from bot.settings import SETTINGS, Settings
from tests.adapters.discord_desk import COMMANDS, stage
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.command_rules import check_commands
from tests.fakes.discord.refusals import Refusal
from tests.fakes.discord.world import MANAGE_GUILD

DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def named(name: str) -> dict:
    return next(payload for payload in command_payloads(COMMANDS) if payload["name"] == name)


def test_all_true_commands_keep_to_the_rules() -> None:
    check_commands(command_payloads(TRUE_COMMANDS))


def described(payload: dict) -> list[dict]:
    """A command, its subcommands and their options, as far as people read their descriptions."""
    below = [each for option in payload.get("options", ()) for each in described(option)]
    return below if any(each.get("type") == 1 for each in payload.get("options", ())) else [payload, *below]


def test_commands_are_described_in_german_within_the_limits() -> None:
    *commands, report = command_payloads(TRUE_COMMANDS)
    shown = [each for command in commands for each in described(command)]
    assert len(shown) > 80
    german = [each["description_localizations"]["de"] for each in shown]
    assert [text for text in german if not 1 <= len(text) <= 100] == []
    quiz = next(each for each in shown if each["name"] == "quiz")
    assert quiz["description_localizations"]["de"].startswith("Für dich allein üben")
    assert report["name_localizations"] == {"de": "Frage melden"}


def test_quiz_is_flat_and_completes_its_topic() -> None:
    topic, count = named("quiz")["options"]
    assert (topic["name"], topic["type"], topic["autocomplete"]) == ("topic", 3, True)
    assert (count["name"], count["type"], count["min_value"], count["max_value"]) == ("count", 4, 1, 20)


def test_subcommands_share_their_word() -> None:
    assert [option["name"] for option in named("schedule")["options"]] == ["add", "list"]


def test_required_options_come_first() -> None:
    add = named("schedule")["options"][0]
    assert [option["name"] for option in add["options"]] == ["time", "topic"]


def test_choices_are_offered() -> None:
    (period,) = named("leaderboard")["options"]
    assert [choice["value"] for choice in period["choices"]] == ["week", "month", "all"]


def test_admin_commands_are_for_servers_and_those_who_manage_them() -> None:
    schedule = named("schedule")
    assert schedule["default_member_permissions"] == MANAGE_GUILD
    assert (schedule["contexts"], schedule["integration_types"]) == ([0], [0])


def test_learners_may_bring_the_tutor_along() -> None:
    quiz = named("quiz")
    assert quiz["default_member_permissions"] is None
    assert (quiz["contexts"], quiz["integration_types"]) == ([0, 1, 2], [0, 1])


def test_a_question_is_reported_by_a_message_command() -> None:
    report = named("Report question")
    assert report["type"] == 3
    assert "description" not in report


def test_a_changed_summary_changes_the_fingerprint() -> None:
    changed = (replace(COMMANDS[0], summary="Something else"), *COMMANDS[1:])
    assert fingerprint(command_payloads(COMMANDS)) == fingerprint(command_payloads(tuple(COMMANDS)))
    assert fingerprint(command_payloads(COMMANDS)) != fingerprint(command_payloads(changed))


def test_a_bad_name_would_be_refused() -> None:
    bad = Command("Quiz Me", "Practise", COMMANDS[0].run, (Parameter("Topic", "x", ParameterKind.TEXT),))
    with pytest.raises(Refusal):
        check_commands(command_payloads((bad,)))


async def test_commands_are_sent_once_and_again_only_when_they_changed() -> None:
    async with stage() as at:
        await at.restart()
        assert at.fake.rest.requests.count("commands") == 1
        at.desk.commands = COMMANDS[:-1]
        await at.restart()
        assert at.fake.rest.requests.count("commands") == 2
        assert {command["name"] for command in at.fake.rest.commands} >= {
            "quiz",
            "schedule",
            "Report question",
        }


async def test_refused_commands_are_a_trouble_but_no_end() -> None:
    async with stage() as at:
        at.desk.commands = (replace(COMMANDS[0], summary="x" * 101),)
        await at.restart()
        assert "refused the list of commands" in at.adapter.trouble()
        await at.fake.person().command(at.channel, "quiz")


def test_the_invitation_asks_for_the_least_permissions() -> None:
    view, send, attach, history, threads, in_threads = 1 << 10, 1 << 11, 1 << 15, 1 << 16, 1 << 35, 1 << 38
    wanted = view | send | attach | history | threads | in_threads
    link = invite_link(1234)
    assert "client_id=1234&scope=bot+applications.commands" in link
    assert f"permissions={wanted}" in link


async def test_discord_is_asked_for_the_id_where_nobody_gives_it() -> None:
    async with FakeDiscord() as fake:
        assert await application_id(Settings(DEFAULTS | fake.settings)) == fake.world.bot.id
        with pytest.raises(AdapterError, match="DISCORD_TOKEN"):
            await application_id(Settings(DEFAULTS))
