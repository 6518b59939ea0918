"""The rules of Discord's component reference, for messages and for modals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.fakes.discord.refusals import check

ROW, BUTTON, SELECT, INPUT, SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR = (
    1,
    2,
    3,
    4,
    9,
    10,
    11,
    12,
    13,
    14,
)
CONTAINER, LABEL, FILE_UPLOAD, CHECKBOX = 17, 18, 19, 23
TOP = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER)
IN_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)

Component = Mapping[str, Any]


def check_layout(components: Sequence[Component], attachments: Sequence[str]) -> None:
    """Refuse what Discord refuses in a message with the components flag."""
    every = list(walk(components))
    check(bool(components), "components", "a message must have some")
    check(len(every) <= 40, "components", f"{len(every)} components, at most 40")
    texts = sum(len(component["content"]) for component in every if component["type"] == TEXT)
    check(texts <= 4000, "components", f"texts of {texts} characters together, at most 4000")
    _check_unique([c["custom_id"] for c in every if "custom_id" in c], "custom_id")
    _check_unique([c["id"] for c in every if c.get("id")], "id")
    for component in components:
        check(component["type"] in TOP, "components", f"type {component['type']} cannot stand at the top")
    for component in every:
        _check_one(component, attachments)


def check_modal(modal: Mapping[str, Any]) -> None:
    """Refuse what Discord refuses in a modal."""
    _check_length(modal.get("title"), 1, 45, "title")
    _check_length(modal.get("custom_id"), 1, 100, "custom_id")
    components = modal.get("components", [])
    check(1 <= len(components) <= 5, "components", f"{len(components)} components, 1 to 5")
    _check_unique([c["component"].get("custom_id") for c in components if "component" in c], "custom_id")
    for component in components:
        check(component["type"] in (LABEL, TEXT), "components", f"type {component['type']} in a modal")
        if component["type"] == LABEL:
            _check_label(component)


def walk(components: Sequence[Component]) -> Iterator[Component]:
    """All components, each before those inside it."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        if "accessory" in component:
            yield from walk([component["accessory"]])


def _check_one(component: Component, attachments: Sequence[str]) -> None:
    rules = {
        ROW: _check_row,
        BUTTON: _check_button,
        SELECT: _check_select,
        SECTION: _check_section,
        TEXT: _check_text,
        CONTAINER: _check_container,
    }
    check("id" not in component or 0 <= component["id"] < 2**31, "id", "not a 32 bit integer")
    if component["type"] in rules:
        rules[component["type"]](component)
    elif component["type"] == GALLERY:
        check(1 <= len(component["items"]) <= 10, "items", "a gallery has 1 to 10")
        for item in component["items"]:
            description = item.get("description")
            check(
                description is None or 1 <= len(description) <= 1024,
                "description",
                "not 1 to 1024 characters",
            )
            _check_media(item["media"], attachments)
    elif component["type"] == FILE:
        _check_media(component["file"], attachments)
    else:
        check(component["type"] == SEPARATOR, "type", f"type {component['type']} in a message")


def _check_row(row: Component) -> None:
    types = [child["type"] for child in row["components"]]
    is_buttons = 1 <= len(types) <= 5 and set(types) == {BUTTON}
    check(is_buttons or types == [SELECT], "components", f"a row of {types}")


def _check_button(button: Component) -> None:
    check(bool(button.get("label") or button.get("emoji")), "label", "neither label nor emoji")
    check(len(button.get("label") or "") <= 80, "label", "over 80 characters")
    check(button["style"] in (1, 2, 3, 4, 5), "style", "unknown")
    if button["style"] == 5:
        check("url" in button and "custom_id" not in button, "url", "a link button needs an address only")
        check(len(button["url"]) <= 512, "url", "over 512 characters")
    else:
        _check_length(button.get("custom_id"), 1, 100, "custom_id")


def _check_select(select: Component, in_modal: bool = False) -> None:
    _check_length(select.get("custom_id"), 1, 100, "custom_id")
    options = select["options"]
    check(1 <= len(options) <= 25, "options", f"{len(options)} options, 1 to 25")
    _check_unique([option["value"] for option in options], "options")
    for option in options:
        _check_length(option["label"], 1, 100, "label")
        _check_length(option["value"], 1, 100, "value")
        check(len(option.get("description") or "") <= 100, "description", "over 100 characters")
    low, high = select.get("min_values", 1), select.get("max_values", 1)
    check(0 <= low <= high and 1 <= high <= len(options), "max_values", f"{low} to {high} of {len(options)}")
    chosen = sum(1 for option in options if option.get("default"))
    check(chosen <= high, "options", f"{chosen} chosen beforehand, at most {high}")
    check(len(select.get("placeholder") or "") <= 150, "placeholder", "over 150 characters")
    required = select.get("required", True)
    check(not in_modal or not required or low >= 1, "min_values", "0 in a field that is required")
    check(not (in_modal and "disabled" in select), "disabled", "not in a modal")


def _check_section(section: Component) -> None:
    types = [child["type"] for child in section["components"]]
    check(1 <= len(types) <= 3 and set(types) == {TEXT}, "components", f"a section of {types}")
    check(section["accessory"]["type"] in (BUTTON, THUMBNAIL), "accessory", "neither button nor thumbnail")


def _check_text(text: Component) -> None:
    _check_length(text["content"], 1, 4000, "content")


def _check_container(container: Component) -> None:
    check(bool(container["components"]), "components", "an empty container")
    for child in container["components"]:
        check(child["type"] in IN_CONTAINER, "components", f"type {child['type']} in a container")
    check(0 <= (container.get("accent_color") or 0) <= 0xFFFFFF, "accent_color", "not a colour")


def _check_media(media: Mapping[str, Any], attachments: Sequence[str]) -> None:
    scheme, _, name = media["url"].partition("://")
    check(scheme in ("attachment", "https", "http"), "url", "not an address")
    check(scheme != "attachment" or name in attachments, "url", f"no attachment {name}")


def _check_label(label: Component) -> None:
    _check_length(label.get("label"), 1, 45, "label")
    check(1 <= len(label.get("description") or "-") <= 100, "description", "over 100 characters")
    inner = label["component"]
    _check_length(inner.get("custom_id"), 1, 100, "custom_id")
    if inner["type"] == SELECT:
        _check_select(inner, in_modal=True)
    elif inner["type"] == INPUT:
        _check_input(inner)
    elif inner["type"] == FILE_UPLOAD:
        low, high = inner.get("min_values", 1), inner.get("max_values", 1)
        check(0 <= low <= high <= 10 and high >= 1, "max_values", f"{low} to {high} files")
        check(low >= 1 or not inner.get("required", True), "min_values", "0 in a field that is required")
    else:
        check(inner["type"] == CHECKBOX, "component", f"type {inner['type']} in a label")


def _check_input(field: Component) -> None:
    check(field["style"] in (1, 2), "style", "unknown")
    check("label" not in field, "label", "stands on the label around it")
    low, high = field.get("min_length") or 0, field.get("max_length") or 4000
    check(0 <= low <= high and 1 <= high <= 4000, "max_length", f"{low} to {high}")
    check(len(field.get("placeholder") or "") <= 100, "placeholder", "over 100 characters")
    check(len(field.get("value") or "") <= high, "value", "longer than its own limit")


def _check_length(text: Any, low: int, high: int, where: str) -> None:
    check(
        isinstance(text, str) and low <= len(text) <= high,
        where,
        f"not {low} to {high} characters: {text!r:.60}",
    )


def _check_unique(values: Sequence[Any], where: str) -> None:
    check(len(set(values)) == len(values), where, "repeated")
