"""GIFT, the text format of Moodle and many others: https://docs.moodle.org/en/GIFT_format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from bot.bank.exchange.categories import named, path_of, subject_of
from bot.bank.exchange.drafts import MOST_CHOICES, MOST_DRAFTS, Choice, Draft, ExchangeError, Parsed, Subject
from bot.bank.exchange.markup import has_media, plain_of
from bot.bank.exchange.weights import judged

LONGEST = 100_000
"""Characters of a question, with all that is said about it."""
LONGEST_TAGS = 1_000
_SPECIAL = re.compile(r"[\\~=#{}:]")
_TAG = re.compile(r"\[(id|tag):((?:[^\]\\]|\\.){0,400})\]")
_WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:\.[0-9]*)?)%")
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
_TRUTH = re.compile(r"(?i)(t|true|f|false)")


def write(drafts: Iterable[Draft]) -> bytes:
    """The drafts as GIFT in UTF-8, each below its category, id and tags."""
    blocks: list[str] = []
    topic: Subject | None = None
    for draft in drafts:
        if draft.topic != topic:
            topic = draft.topic
            blocks.append(f"$CATEGORY: {path_of(topic)}")
        blocks.append(_block(draft))
    return ("\n\n".join(blocks) + "\n").encode()


def holds(draft: Draft) -> Draft:
    """Everything but facts, confusions, generators and more of a topic than its name."""
    choices = tuple(replace(choice, confuses="") for choice in draft.choices)
    return replace(
        draft, choices=choices, topic=named(draft.topic), facts=(), generator="", ranges={}, fixed={}
    )


def read(data: bytes) -> Parsed:
    """The multiple-choice and true-false questions in a file. Raises ExchangeError for what is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError("The file is not UTF-8.") from error
    reader = _Reader()
    for line, block in _blocks(text):
        reader.take(line, block)
        if len(reader.drafts) + len(reader.lost) > MOST_DRAFTS:
            raise ExchangeError(f"The file holds more than {MOST_DRAFTS:,} questions.")
    if not reader.drafts and not reader.lost:
        raise ExchangeError("There is no question in GIFT in the file.")
    return Parsed(tuple(reader.drafts), tuple(reader.lost))


def _block(draft: Draft) -> str:
    tags = [
        ("id", draft.id),
        ("tag", draft.style),
        ("tag", f"difficulty-{draft.difficulty}" if draft.difficulty else ""),
    ]
    marks = " ".join(f"[{name}:{_tagged(value)}]" for name, value in tags if value)
    title = f"::{_escaped(draft.id)}:: " if draft.id else ""
    lines = [f"// {marks}"] if marks else []
    lines.append(f"{title}[plain]{_bare(draft.stem)} {{")
    right = sum(choice.right for choice in draft.choices)
    lines += [f"\t{_option(choice, right)}" for choice in draft.choices]
    return "\n".join([*lines, *([f"\t####{_escaped(draft.explanation)}"] if draft.explanation else []), "}"])


def _option(choice: Choice, right: int) -> str:
    weight = f"~%{100 / max(right, 1):.7g}%" if choice.right else "~%-100%"
    mark = weight if right != 1 else "=" if choice.right else "~"
    why = f" #{_escaped(choice.why)}" if choice.why else ""
    return f"{mark}{_escaped(choice.text)}{why}"


