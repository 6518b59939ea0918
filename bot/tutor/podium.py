"""The podium: the best three of a board as a picture. Drawn by matplotlib, in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from io import BytesIO

from bot import wording
from bot.messages import BoardRow, Picture
from bot.tutor.charts import INK, PAPER

# Second, first and third, as people stand on a podium.
PLACES = (1, 0, 2)
HEIGHTS = (3.0, 2.2, 1.6)
METALS = ("#f2c14e", "#b8c4ce", "#cd8f52")
NAME = 18


async def draw(rows: Sequence[BoardRow], name: str = "podium.png") -> Picture:
    """The picture of up to three rows, the best first, with its words."""
    best = list(rows[:3])
    data = await asyncio.to_thread(_png, best)
    lines = [wording.podium_place(row.rank, row.name, row.points) for row in best]
    return Picture(name, data, wording.podium_words(lines))


def _png(best: list[BoardRow]) -> bytes:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4), dpi=110, facecolor=PAPER)
    axis = figure.add_axes((0.02, 0.02, 0.96, 0.96))
    axis.set_xlim(-0.6, 2.6)
    axis.set_ylim(0, 4.4)
    axis.axis("off")
    for x, place in enumerate(PLACES):
        if place < len(best):
            row = best[place]
            # Who shares a rank stands as high as the other.
            height = HEIGHTS[min(row.rank, 3) - 1]
            metal = METALS[min(row.rank, 3) - 1]
            axis.bar(x, height, width=0.92, color=metal, edgecolor=INK, linewidth=1.2)
            axis.text(
                x, height / 2, str(row.rank), ha="center", va="center", fontsize=30, color=INK, weight="bold"
            )
            # A dollar sign would begin a formula.
            axis.text(
                x, height + 0.55, _short(row.name), ha="center", fontsize=15, color=INK, parse_math=False
            )
            axis.text(x, height + 0.18, f"{row.points:,}", ha="center", fontsize=12, color=INK)
    out = BytesIO()
    figure.savefig(out, format="png", facecolor=PAPER)
    return out.getvalue()


def _short(name: str) -> str:
    return name if len(name) <= NAME else name[: NAME - 1] + "…"
