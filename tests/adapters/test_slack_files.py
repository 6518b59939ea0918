"""Files that people hand in with a modal on Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.slack import hearing
from bot.messages import Button, FileField, Form, FormErrors, Notice, Reply, Sheet, TextField, UploadError
from bot.messages.acts import OpenForm, SubmitForm
from tests.adapters.slack_rig import Rig, raised, until
from tests.fakes.slack.server import BOT_TOKEN
from tests.fakes.slack.world import Upload

FORM = Form(
    SubmitForm("pack"),
    "Add a pack",
    (TextField("name", "Name", required=True), FileField("file", "File", (".yaml", ".zip"), 2_000_000)),
)


@pytest.fixture(params=["socket", "http"])
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    async with Rig(request.param) as made:
        yield made


async def opened(rig: Rig) -> dict:
    """The modal, opened by a command."""
    rig.desk.says = lambda heard: Reply(FORM if heard.verb == "command" else Notice("Kept."))
    await rig.bob.command("/bank add")
    await until(lambda: rig.slack.world.views)
    return next(iter(rig.slack.world.views.values()))


async def test_a_file_comes_with_its_form_and_is_fetched_with_the_bots_token(rig: Rig) -> None:
    view = await opened(rig)
    ack = await rig.bob.submit(view, {"name": "onboarding", "file": ("pack.yaml", b"topics: []")})
    assert (ack.status, ack.body) == (200, {})
    assert rig.desk.of("submit")[0].values == {"name": "onboarding", "file": ""}
    file = rig.desk.files[0]["file"]
    assert (file.name, file.size) == ("pack.yaml", 10)
    assert rig.slack.of("files.info") == []
    assert await file.read() == b"topics: []"
    assert rig.slack.world.refusals == []


async def test_a_form_without_its_file_has_none(rig: Rig) -> None:
    view = await opened(rig)
    await rig.bob.submit(view, {"name": "onboarding"})
    assert rig.desk.files == [{}]


async def test_what_is_wrong_is_told_below_its_field(rig: Rig) -> None:
    view = await opened(rig)
    rig.desk.says = lambda heard: Reply(FormErrors({"file": "Choose the file of the pack."}))
    ack = await rig.bob.submit(view, {"name": "onboarding"})
    assert ack.body["errors"] == {"file": "Choose the file of the pack."}


async def test_a_file_that_slack_does_not_hand_over_is_one_sentence(rig: Rig) -> None:
    view = await opened(rig)
    await rig.bob.submit(view, {"name": "onboarding", "file": ("pack.yaml", b"x")})
    read = rig.desk.files[0]["file"].read
    (install,) = rig.slack.world.installs.values()
    install.scopes -= {"files:read"}
    assert "files:read" in str(await raised(read()))
    install.scopes |= {"files:read"}
    rig.slack.world.handed.clear()
    assert isinstance(await raised(read()), UploadError)


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.9/files/F1",
        "https://evil.example/x.slack.com",
        "https://slack.com.evil.example",
        "file:///x",
        "",
    ],
)
async def test_the_token_is_shown_to_nobody_but_slack(rig: Rig, address: str) -> None:
    error = await raised(rig.adapter._api.download("a-token", address))
    assert "foreign_address" in str(error)


async def test_redirects_are_followed_within_slack_and_a_login_page_is_no_file(rig: Rig) -> None:
    api, base = rig.adapter._api, rig.slack.base
    rig.slack.world.handed["F1"] = Upload("F1", "pack.yaml", 1, "", b"x")

    assert await api.download(BOT_TOKEN, f"{base}/files/F1") == b"x"
    assert await api.download(BOT_TOKEN, f"{base.replace('127.0.0.1', 'localhost')}/files/F1") == b"x"
    assert "login_page" in str(await raised(api.download("other", f"{base}/files/F1")))


async def test_a_slow_look_at_a_file_is_announced_and_then_answered(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = await opened(rig)
    monkeypatch.setattr(hearing, "PATIENCE", 0.05)
    rig.desk.seconds = 0.3
    rig.desk.says = lambda heard: Reply(
        Sheet("onboarding, version 1", buttons=(Button("x", OpenForm("pack")),))
    )
    await rig.bob.submit(view, {"name": "onboarding", "file": ("pack.yaml", b"x")})
    await until(lambda: any("version 1" in message.text for message in rig.bob.sees()))
    texts = [message.text for message in rig.bob.sees()]
    assert any("reading your file" in text for text in texts)
