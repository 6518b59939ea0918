"""Forms and their errors as JSON objects for the page's dialog."""

from __future__ import annotations

from typing import Any, assert_never

from bot.messages import Choice, Field, FileField, Form, Switch, TextField, encode


def form(given: Form) -> dict[str, Any]:
    """A form to fill in. `id` is what to hand in."""
    return {
        "id": encode(given.submit),
        "title": given.title,
        "intro": given.intro,
        "fields": [_field(field) for field in given.fields],
        "submit_label": given.submit_label,
    }


def _field(field: Field) -> dict[str, Any]:
    shown = {"name": field.name, "label": field.label, "hint": field.hint}
    match field:
        case TextField():
            return shown | {
                "kind": "text",
                "value": field.value,
                "placeholder": field.placeholder,
                "required": field.required,
                "long": field.long,
                "limit": field.limit,
            }
        case Choice():
            return shown | {
                "kind": "choice",
                "options": [{"value": value, "label": label} for value, label in field.options],
                "value": field.value,
                "required": field.required,
                "many": field.many,
            }
        case Switch():
            return shown | {"kind": "switch", "on": field.on}
        case FileField():
            return shown | {
                "kind": "file",
                "accept": ",".join(field.suffixes),
                "required": field.required,
                "limit": field.limit,
            }
        case _:
            assert_never(field)
