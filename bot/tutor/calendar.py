"""Days and hours on which a schedule keeps silent: skipped days, public holidays, quiet hours."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.wording.speech import spoken

ENGLISH = "en_US"
DAY = 24 * 60
_PLACE = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,4}))?")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*(?:-|–|to)\s*(\d{1,2}):(\d{2})")


def left_out(settings: Mapping[str, str]) -> Callable[[dt.date], bool]:
    """Which days a schedule with these settings leaves out."""
    skipped, place = settings.get("skip", ""), settings.get("holidays", "")
    return lambda day: day.isoformat() in skipped or bool(place and holiday(place, day))


def holiday(place: str, day: dt.date) -> str:
    """The name of the public holiday in a country or part of one (DE, US-CA), empty on other days. It is in the
    language that is spoken where the library has it, else in English, else in the country's own."""
    return _holidays(place, day.year, spoken()).get(day, "")


@lru_cache(maxsize=512)
def _holidays(place: str, year: int, language: str) -> dict[dt.date, str]:
    # A large library that few schedules need.
    from holidays import country_holidays

    country, _, part = place.partition("-")
    try:
        known = country_holidays(country, subdiv=part or None)
        wanted = [each for each in known.supported_languages if each.startswith(language)] + [ENGLISH]
        # Without a language, the library takes the one of the machine.
        named = wanted[0] if wanted[0] in known.supported_languages else known.default_language
        return dict(country_holidays(country, subdiv=part or None, years=year, language=named))
    except NotImplementedError:
        return {}


def place_of(text: str) -> str | None:
    """A country or part of one as the library names it, empty for none, None for one that it does not know."""
    wanted = text.strip().upper().replace("_", "-")
    if not wanted:
        return ""
    found = _PLACE.fullmatch(wanted)
    return wanted if found and _is_known(found[1], found[2] or "") else None


@lru_cache(maxsize=512)
def _is_known(country: str, part: str) -> bool:
    from holidays import list_supported_countries

    parts = list_supported_countries().get(country)
    return parts is not None and (not part or part in parts)


def hours_of(text: str) -> str | None:
    """Quiet hours in their plain form, `22:00-07:00`, empty for none, None when they cannot be read."""
    if not text.strip():
        return ""
    found = _HOURS.fullmatch(text.strip())
    if not found:
        return None
    numbers = [int(part) for part in found.groups()]
    if numbers[0] > 23 or numbers[2] > 23 or numbers[1] > 59 or numbers[3] > 59 or numbers[:2] == numbers[2:]:
        return None
    return "{:02d}:{:02d}-{:02d}:{:02d}".format(*numbers)


def loud_again(settings: Mapping[str, str], zone: ZoneInfo, now: dt.datetime) -> dt.datetime:
    """`now`, or in the quiet hours of these settings the moment at which they end."""
    hours = settings.get("quiet", "")
    if not hours:
        return now
    begin, end = (int(part[:2]) * 60 + int(part[3:]) for part in hours.split("-"))
    local = now.astimezone(zone)
    minute = local.hour * 60 + local.minute
    if (minute - begin) % DAY >= (end - begin) % DAY:
        return now
    return now + dt.timedelta(minutes=(end - minute) % DAY, seconds=-local.second)
