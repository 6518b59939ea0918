"""The catalogues of translators: complete, without leftovers, and safe to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

import pytest
from babel.messages.catalog import Message

from bot.wording.catalogues import collected, renewed, translated
from bot.wording.speech import DEFAULT, FOLDER, LANGUAGES

OTHERS = sorted(set(LANGUAGES) - {DEFAULT})
BUTTON = 75
"""Slack's limit for the label of a button; Discord's is 80."""
ids = {message.id for message in collected() if message.id}


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Every sentence with its translation; each plural form with the English one for many."""
    for message in translated(language):
        if message.id:
            yield from zip(forms(message, message.id), forms(message, message.string), strict=False)


def forms(message: Message, texts: object) -> tuple[str, ...]:
    """The texts of a message, those of a plural beginning with the one that has all placeholders."""
    if isinstance(texts, str):
        return (texts,)
    assert isinstance(texts, (tuple, list)), message.id
    return tuple(reversed(texts))


def placeholders(text: str) -> list[str]:
    """What is filled in, with how it is written."""
    return sorted(f"{name}:{spec}" for _, name, spec, _ in Formatter().parse(text) if name is not None)


def commands(text: str) -> list[str]:
    """The commands that a sentence names."""
    return sorted(re.findall(r"(?<![\w/])/[a-z]+(?: (?:now|resume|start|stop|end|list|edit)\b)?", text))


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_of_the_sources_is_translated(language: str) -> None:
    known = {message.id: message.string for message in translated(language)}
    assert len(ids) > 500
    assert [each for each in ids if not known.get(each)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_plural_form_is_left_empty(language: str) -> None:
    catalogue = translated(language)
    plurals = [message for message in catalogue if message.id and message.pluralizable]
    assert len(plurals) > 30
    assert [m.id for m in plurals if len(m.string) != catalogue.num_plurals or not all(m.string)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_left_over_or_in_doubt(language: str) -> None:
    catalogue = translated(language)
    assert [message.id for message in catalogue if message.id and message.id not in ids] == []
    assert list(catalogue.obsolete) == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", OTHERS)
def test_both_sides_have_the_same_placeholders(language: str) -> None:
    # A form for one may say "the person" where the other one says "the {n} people".
    different = [
        (said, there)
        for said, there in pairs(language)
        if placeholders(said) != placeholders(there) and "{n}" not in said
    ]
    assert different == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_side_has_a_placeholder_of_its_own(language: str) -> None:
    assert [
        (a, b) for a, b in pairs(language) if not set(placeholders(b)) <= set(placeholders(a)) | {"n:"}
    ] == []


@pytest.mark.parametrize("language", OTHERS)
def test_commands_are_not_translated(language: str) -> None:
    assert [(a, b) for a, b in pairs(language) if commands(a) != commands(b)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_file_is_what_collecting_the_sentences_makes_of_it(language: str) -> None:
    assert (FOLDER / f"{language}.po").read_bytes() == renewed(language)


def test_german_people_are_spoken_to_as_friends() -> None:
    formal = re.compile(r"\bIhnen\b|\b(?:können|möchten|haben|sind|werden) Sie\b|\bSie (?:können|haben)\b")
    assert [there for _, there in pairs("de") if formal.search(there)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_fits_a_button_in_english_fits_one_in_every_language(language: str) -> None:
    # What is longer in English is the title of a part, or goes on in a sentence.
    labels = [(a, b) for a, b in pairs(language) if len(a) <= 60 and not a.endswith((".", "?", ":", "!"))]
    assert len(labels) > 300
    assert [(a, b) for a, b in labels if len(b) > BUTTON] == []


@pytest.mark.parametrize("language", OTHERS)
def test_quotation_marks_are_those_of_the_language(language: str) -> None:
    closing = {"de": "“"}[language]
    assert [b for _, b in pairs(language) if b.count("„") != b.count(closing) or '"' in b or "”" in b] == []
