"""A picture of questions by facility and discrimination, drawn by matplotlib in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from bot import wording
from bot.messages import Picture
from bot.tutor.charts import FAINT, INK, PAPER, SKY, SUN
from bot.wording.speech import speaking, spoken

NAMED = 8


@dataclass(frozen=True, slots=True)
class Dot:
    """A question: its id, facility and discrimination in per cent, and whether it is worth a look."""

    name: str
    facility: float
    discrimination: float
    flawed: bool


async def draw(dots: Sequence[Dot]) -> Picture:
    """The picture, drawn off the event loop."""
    language = spoken()
    data = await asyncio.to_thread(_png, dots, language)
    flawed = [dot.name for dot in dots if dot.flawed][:NAMED]
    return Picture("questions.png", data, wording.stats_chart_words(len(dots), flawed))


def _png(dots: Sequence[Dot], language: str) -> bytes:
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    figure = Figure(figsize=(9, 5.4), dpi=110, facecolor=PAPER, layout=ConstrainedLayoutEngine())
    axis = figure.subplots()
    with speaking(language):
        axis.set_title(wording.stats_chart_title(), color=INK, fontsize=12, loc="left", fontweight="bold")
        across, up = wording.stats_chart_axes()
    axis.set_xlabel(across, color=INK)
    axis.set_ylabel(up, color=INK)
    axis.set_facecolor(PAPER)
    axis.tick_params(colors=INK, labelsize=9, length=0)
    for side in axis.spines.values():
        side.set_visible(False)
    axis.grid(color=FAINT)
    axis.axhline(0, color=INK, linewidth=0.8)
    axis.set_xlim(-3, 103)
    for flawed, colour in ((False, SKY), (True, SUN)):
        some = [dot for dot in dots if dot.flawed is flawed]
        axis.scatter(
            [dot.facility for dot in some], [dot.discrimination for dot in some], s=46, color=colour, zorder=2
        )
    for dot in [dot for dot in dots if dot.flawed][:NAMED]:
        anchor, away = ("right", -7) if dot.facility > 60 else ("left", 7)
        axis.annotate(
            dot.name, (dot.facility, dot.discrimination), (away, 0), textcoords="offset points",
            ha=anchor, va="center", fontsize=8, color=INK,
        )  # fmt: skip
    out = BytesIO()
    figure.savefig(out, format="png", facecolor=PAPER)
    return out.getvalue()
