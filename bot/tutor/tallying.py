"""Open posts show how many have answered; several answers since the last time cost one edit.

A round is claimed for it, so that one replica makes the edit and none after the reveal.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Sequence

from bot.messages import ChannelGoneError, DeliveryFailedError, DeliveryUnknownError
from bot.model.study import Round
from bot.storage import rounds
from bot.tutor import announcing
from bot.tutor.tutor import Tutor
from bot.wording.speech import speaking

LEASE = dt.timedelta(seconds=30)
# Well within the lease: an edit that came after it might cover the reveal.
SECONDS = 20
EACH = 4
"""Edits in one community at a time: those that its platform allows are for the reveals first."""


async def refresh_tallies(tutor: Tutor, limit: int = 200) -> int:
    """Bring the counts on open posts up to date; return how many were."""
    now, spoken = tutor.clock.now(), tuple(tutor.messengers)
    stale = await tutor.store.write(lambda db: rounds.claim_tallies(db, now, LEASE, limit, spoken))
    chosen = _some_of_each(tutor, stale)
    async with asyncio.TaskGroup() as group:
        tasks = {round_.id: group.create_task(_refresh(tutor, round_)) for round_ in chosen}
    shown = {round_.id: tasks[round_.id].result() if round_.id in tasks else None for round_ in stale}
    if shown:
        await tutor.store.write(lambda db: rounds.free_tallies(db, shown))
    return sum(count is not None for count in shown.values())


def _some_of_each(tutor: Tutor, stale: Sequence[Round]) -> list[Round]:
    """A few rounds of each community, by lot, so that all have their turn."""
    drawn, chosen, taken = list(stale), list[Round](), Counter[int]()
    tutor.rng.shuffle(drawn)
    for round_ in drawn:
        taken[round_.community_id] += 1
        if taken[round_.community_id] <= EACH:
            chosen.append(round_)
    return chosen


async def _refresh(tutor: Tutor, round_: Round) -> int | None:
    """The count that the post now shows, None when it is as it was."""
    messenger = tutor.messengers[round_.channel.platform]
    if round_.message is None:
        return None
    try:
        async with asyncio.timeout(SECONDS):
            known = await tutor.at(round_.community_id)
            with speaking(round_.language):
                await messenger.edit(round_.message, announcing.open_card(known, round_))
    except (DeliveryFailedError, DeliveryUnknownError, TimeoutError):
        return None
    except ChannelGoneError:
        return round_.answered
    return round_.answered
