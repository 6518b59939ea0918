"""Sums in the language of whoever asks for them; drawn questions in that of their authors."""

from __future__ import annotations

import random

import pytest

from bot.bank.generators import GENERATORS
from bot.messages import Sheet
from bot.tutor.calculating import calculate
from bot.tutor.refusal import RefusalError
from bot.wording.calculations import NAMES
from bot.wording.speech import DEFAULT, LANGUAGES, _, speaking

OTHERS = sorted(set(LANGUAGES) - {DEFAULT})


def solved(text: str) -> tuple[str, str, str]:
    """Title, answer and working of a typed sum."""
    sheet = calculate(text).message
    assert isinstance(sheet, Sheet)
    return sheet.title, sheet.lead, " ".join(sheet.sections[0].lines)


def refused(text: str) -> str:
    """Why a typed sum cannot be done."""
    with pytest.raises(RefusalError) as caught:
        calculate(text)
    return caught.value.text


def test_a_sum_is_worked_in_german() -> None:
    with speaking("de"):
        assert solved("wcu 120 items per minute 3.5 KB") == (
            "DynamoDB-Schreibkapazität",
            "8 WCU",
            "3,5 KB, aufgerundet 4 KB, sind 4 Einheiten zu je 1 KB; ein gewöhnliches Schreiben kostet "
            "4 × 1 = 4 WCU; 120 in 60 s sind 2 pro Sekunde; 2 × 4 = 8 WCU.",
        )
        assert solved("cidr 22")[1] == "1.024 Adressen"
        assert solved("sqs 10 messages")[1] == "1 Aufruf"


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_no_sum_is_left_in_english(name: str, language: str) -> None:
    example = GENERATORS[name].example
    english = solved(example)
    with speaking(language):
        assert all(here != there for here, there in zip(solved(example)[::2], english[::2], strict=True))


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("rcu 10 items/s 3,5 KB", "10 RCU"),
        ("sqs 1.234 messages", "124 Aufrufe"),
        ("sqs 1,234 messages", "124 Aufrufe"),
        ("sqs 1234 messages", "124 Aufrufe"),
        ("wcu 1 items/s 0.125 KB", "1 WCU"),
        ("series 99,95% 3 components", "99,8501 %"),
        ("series 99.999% 3 components", "99,997 %"),
    ],
)
def test_numbers_may_be_typed_as_germans_write_them(typed: str, answer: str) -> None:
    with speaking("de"):
        assert solved(typed)[1] == answer


def test_in_english_a_point_never_parts_thousands() -> None:
    assert solved("rcu 1 items/s 1.234 KB")[2].startswith("1.234 KB rounds up to 4 KB")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("rcu", "DynamoDB-Lesekapazität: Es fehlt noch „Rate“. Zum Beispiel: rcu 10 items/s 6 KB eventual"),
        ("rcux", "Eine Rechnung namens rcux kenne ich nicht. Meintest du rcu? Zum Beispiel: rcu 10 items/s"),
        ("rcu 10 items/s 900 KB", "Für „Größe“ gilt 0,001 bis 400 KB, nicht 900."),
        ("rcu foo=3", "DynamoDB-Lesekapazität: „foo“ gibt es hier nicht."),
        ("rcu size_kb=abc rate=4", "Für „Größe“ brauche ich eine Zahl, nicht abc."),
        ("cidr 3 4", "Eine Zahl ist zu viel: 4."),
        ("cidr 3 bananas", "„bananas“ verstehe ich nicht."),
    ],
)
def test_what_is_wrong_with_a_sum_is_said_in_german(typed: str, why: str) -> None:
    with speaking("de"):
        assert refused(typed).startswith(why)


def test_a_drawn_question_stays_in_the_language_of_its_authors() -> None:
    for generator in GENERATORS.values():
        english = generator.draw({}, {}, random.Random(4))
        with speaking("de"):
            assert generator.draw({}, {}, random.Random(4)) == english


def test_everything_that_sums_ask_for_has_a_name_in_every_language() -> None:
    spoken = {each.spoken for generator in GENERATORS.values() for each in generator.parameters}
    assert spoken == set(NAMES)
    titles = {generator.title for generator in GENERATORS.values()}
    with speaking("de"):
        assert [title for title in titles if _(title) == title] == []
