"""What is known in each community: the main bank, or the main bank with the community's own packs."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.bank.bank import Bank
from bot.bank.joining import JoinedBank, together
from bot.bank.packs import namespace, recalled
from bot.storage import packs
from bot.storage.packs import Content, Standing
from bot.storage.store import Store
from bot.tutor.decks import Decks
from bot.tutor.pools import Pools

FRESH = dt.timedelta(seconds=3)
"""How long another replica's change may go unnoticed."""
KEPT = 200
"""Communities with packs whose banks are kept in memory; the ones asked for longest ago go first."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A bank with what is drawn from it."""

    bank: Bank
    decks: Decks
    pools: Pools

    @classmethod
    def of(cls, bank: Bank, main: Holding | None = None) -> Holding:
        """A bank from which nothing has been drawn yet; one that holds the main bank shares its candidates."""
        return cls(bank, Decks(bank), Pools(bank, main.pools if main else None))


class Holdings:
    """The holdings of all communities. Whoever publishes a pack calls `forget`; others see it within seconds."""

    def __init__(self, main: Holding) -> None:
        self.main = main
        self._standings: Mapping[int, Standing] = {}
        self._changes = -1
        self._looked_at: dt.datetime | None = None
        self._looking = False
        self._kept: OrderedDict[tuple[int, Standing], Holding] = OrderedDict()

    async def at(self, store: Store, community_id: int, now: dt.datetime) -> Holding:
        """What is known in a community. Of many who ask at once, one looks whether anything has changed."""
        if not self._is_fresh(now) and (self._looked_at is None or not self._looking):
            self._looking = True
            try:
                return await store.read(lambda db: self.within(db, community_id, now))
            finally:
                self._looking = False
        found = self.known(community_id)
        return found if found is not None else await store.read(lambda db: self._load(db, community_id))

    def within(self, db: Connection, community_id: int, now: dt.datetime) -> Holding:
        """What is known in a community, for those who are in a transaction already."""
        if not self._is_fresh(now):
            self._look(db, now)
        return self.known(community_id) or self._load(db, community_id)

    def known(self, community_id: int) -> Holding | None:
        """What is known in a community without looking into the database; None when that is necessary."""
        standing = self._standings.get(community_id)
        if standing is None:
            return self.main
        found = self._kept.get((community_id, standing))
        if found is not None:
            self._kept.move_to_end((community_id, standing))
        return found

    def over(self, db: Connection, communities: Collection[int], now: dt.datetime) -> Bank:
        """A bank that finds what was ever asked in any of these communities; it offers the main bank alone."""
        if not self._is_fresh(now):
            self._look(db, now)
        found = [self._standings[each] for each in communities if each in self._standings]
        if not found:
            return self.main.bank
        kept = packs.contents(db, {number for each in found for number in (*each.live, *each.gone)})
        live = [kept[number] for each in found for number in each.live if number in kept]
        gone = [kept[number] for each in found for number in each.gone if number in kept]
        # The live version of a question counts where both have it.
        return JoinedBank.join(self.main.bank, Bank.of(), together(self._banks([*gone, *live])))

    def forget(self) -> None:
        """Look anew before anything else is answered."""
        self._looked_at = None

    def _is_fresh(self, now: dt.datetime) -> bool:
        return self._looked_at is not None and abs(now - self._looked_at) < FRESH

    def _look(self, db: Connection, now: dt.datetime) -> None:
        number = packs.changes(db)
        if number != self._changes:
            self._standings, self._changes = packs.standings(db), number
        self._looked_at = now

    def _load(self, db: Connection, community_id: int) -> Holding:
        standing = self._standings.get(community_id, Standing())
        kept = packs.contents(db, (*standing.live, *standing.gone))
        own = together(self._banks(kept[number] for number in standing.live if number in kept))
        gone = together(self._banks(kept[number] for number in standing.gone if number in kept))
        found = Holding.of(JoinedBank.join(self.main.bank, own, gone), self.main)
        self._kept[community_id, standing] = found
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found

    def _banks(self, contents: Iterable[Content]) -> Iterable[Bank]:
        for each in contents:
            yield recalled(each.bank, each.source, namespace(each.name, each.community_id), self.main.bank)


def everything(db: Connection, main: Bank, now: dt.datetime) -> Bank:
    """A bank that finds what was ever asked anywhere; it offers the main bank alone."""
    return Holdings(Holding.of(main)).over(db, packs.standings(db), now)
