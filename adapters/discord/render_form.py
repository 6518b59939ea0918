"""Forms as modals: each field in a label of its own, at most five of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import ui

from adapters.discord.markdown import clipped, plain
from bot.messages import Choice, Field, FileField, Form, Switch, TextField, encode

TITLE_LIMIT = 45
LABEL_LIMIT = 45
HINT_LIMIT = 100
FIELD_LIMIT = 5
TEXT_LIMIT = 4000
# Discord takes no empty values; this one stands for it and is read as it.
NOTHING = "(nothing)"

Modal = ui.Modal
Input = ui.TextInput[Modal] | ui.Select[Modal] | ui.Checkbox[Modal] | ui.FileUpload[Modal]


def modal_of(form: Form, typed: Mapping[str, str] | None = None) -> ui.Modal:
    """The form as a modal whose id is the form's own. `typed` holds what the person had entered before.

    The modal has stopped listening: submissions are read from their payload.
    """
    modal = _Modal(title=clipped(form.title, TITLE_LIMIT), custom_id=encode(form.submit), timeout=None)
    intro, fields = form.intro.strip(), form.fields[:FIELD_LIMIT]
    if intro and len(fields) < FIELD_LIMIT:
        modal.add_item(ui.TextDisplay(plain(intro)[:TEXT_LIMIT]))
        intro = ""
    for field in fields:
        modal.add_item(_label(field, (typed or {}).get(field.name), intro))
        intro = ""
    modal.stop()
    return modal


class _Modal(ui.Modal):
    def to_dict(self) -> dict[str, Any]:
        """What Discord is sent, without what the library adds to every field: it refuses `disabled` in a
        modal, and a field's `label` stands around it."""
        payload = super().to_dict()
        for component in payload["components"]:
            field = component.get("component", {})
            for idle in ("disabled", "label"):
                field.pop(idle, None)
        return payload


def _label(field: Field, typed: str | None, intro: str) -> ui.Label[Modal]:
    # A modal holds five things: beside five fields the introduction is the first one's hint.
    return ui.Label(
        text=clipped(field.label, LABEL_LIMIT),
        description=clipped(field.hint or intro, HINT_LIMIT) or None,
        component=_input(field, typed),
    )


def _input(field: Field, typed: str | None) -> Input:
    match field:
        case TextField():
            return _text_input(field, field.value if typed is None else typed)
        case Choice():
            return _select(field, (field.value if typed is None else typed).split(","))
        case Switch():
            return ui.Checkbox(custom_id=field.name, default=field.on if typed is None else typed == "on")
        case FileField():
            return ui.FileUpload(
                custom_id=field.name, required=field.required, min_values=int(field.required), max_values=1
            )


def _text_input(field: TextField, value: str) -> ui.TextInput[Modal]:
    limit = max(1, min(field.limit, TEXT_LIMIT))
    return ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
        default=value[:limit] or None,
        placeholder=clipped(field.placeholder, HINT_LIMIT) or None,
        required=field.required,
        max_length=limit,
    )


def _select(field: Choice, chosen: Sequence[str]) -> ui.Select[Modal]:
    options = [
        discord.SelectOption(label=clipped(label, 100), value=value or NOTHING, default=value in chosen)
        for value, label in field.options[:25]
    ]
    return ui.Select(
        custom_id=field.name,
        options=options,
        required=field.required,
        min_values=1 if field.required else 0,
        max_values=len(options) if field.many else 1,
    )
