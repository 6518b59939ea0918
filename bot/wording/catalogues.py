"""Collects every sentence for translation: `python -m bot.wording.catalogues`, as in `make messages`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.wording.scripts import said_in
from bot.wording.speech import DEFAULT, FOLDER, LANGUAGES

ROOT = Path(__file__).parents[2]
SOURCES = ("bot/wording", "bot/tutor", "bot/commands", "bot/bank/generators", "adapters")
SCRIPTS = "adapters/web/static/js"
# A function by its name, with the places of what it says among its arguments; plural forms have two.
SAYING = {
    "_": (0,),
    "marked": (0,),
    "plural": (0, 1),
    "count": (1, 2),
    "counted": (0, 1),
    "date": (1,),
    "weekdays": (0,),
    "Command": (1,),
    "Parameter": (1,),
}
# No dates and no names: the same sentences make the same file.
HEADER = """\
# Every sentence of Cloudlark. What is new stands empty after `make messages`.
msgid ""
msgstr ""
"Project-Id-Version: Cloudlark\\n"
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def collected() -> Catalog:
    """All sentences as they stand in the sources."""
    found = Catalog(project="Cloudlark", charset="utf-8")
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for said in _said(ast.parse(path.read_text(encoding="utf-8"))):
                # Braces make a placeholder; a per cent sign is only a sign.
                found.add(said if len(said) > 1 else said[0]).flags.discard("python-format")
    for path in sorted((ROOT / SCRIPTS).rglob("*.js")):
        for said in said_in(path.read_bytes()):
            found.add(said if len(said) > 1 else said[0]).flags.discard("python-format")
    return found


def _said(tree: ast.Module) -> Iterator[tuple[str, ...]]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            places = [_texts(call, place) for place in SAYING.get(_name(call), ())]
            yield from zip(*places, strict=False)


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _texts(call: ast.Call, place: int) -> list[str]:
    """What stands at a place: a text, both of a choice between two, or nothing that can be known here."""
    match call.args[place : place + 1]:
        case [ast.Constant(value=str(text))]:
            return [text]
        case [ast.IfExp(body=ast.Constant(value=str(one)), orelse=ast.Constant(value=str(other)))]:
            return [one, other]
    return []


def translated(language: str) -> Catalog:
    """A language's catalogue as its translators have written it."""
    path = FOLDER / f"{language}.po"
    if not path.is_file():
        return Catalog(locale=language, project="Cloudlark", charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale=language)


def renewed(language: str) -> bytes:
    """A catalogue brought up to the sources: new sentences empty, old ones gone."""
    catalogue = translated(language)
    catalogue.update(collected(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    target = BytesIO()
    write_po(target, catalogue, omit_header=True, sort_output=True, width=100, no_location=True)
    header = HEADER.format(language=language, plurals=catalogue.plural_forms)
    return header.encode() + target.getvalue()


if __name__ == "__main__":
    for each in LANGUAGES:
        if each != DEFAULT:
            (FOLDER / f"{each}.po").write_bytes(renewed(each))
