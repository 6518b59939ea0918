"""JSON Schemas of the authored format, and every way in which a document departs from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from bot.bank import documents

FILES: dict[str, type[msgspec.Struct]] = {
    "exam": documents.ExamDoc,
    "topics": documents.TopicsFile,
    "facts": documents.FactsFile,
    "questions": documents.QuestionsFile,
    "pack": documents.PackFile,
}
ENTRIES: dict[str, type[msgspec.Struct] | None] = {
    "exam": documents.ExamDoc,
    "topic": documents.TopicDoc,
    "fact": documents.FactDoc,
    "question": None,
}
"""Kinds of entries; a question's type is told by its own `kind`."""
_KINDS: dict[str, type[msgspec.Struct]] = {
    "single": documents.SingleDoc,
    "multiple": documents.MultipleDoc,
    "numeric": documents.NumericDoc,
}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a kind of file, a name of FILES, as editors use it."""
    title = f"Cloudlark content: {name}"
    body = msgspec.json.schema(FILES[name])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **body}


def schema_text(name: str) -> str:
    """That schema as the file in content/schema holds it."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def departures(kind: str, document: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Each departure of a document from its kind, a name of ENTRIES: where it stands, and one sentence."""
    type_ = ENTRIES[kind]
    if type_ is None:
        named = document.get("kind") if isinstance(document, dict) else None
        type_ = _KINDS.get(named) if isinstance(named, str) else None
    if type_ is None:
        yield ("kind",), "kind: must be single, multiple or numeric"
        return
    for error in _validator(type_).iter_errors(document):
        keys = tuple(error.absolute_path)
        yield keys, f"{'.'.join(map(str, keys)) or 'here'}: {_complaint(error)}"


@cache
def _validator(type_: type[msgspec.Struct]) -> Draft202012Validator:
    return Draft202012Validator(msgspec.json.schema(type_))


def _complaint(error: ValidationError) -> str:
    instance: Any = error.instance
    limit: Any = error.validator_value
    match error.validator:
        case "maxLength":
            complaint = f"{len(instance)} characters, at most {limit} fit"
        case "minItems" | "minProperties":
            complaint = f"{len(instance)} given, at least {limit} wanted"
        case "maxItems":
            complaint = f"{len(instance)} given, at most {limit} wanted"
        case "minLength":
            complaint = "must not be empty"
        case "type" if limit == "string" and isinstance(instance, int | float):
            complaint = f"{instance!r} is read as a {type(instance).__name__}; put it in quotes"
        case "anyOf":
            complaint = f"{_short(instance)} fits none of the allowed forms"
        case _:
            complaint = error.message.replace(repr(instance), _short(instance))
    return complaint


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
