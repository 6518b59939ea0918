"""Filled in forms, and the sums behind /calc: any value is saved, or refused in a sentence at its field."""

from __future__ import annotations

import datetime as dt
from zoneinfo import available_timezones

from holidays import list_supported_countries
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.generators import GENERATORS
from bot.tutor import calendar
from bot.tutor.calculating import calculate
from bot.tutor.refusal import RefusalError
from tests.fuzz.answers import check
from tests.fuzz.budget import fuzzed
from tests.fuzz.crowd import belongings, settle
from tests.fuzz.overhearing import overheard
from tests.fuzz.people import caller
from tests.fuzz.texts import hostile, mostly, nasty, numbers
from tests.support.world import World

FIELDS: dict[str, list[str]] = {
    "time": ["09:30", "9", "24:00", "23.59", "٩:٣٠", "-1:00", "9:5", "00:60"],
    "timezone": [*sorted(available_timezones())[::40], "utc", " Europe/Berlin ", "../etc/passwd", "CET-1"],
    "weekdays": ["0,1,2", "6", "", "7", "0,0,0", " 1 , 2", "٣", "²", "0-6", ","],
    "workdays": ["0,1,2", "7", ""],
    "questions": ["all", "ex", "EX-1", "t0, t1", "all, t0", "t0,", "nothing of the kind", ","],
    "window": ["60", "1380", "0", "-5", "10001", "99999", "1e3", "٦٠"],
    "holidays": ["DE-BY", "de", "US-CA", "XX", "GB_ENG", "IN", "EG", "DE-", "-BY", "AU-NSW", "MA"],
    "quiet": [
        "22:00-07:00",
        "22:00 to 7:00",
        "22:00–07:00",
        "00:00-00:00",
        "٢٢:٠٠-٠٧:٠٠",
        "25:00-26:00",
        "22-7",
    ],
    "catch_up": ["", "skip", "next"],
    "reveal": ["at_close", "private", "never"],
    "remind": ["", "6", "22", "23", "٧", "-1", "07"],
    "language": ["", "en", "de", "xx"],
    "reason": ["key", "other", "nothing"],
    "text": ["Because.", "x" * 3000],
    "visible": ["on", "", "yes"],
    "confidence": ["on", ""],
    "second_vote": ["on", ""],
}
FORMS = ("settings", "report", "schedule", "setup", "edit", "options", "calendar")
ABOUT = ("", "1", "3", "4", "t0.q1", "general", "C" * 90)
PLACES = [
    "-".join(filter(None, (country, part)))
    for country, parts in sorted(list_supported_countries().items())
    for part in ("", *parts)
]
marks = st.sampled_from([" ", " ", " ", "=", ":", ",", "/", "%", " of ", " per "])


@st.composite
def filled(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """A form of ours with values near what its fields take, and some of other forms or of none."""
    name = draw(mostly(st.sampled_from(FORMS), hostile, 9))
    about = draw(mostly(st.sampled_from(ABOUT), mostly(numbers, hostile, 1)))
    values = {
        field: draw(mostly(st.sampled_from(usual), hostile, 6))
        for field, usual in FIELDS.items()
        if draw(st.integers(0, 5))
    }
    return f"sf:{name}:{about}"[:100], values | draw(st.dictionaries(nasty, hostile, max_size=1))


@st.composite
def sums(draw: st.DrawFn) -> str:
    """A sum near one of ours: its words shuffled, with other numbers and units, glued together anyhow."""
    generator = draw(st.sampled_from(sorted(GENERATORS.values(), key=lambda each: each.name)))
    words = generator.example.removeprefix("/calc ").split()
    names = [f"{parameter.name}=" for parameter in generator.parameters]
    changed = [
        draw(mostly(st.just(word), mostly(numbers, st.sampled_from(names) | nasty, 2), 3)) for word in words
    ]
    more = draw(st.lists(numbers | st.sampled_from([*names, *words]), max_size=3))
    return "".join(part for word in [*changed, *more] for part in (word, draw(marks)))


@fuzzed(40)
@given(forms=st.lists(filled(), min_size=1, max_size=5), admin=mostly(st.just(True), st.just(False)))
async def test_any_form_is_saved_or_its_fields_say_what_is_wrong(
    tutoring: World, forms: list[tuple[str, dict[str, str]]], admin: bool
) -> None:
    if not tutoring.messenger.posts:
        await settle(tutoring)
    before = await belongings(tutoring)
    with overheard():
        for form, values in forms:
            check(await tutoring.desk.submit(caller(admin=admin), form, values))
        for text in (
            "schedule list",
            "schedule preview 3",
            "schedule preview 5",
            "settings",
            "schedule edit 5",
        ):
            check(await tutoring.desk.command(caller(admin=True), text))
        assert await belongings(tutoring) == before
        await tutoring.tick(hours=1)


@fuzzed(400)
@given(text=mostly(sums(), hostile, 9))
def test_any_sum_is_worked_out_or_refused_in_a_sentence(text: str) -> None:
    try:
        check(calculate(text))
    except RefusalError as refusal:
        assert refusal.text.strip().endswith((".", "?", "!")) or "For example" in refusal.text
        assert "Fraction" not in refusal.text
        assert len(refusal.text) < 600


@fuzzed(40)
@given(place=st.sampled_from(PLACES), year=st.integers(2020, 2035))
def test_holidays_of_every_country_can_be_asked_for(place: str, year: int) -> None:
    assert isinstance(calendar.holiday(place, dt.date(year, 1, 1)), str)