def _bare(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _escaped(text: str) -> str:
    shown = _bare(text)
    # A percent sign or a bracket in front would be read as a weight or a format.
    return f"[plain]{shown}" if shown.startswith(("%", "[")) else shown


def _tagged(text: str) -> str:
    return re.sub(r"[\]\\]", r"\\\g<0>", _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


@dataclass
class _Reader:
    """What was read so far; a category holds for all that follows it."""

    topic: Subject = field(default_factory=Subject)
    drafts: list[Draft] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def take(self, line: int, block: list[str]) -> None:
        where = f"Line {line}: "
        tags: list[tuple[str, str]] = []
        lines = []
        for each in block:
            if each.lstrip().startswith("//"):
                tags += [
                    (found[1], re.sub(r"\\(.)", r"\1", found[2]))
                    for found in _TAG.finditer(each[:LONGEST_TAGS])
                ]
            elif each.lstrip().startswith("$CATEGORY:"):
                self.topic = subject_of(each.partition(":")[2])
            else:
                lines.append(each)
        text = "\n".join(lines).strip()
        if not text:
            return
        try:
            self.drafts.append(_draft(text, tags, self.topic, where, self.lost))
        except ValueError as error:
            self.lost.append(f"{where}{error}.")


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines without an empty one between, each with the number of its first line."""
    block: list[str] = []
    depth = 0
    for number, line in enumerate(re.split("\r\n?|\n", text), 1):
        comment = line.lstrip().startswith(("//", "$CATEGORY:"))
        if line.strip() or depth:
            block.append(line)
            depth += 0 if comment else len(_unescaped(line, "{")) - len(_unescaped(line, "}"))
            depth = max(depth, 0)
        if block and not depth and (not line.strip() or line.lstrip().startswith("$CATEGORY:")):
            yield number - len(block) + bool(line.strip()), block
            block = []
    if block:
        yield number - len(block) + 1, block


def _unescaped(text: str, mark: str) -> list[int]:
    """Where a sign stands without a backslash before it."""
    return [
        found.start() for found in re.finditer(rf"\\.|{re.escape(mark)}", text, re.DOTALL) if found[0] == mark
    ]


def _draft(text: str, marks: list[tuple[str, str]], topic: Subject, where: str, lost: list[str]) -> Draft:
    """The question in a block; what it loses goes to `lost`. Raises ValueError where it has no options."""
    if len(text) > LONGEST:
        raise ValueError(f"it has {len(text):,} characters")
    title, tags = "", [value for name, value in marks if name == "tag"]
    if text.startswith("::") and (end := re.search(r"(?<!\\)::", text[2:])):
        title, text = text[2 : 2 + end.start()], text[end.end() + 2 :].lstrip()
    opened, closed = _unescaped(text, "{"), _unescaped(text, "}")
    if not opened or not closed or closed[-1] < opened[0]:
        raise ValueError("it is no question with answers in braces")
    before, inside, after = text[: opened[0]], text[opened[0] + 1 : closed[-1]], text[closed[-1] + 1 :]
    answers, _, general = _parted(inside, "####")
    html, stem = _worded(before, "")
    if after.strip():
        stem = f"{stem} _____ {_worded(after, html)[1]}"
    style = next((tag for tag in tags if tag in ("scenario", "direct")), "")
    difficulty = next((int(tag[-1]) for tag in tags if re.fullmatch("difficulty-[1-3]", tag)), 0)
    choices, partly = _choices(answers, html)
    lost += [f"{where}{partly}."] if partly else []
    lost += (
        [f"{where}pictures or sounds were left out."] if html == "html" and has_media(_plain(text)) else []
    )
    return Draft(
        stem, choices, dict(marks).get("id", "") or _plain(title), topic,
        _worded(general, html)[1], style, difficulty, where=where,
    )  # fmt: skip


def _choices(inside: str, html: str) -> tuple[tuple[Choice, ...], str]:
    """The options between the braces, and the end of a sentence where they lose something."""
    plain = inside.strip()
    if not plain:
        raise ValueError("an essay has no options")
    if plain.startswith("#"):
        raise ValueError("a number to be typed has no options")
    parts = _split(plain, "=~")
    if len(parts) > MOST_CHOICES:
        raise ValueError(f"it has {len(parts) - 1:,} options")
    if _TRUTH.fullmatch(_split(plain, "#")[0][1].strip()):
        return _truth(plain, html), ""
    marks = [mark for mark, _ in parts if mark]
    if "~" not in marks:
        kind = "matching pairs have" if "->" in plain else "an answer to be typed has"
        raise ValueError(f"{kind} no wrong options")
    weighed = [_weighed(mark, body, html) for mark, body in parts if mark]
    right, partly = judged([weight for _, weight in weighed])
    return tuple(
        replace(choice, right=is_right) for (choice, _), is_right in zip(weighed, right, strict=True)
    ), partly


def _truth(plain: str, html: str) -> tuple[Choice, ...]:
    said, *feedback = [part for _, part in _split(plain, "#")]
    right = said.strip().casefold() in ("t", "true")
    wrong_why, right_why = ([_worded(each, html)[1] for each in feedback] + ["", ""])[:2]
    whys = {right: right_why, not right: wrong_why}
    return tuple(
        Choice(text, truth is right, whys[truth]) for text, truth in (("True", True), ("False", False))
    )


def _weighed(mark: str, body: str, html: str) -> tuple[Choice, float]:
    text, _, why = _parted(body, "#")
    weight = 100.0 if mark == "=" else 0.0
    if found := _WEIGHT.match(text.lstrip()):
        weight, text = float(found[1]), text.lstrip()[found.end() :]
    return Choice(_worded(text, html)[1], why=_worded(why, html)[1]), weight


def _split(text: str, marks: str) -> list[tuple[str, str]]:
    """What stands before the first of the marks, then what follows each of them."""
    pattern = re.compile(rf"\\.|[{re.escape(marks)}]", re.DOTALL)
    cuts = [found for found in pattern.finditer(text) if len(found[0]) == 1]
    ends = [found.start() for found in cuts] + [len(text)]
    first = [("", text[: ends[0]])]
    return first + [(cut[0], text[cut.end() : end]) for cut, end in zip(cuts, ends[1:], strict=True)]


def _parted(text: str, mark: str) -> tuple[str, str, str]:
    """The text before a mark that no backslash precedes, the mark, and the text behind it."""
    for found in re.finditer(rf"\\.|{re.escape(mark)}", text, re.DOTALL):
        if found[0] == mark:
            return text[: found.start()], mark, text[found.end() :]
    return text, "", ""


def _worded(text: str, html: str) -> tuple[str, str]:
    """A text's format, or the one of its question, and its words."""
    text = text.strip()
    if found := _FORMAT.match(text):
        html, text = found[1], text[found.end() :].strip()
    words = _plain(text)
    return html, plain_of(words) if html == "html" else words.strip()


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text, flags=re.DOTALL)
