"""Pictures of progress: values in, a PNG with its words out. Drawn by matplotlib, in a thread of its own.

The background is solid and light and the ink dark, so that a picture reads the same on dark and light.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from bot import wording
from bot.messages import Picture
from bot.wording.speech import _

PAPER, INK, SKY, SUN, FAINT = "#f6fafd", "#17324d", "#2f7fc1", "#f2a541", "#d9e6f0"
WEEKS = 12
AHEAD = 14
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ProgressChart:
    """What is drawn. `mastery` are shares 0 to 1 by domain; `days` answers by date; `due` facts by days ahead;
    `ranks` are (week, rank) with None for weeks without points."""

    today: dt.date
    mastery: Sequence[tuple[str, float]]
    days: Mapping[dt.date, int]
    due: Sequence[int]
    ranks: Sequence[tuple[str, int | None]]


async def draw(chart: ProgressChart) -> Picture:
    """The picture of a learner's progress, drawn off the event loop."""
    data = await asyncio.to_thread(_png, chart)
    return Picture("progress.png", data, words(chart))


def words(chart: ProgressChart) -> str:
    """The picture for those who do not see it."""
    mastery = ", ".join(f"{name} {wording.percent(share)}" for name, share in chart.mastery) or _(
        "no answers yet"
    )
    active = sum(1 for day, count in chart.days.items() if count and day > chart.today - WEEKS * 7 * _DAY)
    ranks = [rank for _, rank in chart.ranks if rank is not None]
    rank = _("Latest weekly rank {value}.").format(value=ranks[-1]) if ranks else _("No weekly rank yet.")
    return _(
        "Chance on a typical question by domain: {mastery}. Days with answers in the last "
        "{WEEKS} weeks: {active}. Facts due in the next {AHEAD} days: {due}. {rank}"
    ).format(mastery=mastery, WEEKS=WEEKS, active=active, AHEAD=AHEAD, due=sum(chart.due), rank=rank)


def _png(chart: ProgressChart) -> bytes:
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    figure = Figure(
        figsize=(10, 6.4), dpi=110, facecolor=PAPER, layout=ConstrainedLayoutEngine(h_pad=0.15, w_pad=0.15)
    )
    axes = figure.subplots(2, 2)
    _mastery(axes[0][0], chart.mastery)
    _forecast(axes[0][1], chart.due)
    _calendar(axes[1][0], chart.today, chart.days)
    _ranks(axes[1][1], chart.ranks)
    out = BytesIO()
    figure.savefig(out, format="png", facecolor=PAPER)
    return out.getvalue()


def _frame(axis: Any, title: str) -> None:
    axis.set_title(title, color=INK, fontsize=12, loc="left", fontweight="bold")
    axis.set_facecolor(PAPER)
    axis.tick_params(colors=INK, labelsize=9, length=0)
    for side in axis.spines.values():
        side.set_visible(False)


def _mastery(axis: Any, mastery: Sequence[tuple[str, float]]) -> None:
    _frame(axis, _("Chance on a typical question"))
    if not mastery:
        _empty(axis)
        return
    names, shares = zip(*reversed(mastery), strict=True)
    axis.barh(names, [1.0] * len(names), color=FAINT, height=0.55)
    axis.barh(names, shares, color=SKY, height=0.55)
    for row, share in enumerate(shares):
        axis.text(1.02, row, wording.percent(share), va="center", color=INK, fontsize=9)
    axis.set_xlim(0, 1.12)
    axis.set_xticks([])


def _forecast(axis: Any, due: Sequence[int]) -> None:
    _frame(axis, _("Facts due in the next {AHEAD} days").format(AHEAD=AHEAD))
    axis.bar(range(len(due)), due, color=[SUN if day == 0 else SKY for day in range(len(due))])
    axis.set_xticks(
        [0, 7, AHEAD - 1], [_("next 24 h"), _("in a week"), _("in {value} days").format(value=AHEAD - 1)]
    )
    axis.yaxis.get_major_locator().set_params(integer=True)


def _calendar(axis: Any, today: dt.date, days: Mapping[dt.date, int]) -> None:
    from matplotlib.patches import Rectangle

    _frame(axis, _("Answers in the last {WEEKS} weeks").format(WEEKS=WEEKS))
    monday = today - (today.weekday() + 7 * (WEEKS - 1)) * _DAY
    for number in range((today - monday).days + 1):
        count = days.get(monday + number * _DAY, 0)
        shade = FAINT if not count else SKY
        strength = 1.0 if not count else min(1.0, 0.35 + 0.13 * count)
        square = Rectangle(
            (number // 7, 6 - number % 7), 0.86, 0.86, color=shade, alpha=strength, linewidth=0
        )
        axis.add_patch(square)
    axis.set_xlim(-0.1, WEEKS + 0.1)
    axis.set_ylim(-0.1, 7.1)
    axis.set_aspect("equal")
    axis.set_yticks([6.4, 4.4, 2.4], [_("Mon"), _("Wed"), _("Fri")])
    axis.set_xticks([])


def _ranks(axis: Any, ranks: Sequence[tuple[str, int | None]]) -> None:
    _frame(axis, _("Rank by week"))
    known = [(place, rank) for place, (_, rank) in enumerate(ranks) if rank is not None]
    if not known:
        _empty(axis)
        return
    places, values = zip(*known, strict=True)
    axis.plot(places, values, color=SKY, marker="o", linewidth=2)
    axis.set_ylim(max(values) + 0.6, 0.4)
    axis.yaxis.get_major_locator().set_params(integer=True)
    axis.set_xticks(range(len(ranks)), [week[-3:] for week, _ in ranks])


def _empty(axis: Any) -> None:
    axis.set_xticks([])
    axis.set_yticks([])
    axis.text(0.5, 0.5, _("Nothing yet"), color=INK, ha="center", va="center", transform=axis.transAxes)
