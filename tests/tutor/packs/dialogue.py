"""What admins and learners do with packs, in a few words."""

from __future__ import annotations

from bot.messages import Button, Notice, QuestionCard, Reply, Sheet, encode
from bot.messages.acts import Act
from tests.support.packs import document, upload
from tests.support.world import World


async def sends(
    world: World,
    data: bytes | None = None,
    name: str = "onboarding",
    file: str = "pack.yaml",
    who: str = "ada",
) -> Reply:
    """An admin hands a pack in."""
    files = {"file": upload(file, document() if data is None else data)}
    return await world.desk.submit(
        world.caller(who, admin=True), "sf:pack", {"name": name, "file": ""}, files
    )


async def publishes(world: World, *stems: str, name: str = "onboarding") -> Reply:
    """An admin hands a pack in and publishes it."""
    sent = await sends(world, document(*stems), name)
    assert isinstance(sent.message, Sheet), sent
    return await world.says("ada", f"/bank publish {name}", admin=True)


def notice(reply: Reply) -> str:
    """What a notice says."""
    assert isinstance(reply.message, Notice), reply
    return reply.message.text


def sheet(reply: Reply) -> Sheet:
    """The sheet in a reply."""
    assert isinstance(reply.message, Sheet), reply
    return reply.message


def card(reply: Reply) -> QuestionCard:
    """The question in a reply."""
    assert isinstance(reply.message, QuestionCard), reply
    return reply.message


def words(page: Sheet) -> str:
    """All that a sheet says."""
    tables = [" ".join(row) for section in page.sections if section.table for row in section.table.rows]
    return "\n".join([page.title, page.lead, *(line for s in page.sections for line in s.lines), *tables])


async def presses(world: World, who: str, button: Button | Act, *, admin: bool = False) -> Reply:
    """Somebody presses a button."""
    act = button.act if isinstance(button, Button) else button
    return await world.desk.click(world.caller(who, admin=admin), encode(act))
