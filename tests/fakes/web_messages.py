"""One example of everything that the tutor can say."""

from __future__ import annotations

import datetime as dt
import struct
import zlib

from bot.messages import (
    BoardRow,
    Button,
    ButtonStyle,
    Explanation,
    Feedback,
    File,
    Leaderboard,
    Meter,
    OptionReason,
    OptionView,
    Picture,
    QuestionCard,
    Reveal,
    Section,
    Sheet,
    Source,
    Table,
    Verdict,
)
from bot.messages.acts import AnswerPractice, AnswerRound, OpenForm, RunCommand, ShowPractice, WhyRound

STEM = (
    "A start-up launches a voting app on DynamoDB next week. Nobody can say whether it will see ten requests"
    " a minute or thousands a second, and traffic will come in bursts of seconds around television shows. The"
    " team wants neither capacity work nor throttling caused by a wrong forecast. Which setup fits?"
)
OPTIONS = (
    ("On-demand mode for the table and its indexes",
     "The table follows the traffic by itself and bills each request, so no forecast is needed."),
    ("Provisioned mode with target-tracking auto scaling",
     "Auto scaling reacts after minutes of sustained load; it fits traffic that rises and falls gradually."),
    ("Provisioned mode with a DAX cluster in front",
     "A cache speeds up repeated reads; votes are writes, which still need units on the table."),
    ("Provisioned mode sized for the mean, with burst capacity",
     "Burst capacity holds the unused units of the last minutes only, so a large peak drains it."),
)  # fmt: skip
EXPLANATION = (
    "With no history and peaks that last seconds, any figure for provisioned units would be wrong most of"
    " the time. On-demand mode removes the figure and charges for what is used. Provisioned units with auto"
    " scaling become the better deal once the traffic is known and changes slowly; `UpdateTable` switches."
)
SOURCE = Source(
    "DynamoDB throughput capacity: on-demand mode",
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html",
    dt.date(2026, 9, 14),
    "Until 2024 on-demand cost about twice as much as today; it is now the recommended default.",
)


def views(count: int = 4) -> tuple[OptionView, ...]:
    """Options in the order in which they are shown: the key, position 0, stands at B."""
    order = (1, 0, 2, 3)[:count]
    return tuple(OptionView("ABCD"[place], at, OPTIONS[at][0]) for place, at in enumerate(order))


def question(number: int = 1, closes_at: dt.datetime | None = None, answered: int = 0) -> QuestionCard:
    """A daily question with a single pick."""
    return QuestionCard(
        "Question of the day: DynamoDB",
        STEM,
        views(),
        1,
        AnswerRound(number),
        closes_at=closes_at,
        answered=answered,
    )


def choose_two(number: int = 2) -> QuestionCard:
    """A daily question with two picks."""
    stem = "Which two changes lower the cost of a table that is mostly read? (Choose two.)"
    return QuestionCard("Question of the day: DynamoDB", stem, views(), 2, AnswerRound(number), answered=3)


def practice(number: int) -> QuestionCard:
    """An item of a practice session of three."""
    return QuestionCard(
        "Practice: DynamoDB", STEM, views(), 1, AnswerPractice(7, number), progress=(number + 1, 3)
    )


def reasons(
    picks: tuple[int, ...] = (), shares: tuple[float, ...] = (), people: int = 0
) -> tuple[OptionReason, ...]:
    """The reasons for every option in the order shown."""
    return tuple(
        OptionReason(
            view.letter, view.text, view.position == 0, OPTIONS[view.position][1], view.position in picks,
            shares[place] if shares else None, round(shares[place] * people) if shares else None,
        )
        for place, view in enumerate(views())
    )  # fmt: skip


def feedback(picks: tuple[int, ...], *, again: bool = False, practice: bool = False) -> Feedback:
    """The verdict on an answer."""
    right = picks == (0,)
    headline = "Right: on-demand mode" if right else "Not this time: the answer is B"
    notes = ("+10 points", "3-day streak") if right else ("0 points", "3-day streak")
    buttons = (
        (Button("Next question", ShowPractice(7, 1), ButtonStyle.PRIMARY),)
        if practice
        else (
            Button("Practise DynamoDB", RunCommand("quiz dynamodb 3")),
            Button("Report", OpenForm("report", "1")),
        )
    )
    return Feedback(
        Verdict.RIGHT if right else Verdict.WRONG,
        headline,
        STEM,
        reasons(picks),
        EXPLANATION,
        (SOURCE,),
        ("Your first answer counts.",) if again else notes,
        buttons,
    )


def reveal(number: int = 1) -> Reveal:
    """A closed round."""
    shown = reasons(shares=(2 / 7, 3 / 7, 2 / 7, 0.0), people=7)
    buttons = (Button("Why?", WhyRound(number), ButtonStyle.PRIMARY),)
    return Reveal(
        "Question of the day: DynamoDB", STEM, shown, 7, 3, ("Next question tomorrow at 09:00",), buttons
    )


def explanation() -> Explanation:
    """The reasons of a closed round."""
    return Explanation("The answer is B", reasons(), EXPLANATION, (SOURCE,))


def board(me: str = "Grace Hopper") -> Leaderboard:
    """A weekly board with a tie, a newcomer and the reader further down."""
    rows = (
        BoardRow(1, "Ada Lovelace", 120, 12, 14, 9, 2),
        BoardRow(2, "Katherine Johnson", 95, 10, 13, 4, 0),
        BoardRow(2, "Linus", 95, 10, 15, 0, -1),
        BoardRow(4, "Sofía Kovalevskaya", 60, 7, 9, 2, None),
        BoardRow(5, "Radia Perlman", 45, 5, 9, 1, -2),
    )
    own = BoardRow(12, me, 10, 1, 3, 1, 3)
    return Leaderboard("Leaderboard", "16 to 22 November", rows, own, 14, ("Ties share a rank",))


def progress() -> Sheet:
    """A page with everything that a page may hold."""
    meters = (
        Meter("Development with AWS Services", 0.72, "72 % of 58"), Meter("Security", 0.41, "41 % of 22"),
        Meter("Deployment", 0.55, "55 % of 18"), Meter("Troubleshooting and Optimization", 0.3, "30 % of 10"),
    )  # fmt: skip
    table = Table(
        ("Topic", "Answered", "Right"),
        (("DynamoDB", "34", "76 %"), ("SQS", "19", "63 %"), ("DAX", "5", "80 %")),
    )
    return Sheet(
        "Your progress",
        "58 questions answered, 41 right. You are on a 9-day streak.",
        (Section("Domains", meters=meters), Section("Topics", ("The last **30 days**.",), table=table)),
        (("Exam guide", "https://aws.amazon.com/certification/certified-developer-associate/"),),
        (Picture("calendar.png", png(), "Answers a day: a streak of nine days."),),
        (File("missed.csv", b"id\n1\n", "text/csv"),),
        (
            Button("Practise", RunCommand("quiz"), ButtonStyle.PRIMARY),
            Button("Forget me", OpenForm("delete"), ButtonStyle.DANGER),
        ),
    )  # fmt: skip


def png(width: int = 520, height: int = 120) -> bytes:
    """A small picture with stripes of sky."""
    rows = b"".join(
        b"\0" + b"".join(bytes((120 + x % 80, 190 - y % 40, 240)) for x in range(width))
        for y in range(height)
    )
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body
