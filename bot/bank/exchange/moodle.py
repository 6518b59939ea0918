"""Moodle XML: https://docs.moodle.org/en/Moodle_XML_format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bot.bank.exchange.categories import named, path_of, subject_of
from bot.bank.exchange.drafts import MOST_CHOICES, Choice, Draft, ExchangeError, Parsed, Subject
from bot.bank.exchange.markup import has_media, plain_of
from bot.bank.exchange.weights import judged
from bot.bank.exchange.xml_safe import parsed

KINDS = {
    "essay": "an essay", "shortanswer": "an answer to be typed", "numerical": "a number to be typed",
    "matching": "matching pairs", "cloze": "a text with gaps", "description": "a description without a question",
    "calculated": "a calculated number", "ddwtos": "words to be dragged", "gapselect": "words to be chosen in gaps",
}  # fmt: skip


def write(drafts: Iterable[Draft]) -> bytes:
    """The drafts as a Moodle question bank, each below its category."""
    quiz = Element("quiz")
    topic: Subject | None = None
    for draft in drafts:
        if draft.topic != topic:
            topic = draft.topic
            category = SubElement(SubElement(quiz, "question", type="category"), "category")
            SubElement(category, "text").text = path_of(topic)
        quiz.append(_question(draft))
    indent(quiz)
    return bytes(tostring(quiz, "utf-8", xml_declaration=True))


def holds(draft: Draft) -> Draft:
    """Everything but facts, confusions, generators and more of a topic than its name."""
    choices = tuple(replace(choice, confuses="") for choice in draft.choices)
    return replace(
        draft, choices=choices, topic=named(draft.topic), facts=(), generator="", ranges={}, fixed={}
    )


def read(data: bytes) -> Parsed:
    """The multiple-choice and true-false questions of a question bank. Raises ExchangeError for what is none."""
    root = parsed(data)
    if root.tag != "quiz":
        raise ExchangeError("This XML is no Moodle question bank: its root is not called quiz.")
    topic, drafts, lost = Subject(), list[Draft](), list[str]()
    for number, question in enumerate(root.iterfind("question"), 1):
        kind, where = question.get("type", ""), f"Question {number}: "
        if kind == "category":
            topic = subject_of(_text(question.find("category")))
        elif kind in ("multichoice", "truefalse") and len(question) > 2 * MOST_CHOICES:
            lost.append(f"{where}it has too many options.")
        elif kind in ("multichoice", "truefalse"):
            draft, partly = _draft(question, kind, topic, where)
            drafts.append(draft)
            lost += [f"{where}{sentence}." for sentence in (*_losses(question), partly) if sentence]
        else:
            lost.append(
                f"{where}{KINDS.get(kind, kind or 'something without a type')} has no options to choose from."
            )
    return Parsed(tuple(drafts), tuple(lost))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _question(draft: Draft) -> Element:
    question = Element("question", type="multichoice")
    _worded(question, "name", _one_line(draft.stem)[:80])
    _worded(question, "questiontext", draft.stem, "plain_text")
    _worded(question, "generalfeedback", draft.explanation, "plain_text")
    right = sum(choice.right for choice in draft.choices)
    for name, value in (
        ("defaultgrade", "1"), ("penalty", "0"), ("hidden", "0"), ("idnumber", draft.id),
        ("single", "true" if right == 1 else "false"), ("shuffleanswers", "true"), ("answernumbering", "ABCD"),
    ):  # fmt: skip
        SubElement(question, name).text = value
    for choice in draft.choices:
        question.append(_answer(choice, right))
    marks = [draft.style, f"difficulty-{draft.difficulty}" if draft.difficulty else ""]
    if any(marks):
        tags = SubElement(question, "tags")
        for mark in filter(None, marks):
            _worded(tags, "tag", mark)
    return question


def _answer(choice: Choice, right: int) -> Element:
    wrong = "0" if right == 1 else "-100"
    fraction = f"{100 / max(right, 1):.7g}" if choice.right else wrong
    answer = Element("answer", fraction=fraction, format="plain_text")
    SubElement(answer, "text").text = choice.text
    _worded(answer, "feedback", choice.why, "plain_text")
    return answer


def _worded(parent: Element, name: str, text: str, format: str = "") -> None:
    child = SubElement(parent, name, {"format": format} if format else {})
    SubElement(child, "text").text = text


def _draft(question: Element, kind: str, topic: Subject, where: str) -> tuple[Draft, str]:
    """The question, and the end of a sentence where its answers lose something."""
    tags = [_text(tag) for tag in question.iterfind("tags/tag")]
    answers = list(question.iterfind("answer"))
    right, partly = judged(list(map(_weight, answers)))
    draft = Draft(
        _text(question.find("questiontext")),
        tuple(_choice(answer, kind, is_right) for answer, is_right in zip(answers, right, strict=True)),
        (question.findtext("idnumber") or "").strip(),
        topic,
        _text(question.find("generalfeedback")),
        next((tag for tag in tags if tag in ("scenario", "direct")), ""),
        next((int(tag[-1]) for tag in tags if re.fullmatch("difficulty-[1-3]", tag)), 0),
        where=where,
    )
    return draft, partly


def _weight(answer: Element) -> float:
    try:
        return float(answer.get("fraction", "0"))
    except ValueError:
        return 0.0


def _choice(answer: Element, kind: str, right: bool) -> Choice:
    text = _text(answer)
    return Choice(text.capitalize() if kind == "truefalse" else text, right, _text(answer.find("feedback")))


def _text(element: Element | None) -> str:
    """The words of an element: of its `text`, without markup where it is HTML."""
    if element is None:
        return ""
    words = element.findtext("text") or ""
    return plain_of(words) if _is_marked(element) else words.strip()


def _is_marked(element: Element) -> bool:
    return element.get("format", "") in ("html", "moodle_auto_format") or (
        "format" not in element.attrib
        and element.tag in ("questiontext", "answer", "feedback", "generalfeedback")
    )


def _losses(question: Element) -> list[str]:
    """Ends of sentences about what words cannot hold."""
    texts = [each.findtext("text") or "" for each in question.iter() if _is_marked(each)]
    has_files = question.find(".//file") is not None
    return ["pictures or sounds were left out"] if has_files or any(map(has_media, texts)) else []
