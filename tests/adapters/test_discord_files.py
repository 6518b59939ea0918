"""Files that people hand in with a form on Discord."""

from __future__ import annotations

import pytest

from bot.messages import FileField, Form, Notice, Reply, TextField, UploadError
from bot.messages.acts import SubmitForm
from tests.adapters.discord_desk import Stage, stage
from tests.fakes.discord.attachments import Attachment
from tests.fakes.discord.component_rules import check_modal
from tests.fakes.discord.interactions import MODAL
from tests.fakes.discord.world import MANAGE_GUILD

FORM = Form(
    SubmitForm("pack"),
    "Add a pack",
    (
        TextField("name", "Name", required=True),
        FileField("file", "File", (".yaml", ".zip"), 2_000_000, required=False),
    ),
)


@pytest.fixture
async def at():
    async with stage() as ready:
        yield ready


async def opened(at: Stage):
    """The form, opened by a command."""
    at.desk.replies["invoke"] = Reply(FORM)
    at.desk.replies["submit"] = Reply(Notice("Kept."))
    eve = at.fake.person("Eve", permissions=MANAGE_GUILD)
    asked = await eve.command(at.channel, "settings")
    assert asked.kind == MODAL
    check_modal(asked.modal)
    return eve, asked


async def test_a_file_comes_with_its_form_and_is_fetched_when_it_is_read(at: Stage) -> None:
    eve, asked = await opened(at)
    await eve.fill(asked, name="onboarding", file=Attachment("pack.yaml", b"topics: []"))
    _, form, values = at.desk.last("submit")
    assert (form, values) == ("sf:pack", {"name": "onboarding"})
    file = at.desk.files[0]["file"]
    assert (file.name, file.size) == ("pack.yaml", 10)
    assert await file.read() == b"topics: []"


async def test_a_form_without_its_file_has_none(at: Stage) -> None:
    eve, asked = await opened(at)
    await eve.fill(asked, name="onboarding")
    assert at.desk.files == [{}]


async def test_a_file_that_is_gone_or_too_large_is_one_sentence(at: Stage) -> None:
    eve, asked = await opened(at)
    await eve.fill(asked, name="onboarding", file=Attachment("pack.yaml", b"x"))
    at.fake._attachments.clear()
    with pytest.raises(UploadError, match="send it again"):
        await at.desk.files[0]["file"].read()
    eve, asked = await opened(at)
    await eve.fill(asked, name="onboarding", file=Attachment("pack.yaml", b"x" * 10_000_001))
    with pytest.raises(UploadError, match="too large"):
        await at.desk.files[1]["file"].read()
