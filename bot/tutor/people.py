"""Who is calling: the learner and the community behind a payload."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import Connection

from bot.model.people import Caller, Person
from bot.model.study import Community, Learner
from bot.storage import people
from bot.wording.speech import DEFAULT

if TYPE_CHECKING:
    from bot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class Who:
    """A caller as the core knows them. `local_date` is the learner's own date at `now`."""

    caller: Caller
    learner: Learner
    community: Community
    now: dt.datetime

    @property
    def local_date(self) -> dt.date:
        """The learner's own date."""
        return self.now.astimezone(ZoneInfo(self.learner.timezone)).date()


async def meet(tutor: Tutor, caller: Caller) -> Who:
    """The learner and community of a caller, made when they are new."""
    person, now = caller.person, tutor.clock.now()
    account = (person.platform, person.community, person.id)
    known = tutor.faces.learner(account, now)
    place = tutor.faces.community(caller, known)
    if known is not None and place is not None and not _new_name(known, person):
        return Who(caller, known, place, now)
    zone = valid_zone(person.timezone) or tutor.default_timezone
    learner, community = await tutor.store.write(lambda db: _ensure(db, caller, zone, now))
    tutor.faces.remember(account, learner, community, now)
    return Who(caller, learner, community, now)


def language_met(tutor: Tutor, person: Person) -> str | None:
    """The language in which a person was answered lately: their own choice, else that of their place."""
    known = tutor.faces.learner((person.platform, person.community, person.id), tutor.clock.now())
    place = tutor.faces.community(Caller(person, None), known)
    return _language(known, place) if known and place else None


async def language_of(tutor: Tutor, person: Person) -> str:
    """The same for somebody who may not have been met lately, or never."""
    met = language_met(tutor, person)
    if met is not None:
        return met
    return await tutor.store.read(lambda db: _language(*_known(db, person)))


async def is_admin(tutor: Tutor, who: Who) -> bool:
    """Whether the platform trusts the caller, or the settings or the community's admins have named them."""
    person = who.caller.person
    if person.admin or f"{person.platform}:{person.id}" in tutor.settings.names("CLOUDLARK_ADMINS"):
        return True
    return await tutor.store.read(lambda db: people.is_named_admin(db, who.community.id, person.id))


async def renew(tutor: Tutor, caller: Caller) -> None:
    """Keep a person's new name, and their platform's time zone unless they have chosen one themselves."""
    who = await meet(tutor, caller)
    zone = valid_zone(caller.person.timezone)
    if zone and zone != who.learner.timezone and who.learner.settings.get("zone") != "chosen":
        await tutor.store.write(lambda db: people.set_learner(db, who.learner.id, {"timezone": zone}))
        tutor.faces.forget()


def valid_zone(name: str | None) -> str | None:
    """The name of a time zone if it is one, else None."""
    if not name:
        return None
    wanted = name.strip().casefold()
    return name if name in available_timezones() else _zones().get(wanted)


@cache
def _zones() -> dict[str, str]:
    """The names of all zones by their lower case."""
    return {zone.casefold(): zone for zone in available_timezones()}


def _ensure(db: Connection, caller: Caller, zone: str, now: dt.datetime) -> tuple[Learner, Community]:
    person = caller.person
    learner = people.find_learner(db, person) or people.add_learner(db, person, zone, now)
    learner = _renamed(db, learner, person)
    if caller.channel is None and learner.home_id is not None:
        home = people.community_by_id(db, learner.home_id)
        if home is not None and home.platform == person.platform:
            return learner, home
    community = people.ensure_community(db, person.platform, caller.community, zone)
    return _at_home(db, learner, caller, community), community


def _language(learner: Learner | None, place: Community | None) -> str:
    chosen: str = learner.settings.get("language", "") if learner else ""
    return chosen or (place.language if place else DEFAULT)


def _known(db: Connection, person: Person) -> tuple[Learner | None, Community | None]:
    learner = people.find_learner(db, person)
    home = people.community_by_id(db, learner.home_id) if learner and learner.home_id else None
    if home is None or home.platform != person.platform:
        home = people.find_community(db, person.platform, person.community)
    return learner, home


def _at_home(db: Connection, learner: Learner, caller: Caller, community: Community) -> Learner:
    if caller.channel is None or learner.home_id == community.id:
        return learner
    people.set_learner(db, learner.id, {"home_id": community.id})
    return replace(learner, home_id=community.id)


def _renamed(db: Connection, learner: Learner, person: Person) -> Learner:
    name = _new_name(learner, person)
    if not name:
        return learner
    people.set_learner(db, learner.id, {"name": name})
    return replace(learner, name=name)


def _new_name(learner: Learner, person: Person) -> str:
    """What the learner is called from now on, empty when nothing changes."""
    # Who has linked accounts is called as on the one they linked from, and not by turns.
    named_on = learner.settings.get("named_on", "")
    if named_on and named_on != place_of(person):
        return ""
    name = person.name[:100]
    return "" if name == learner.name else name


def place_of(person: Person) -> str:
    """Where a person has an account, as text."""
    return f"{person.platform}:{person.community}"
