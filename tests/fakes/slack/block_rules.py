"""Slack's rules for blocks and views. The functions return complaints; an empty list is approval."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.checks import Complaints, Json
from tests.fakes.slack.element_rules import ID, IN_ACTIONS, IN_INPUT, check_element
from tests.fakes.slack.text_rules import check_text

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_JSON = 13_200
VIEW_JSON = 250_000
METADATA = 3_000
TITLE = 24


def message_faults(blocks: Any) -> list[str]:
    """What is wrong with a message's blocks."""
    say = Complaints()
    found = say.count(blocks, "blocks", MESSAGE_BLOCKS, least=0)
    _check_all(say, found, "message")
    return say


def too_long(blocks: Any) -> bool:
    """Whether Slack would answer msg_blocks_too_long."""
    return len(json.dumps(blocks, ensure_ascii=False)) > MESSAGE_JSON


def view_faults(view: Any) -> list[str]:
    """What is wrong with a modal or a Home tab."""
    say = Complaints()
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return ["view.type"]
    modal = view["type"] == "modal"
    optional = ["private_metadata", "callback_id", "clear_on_close", "notify_on_close", "external_id"]
    if modal:
        say.keys(view, "view", ["type", "title", "blocks"], [*optional, "close", "submit"])
        for name in ("title", "submit", "close"):
            if name in view:
                check_text(say, view[name], f"view.{name}", TITLE, plain=True)
    else:
        say.keys(view, "view", ["type", "blocks"], optional)
    say.length(view.get("callback_id", "x"), "view.callback_id", ID)
    say.length(view.get("private_metadata", ""), "view.private_metadata", METADATA, least=0)
    blocks = say.count(view.get("blocks"), "view.blocks", VIEW_BLOCKS, least=0)
    _check_all(say, blocks, view["type"])
    if modal and any(block.get("type") == "input" for block in blocks) and "submit" not in view:
        say.append("view.submit: required when there are inputs")
    if len(json.dumps(view)) > VIEW_JSON:
        say.append("view: view_too_large")
    return say


def _check_all(say: Complaints, blocks: list[Any], surface: str) -> None:
    for at, block in enumerate(blocks):
        path = f"{surface}[{at}]"
        kind = block.get("type") if isinstance(block, dict) else None
        if kind not in _RULES or (kind == "input" and surface == "home"):
            say.append(f"{path}: block {kind!r}")
            continue
        if "block_id" in block:
            say.length(block["block_id"], f"{path}.block_id", ID)
        _RULES[kind](say, block, path)
    sound = [block for block in blocks if isinstance(block, dict)]
    say.once([block.get("block_id") for block in sound], f"{surface}: block_id")
    say.once([e.get("action_id") for e in elements(sound) if surface == "message"], f"{surface}: action_id")


def elements(blocks: list[Json]) -> Iterator[Json]:
    """All interactive elements of blocks."""
    for block in blocks:
        if block.get("type") == "actions":
            yield from block.get("elements", [])
        for key in ("accessory", "element"):
            if isinstance(block.get(key), dict):
                yield block[key]


def _header(say: Complaints, block: Json, path: str) -> None:
    if say.keys(block, path, ["type", "text"], ["block_id"]):
        check_text(say, block["text"], f"{path}.text", 150, plain=True)


def _section(say: Complaints, block: Json, path: str) -> None:
    say.keys(block, path, ["type"], ["text", "fields", "accessory", "block_id", "expand"])
    if "text" not in block and "fields" not in block:
        say.append(f"{path}: neither text nor fields")
    if "text" in block:
        check_text(say, block["text"], f"{path}.text", 3_000)
    if "fields" in block:
        for at, field in enumerate(say.count(block["fields"], f"{path}.fields", 10)):
            check_text(say, field, f"{path}.fields[{at}]", 2_000)


def _context(say: Complaints, block: Json, path: str) -> None:
    if say.keys(block, path, ["type", "elements"], ["block_id"]):
        for at, element in enumerate(say.count(block["elements"], f"{path}.elements", 10)):
            check_text(say, element, f"{path}.elements[{at}]", 3_000)


def _actions(say: Complaints, block: Json, path: str) -> None:
    if say.keys(block, path, ["type", "elements"], ["block_id"]):
        for at, element in enumerate(say.count(block["elements"], f"{path}.elements", 25)):
            check_element(say, element, f"{path}.elements[{at}]", IN_ACTIONS)


def _divider(say: Complaints, block: Json, path: str) -> None:
    say.keys(block, path, ["type"], ["block_id"])


def _input(say: Complaints, block: Json, path: str) -> None:
    if say.keys(
        block, path, ["type", "label", "element"], ["block_id", "hint", "optional", "dispatch_action"]
    ):
        check_text(say, block["label"], f"{path}.label", 2_000, plain=True)
        check_element(say, block["element"], f"{path}.element", IN_INPUT)
    if "hint" in block:
        check_text(say, block["hint"], f"{path}.hint", 2_000, plain=True)


_RULES = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "divider": _divider,
    "input": _input,
}
