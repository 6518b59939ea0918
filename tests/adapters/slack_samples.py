"""One message of every kind, whose Slack form is kept in golden files.

Write them anew after a wanted change with `python -m tests.adapters.slack_samples`, and read the difference.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

from adapters.slack.render import home_view, render
from adapters.slack.render_forms import form_view
from bot.messages import (
    BoardRow,
    Button,
    ButtonStyle,
    Choice,
    Explanation,
    Feedback,
    Form,
    Leaderboard,
    Meter,
    Notice,
    OptionReason,
    OptionView,
    QuestionCard,
    Reveal,
    Section,
    Sheet,
    Source,
    Switch,
    Table,
    TextField,
    Tone,
    Verdict,
)
from bot.messages.acts import (
    AnswerMock,
    AnswerRound,
    OpenForm,
    RunCommand,
    ShowPractice,
    SubmitForm,
    WhyRound,
)

FOLDER = Path(__file__).parent / "golden_slack"

STEM = "A table is read with `GetItem` & returns old items < 1 s after a write. Which *one* change helps?"
TEXTS = ("Use `ConsistentRead=true`", "Add a GSI", "Use DAX", "Read <twice>")
OPTIONS = tuple(OptionView("ABCD"[at], at, text) for at, text in enumerate(TEXTS))
REASONS = tuple(
    OptionReason(
        "ABCD"[at], text, at == 0, f"Reason {at}.", at == 2, (0.5, 0.0, 0.25, 0.25)[at], (2, 0, 1, 1)[at]
    )
    for at, text in enumerate(TEXTS)
)
SOURCES = (
    Source(
        "Read consistency",
        "https://docs.aws.amazon.com/a?b=1&c=2",
        dt.date(2026, 10, 1),
        "Since 2026: cheaper.",
    ),
)
NEXT = Button("Next question", ShowPractice(5, 1), ButtonStyle.PRIMARY)

CARD = QuestionCard(
    heading="Daily question: DynamoDB",
    stem=STEM,
    options=OPTIONS,
    picks=1,
    answer=AnswerRound(42),
    closes_at=dt.datetime(2026, 11, 16, 16, 0, tzinfo=dt.UTC),
    answered=3,
    notes=("Press a letter: only you see the result.",),
    buttons=(Button("Report", OpenForm("report", "dynamodb.q1")),),
)

MESSAGES = {
    "question": CARD,
    "question_two_picks": replace(CARD, picks=2, answered=None, closes_at=None),
    "question_in_mock": replace(
        CARD,
        answer=AnswerMock(9, 11),
        progress=(12, 65),
        selected=frozenset({1}),
        answered=None,
        closes_at=None,
    ),
    "question_closed": replace(CARD, open=False),
    "feedback": Feedback(
        Verdict.WRONG,
        "Not quite: you chose C, right is A.",
        STEM,
        REASONS,
        "Eventual reads lag.",
        SOURCES,
        ("2 points", "Streak: 4 workdays"),
        (NEXT,),
    ),
    "reveal": Reveal(
        "Closed: DynamoDB",
        STEM,
        REASONS,
        4,
        2,
        ("Late answers are practice.",),
        (Button("My answer", WhyRound(42)),),
    ),
    "explanation": Explanation("The key is A", REASONS, "Eventual reads lag.", SOURCES),
    "leaderboard": Leaderboard(
        "Leaderboard",
        "This week",
        (
            BoardRow(1, "Ann <!here>", 50, 5, 5, 5, 2),
            BoardRow(1, "Bob & Co", 50, 5, 6, 0, None, me=True),
            BoardRow(3, "Cem", 12, 1, 4, 1, -2),
        ),
        BoardRow(17, "Dee", 1, 0, 1, 0, 0),
        31,
        ("Practice counts up to 10 a day.",),
        (Button("This month", RunCommand("leaderboard month")),),
    ),
    "sheet": Sheet(
        "Your progress",
        "You answered 31 questions.",
        (
            Section("Domains", meters=(Meter("Security", 0.62, "13 of 21"), Meter("Design", 1.0))),
            Section(
                "Recent", ("Best streak: 9",), table=Table(("Topic", "Right", "Seen"), (("sqs", "3", "4"),))
            ),
        ),
        (("Exam guide", "https://aws.amazon.com/certification/"),),
        buttons=(NEXT,),
    ),
    "notice": Notice(
        "I do not know /quizz. Did you mean /quiz?", Tone.WARN, (Button("Help", RunCommand("help")),)
    ),
}

FORM = Form(
    SubmitForm("schedule", "C1"),
    "A question every single day",
    (
        TextField("time", "Time of day", "09:00", placeholder="09:30", required=True, limit=5),
        TextField("why", "Why", hint="A sentence.", long=True),
        Choice("weekdays", "Days", tuple((str(n), f"Day {n}") for n in range(7)), "0,4", many=True),
        Choice("window", "Open for", (("60", "1 hour"), ("240", "4 hours")), "240"),
        Switch("on", "Ask how sure people are", on=True, hint="Sure but wrong comes back sooner."),
    ),
    intro="One question at this time.",
    submit_label="Start",
)


def goldens() -> dict[str, object]:
    """What the golden files should hold, by name."""
    shown: dict[str, object] = {name: render(message).body for name, message in MESSAGES.items()}
    home = MESSAGES["sheet"]
    assert isinstance(home, Sheet)
    return shown | {"form": form_view(FORM, "{}"), "home": home_view(home)}


def written(value: object) -> str:
    """The form in the files."""
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, value in goldens().items():
        (FOLDER / f"{name}.json").write_text(written(value), encoding="utf-8")
