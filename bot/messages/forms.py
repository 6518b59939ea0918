"""Forms to fill in: a modal where the platform has one, a small form in place elsewhere.

Submitted values are texts by field name: a choice's value, "on" or "" for a switch, several choices
joined by commas. Files are handed in beside them, by field name too.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

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


@dataclass(frozen=True, slots=True)
class FileField:
    """A file to choose, of at most `limit` bytes. `suffixes` are the endings of its name, with their dots."""

    name: str
    label: str
    suffixes: tuple[str, ...]
    limit: int
    hint: str = ""
    required: bool = True


Field = TextField | Choice | Switch | FileField


class UploadError(Exception):
    """A file that was handed in cannot be had. The message is a sentence for whoever sent it."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was handed in. `read` fetches it and raises UploadError; a platform's `size` may be wrong."""

    name: str
    size: int
    read: Callable[[], Awaitable[bytes]]


NO_FILES: Mapping[str, Upload] = MappingProxyType({})


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
