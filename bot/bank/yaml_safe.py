"""YAML read as plain data, within bounds, whoever wrote it.

Dates stay strings, repeated keys, tags and numbers without measure are refused, and a file that is too
large, too deep or full of aliases is turned away before anything is built from it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 2_000_000
MAX_DEPTH = 12
MAX_ALIASES = 16
MAX_EXPANDED = 4_000_000
"""Characters when every alias is written out."""
MAX_VALUES = 100_000
MAX_NUMBER = 2**63
MAX_DIGITS = 40

_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class YamlError(ValueError):
    """Text that is not YAML, or more of it than is read here. `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class _Loader(yaml.CSafeLoader):
    """libyaml's safe loader that keeps dates as text and refuses a key given twice."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the library's own class attribute
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping, or a ConstructorError that names the repeated key."""
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key.value, str) and key.value in seen:
                problem = f"the key {key.value!r} stands here twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            if isinstance(key.value, str):
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def _whole_number(loader: _Loader, node: yaml.ScalarNode) -> int:
    """The number, or a ConstructorError for one that nothing else here could hold or even write down."""
    _check_digits(node)
    number: int = loader.construct_yaml_int(node)
    if abs(number) >= MAX_NUMBER:
        raise yaml.constructor.ConstructorError(None, None, "a number is too large", node.start_mark)
    return number


def _real_number(loader: _Loader, node: yaml.ScalarNode) -> float:
    """The number, or a ConstructorError for one of too many digits."""
    _check_digits(node)
    return float(loader.construct_yaml_float(node))


def _check_digits(node: yaml.ScalarNode) -> None:
    # Numbers to the base of 60, which YAML knows, take time by the square of their digits.
    if len(node.value) > MAX_DIGITS:
        raise yaml.constructor.ConstructorError(None, None, "a number is too large", node.start_mark)


_Loader.add_constructor("tag:yaml.org,2002:int", _whole_number)
_Loader.add_constructor("tag:yaml.org,2002:float", _real_number)


def read_text(path: Path) -> str:
    """A file's text. Raises YamlError when it is too large, unreadable or not UTF-8."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise YamlError(1, f"the file is larger than {MAX_BYTES:,} bytes")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise YamlError(1, f"the file cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise YamlError(line, "the file is not UTF-8") from error


def parse(text: str) -> Any:
    """Plain data: dicts, lists, strings, numbers, booleans, None. Raises YamlError."""
    try:
        _check_bounds(text)
        return yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(_line(mark), f"not valid YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, YamlError):
            raise
        raise YamlError(1, f"not valid YAML: {str(error).splitlines()[0]}") from error


def _check_bounds(text: str) -> None:
    """Walks the events, which need no recursion, and raises YamlError beyond a bound."""
    anchors: list[str | None] = []
    sizes, known, aliases = [0], dict[str, int](), 0
    for count, event in enumerate(yaml.parse(text, _Loader)):
        if isinstance(event, yaml.CollectionStartEvent):
            anchors.append(event.anchor)
            sizes.append(0)
        elif isinstance(event, yaml.CollectionEndEvent):
            _measure(anchors.pop(), sizes.pop(), sizes, known)
        elif isinstance(event, yaml.ScalarEvent):
            _measure(event.anchor, len(event.value), sizes, known)
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
            _measure(None, known.get(event.anchor or "", 0), sizes, known)
        if sizes[-1] > MAX_EXPANDED:
            raise YamlError(_line(event.start_mark), "refused: its aliases stand for more than fits")
        if count > MAX_VALUES:
            raise YamlError(_line(event.start_mark), f"refused: over {MAX_VALUES:,} values")
        if fault := _fault(event, anchors, aliases):
            raise YamlError(_line(event.start_mark), fault)


def _measure(anchor: str | None, size: int, sizes: list[int], known: dict[str, int]) -> None:
    """Add a value's size to what it stands in, and keep it under its anchor."""
    sizes[-1] += size + 1
    if anchor is not None:
        known[anchor] = size


def _fault(event: yaml.Event, anchors: Sequence[str | None], aliases: int) -> str:
    """What is wrong with an event inside collections with these anchors."""
    if getattr(event, "tag", None) is not None:
        # The library's own constructors break on tagged nonsense such as `!!bool perhaps`.
        return "not valid YAML: tags are not read here"
    if isinstance(event, yaml.AliasEvent) and event.anchor in anchors:
        return "refused: an alias within what it stands for"
    if len(anchors) > MAX_DEPTH:
        return f"refused: nested deeper than {MAX_DEPTH}"
    return f"refused: over {MAX_ALIASES} aliases" if aliases > MAX_ALIASES else ""


def line_of(text: str, keys: Sequence[str | int]) -> int:
    """The line on which the value under `keys` begins, or that of its nearest existing parent.

    The text must have passed `parse`.
    """
    return lines_of(text, [keys])[0]


def lines_of(text: str, paths: Iterable[Sequence[str | int]]) -> list[int]:
    """The lines of several values, as `line_of` finds them; the text is taken apart once."""
    root = yaml.compose(text, _Loader)
    return [_line_under(root, keys) for keys in paths]


def _line_under(root: yaml.Node | None, keys: Sequence[str | int]) -> int:
    node, line = root, 1
    for key in keys:
        found = _child(node, key)
        if found is None:
            break
        line, node = found
    return line


def _line(mark: Any) -> int:
    return int(mark.line) + 1 if mark else 1


def _child(node: yaml.Node | None, key: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return _line(name.start_mark), value
    elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        child: yaml.Node = node.value[key]
        return _line(child.start_mark), child
    return None
