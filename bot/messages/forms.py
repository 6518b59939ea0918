"""Forms to fill in: a modal where the platform has one, a small form in place elsewhere.

Submitted values are texts by field name: a choice's value, "on" or "" for a switch, several choices
joined by commas.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.messages.acts import SubmitForm


@dataclass(frozen=True, slots=True)
class TextField:
    """A line, or with `long` a paragraph, of at most `limit` characters."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    placeholder: str = ""
    required: bool = False
    long: bool = False
    limit: int = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """One of, or with `many` any number of, at most 25 (value, label) pairs. `value` joins by commas."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str = ""
    hint: str = ""
    required: bool = True
    many: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """Yes or no."""

    name: str
    label: str
    on: bool = False
    hint: str = ""


Field = TextField | Choice | Switch


@dataclass(frozen=True, slots=True)
class Form:
    """A titled form of at most 5 fields (Discord's limit). `submit` is its id."""

    submit: SubmitForm
    title: str
    fields: tuple[Field, ...]
    intro: str = ""
    submit_label: str = "Save"


@dataclass(frozen=True, slots=True)
class FormErrors:
    """What is wrong with a submitted form: a sentence for each field that needs another value."""

    errors: Mapping[str, str]
