"""Drafts for tests: a plain one, and as hostile ones as anybody could write."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.bank.exchange.drafts import Choice, Draft, Subject, Taught, tidy
from bot.model.knowledge import Change

PLAIN = Draft(
    "When do we ship?",
    (Choice("On Monday", True, "Nobody ships on Fridays."), Choice("On Friday", False, "A freeze is on.", "deploys.freeze"),
     Choice("Never", False, "We do.")),
    "deploys.when", Subject("deploys", "Our deploys", "How we ship.", "https://wiki.example/ship", ("shipping",)),
    "Fridays are for reading.", "direct", 1,
    (Taught("deploys.freeze", "Nobody ships on Fridays.", "https://wiki.example/freeze", "2026-01-31",
            Change("2025", "Fridays were fine.", "They are not.")),),
)  # fmt: skip

SIGNS = st.sampled_from(
    ["=", "+", "-", "@", "'", '"', ",", ";", "\t", "\n", "\\", "\\n", "~", "#", "####", "{", "}", ":", "::", "%", "%50%",
     "[html]", "[plain]", "[id:x]", "//", "$CATEGORY:", "->", "<b>", "</p>", "<!--", "]]>", "&amp;", "&", "&#0;", "`", "``",
     "{{c1::x}}", "A. ", "B) ", "ANSWER: A", "TOPIC: x", "|", "/", "//", "a", "Z", "0", " ", "  ", "ä", "語", "🐦", "\u202e",
     "\u00a0", "\ufeff", "\x00", "\x1f", "\u2028", "\r\n", "=cmd|' /C calc'!A0", "T", "top", "::\n"]
)  # fmt: skip
TEXT = st.lists(SIGNS | st.text(max_size=3), max_size=12).map("".join)
WORDS = st.tuples(st.sampled_from("abcxyz"), TEXT).map("".join)
"""Texts that begin with a letter, where a text must say something."""
SLUG = st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,5})?", fullmatch=True)


@st.composite
def drafts(draw: st.DrawFn, begins: st.SearchStrategy[str] = TEXT) -> Draft:
    """Questions that the content format could hold, with hostile texts."""
    right = draw(st.sampled_from([1, 1, 2, 3]))
    count = draw(st.integers(2, 5) if right == 1 else st.integers(max(3, right), 6))
    texts = draw(st.lists(begins.map(tidy).filter(bool), min_size=count, max_size=count, unique=True))
    choices = tuple(
        Choice(
            text,
            at < right,
            draw(TEXT),
            "" if at < right else draw(st.sampled_from(["", "sqs", "sqs.delay"])),
        )
        for at, text in enumerate(draw(st.permutations(texts)))
    )
    slug = draw(SLUG)
    subject = Subject(
        slug,
        draw(begins.map(tidy).filter(bool)),
        draw(WORDS),
        draw(st.sampled_from(["", "https://a.example/x"])),
    )
    return tidy(
        Draft(
            draw(begins.map(tidy).filter(bool)), choices, f"{slug}.{draw(SLUG)}", subject, draw(TEXT),
            draw(st.sampled_from(["direct", "scenario"])), draw(st.integers(1, 3)),
            (Taught(f"{slug}.fact", draw(WORDS), "https://a.example/f", "2026-01-31"),),
        )
    )  # fmt: skip


def decks(begins: st.SearchStrategy[str] = TEXT) -> st.SearchStrategy[list[Draft]]:
    """A few questions with ids of their own."""
    return st.lists(drafts(begins), min_size=1, max_size=4, unique_by=lambda draft: draft.id)
