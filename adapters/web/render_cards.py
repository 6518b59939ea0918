"""The cards of a question's life as JSON objects."""

from __future__ import annotations

from typing import Any

from adapters.web import render_parts as parts
from adapters.web import words
from adapters.web.entries import Rendered
from bot.messages import Explanation, Feedback, QuestionCard, Reveal, encode


def question(card: QuestionCard) -> Rendered:
    """A question with its options. `submit` is the id to click once all options are picked."""
    pictures = [parts.picture(card.picture)] if card.picture else []
    body: dict[str, Any] = {
        "kind": "question",
        "heading": card.heading,
        "stem": card.stem,
        "options": _options(card),
        "picks": card.picks,
        "choose": words.choose(card.picks),
        "submit": encode(card.answer) if card.picks > 1 else None,
        "open": card.open,
        "closes_at": card.closes_at.isoformat() if card.closes_at else None,
        "answered": card.answered,
        "progress": list(card.progress) if card.progress else None,
        "notes": list(card.notes),
        "buttons": parts.buttons(card.buttons),
        "pictures": [shown for shown, _ in pictures],
    }
    return Rendered(body, tuple(file for _, file in pictures))


def feedback(given: Feedback) -> dict[str, Any]:
    """A private verdict."""
    return {
        "kind": "feedback",
        "verdict": given.verdict.value,
        "headline": given.headline,
        "stem": given.stem,
        "reasons": parts.reasons(given.reasons),
        "explanation": given.explanation,
        "sources": parts.sources(given.sources),
        "notes": list(given.notes),
        "buttons": parts.buttons(given.buttons),
    }


def reveal(given: Reveal) -> dict[str, Any]:
    """A closed round with its key and distribution."""
    return {
        "kind": "reveal",
        "heading": given.heading,
        "stem": given.stem,
        "reasons": parts.reasons(given.reasons),
        "answered": given.answered,
        "right": given.right,
        "notes": list(given.notes),
        "buttons": parts.buttons(given.buttons),
    }


def explanation(given: Explanation) -> dict[str, Any]:
    """The reasons of a closed round, for its thread."""
    return {
        "kind": "explanation",
        "heading": given.heading,
        "reasons": parts.reasons(given.reasons),
        "explanation": given.explanation,
        "sources": parts.sources(given.sources),
        "buttons": parts.buttons(given.buttons),
    }


def _options(card: QuestionCard) -> list[dict[str, Any]]:
    """Options with what to click (a single pick) or what to hand in (several picks)."""
    ids = [encode(button.act) for button in card.option_buttons()] if card.picks == 1 else []
    return [
        {
            "letter": option.letter,
            "text": option.text,
            "value": str(option.position),
            "id": ids[place] if ids else None,
            "selected": option.position in card.selected,
        }
        for place, option in enumerate(card.options)
    ]
