"""The podium: the best three of a board as a picture. Drawn by matplotlib, in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.messages import BoardRow, Picture
from bot.tutor.charts import INK, PAPER
from bot.wording.speech import grouped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PLACES = {1: 1, 2: 0, 3: 2}
"""Where the first, second and third stand, from the left."""
HEIGHTS = {1: 2.9, 2: 2.2, 3: 1.6}
METALS = {1: "#f2c14e", 2: "#b8c4ce", 3: "#cd8f52"}
NAME = 18
NAMED = 3
LINE = 0.3


async def draw(rows: Sequence[BoardRow], name: str = "podium.png") -> Picture:
    """The picture of the three best ranks, with its words. Whoever shares a rank shares its step."""
    steps: dict[int, list[BoardRow]] = {}
    for row in rows:
        if row.rank in PLACES:
            steps.setdefault(row.rank, []).append(row)
    names = {rank: _names(best) for rank, best in steps.items()}
    data = await asyncio.to_thread(_png, steps, names)
    lines = [wording.podium_place(row.rank, row.name, row.points) for best in steps.values() for row in best]
    return Picture(name, data, wording.podium_words(lines))


def _names(best: Sequence[BoardRow]) -> list[str]:
    """The lines above a step."""
    shown = best if len(best) <= NAMED else best[: NAMED - 1]
    more = [wording.and_more(len(best) - len(shown))] if len(best) > len(shown) else []
    return [*(_short(row.name) for row in shown), *more]


def _png(steps: Mapping[int, Sequence[BoardRow]], names: Mapping[int, Sequence[str]]) -> bytes:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4), dpi=110, facecolor=PAPER)
    axis = figure.add_axes((0.02, 0.02, 0.96, 0.96))
    axis.set_xlim(-0.6, 2.6)
    axis.set_ylim(0, 4.4)
    axis.axis("off")
    for rank, best in steps.items():
        _step(axis, rank, names[rank], best[0].points)
    out = BytesIO()
    figure.savefig(out, format="png", facecolor=PAPER)
    return out.getvalue()


def _step(axis: Axes, rank: int, names: Sequence[str], points: int) -> None:
    x, height = PLACES[rank], HEIGHTS[rank]
    axis.bar(x, height, width=0.92, color=METALS[rank], edgecolor=INK, linewidth=1.2)
    style: dict[str, Any] = {"ha": "center", "color": INK}
    axis.text(x, height / 2, str(rank), va="center", fontsize=30, weight="bold", **style)
    axis.text(x, height + 0.14, grouped(points), fontsize=12, **style)
    for line, name in enumerate(reversed(names)):
        # A dollar sign would begin a formula.
        axis.text(x, height + 0.46 + line * LINE, name, fontsize=14, parse_math=False, **style)


def _short(name: str) -> str:
    return name if len(name) <= NAME else name[: NAME - 1] + "…"
