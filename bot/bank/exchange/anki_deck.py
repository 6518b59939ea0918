"""Anki packages, written: a deck a topic, notes that are known again when they are brought in anew."""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import genanki

from bot.bank.exchange.drafts import Draft, Subject
from bot.bank.exchange.markup import html_of

OPTIONS = range(1, 7)
LETTERS = "ABCDEF"
ROOT = "Cloudlark"
PICTURE = "_cloudlark.svg"
"""Anki keeps files whose names begin with an underscore, although no note names them."""
_BIRD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">'
    '<path fill="#457b9d" d="M2 14c4 0 6-2 8-5l2-4 1 3 8 1-4 3c-1 5-5 8-10 8l-4 2 2-4c-2 0-3-2-3-4z"/></svg>'
)

FIELDS = (
    "Question",
    *(f"{name} {number}" for number in OPTIONS for name in ("Option", "Why")),
    "Key", "Explanation", "Facts", "Id", "Style", "Difficulty",
)  # fmt: skip
_FRONT = "<div class=stem>{{Question}}</div><ol type=A>" + "".join(
    f"{{{{#Option {n}}}}}<li>{{{{Option {n}}}}}</li>{{{{/Option {n}}}}}" for n in OPTIONS
) + "</ol>"  # fmt: skip
_BACK = (
    "{{FrontSide}}<hr id=answer><p class=key>{{Key}}</p><ol type=A>"
    + "".join(f"{{{{#Option {n}}}}}<li>{{{{Why {n}}}}}</li>{{{{/Option {n}}}}}" for n in OPTIONS)
    + f"</ol><p>{{{{Explanation}}}}</p><div class=facts>{{{{Facts}}}}</div><img src={PICTURE} alt=''>"
)
_STYLE = (
    ".card{font-family:sans-serif;font-size:18px;line-height:1.4;text-align:left;max-width:40em;margin:1em auto}"
    ".key{font-weight:bold}.facts{color:#666;font-size:.85em}"
)


def write(drafts: Iterable[Draft]) -> bytes:
    """The drafts as an Anki package."""
    model = genanki.Model(
        _number("model"), f"{ROOT} question", [{"name": name} for name in FIELDS],
        [{"name": "Question", "qfmt": _FRONT, "afmt": _BACK}], css=_STYLE,
    )  # fmt: skip
    decks: dict[str, genanki.Deck] = {}
    for draft in drafts:
        name = deck_name(draft)
        if name not in decks:
            decks[name] = genanki.Deck(_number(f"deck {name}"), name, html_of(draft.topic.summary))
        decks[name].add_note(_note(model, draft))
    package = genanki.Package(list(decks.values()) or [genanki.Deck(_number("deck"), ROOT)])
    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="cloudlark-anki-") as folder:
        picture = Path(folder) / PICTURE
        picture.write_text(_BIRD, encoding="utf-8")
        package.media_files = [str(picture)]
        package.write_to_file(buffer)
    return buffer.getvalue()


def holds(draft: Draft) -> Draft:
    """What comes back from a package. Facts stand on the card to be read, and not to be taken apart."""
    choices = tuple(replace(choice, confuses="") for choice in draft.choices)
    topic = Subject(name=deck_name(draft).removeprefix(ROOT).removeprefix("::"))
    return replace(draft, choices=choices, topic=topic, facts=(), generator="", ranges={}, fixed={})


def deck_name(draft: Draft) -> str:
    """The deck of a draft's topic. Two colons would make a deck in a deck."""
    name = " ".join((draft.topic.name or draft.topic.slug).split())
    while "::" in name:
        name = name.replace("::", ":")
    return f"{ROOT}::{name.strip(':')}" if name.strip(":") else ROOT


def _note(model: genanki.Model, draft: Draft) -> genanki.Note:
    texts = [(choice.text, choice.why) for choice in draft.choices]
    texts += [("", "")] * (len(OPTIONS) - len(texts))
    key = ", ".join(LETTERS[at] for at, choice in enumerate(draft.choices) if choice.right)
    words = [draft.stem, *(text for pair in texts for text in pair), key, draft.explanation]
    ends = [draft.id, draft.style, str(draft.difficulty or "")]
    fields = [*map(_field, words), _facts(draft), *map(_field, ends)]
    tags = [f"cloudlark::{draft.topic.slug}"] if draft.topic.slug else []
    known_by = (
        f"{draft.topic.slug}/{draft.id}" if draft.id else "\n".join([draft.stem, *(t for t, _ in texts)])
    )
    return genanki.Note(model, fields, guid=genanki.guid_for(ROOT, known_by), tags=tags)


def _field(text: str) -> str:
    # A bracket could begin a sound or a formula, which Anki looks for in texts.
    return html_of(text).replace("[", "&#91;")


def _facts(draft: Draft) -> str:
    return "".join(
        f"<p>{_field(fact.statement)}"
        + (f' <a href="{html_of(fact.link)}">{html_of(fact.link)}</a>' if fact.link else "")
        + (f" ({html_of(fact.verified_on)})" if fact.verified_on else "")
        + "</p>"
        for fact in draft.facts
    )


def _number(name: str) -> int:
    """A number for a name, the same for ever, in the range that Anki expects."""
    digest = hashlib.blake2b(f"{ROOT} {name}".encode(), digest_size=8).digest()
    return (1 << 30) + int.from_bytes(digest, "big") % (1 << 30)
