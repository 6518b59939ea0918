"""Everything that the tutor can say, laid out within Discord's rules."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.layout import COMPONENT_LIMIT, TEXT_LIMIT, components, fitted, text_length
from adapters.discord.render import page_of, pages_of
from adapters.discord.render_sheet import table_text
from adapters.discord.view import files_of, marker, view_of
from bot.messages import (
    BoardRow,
    Button,
    Explanation,
    Feedback,
    File,
    Leaderboard,
    Message,
    Meter,
    Notice,
    OptionReason,
    OptionView,
    Picture,
    QuestionCard,
    Reveal,
    Section,
    Sheet,
    Source,
    Table,
    Tone,
    Verdict,
)
from bot.messages.acts import AnswerMock, AnswerRound, ButtonStyle, OpenForm, RunCommand, ShowMock, WhyRound
from tests.fakes.discord.component_rules import check_layout

GOLDEN = Path(__file__).parent / "golden_discord"
OPTIONS = (
    OptionView("A", 2, "Amazon S3 with a lifecycle rule"),
    OptionView("B", 0, "An `EBS` volume of type *gp3*"),
    OptionView("C", 3, "Amazon EFS"),
    OptionView("D", 1, "Instance store"),
)
REASONS = (
    OptionReason("A", "Amazon S3 with a lifecycle rule", True, "Rules move objects by age.", True, 0.75, 6),
    OptionReason(
        "B", "An `EBS` volume of type *gp3*", False, "A volume has no storage classes.", False, 0.25, 2
    ),
    OptionReason("C", "Amazon EFS", False, "A file system, not an object store.", False, 0.0, 0),
)
SOURCE = Source(
    "S3 lifecycle", "https://docs.aws.amazon.com/s3(1)", dt.date(2026, 11, 21), "Until 2025 it was 30 days."
)
REPORT = Button("Report", OpenForm("report", "s3.lifecycle"))

MESSAGES: dict[str, Message] = {
    "card_round": QuestionCard(
        "Daily question · Amazon S3",
        "Where do old objects become cheaper by themselves?",
        OPTIONS,
        1,
        AnswerRound(12),
        closes_at=dt.datetime(2026, 11, 21, 16, 0, tzinfo=dt.UTC),
        answered=8,
        notes=("Press a letter. Only you see your result.",),
    ),
    "card_mock": QuestionCard(
        "Mock exam · DVA-C02",
        "Choose two.",
        OPTIONS,
        2,
        AnswerMock(4, 12),
        progress=(13, 65),
        selected=frozenset({2, 3}),
        buttons=(
            Button("Previous", ShowMock(4, 11)),
            Button("Next", ShowMock(4, 13), ButtonStyle.PRIMARY),
        ),
    ),
    "card_closed": QuestionCard("Closed", "Where?", OPTIONS, 1, AnswerRound(12), open=False),
    "feedback": Feedback(
        Verdict.RIGHT,
        "Right: A it is.",
        "Where do old objects become cheaper by themselves?",
        REASONS,
        "A lifecycle rule moves objects between storage classes.",
        (SOURCE,),
        ("+10 points", "Streak extended: 5 workdays in a row."),
        (Button("Practise this topic", RunCommand("quiz s3")), REPORT),
    ),
    "reveal": Reveal("Closed · Amazon S3", "Where?", REASONS, 8, 6, buttons=(Button("Why?", WhyRound(12)),)),
    "explanation": Explanation("Why A?", REASONS, "A lifecycle rule moves objects.", (SOURCE,), (REPORT,)),
    "leaderboard": Leaderboard(
        "Leaderboard · this week",
        "16 to 22 November",
        (
            BoardRow(1, "Ada_L", 120, 10, 12, 5, 2),
            BoardRow(2, "Bo", 90, 8, 12, 0, -1, me=True),
            BoardRow(2, "Cy", 90, 8, 10),
            BoardRow(4, "Di", 10, 1, 3, 1, 0),
        ),
        own=BoardRow(17, "Me", 5, 1, 2, me=True),
        learners=20,
        notes=("Ties share a rank.",),
    ),
    "sheet": Sheet(
        "Your progress",
        "A good week.",
        (
            Section(
                "Domains", ("Security is next.",), (Meter("Security", 0.4, "40 %"), Meter("Deployment", 1.0))
            ),
            Section("Table", table=Table(("Topic", "Right"), (("Amazon S3", "12"), ("`DynamoDB`", "3")))),
        ),
        (("Exam guide", "https://example.com/guide"),),
        (Picture("chart.png", b"png", "A rising line."),),
        (File("cards.csv", b"a,b", "text/csv"),),
        (Button("Review now", RunCommand("review"), ButtonStyle.PRIMARY),),
    ),
    "notice": Notice("Saved. Use `/quiz` to go on.", Tone.GOOD),
    "notice_button": Notice("Paused.", Tone.WARN, (Button("Resume", RunCommand("mock resume")),)),
    "notice_danger": Notice(
        "Delete everything?",
        Tone.ERROR,
        (
            Button("Delete", RunCommand("mydata delete"), ButtonStyle.DANGER),
            Button("Keep", RunCommand("settings")),
        ),
    ),
}


def payload_of(message: Message) -> list[dict[str, Any]]:
    """A message as Discord would be sent it, checked against its rules."""
    page = page_of(message)
    found = view_of(page).to_components()
    check_layout(found, [file.filename for file in files_of(page)])
    return found


@pytest.mark.parametrize("name", MESSAGES)
def test_looks_as_it_always_did(name: str) -> None:
    expected = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert payload_of(MESSAGES[name]) == expected


def test_the_frame_bears_the_mark_of_its_nonce() -> None:
    frame = view_of(page_of(MESSAGES["notice"]), "cloudlark-7").to_components()[0]
    assert frame["id"] == marker("cloudlark-7")
    assert 2**30 <= frame["id"] < 2**31


def test_choice_texts_stand_in_the_body_and_the_controls_bear_only_letters() -> None:
    text = json.dumps(payload_of(MESSAGES["card_round"]))
    assert text.count("Amazon EFS") == 1


def test_a_closed_card_has_no_controls() -> None:
    assert '"custom_id"' not in json.dumps(payload_of(MESSAGES["card_closed"]))


def test_table_columns_are_aligned() -> None:
    table = Table(("Topic", "Right"), (("S3", "12"), ("DynamoDB", "3")))
    assert table_text(table) == "Topic     Right\nS3           12\nDynamoDB      3"


def test_a_long_sheet_keeps_every_line_on_some_page_and_its_buttons_on_the_last() -> None:
    lines = tuple(f"Line number {n}, with some words." for n in range(300))
    sheet = Sheet("Help", sections=(Section(lines=lines),), buttons=(REPORT,))
    pages = pages_of(sheet)
    texts = [json.dumps(view_of(page).to_components()) for page in pages]
    assert len(pages) == 3
    assert all(any(f"Line number {n}," in text for text in texts) for n in range(300))
    assert ["of:report" in text for text in texts] == [False, False, True]


def test_a_feedback_that_is_too_long_loses_its_stem_first_and_says_so() -> None:
    reasons = tuple(
        OptionReason(letter, "An option. " * 18, letter == "A", "A reason for it. " * 14)
        for letter in "ABCDEF"
    )
    feedback = Feedback(Verdict.WRONG, "Not quite.", "A stem. " * 90, reasons, "An explanation. " * 40)
    text = json.dumps(payload_of(feedback))
    assert "(shortened)" in text
    assert all(f"**{letter}." in text for letter in "ABCDEF")


TEXTS = st.text(min_size=0, max_size=700)
LONG = st.one_of(TEXTS, st.text("ab. _*`[](", min_size=600, max_size=5000))
REASON = st.builds(
    OptionReason,
    st.sampled_from("ABCDEF"),
    TEXTS,
    st.booleans(),
    TEXTS,
    st.booleans(),
    st.none() | st.floats(0, 1),
    st.none() | st.integers(0, 10**6),
)
BUTTON = st.builds(
    Button,
    st.text(min_size=1, max_size=40).filter(str.strip),
    st.builds(ShowMock, st.integers(0, 2**40), st.integers(0, 64)),
)
MESSAGE = st.one_of(
    st.builds(
        Feedback,
        st.sampled_from(Verdict),
        TEXTS,
        LONG,
        st.lists(REASON, max_size=6).map(tuple),
        LONG,
        st.just((SOURCE,)),
        st.lists(TEXTS, max_size=3).map(tuple),
        st.lists(BUTTON, max_size=30).map(tuple),
    ),
    st.builds(Notice, LONG, st.sampled_from(Tone), st.lists(BUTTON, max_size=80).map(tuple)),
    st.builds(
        Sheet,
        TEXTS,
        LONG,
        st.lists(
            st.builds(
                Section,
                TEXTS,
                st.lists(LONG, max_size=12).map(tuple),
                st.lists(st.builds(Meter, TEXTS, st.floats(0, 1), TEXTS), max_size=4).map(tuple),
                st.none()
                | st.builds(
                    Table,
                    st.just(("Topic", "Right")),
                    st.lists(st.tuples(TEXTS, TEXTS), max_size=20).map(tuple),
                ),
            ),
            max_size=14,
        ).map(tuple),
        st.lists(st.tuples(TEXTS, st.just("https://example.com/(a)")), max_size=12).map(tuple),
        buttons=st.lists(BUTTON, max_size=12).map(tuple),
    ),
)


@settings(max_examples=60, deadline=None)
@given(MESSAGE)
def test_whatever_is_said_keeps_to_the_rules(message: Message) -> None:
    for page in pages_of(message):
        fit = fitted(page)
        assert text_length(fit) <= TEXT_LIMIT
        assert components(fit) <= COMPONENT_LIMIT
        check_layout(view_of(page).to_components(), [])
    check_layout(view_of(page_of(message), "cloudlark-1").to_components(), [])


def write_goldens() -> None:
    """Keep what is rendered now: `python -m tests.adapters.test_discord_render`."""
    for name, message in MESSAGES.items():
        (GOLDEN / f"{name}.json").write_text(
            json.dumps(payload_of(message), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    write_goldens()
