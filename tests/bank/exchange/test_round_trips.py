"""What is written and read again is what the format can hold, whatever characters stand in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from bot.bank.exchange import formats
from bot.bank.exchange.drafts import Choice, Draft, tidy
from tests.bank.exchange.samples import PLAIN, decks

SETTINGS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
READ_AGAIN = ["csv", "gift", "moodle", "anki", "text"]
HOSTILE = (
    "=cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "'quoted", "\t tab", "two\nlines", "\n\n", "back\\slash \\n \\\\",
    "~=#{}:%", "%50%half", "[html]<b>", "[plain]", "// no comment", "$CATEGORY: top/x", "::title::", "a -> b", "####",
    "TRUE",    "A. first", "ANSWER: B", "TOPIC: x", "EXPLANATION: y", "<p>&amp;&lt;</p>", "<![CDATA[x]]>", "]]>",
    "<!-- a", "&#0;", "&nbsp;", "`code` and ``", "{{c1::gap}}", "[sound:x.mp3]", "\x1f\x00", "\ud800",
    "\u202eright to left", "שלום", "語 ä é 🐦", "\ufeffmark", "\u00a0", "  blanks  ",
    '"quotes"; and, commas', "a|b\\|c", "/", "//", "x" * 200,
)  # fmt: skip


def again(name: str, drafts: list[Draft]) -> list[Draft]:
    """What comes back of drafts."""
    form = formats.WRITTEN[name]
    parsed = formats.read(f"file{form.suffix}", form.write(drafts))
    assert parsed.lost == ()
    return sorted(parsed.drafts, key=lambda draft: (draft.id, draft.stem))


def held(name: str, drafts: list[Draft]) -> list[Draft]:
    """What the format holds of them."""
    form = formats.WRITTEN[name]
    return sorted(map(form.holds, drafts), key=lambda draft: (draft.id, draft.stem))


@pytest.mark.parametrize("name", READ_AGAIN)
def test_a_plain_question_comes_back(name: str) -> None:
    assert again(name, [PLAIN]) == held(name, [PLAIN])


@pytest.mark.parametrize("name", READ_AGAIN)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_comes_back_from_wherever_it_stands(name: str, text: str) -> None:
    other = Choice(f"not {text}", why=text)
    draft = replace(
        PLAIN, stem=text, choices=(other, Choice(text, True, text), Choice("b")), explanation=text,
        topic=replace(PLAIN.topic, name=text),
    )  # fmt: skip
    drafts = [
        each for each in (tidy(draft), tidy(replace(draft, stem=f"So: {text}", id="deploys.so"))) if each.stem
    ]
    drafts = [each for each in drafts if all(choice.text for choice in each.choices)]
    assert again(name, drafts) == held(name, drafts) if drafts else tidy(text) == ""


@pytest.mark.parametrize("name", READ_AGAIN)
def test_two_questions_of_one_stem_stay_two(name: str) -> None:
    twins = [PLAIN, replace(PLAIN, id="deploys.twin", choices=PLAIN.choices[::-1])]
    nameless = [replace(each, id="") for each in twins]
    for drafts in (twins, nameless):
        found = again(name, drafts)
        assert len(found) == 2
        assert all(each in found for each in held(name, drafts))


@pytest.mark.parametrize("name", READ_AGAIN)
@SETTINGS
@given(drafts=decks())
def test_hostile_questions_come_back_whole(name: str, drafts: list[Draft]) -> None:
    assert again(name, drafts) == held(name, drafts)


@pytest.mark.parametrize("name", formats.WRITTEN)
def test_what_a_format_cannot_hold_is_said(name: str) -> None:
    form = formats.WRITTEN[name]
    said = " ".join(form.lost([PLAIN]))
    assert ("facts" in said) == (form.holds(PLAIN).facts == ())
    assert ("confuse" in said) == (form.holds(PLAIN).choices != PLAIN.choices)
    numeric = replace(PLAIN, generator="sqs-batch", choices=())
    assert ("one drawing" in " ".join(form.lost([numeric]))) == (name != "csv")


def test_texts_are_made_such_that_every_format_can_hold_them() -> None:
    assert tidy(" a\r\nb\rc\x00\x1f\ufffe\ud800 ") == "a\nb\nc\ufffd\ufffd\ufffd\ufffd"
    assert tidy(replace(PLAIN, stem=" a ", where="Line 3: ")).where == "Line 3: "
