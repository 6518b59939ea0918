"""The language that is spoken: gettext catalogues, chosen for each request.

Sentences are written in English where they are used, and looked up in the catalogue of the language that the
present request speaks. What comes from the bank stays in the language of its authors.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal

DEFAULT = "en"
LANGUAGES = {"en": "English", "de": "Deutsch"}
FOLDER = Path(__file__).parent / "languages"
_MARKS = str.maketrans(",.", ".,")
_spoken: ContextVar[str] = ContextVar("spoken", default=DEFAULT)


def speak(language: str) -> None:
    """Speak a language for the rest of this request; one that is not known is English."""
    _spoken.set(language if language in LANGUAGES else DEFAULT)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while."""
    before = _spoken.set(language if language in LANGUAGES else DEFAULT)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> str:
    """The language of this request."""
    return _spoken.get()


def _(text: str) -> str:
    """A sentence in the language that is spoken."""
    # Catalogues keep their header under the empty text.
    return _catalogue(_spoken.get()).gettext(text) if text else ""


def marked(text: str) -> str:
    """A sentence that is kept in English and looked up when somebody reads it."""
    return text


def plural(one: str, many: str, number: int, **more: object) -> str:
    """The form of a sentence for a number; `{n}` stands for the number, other names for `more`."""
    return _catalogue(_spoken.get()).ngettext(one, many, number).format(n=grouped(number), **more)


def forms(one: str, many: str) -> list[str]:
    """The form of a sentence for one, and the one for all other numbers, with their placeholders."""
    catalogue = _catalogue(_spoken.get())
    return [catalogue.ngettext(one, many, number) for number in (1, 2)]


def grouped(number: int) -> str:
    """A whole number with its thousands apart."""
    return numeral(f"{number:,}")


def numeral(written: str) -> str:
    """A number that is written as in English, `1,234.5`, in the form of the language that is spoken."""
    return written if _spoken.get() == DEFAULT else written.translate(_MARKS)


def date(day: dt.date, form: str) -> str:
    """A date by one of babel's patterns, as `d MMMM y`; a language may have its own for it."""
    from babel.dates import format_date

    return format_date(day, _(form), locale=_spoken.get())


def either(names: Sequence[str]) -> str:
    """Names to choose from: `A, B or C`."""
    return _listed(names, "or")


def both(names: Sequence[str]) -> str:
    """Names that belong together: `A, B and C`."""
    return _listed(names, "standard")


def within(text: str) -> str:
    """A sentence inside another one, where English drops its capital."""
    return text.lower() if _spoken.get() == DEFAULT else text


def _listed(names: Sequence[str], style: Literal["or", "standard"]) -> str:
    from babel.lists import format_list

    # British English has no comma before the last name.
    return format_list(names, style, "en_GB" if _spoken.get() == DEFAULT else _spoken.get())


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == DEFAULT:
        return NullTranslations()
    # Read from the sources that translators write, so that no compiled twin can grow old.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (FOLDER / f"{language}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
