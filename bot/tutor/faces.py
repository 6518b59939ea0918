"""Who was met lately."""

from __future__ import annotations

import datetime as dt

from bot.model.people import Caller
from bot.model.study import Community, Learner

REMEMBERED = 200_000
FRESH = dt.timedelta(minutes=5)

Account = tuple[str, str, str]


class Faces:
    """Learners and communities met lately, so that a click need not look them up again.

    Entries are trusted for five minutes; whoever changes a learner forgets the entry. Other replicas see
    a change of name or zone within that time.
    """

    def __init__(self) -> None:
        self._learners: dict[Account, tuple[Learner, dt.datetime]] = {}
        self._communities: dict[tuple[str, str], Community] = {}
        self._homes: dict[int, Community] = {}

    def learner(self, account: Account, now: dt.datetime) -> Learner | None:
        """The learner behind an account, if met lately."""
        entry = self._learners.get(account)
        return entry[0] if entry and abs(now - entry[1]) < FRESH else None

    def community(self, caller: Caller, learner: Learner | None) -> Community | None:
        """The community that a call of this learner is about, if met before."""
        if caller.channel is None:
            return self._homes.get(learner.home_id) if learner and learner.home_id else None
        found = self._communities.get((caller.channel.platform, caller.channel.community))
        return found if found and learner and learner.home_id == found.id else None

    def remember(self, account: Account, learner: Learner, community: Community, now: dt.datetime) -> None:
        """Keep what was looked up."""
        if len(self._learners) >= REMEMBERED:
            self._learners.clear()
        self._learners[account] = (learner, now)
        self._communities[community.platform, community.external] = community
        self._homes[community.id] = community

    def forget(self) -> None:
        """Trust nothing; for changes that are rare."""
        self._learners.clear()
        self._communities.clear()
        self._homes.clear()
