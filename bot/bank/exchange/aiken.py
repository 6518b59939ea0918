"""Plain text, as Aiken writes it: a question, options A to F, and a line that names the answer.

    When do we ship?
    A. On Monday
    B. On Friday
    ANSWER: A

`EXPLANATION:` and `TOPIC:` lines are understood besides, several answers stand with commas between, and lines
`A) ...` count like `A. ...`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.bank.exchange.drafts import MOST_CHOICES, MOST_DRAFTS, Choice, Draft, ExchangeError, Parsed, Subject

LETTERS = "ABCDEF"
_OPTION = re.compile(r"\s*([A-Fa-f])[.)]\s+(.*)")
_ANSWER = re.compile(r"\s*(?:ANSWER|CORRECT|KEY)\s*:\s*(.*)", re.IGNORECASE)
_EXPLANATION = re.compile(r"\s*(?:EXPLANATION|FEEDBACK)\s*:\s*(.*)", re.IGNORECASE)
_TOPIC = re.compile(r"\s*TOPIC\s*:\s*(.*)", re.IGNORECASE)


def write(drafts: Iterable[Draft]) -> bytes:
    """The drafts as plain text."""
    topic = ""
    blocks: list[str] = []
    for draft in drafts:
        left = holds(draft)
        if left.topic.name != topic:
            topic = left.topic.name
            blocks.append(f"TOPIC: {topic}")
        blocks.append("\n".join(_lines(left)))
    return ("\n\n".join(blocks) + "\n").encode()


def holds(draft: Draft) -> Draft:
    """Texts without reasons, each on a line of its own."""
    choices = tuple(Choice(_one_line(choice.text), choice.right) for choice in draft.choices)
    return Draft(
        _guarded(_one_line(draft.stem)), choices, topic=Subject(name=_one_line(draft.topic.name or draft.topic.slug)),
        explanation=_one_line(draft.explanation),
    )  # fmt: skip


def read(data: bytes) -> Parsed:
    """The questions in a text. Raises ExchangeError for what has none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError("The file is not UTF-8.") from error
    drafts, lost, topic = list[Draft](), list[str](), ""
    for line, block in _blocks(text):
        where = f"Line {line}: "
        if len(block.stem) == 1 and not block.options and (named := _TOPIC.fullmatch(block.stem[0])):
            topic = named[1].strip()
        elif not block.options or not block.answer:
            lost.append(f"{where}this is no question with options A, B ... and an ANSWER line.")
        elif len(block.options) > MOST_CHOICES:
            lost.append(f"{where}it has {len(block.options):,} options.")
        else:
            drafts.append(_draft(block, topic, where))
        if len(drafts) + len(lost) > MOST_DRAFTS:
            raise ExchangeError(f"The file holds more than {MOST_DRAFTS:,} questions.")
    if not drafts:
        raise ExchangeError("There is no question with options A, B ... and an ANSWER line in the text.")
    return Parsed(tuple(drafts), tuple(lost))


@dataclass
class _Block:
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, list[str]]] = field(default_factory=list)
    answer: str = ""
    explanation: list[str] = field(default_factory=list)

    def take(self, line: str) -> None:
        if found := _OPTION.fullmatch(line):
            self.options.append((found[1].upper(), [found[2].strip()]))
        elif self.options and (found := _ANSWER.fullmatch(line)):
            self.answer = found[1]
        elif self.options and (found := _EXPLANATION.fullmatch(line)):
            self.explanation = [found[1].strip()]
        elif self.explanation:
            self.explanation.append(line.strip())
        elif self.options:
            self.options[-1][1].append(line.strip())
        else:
            self.stem.append(line.strip())


def _blocks(text: str) -> Iterator[tuple[int, _Block]]:
    block, begun = _Block(), 1
    for number, line in enumerate(re.split("\r\n?|\n", text), 1):
        if line.strip():
            begun = begun if block.stem or block.options else number
            block.take(line)
        elif block.answer or (len(block.stem) == 1 and _TOPIC.fullmatch(block.stem[0])):
            # People leave lines empty inside a question, but not behind its answer.
            yield begun, block
            block = _Block()
    if block.stem or block.options:
        yield begun, block


def _draft(block: _Block, topic: str, where: str) -> Draft:
    right = set(re.findall(r"\b[A-F]\b", block.answer.upper()))
    choices = tuple(Choice(" ".join(lines), letter in right) for letter, lines in block.options)
    stem = " ".join(line for line in block.stem if line)
    explanation = " ".join(block.explanation)
    return Draft(stem, choices, topic=Subject(name=topic), explanation=explanation, where=where)


def _lines(draft: Draft) -> Iterator[str]:
    yield draft.stem
    for letter, choice in zip(LETTERS, draft.choices, strict=False):
        yield f"{letter}. {choice.text}"
    key = ", ".join(letter for letter, choice in zip(LETTERS, draft.choices, strict=False) if choice.right)
    yield f"ANSWER: {key}"
    if draft.explanation:
        yield f"EXPLANATION: {draft.explanation}"


def _guarded(stem: str) -> str:
    """A stem that is not taken for an option or a topic."""
    return f"- {stem}" if _OPTION.fullmatch(stem) or _TOPIC.fullmatch(stem) else stem


def _one_line(text: str) -> str:
    return " ".join(text.split())
