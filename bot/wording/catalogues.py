"""Collects every sentence for translation: `python -m bot.wording.catalogues`, as in `make messages`."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.wording.speech import DEFAULT, FOLDER, LANGUAGES

ROOT = Path(__file__).parents[2]
SOURCES = ("bot/wording/**.py", "bot/tutor/**.py", "bot/commands/**.py", "adapters/*/words.py")
# A function by its name, with the positions of what it says; plural forms have two.
KEYWORDS = {"_": None, "plural": (1, 2), "count": (2, 3), "Command": (2,), "Parameter": (2,)}


def collected() -> Catalog:
    """All sentences as they stand in the sources."""
    found = Catalog(project="Cloudlark", charset="utf-8")
    methods = [(pattern, "python") for pattern in SOURCES]
    for _file, _line, text, _comments, context in extract_from_dir(ROOT, methods, keywords=KEYWORDS):
        found.add(text, context=context)
    return found


def translated(language: str) -> Catalog:
    """A language's catalogue as its translators have written it."""
    path = FOLDER / f"{language}.po"
    if not path.is_file():
        return Catalog(locale=language, project="Cloudlark", charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale=language)


def renew(language: str) -> None:
    """Bring a catalogue up to the sources: new sentences empty, old ones gone."""
    catalogue = translated(language)
    catalogue.update(collected(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with (FOLDER / f"{language}.po").open("wb") as target:
        write_po(target, catalogue, omit_header=False, sort_output=True, width=100, no_location=True)


if __name__ == "__main__":
    for each in LANGUAGES:
        if each != DEFAULT:
            renew(each)
