"""When too much is under way, a person hears it on every platform: for a click, a command and a form alike."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot import wording
from bot.commands.front import FrontDesk
from tests.adapters.discord_desk import CARD as DISCORD_CARD
from tests.adapters.discord_desk import stage
from tests.adapters.slack_rig import Rig, until
from tests.adapters.test_slack_hearing import CARD as SLACK_CARD
from tests.adapters.web_rig import DAILY, running
from tests.fakes import web_messages as say
from tests.fakes.discord.people import text_of
from tests.fakes.web_desk import button_id
from tests.fakes.web_page import page
from tests.support.world import World, world


@pytest.fixture
async def made(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as ready:
        yield ready


class Overload:
    """The real desk. `begin` lets everything that comes from then on be too much."""

    def __init__(self, made: World) -> None:
        self.desk: Any = FrontDesk(made.tutor)

    def begin(self) -> None:
        self.desk._reception._most = 0


async def test_on_slack(made: World) -> None:
    overload = Overload(made)
    rig = Rig("http")
    rig.desk = overload.desk
    async with rig:
        await rig.adapter.messenger.post(rig.channel(), SLACK_CARD, nonce="n1")
        (post,) = rig.ann.sees()
        await rig.ann.command("/settings")
        await until(lambda: rig.slack.world.views)
        (view,) = rig.slack.world.views.values()
        overload.begin()

        await rig.ann.press(post, "B")
        await until(lambda: wording.busy() in rig.ann.sees()[-1].text)
        await rig.ann.command("/quiz")
        assert wording.busy_not_done() in rig.ann.sees()[-1].text
        seen = len(rig.ann.sees())
        await rig.ann.submit(view, {"timezone": "Asia/Tokyo"})
        await until(lambda: len(rig.ann.sees()) > seen)
        assert wording.busy_not_done() in rig.ann.sees()[-1].text


async def test_on_discord(made: World) -> None:
    overload = Overload(made)
    async with stage() as at:
        at.desk = overload.desk
        await at.restart()
        await at.adapter.messenger.post(at.place, DISCORD_CARD, nonce="cloudlark-1")
        ada = at.fake.person()
        form = await ada.command(at.channel, "settings")
        overload.begin()

        clicked = await ada.click(at.fake.posts_in(at.channel)[-1], "A")
        assert wording.busy() in text_of(clicked.message)
        asked = await ada.command(at.channel, "quiz")
        assert wording.busy_not_done() in text_of(asked.message)
        filled = await ada.fill(form, timezone="Asia/Tokyo")
        assert wording.busy_not_done() in text_of(filled.message)


async def test_in_the_local_chat(made: World, tmp_path: Path) -> None:
    overload = Overload(made)
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        program.adapter._deeds._talk._desk = overload.desk
        card = say.question()
        ref = await program.adapter.messenger.post(DAILY, card, nonce="r1")
        form = await ada.say("general", "/settings")
        assert "form" in form
        overload.begin()

        await ada.ask("click", message=ref.id, button=button_id(card, 0))
        assert (await ada.messages("aws-daily"))[-1]["body"]["text"] == wording.busy()
        await ada.say("general", "/quiz")
        assert (await ada.messages("general"))[-1]["body"]["text"] == wording.busy_not_done()
        await ada.ask("submit", place="general", form="sf:settings", values={"timezone": "Asia/Tokyo"})
        said = [message["body"]["text"] for message in await ada.messages("general")]
        assert said == [wording.busy_not_done()] * 2
