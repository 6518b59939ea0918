"""No sentence reaches people past the catalogues: texts in the sources that nobody has marked."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.jslexer import tokenize

from bot.wording.catalogues import ROOT, SAYING, SCRIPTS, SOURCES
from bot.wording.scripts import said_in

FOR_OPERATORS = (
    # What is wrong with the settings, the network or the disk: in logs, `doctor`, and where the program ends.
    "adapters/discord/adapter.py", "adapters/discord/client.py", "adapters/discord/closing.py",
    "adapters/discord/doctor", "adapters/slack/config.py", "adapters/slack/doctor", "adapters/slack/workspaces.py",
    "adapters/slack/adapter.py", "adapters/slack/socket_mode.py", "adapters/web/adapter.py",
    "adapters/web/schema.py",
    # An app's registration, its permissions and its installation, before any place has a language.
    "adapters/discord/invite.py", "adapters/slack/manifest.py", "adapters/slack/oauth.py",
    # Why a delivery failed, as the log has it.
    "adapters/discord/faults.py", "adapters/discord/tracing.py", "adapters/discord/messenger.py",
    "adapters/slack/messenger.py", "adapters/slack/errors.py", "adapters/web/messenger.py",
    "bot/tutor/delivery.py",
)  # fmt: skip
FOR_PROGRAMS = (
    "adapters/discord/addresses.py",  # what we are called in requests
    "adapters/web/archive.py",  # SQL
    "adapters/web/journal.py",  # SQL, and faults of the disk
    "adapters/web/assets.py",  # kinds of files; a wrong address
    "adapters/web/files.py",  # headers; a wrong address
    "adapters/slack/door.py",  # to senders that are not Slack
    "adapters/slack/library_log.py",  # what a library logs
    "bot/bank/generators",  # why an option of a drawn question is wrong is content
)
BROKEN_PROMISES = re.compile(
    r"^(a night without|an empty bank|every zone|pauses end|starting or|not a payload)"
)
COMMAND = re.compile(r"^(bank|exam|mock|mydata|review|schedule|offset|application)\b")
SENTENCE = re.compile(r"^\s?[A-Za-zÄÖÜäöü][\w'’]*,? \S*[a-z]")


def unmarked(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Texts of several words that are no argument of a function that speaks, and no docstring."""
    known: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in SAYING or name in ("debug", "info", "warning", "error", "exception"):
                known |= {id(each) for each in ast.walk(node)}
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            known |= {id(each.value) for each in node.body if isinstance(each, ast.Expr)}
        elif isinstance(node, ast.Expr):
            known.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in known:
            yield node.lineno, node.value


def sentences(path: Path) -> list[str]:
    """Those of a module that look like something to read."""
    found = unmarked(ast.parse(path.read_text(encoding="utf-8")))
    return [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for line, text in found
        if SENTENCE.match(text) and not BROKEN_PROMISES.match(text) and not COMMAND.match(text)
    ]


def test_every_sentence_of_the_sources_is_marked() -> None:
    aside = FOR_OPERATORS + FOR_PROGRAMS
    paths = [path for folder in SOURCES for path in sorted((ROOT / folder).rglob("*.py"))]
    read = [path for path in paths if not path.relative_to(ROOT).as_posix().startswith(aside)]
    assert len(read) > 150
    assert [each for path in read for each in sentences(path)] == []


def test_each_exception_is_still_needed() -> None:
    paths = [path for folder in SOURCES for path in (ROOT / folder).rglob("*.py")]
    speaking = {path.relative_to(ROOT).as_posix() for path in paths if sentences(path)}
    assert [
        aside for aside in FOR_OPERATORS + FOR_PROGRAMS if not any(p.startswith(aside) for p in speaking)
    ] == []


@pytest.mark.parametrize("text", ["Press it again.", " and more", "Nobody answered"])
def test_a_sentence_is_found(text: str) -> None:
    tree = ast.parse(
        f'def told() -> str:\n    """A docstring is not said."""\n    return {text!r} + _("Said.")'
    )
    assert [found for _, found in unmarked(tree) if SENTENCE.match(found)] == [text]


NO_WORDS = {
    "icon icon-",
    "noopener noreferrer",
    "Alt",
    "Ada",
    "ArrowDown",
    "ArrowUp",
    "Cloudlark",
    "Content-Type",
    "Enter",
    "Esc",
    "Escape",
    "Tab",
}


def shown(script: str) -> list[str]:
    """The texts of a script that look like something to read and are not marked."""
    tokens = [token for token in tokenize(script) if not token.type.endswith("comment")]
    found, marked = [], False
    for before, token in pairwise(tokens):
        if token.type not in ("string", "template_string"):
            marked = (before.value in ("_", "plural") and token.value == "(") or (
                marked and token.value == ","
            )
            continue
        text = re.sub(r"\$\{[^}]*\}", "", token.value[1:-1])
        if not marked and text not in NO_WORDS and re.search(r"^[A-Z][a-z]|(^|[a-z]{2}) [a-z]{2}", text):
            found.append(text)
    return found


@pytest.mark.parametrize("path", sorted((ROOT / SCRIPTS).rglob("*.js")), ids=lambda path: path.stem)
def test_every_sentence_of_a_script_is_marked(path: Path) -> None:
    assert shown(path.read_text(encoding="utf-8")) == []


def test_a_sentence_of_a_script_is_found() -> None:
    script = (
        'h("p.x", { title: "Send" }, `${n} of us`, _("Said"), plural("{n} ab", "{n} abs so", n), "not yet");'
    )
    assert shown(script) == ["Send", " of us", "not yet"]


def test_the_marked_sentences_of_scripts_are_all_collected() -> None:
    for path in (ROOT / SCRIPTS).rglob("*.js"):
        script = path.read_text(encoding="utf-8")
        assert len(re.findall(r'\b_\("|\bplural\("', script)) == len(list(said_in(script.encode()))), path
