"""Every sentence that a learner reads, in one place. Plain values in, text out."""

from __future__ import annotations

import datetime as dt

from bot.learning.streaks import Streak
from bot.model.knowledge import Exam, Topic

APP = "Cloudlark"
FAILED = (
    "Something went wrong on our side and this was not done. Please try again in a moment; "
    "if it keeps happening, tell an admin and quote {request}."
)
BUSY = (
    "I am very busy just now and your answer was not taken. Please press the button again in a few seconds."
)
STALE_BUTTON = (
    "This button comes from another version of me and no longer works. Type /help to see what does."
)
NOT_YOURS = "These buttons belong to somebody else's practice. Start your own with /quiz."
ADMINS_ONLY = "Only admins of this place can do that. Ask one of them, or ask them to name you with /admin."
UNKNOWN_ROUND = "I no longer know this question. Today's question is in the channel; /quiz gives you another."
QUESTION_GONE = "This question has left the bank since it was asked. Try /quiz for another one."
EMPTY_BANK = "There are no questions for that yet. Try /quiz without a topic."


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 answer`, `2 answers`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


# --- rounds -------------------------------------------------------------------------------------------


def daily_heading(topic: Topic | None) -> str:
    """Above a question that a schedule posts."""
    return f"Daily question · {topic.name}" if topic else "Daily question"


def reveal_heading(topic: Topic | None) -> str:
    """Above a closed question."""
    return f"Closed · {topic.name}" if topic else "Closed"


def explanation_heading(letters: str) -> str:
    """Above the reasons in the thread."""
    return f"Why {letters}?"


def answer_privately(picks: int, revealed: bool) -> str:
    """How to answer a question in a channel."""
    how = "Press a letter" if picks == 1 else f"Choose {picks} options"
    key = "; everybody sees the key when the round closes" if revealed else ""
    return f"{how}. Only you see your result{key}."


def private_close() -> str:
    """On a closed round whose key stays private."""
    return "The round has closed. Press a letter to try it now; late answers are practice and earn no points."


def headline(right: bool, letters: str, key: str) -> str:
    """The verdict in words."""
    if right:
        return f"Right: {letters} {'are' if ' and ' in letters else 'is'} the answer."
    return f"Not quite: you chose {letters}, the answer is {key}."


def already(right: bool, letters: str, key: str) -> str:
    """The verdict when somebody answers again."""
    outcome = "right" if right else f"wrong, the answer is {key}"
    return f"You have already answered: {letters}, which was {outcome}. The first answer counts."


def points(number: int) -> str:
    """What an answer earned."""
    return f"+{count(number, 'point')}"


LATE = "The round had already closed, so this was practice and earned no points."
UNANSWERED = "You did not answer this one while it was open."


def streak(state: Streak, extended: bool) -> str:
    """A streak in a line, empty without one."""
    if state.current == 0:
        return ""
    days = f"{count(state.current, 'workday')} in a row"
    ice = f", {count(state.freezes, 'freeze')} in hand" if state.freezes else ""
    return f"{'Streak extended: ' if extended else 'Streak: '}{days}{ice}."


def pick_exactly(wanted: int, given: int) -> str:
    """A multiple-response answer with the wrong number of picks."""
    return f"Choose exactly {wanted} options; you chose {given}. Nothing was counted."


SURE = "I'm sure"
UNSURE = "Not sure"


def how_sure(letters: str) -> str:
    """Between picking and the verdict, where confidence is asked."""
    return f"You chose {letters}. How sure are you? Your answer counts as soon as you say."


# --- practice -----------------------------------------------------------------------------------------


def practice_title(names: list[str]) -> str:
    """What a practice session is about."""
    return "Practice · " + (", ".join(names) if names else "all topics")


def unknown_topic(text: str, guesses: list[str]) -> str:
    """A topic that nobody knows, with near spellings."""
    shown = text if len(text) <= 40 else text[:39] + "…"
    if guesses:
        return f"I do not know the topic “{shown}”. Did you mean {' or '.join(guesses)}?"
    return f"I do not know the topic “{shown}”. Type /topics to see what there is."


def practice_summary(right: int, total: int) -> str:
    """How a practice session went."""
    if right == total:
        return f"All {total} right. Splendid."
    return f"{right} of {total} right."


def reminder(facts: int) -> str:
    """A reminder of due reviews."""
    return f"{count(facts, 'fact')} would like to be remembered today. /review takes a few minutes."


NOTHING_DUE = "Nothing is due for review. Facts come back here shortly before you would forget them; /quiz finds new ones."

# --- boards -------------------------------------------------------------------------------------------

PERIODS = {"week": "This week", "month": "This month", "all": "All time"}


def board_title(period: str) -> str:
    """Above a leaderboard that somebody asked for."""
    return f"Leaderboard · {PERIODS[period].lower()}"


def span(key: str) -> str:
    """A period as people name it: `16 to 22 November 2026`, `November 2026`, `all time`."""
    if key == "all":
        return "all time"
    if "W" not in key:
        return f"{dt.date.fromisoformat(f'{key}-01'):%B %Y}"
    first = dt.date.fromisocalendar(int(key[:4]), int(key[6:]), 1)
    last = first + dt.timedelta(days=6)
    begin = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return f"{begin} to {last.day} {last:%B %Y}"


WEEKLY_TITLE = "Leaderboard · last week"
EMPTY_BOARD = "Nobody has points in this period yet. The next daily question is a good start."
HIDDEN_ROW = "You are hidden from boards; only you see your line. Change that with /settings."


def board_note(learners: int, answers: int, right: int) -> str:
    """Below a weekly board."""
    share = round(100 * right / answers) if answers else 0
    return f"{count(learners, 'person', 'people')} gave {count(answers, 'answer')}, {share} % right."


# --- settings and schedules ---------------------------------------------------------------------------

SAVED = "Saved."
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def bad_zone(text: str) -> str:
    """A time zone that does not exist."""
    return f"“{text}” is not a time zone I know. Use a name such as Europe/Berlin, America/New_York or UTC."


def bad_time(text: str) -> str:
    """A time of day that cannot be read."""
    return f"“{text}” is not a time of day. Write it as 09:30."


def bad_number(name: str, text: object, low: int, high: int) -> str:
    """A number out of its bounds."""
    return f"{name} is “{text}”: give a whole number from {low} to {high}."


def no_schedule(number: object) -> str:
    """A schedule that is not there."""
    return f"There is no schedule {number} here. /schedule list shows the ones there are."


def exam_line(exam: Exam) -> str:
    """An exam in a list."""
    return f"{exam.code} ({exam.slug}): {exam.name}"


def greeting() -> str:
    """What the tutor says when it is added to a channel."""
    return (
        "Hello! I am Cloudlark. Every workday I post one quiz question here: answer with a click, see privately "
        "why each option is right or wrong, and the channel gets the key when the round closes. "
        "Two answers and we can begin."
    )
