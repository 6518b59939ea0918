"""A draft made to fit the content format: what is missing is filled in, what is too long is shortened, and what
the format cannot hold is turned away with a sentence."""

from __future__ import annotations

from dataclasses import replace

from bot.bank.documents import MAX_EXPLANATION, MAX_OPTION, MAX_QUESTION, MAX_STATEMENT, MAX_STEM, MAX_WHY
from bot.bank.exchange.drafts import Choice, Draft

SINGLE = (2, 5)
MULTIPLE = (3, 6)
RIGHT = (2, 3)
RIGHT_WHY = "This is the answer."
WRONG_WHY = "This is not the answer."
COUNTS = {2: "two", 3: "three"}


class UnfitError(ValueError):
    """A question that the content format cannot hold. The message is the end of a sentence about it."""


def fitted(draft: Draft) -> tuple[Draft, list[str]]:
    """The draft as it can be held, and what was done to it: ends of sentences. Raises UnfitError."""
    _check(draft)
    done: list[str] = []
    choices = tuple(_choice(choice, done) for choice in draft.choices)
    explanation = _short(draft.explanation, MAX_EXPLANATION, "the explanation", done)
    if not explanation:
        explanation = _explanation(draft, choices)
        done.append("no explanation; that of the key stands there")
    found = replace(draft, choices=choices, explanation=explanation)
    if not draft.generator and sum(_lengths(found)) > MAX_QUESTION:
        raise UnfitError(f"all its texts together have over {MAX_QUESTION} characters")
    return found, list(dict.fromkeys(done))


def _check(draft: Draft) -> None:
    if not draft.stem:
        raise UnfitError("it has no text")
    if len(draft.stem) > MAX_STEM:
        raise UnfitError(f"its text has {len(draft.stem)} characters, at most {MAX_STEM} fit")
    if draft.generator:
        return
    given, right = len(draft.choices), sum(choice.right for choice in draft.choices)
    low, high = SINGLE if right == 1 else MULTIPLE
    if right != 1 and not RIGHT[0] <= right <= RIGHT[1]:
        raise UnfitError(f"{right} of its options are right, one to {RIGHT[1]} can be")
    if not low <= given <= high:
        raise UnfitError(f"it has {given} options, {low} to {high} can be shown")
    texts = [choice.text for choice in draft.choices]
    if not all(texts) or len(set(texts)) < given:
        raise UnfitError("two of its options are the same, or one is empty")
    if longest := max((len(text) for text in texts if len(text) > MAX_OPTION), default=0):
        raise UnfitError(f"an option has {longest} characters, at most {MAX_OPTION} fit")


def _choice(choice: Choice, done: list[str]) -> Choice:
    why = _short(choice.why, MAX_WHY, "a reason", done)
    if not why:
        done.append("some options had no reason; a few words stand there")
        why = RIGHT_WHY if choice.right else WRONG_WHY
    return replace(choice, why=why)


def _explanation(draft: Draft, choices: tuple[Choice, ...]) -> str:
    given = [choice.why for choice in choices if choice.right and choice.why != RIGHT_WHY]
    said = " ".join(given) or "The answer: " + "; ".join(choice.text for choice in choices if choice.right)
    return said[:MAX_EXPLANATION] if choices else draft.stem[:MAX_EXPLANATION]


def _short(text: str, longest: int, what: str, done: list[str]) -> str:
    if len(text) <= longest:
        return text
    done.append(f"{what} was shortened to {longest} characters")
    return text[: longest - 1].rstrip() + "…"


def statement_of(draft: Draft) -> str:
    """What a question teaches, where its file says nothing of facts."""
    right = "; ".join(choice.text for choice in draft.choices if choice.right)
    return f"{draft.stem} {right}".strip()[:MAX_STATEMENT] if right else draft.explanation[:MAX_STATEMENT]


def _lengths(draft: Draft) -> list[int]:
    texts = [draft.stem, draft.explanation]
    texts += [text for choice in draft.choices for text in (choice.text, choice.why)]
    return [len(text) for text in texts]
