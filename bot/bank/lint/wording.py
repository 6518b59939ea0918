"""Rules about one question's own words: what it says, how much, and in what form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.bank.bank import Bank
from bot.bank.documents import MAX_QUESTION
from bot.bank.lint.finding import Finding, error, warning
from bot.model.knowledge import Kind, Question

COUNTS = {2: "two", 3: "three"}
MAX_SPREAD = 2.5
"""The longest option may have at most this many times the characters of the shortest ..."""
FREE_SPREAD = 30
"""... unless they differ by no more than this many."""

_CATCH_ALL = re.compile(
    r"\b(all|none|both|neither|any) of (the|these) (above|below|other|options|answers|choices|statements)\b"
    r"|^(both|neither) [A-F]\b|^[A-F] (and|or) [A-F]\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b[Ww](?:hich|hat)\b[^.?!]{0,60}(?:\b(?:is|are|does|do|can|will) not\b|\bexcept\b)[^.?!]*\?"
)
_CODE = re.compile(r"`[^`]*`")
_MARKUP = re.compile(r"</?(?:a|b|br|code|em|i|li|ol|p|strong|ul)\b[^>]*>|\*\*|\[[^\]]+\]\(|[“”‘’]")
_SOURCE = re.compile(
    r"as (the )?documentation (says|states)|according to the (aws )?documentation", re.IGNORECASE
)


def wording(bank: Bank) -> Iterator[Finding]:
    """Findings on each question by itself."""
    for question in bank.questions.values():
        for rule in _RULES:
            yield from rule(question)


def _total(question: Question) -> Iterator[Finding]:
    texts = [question.stem, question.explanation]
    texts += [text for option in question.options for text in (option.text, option.why)]
    total = sum(map(len, texts))
    if total > MAX_QUESTION:
        message = f"{question.id}: {total} characters in all, at most {MAX_QUESTION} fit a card"
        yield error("length", message, ("question", question.id))


def _counts(question: Question) -> Iterator[Finding]:
    subject = ("question", question.id)
    right = sum(option.right for option in question.options)
    said = {
        count
        for count, word in COUNTS.items()
        if re.search(rf"\bchoose ({word}|{count})\b", question.stem, re.IGNORECASE)
    }
    if question.kind is Kind.MULTIPLE and said != {right}:
        message = f"{question.id}: the stem must say how many: Choose {COUNTS.get(right, right)}."
        yield error("how-many", message, subject, ("stem",))
    if question.kind is not Kind.MULTIPLE and said:
        yield error(
            "how-many", f"{question.id}: the stem asks for several, the key is one", subject, ("stem",)
        )


def _options(question: Question) -> Iterator[Finding]:
    for index, option in enumerate(question.options):
        subject, keys = ("question", question.id), ("options", index)
        if _CATCH_ALL.search(option.text):
            message = f"{question.id}: an option must stand for itself: {option.text!r}"
            yield error("catch-all", message, subject, (*keys, "text"))
        if option.right and option.confuses:
            yield error(
                "confuses", f"{question.id}: a right option confuses nothing", subject, (*keys, "confuses")
            )
        if not option.right and not option.confuses:
            yield warning("confuses", f"{question.id}: a wrong option says what it confuses", subject, keys)


def _form(question: Question) -> Iterator[Finding]:
    texts = [option.text for option in question.options]
    subject = ("question", question.id)
    if len({text.endswith(".") for text in texts}) > 1:
        yield warning("full-stop", f"{question.id}: options end alike, all with a full stop or none", subject)
    lengths = sorted(map(len, texts)) or [0]
    if lengths[-1] > MAX_SPREAD * lengths[0] and lengths[-1] - lengths[0] > FREE_SPREAD:
        message = f"{question.id}: options of unlike length, {lengths[0]} to {lengths[-1]} characters"
        yield warning("uneven", message, subject)


def _style(question: Question) -> Iterator[Finding]:
    subject = ("question", question.id)
    if _NEGATION.search(question.stem):
        yield warning(
            "negation", f"{question.id}: a negation in the question is written in capitals", subject
        )
    parts = [question.stem, question.explanation, *(option.text for option in question.options)]
    if any(part != part.strip() for part in parts):
        yield error("blank", f"{question.id}: a text begins or ends with a blank or an empty line", subject)
    whole = " ".join(parts)
    if _MARKUP.search(_CODE.sub("", whole)):
        yield error("markup", f"{question.id}: plain text and backticks only, straight quotes", subject)
    if _SOURCE.search(whole):
        yield error("says-who", f"{question.id}: the reason counts, not that documentation says so", subject)


_RULES: tuple[Callable[[Question], Iterator[Finding]], ...] = (_total, _counts, _options, _form, _style)
