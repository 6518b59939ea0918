"""Forms as modals, and what was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from adapters.slack import words
from adapters.slack.blocks import Json, mrkdwn_text, plain_text, sections
from adapters.slack.mrkdwn import plain
from adapters.slack.payloads import inner, items, text
from bot.messages import Choice, Field, FileField, Form, FormErrors, Switch, TextField, encode

TITLE = 24
LABEL = 2_000
HINT = 2_000
PLACEHOLDER = 150
OPTION = 75
INPUT = 3_000
CHECKBOXES = 10
ANSWER = "value"
"""The action_id of every field; the block_id is the field's name."""
NOTHING = "(nothing)"
"""Stands for the empty value, which Slack does not take in an option."""


def modal(callback: str, title: str, blocks: list[Json], submit: str, metadata: str) -> Json:
    """A modal view."""
    return {
        "type": "modal",
        "callback_id": callback,
        "private_metadata": metadata,
        "title": plain_text(title, TITLE),
        "submit": plain_text(submit, TITLE),
        "close": plain_text(words.cancel(), TITLE),
        "blocks": blocks,
    }


def form_view(form: Form, metadata: str) -> Json:
    """The form as a modal whose callback_id is the form's id."""
    blocks = [*sections(plain(form.intro)), *map(field_block, form.fields)]
    return modal(encode(form.submit), form.title, blocks, form.submit_label, metadata)


def field_block(field: Field) -> Json:
    """One input; a switch is a single checkbox and never required."""
    block: Json = {
        "type": "input",
        "block_id": field.name,
        "label": plain_text(field.label, LABEL),
        "element": _element(field),
        "optional": isinstance(field, Switch) or not field.required,
    }
    return block | ({"hint": plain_text(field.hint, HINT)} if field.hint else {})


def _element(field: Field) -> Json:
    match field:
        case TextField():
            return _text(field)
        case Choice():
            return _choice(field)
        case Switch():
            return _checkboxes([_option("on", words.yes())], ["on"] if field.on else [])
        case FileField():
            # Slack knows few kinds of files by name, so what comes is looked at by whoever takes it in.
            return {"type": "file_input", "action_id": ANSWER, "max_files": 1}
        case _:
            assert_never(field)


def _text(field: TextField) -> Json:
    element: Json = {
        "type": "plain_text_input",
        "action_id": ANSWER,
        "multiline": field.long,
        "max_length": min(field.limit, INPUT),
    }
    filled = {"initial_value": field.value[: min(field.limit, INPUT)]} if field.value else {}
    shown = {"placeholder": plain_text(field.placeholder, PLACEHOLDER)} if field.placeholder else {}
    return element | filled | shown


def _choice(field: Choice) -> Json:
    options = [_option(value, label) for value, label in field.options]
    chosen = field.value.split(",") if field.many and field.value else [field.value or NOTHING]
    if field.many and len(options) <= CHECKBOXES:
        return _checkboxes(options, chosen)
    initial = [option for option in options if option["value"] in chosen]
    kind = "multi_static_select" if field.many else "static_select"
    element: Json = {"type": kind, "action_id": ANSWER, "options": options}
    if not initial:
        return element
    return element | ({"initial_options": initial} if field.many else {"initial_option": initial[0]})


def _checkboxes(options: list[Json], chosen: list[str]) -> Json:
    element: Json = {"type": "checkboxes", "action_id": ANSWER, "options": options}
    initial = [option for option in options if option["value"] in chosen]
    return element | ({"initial_options": initial} if initial else {})


def _option(value: str, label: str) -> Json:
    return {"text": plain_text(label, OPTION), "value": value or NOTHING}


def pick_block(name: str, label: str, letters: Mapping[str, str], chosen: list[str]) -> Json:
    """Checkboxes for the letters of a question; `letters` maps each value to its letter."""
    options = [{"text": mrkdwn_text(f"*{letter}*"), "value": value} for value, letter in letters.items()]
    return {
        "type": "input",
        "block_id": name,
        "label": plain_text(label, LABEL),
        "element": _checkboxes(options, chosen),
    }


def form_values(view: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by field name: texts, chosen values joined by commas, `on` for a switch."""
    answers = inner(inner(view, "state"), "values")
    return {name: _value(inner(answer, ANSWER)) for name, answer in answers.items()}


def _value(answer: Mapping[str, Any]) -> str:
    if "selected_options" in answer:
        return ",".join(_chosen(option) for option in items(answer, "selected_options"))
    if "selected_option" in answer:
        return _chosen(inner(answer, "selected_option"))
    return text(answer, "value")


def _chosen(option: Mapping[str, Any]) -> str:
    value = text(option, "value")
    return "" if value == NOTHING else value


def shown_errors(errors: FormErrors, view: Mapping[str, Any]) -> dict[str, str]:
    """The errors by block; one about no field of this form stands below its first."""
    names = [text(block, "block_id") for block in items(view, "blocks") if block.get("type") == "input"]
    shown: dict[str, str] = {}
    for name, sentence in errors.errors.items():
        place = name if name in names or not names else names[0]
        shown[place] = f"{shown[place]} {sentence}" if place in shown else sentence
    return shown
