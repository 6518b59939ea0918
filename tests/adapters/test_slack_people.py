"""Who people are: asked once, kept, brought up to date; and who counts as an admin."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.slack.profiles import community_of, profile
from adapters.slack.workspaces import Workspace
from bot.messages import Notice, Reply
from tests.adapters.slack_rig import Rig, until
from tests.fakes.slack import Fault, Human, User

HOME = Workspace("T1", "token", "UBOT", "BBOT")
GRID = Workspace("T1", "token", "UBOT", "BBOT", enterprise="E1")


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with Rig("http") as made:
        yield made


async def test_slack_is_asked_once_for_each_person(rig: Rig) -> None:
    for _ in range(3):
        await rig.bob.command("/progress")
        await rig.ann.command("/progress")

    assert len(rig.slack.of("users.info")) == 2
    bob = rig.desk.of("command")[0].caller.person
    assert (bob.name, bob.timezone, bob.locale, bob.admin) == ("Bob", "Asia/Tokyo", "en-US", True)
    assert not rig.desk.of("command")[1].caller.person.admin


async def test_a_restarted_program_asks_nobody_again(rig: Rig) -> None:
    await rig.bob.command("/progress")
    async with Rig("http") as fresh:
        fresh.shelf.kept = rig.shelf.kept
        await fresh.bob.command("/progress")
        assert fresh.slack.of("users.info") == []
        assert fresh.desk.of("command")[0].caller.person.timezone == "Asia/Tokyo"


async def test_people_who_come_together_cost_one_question(rig: Rig) -> None:
    rig.slack.faults.order("users.info", Fault(seconds=0.1, done=True))

    await asyncio.gather(*(rig.bob.command("/progress") for _ in range(5)))

    assert len(rig.slack.of("users.info")) == 1


async def test_a_changed_name_or_role_is_taken_over_at_once(rig: Rig) -> None:
    await rig.bob.command("/progress")
    changed = User("UBOB", "Robert", tz="Europe/Paris")

    await rig.ann.event({"type": "user_change", "user": changed.to_json()})
    await rig.bob.command("/progress")

    renamed = rig.desk.of("renamed")[-1].caller.person
    assert (renamed.id, renamed.name, renamed.timezone) == ("UBOB", "Robert", "Europe/Paris")
    assert not rig.desk.of("command")[-1].caller.person.admin


async def test_changes_of_people_who_never_came_are_not_kept(rig: Rig) -> None:
    before = dict(rig.shelf.kept)

    await rig.ann.event({"type": "user_change", "user": User("UCAT", "Cat").to_json()})

    assert rig.shelf.kept == before
    assert rig.desk.of("renamed") == []


async def test_when_slack_is_slow_the_payloads_name_has_to_do_and_the_rest_follows(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.hearing.ACQUAINTANCE", 0.02)
    rig.slack.faults.order("users.info", Fault(seconds=0.3, done=True))

    await rig.bob.command("/progress")

    first = rig.desk.of("command")[0].caller.person
    assert (first.name, first.timezone, first.admin) == ("Bob", None, False)
    await until(lambda: rig.desk.of("renamed"))
    assert rig.desk.of("renamed")[0].caller.person.timezone == "Asia/Tokyo"


async def test_when_slack_does_not_tell_the_person_is_heard_all_the_same(rig: Rig) -> None:
    rig.slack.faults.order("users.info", Fault("user_not_found"))

    ack = await rig.bob.command("/progress")

    assert ack.body["text"] == "command: progress"


async def test_a_guest_from_another_company_is_heard_and_is_nobodys_admin(rig: Rig) -> None:
    await rig.adapter.messenger.post(rig.channel(), Notice("Hello."), nonce="q")
    eve = Human(rig.slack, User("UEVE", "Eve", admin=True, team="T9"), rig.general)
    rig.desk.says = lambda heard: Reply(Notice("Hi."))

    await eve.mention("progress", user_team="T9")

    person = rig.desk.of("said")[0].caller.person
    assert (person.community, person.admin, person.name) == ("T9", False, "Eve")
    assert rig.desk.of("said")[0].caller.community == "T1"


async def test_guests_answer_like_everybody_else(rig: Rig) -> None:
    gus = Human(rig.slack, User("UGUS", "Gus", guest=True, admin=True), rig.general)

    await gus.command("/quiz")

    person = rig.desk.of("command")[0].caller.person
    assert (person.name, person.admin) == ("Gus", False)


def test_admins_are_those_of_this_workspace_or_organisation() -> None:
    def admin(workspace: Workspace, **user: object) -> bool:
        return profile({"id": "U1", "name": "u", "team_id": "T1", **user}, workspace).admin

    assert admin(HOME, is_admin=True)
    assert admin(HOME, is_owner=True)
    assert not admin(HOME)
    assert not admin(HOME, is_admin=True, team_id="T9")
    assert not admin(HOME, is_admin=True, is_restricted=True)
    assert not admin(HOME, is_admin=True, deleted=True)
    assert admin(GRID, team_id="T2", is_admin=True, enterprise_user={"enterprise_id": "E1"})
    assert not admin(GRID, team_id="T2", is_admin=True, enterprise_user={"enterprise_id": "E9"})


def test_an_account_lives_in_the_workspace_unless_it_is_another_companys() -> None:
    assert community_of("", HOME) == "T1"
    assert community_of("T1", HOME) == "T1"
    assert community_of("T9", HOME) == "T9"
    assert community_of("T2", GRID) == "T1"


def test_names_fall_back_to_what_there_is() -> None:
    assert profile({"id": "U1", "profile": {"display_name": " "}, "real_name": "Jo"}, HOME).name == "Jo"
    assert profile({"id": "U1"}, HOME).name == "Somebody"
