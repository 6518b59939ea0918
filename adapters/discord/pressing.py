"""What is pressed: buttons and menus of any age, each made anew from the id that Discord sends back."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord
from discord import ui

Hear = Callable[[discord.Interaction[Any]], Awaitable[None]]


def pressed(hear: Hear) -> type[ui.DynamicItem[ui.Item[Any]]]:
    """The item that stands for every button and menu of ours; a press reaches `hear`.

    One kind is enough: what is to be done stands in the id, which the codec of acts reads.
    """

    class Pressed(ui.DynamicItem[ui.Item[Any]], template=r"(?s:.+)"):
        @classmethod
        async def from_custom_id(
            cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], _match: re.Match[str], /
        ) -> Self:
            return cls(item)

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            await hear(interaction)

    return Pressed
