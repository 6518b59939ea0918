"""Slack's rules for block elements."""

from __future__ import annotations

from typing import Any

from tests.fakes.slack.checks import Complaints, Json
from tests.fakes.slack.text_rules import check_text

ID = 255
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
OPTION_TEXT = 75
OPTION_VALUE = 150
CHECKBOX_OPTIONS = 10
SELECT_OPTIONS = 100
INPUT_LENGTH = 3_000
PLACEHOLDER = 150

IN_ACTIONS = ("button", "checkboxes", "static_select", "multi_static_select", "radio_buttons", "overflow")
IN_INPUT = (
    "plain_text_input",
    "checkboxes",
    "static_select",
    "multi_static_select",
    "radio_buttons",
    "file_input",
)


def check_element(say: Complaints, element: Any, path: str, allowed: tuple[str, ...]) -> None:
    """One interactive element of an allowed kind."""
    if not isinstance(element, dict) or element.get("type") not in allowed:
        say.append(f"{path}: element {element.get('type') if isinstance(element, dict) else element!r}")
        return
    if "action_id" in element:
        say.length(element["action_id"], f"{path}.action_id", ID)
    _RULES[element["type"]](say, element, path)


def _button(say: Complaints, element: Json, path: str) -> None:
    optional = ["value", "url", "style", "confirm", "accessibility_label"]
    if say.keys(element, path, ["type", "text", "action_id"], optional):
        check_text(say, element["text"], f"{path}.text", BUTTON_TEXT, plain=True)
    if element.get("style", "primary") not in ("primary", "danger"):
        say.append(f"{path}.style: {element['style']!r}")
    if "value" in element:
        say.length(element["value"], f"{path}.value", BUTTON_VALUE)
    if "accessibility_label" in element:
        say.length(element["accessibility_label"], f"{path}.accessibility_label", BUTTON_TEXT)


def _options(say: Complaints, element: Json, path: str, most: int, rich: bool) -> None:
    options = say.count(element.get("options"), f"{path}.options", most)
    for at, option in enumerate(options):
        where = f"{path}.options[{at}]"
        if say.keys(option, where, ["text", "value"], ["description"]):
            check_text(say, option["text"], f"{where}.text", OPTION_TEXT, plain=None if rich else True)
            say.length(option["value"], f"{where}.value", OPTION_VALUE)
    say.once([option.get("value") for option in options], f"{path}.options")
    initial = element.get("initial_options")
    if initial is not None:
        say.count(initial, f"{path}.initial_options", most)
    one = [element["initial_option"]] if "initial_option" in element else []
    for chosen in [*(initial or []), *one]:
        if chosen not in options:
            say.append(f"{path}: an initial option is none of the options")


def _checkboxes(say: Complaints, element: Json, path: str) -> None:
    say.keys(element, path, ["type", "options", "action_id"], ["initial_options", "confirm", "focus_on_load"])
    _options(say, element, path, CHECKBOX_OPTIONS, rich=True)


def _radio(say: Complaints, element: Json, path: str) -> None:
    say.keys(element, path, ["type", "options", "action_id"], ["initial_option", "confirm", "focus_on_load"])
    _options(say, element, path, CHECKBOX_OPTIONS, rich=True)


def _select(say: Complaints, element: Json, path: str) -> None:
    optional = ["placeholder", "initial_option", "confirm", "focus_on_load"]
    say.keys(element, path, ["type", "options", "action_id"], optional)
    _options(say, element, path, SELECT_OPTIONS, rich=False)


def _multi_select(say: Complaints, element: Json, path: str) -> None:
    optional = ["placeholder", "initial_options", "confirm", "focus_on_load", "max_selected_items"]
    say.keys(element, path, ["type", "options", "action_id"], optional)
    _options(say, element, path, SELECT_OPTIONS, rich=False)


def _input(say: Complaints, element: Json, path: str) -> None:
    optional = ["initial_value", "multiline", "min_length", "max_length", "placeholder", "focus_on_load"]
    say.keys(element, path, ["type", "action_id"], optional)
    most = element.get("max_length", INPUT_LENGTH)
    if not 1 <= most <= INPUT_LENGTH:
        say.append(f"{path}.max_length: {most}")
    if "initial_value" in element:
        say.length(element["initial_value"], f"{path}.initial_value", most)
    if "placeholder" in element:
        check_text(say, element["placeholder"], f"{path}.placeholder", PLACEHOLDER, plain=True)


def _file(say: Complaints, element: Json, path: str) -> None:
    say.keys(element, path, ["type", "action_id"], ["filetypes", "max_files"])
    if not 1 <= element.get("max_files", 10) <= 10:
        say.append(f"{path}.max_files: {element['max_files']}")


_RULES = {
    "button": _button,
    "checkboxes": _checkboxes,
    "radio_buttons": _radio,
    "static_select": _select,
    "multi_static_select": _multi_select,
    "plain_text_input": _input,
    "file_input": _file,
}
