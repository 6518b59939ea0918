"""Drafts written as files of the content format."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from bot.bank.exchange.drafts import Draft, Subject, Taught, text_of, tidy
from bot.bank.exchange.fitting import UnfitError, fitted, statement_of
from bot.bank.exchange.naming import Names, is_slug, slug_of
from bot.bank.topics import plain

Files = dict[str, bytes]
LINE = 200
LONGEST_ID = 64
TOLD_APART = 3
"""Questions that are named where the same was done to all of them."""
UNTAUGHT = "an option confuses what is not taught here"
_LINK = re.compile(r"https://\S{1,291}")
_REFERENCE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)?")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Authored:
    """The files of a content folder by their paths, a sentence for all that was changed or left out on the way,
    and how many questions there are."""

    files: Files
    said: tuple[str, ...]
    questions: int


@dataclass(slots=True)
class _Book:
    """What has been written so far."""

    today: str
    longest: int
    for_exams: bool
    subjects: dict[str, Subject]
    topics: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    questions: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    slugs: dict[Subject, str] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    fact_names: Names = field(default_factory=Names)
    spellings: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    done: dict[str, list[str]] = field(default_factory=dict)

    def tell(self) -> tuple[str, ...]:
        """A sentence for each question, or one for all where the same was done to many."""
        told = list(self.said)
        for end, questions in self.done.items():
            if len(questions) > TOLD_APART:
                told.append(f"{len(questions):,} questions: {end}.")
            else:
                told += [f"{question}: {end}." for question in questions]
        return tuple(told)


def files_of(
    drafts: Iterable[Draft],
    otherwise: Subject,
    today: dt.date,
    known: Collection[str] = (),
    longest: int = LONGEST_ID,
    *,
    for_exams: bool = True,
) -> Authored:
    """Drafts as the files of a content folder.

    Questions without a topic go to `otherwise`. Facts that bear no date count as verified `today`. Options may
    confuse what is asked with the topics `known` besides those of the file. Ids have at most `longest`
    characters. Without `for_exams` facts serve no exam, whatever the drafts say.
    """
    cleaned = [tidy(draft) for draft in drafts]
    subjects = {draft.topic.slug: draft.topic for draft in reversed(cleaned) if is_slug(draft.topic.slug)}
    book = _Book(today.isoformat(), longest, for_exams, subjects)
    for clean in cleaned:
        try:
            found, done = fitted(clean)
        except UnfitError as error:
            book.said.append(f"{clean.where}{text_of(clean)} was left out: {error}.")
            continue
        if not found.facts:
            done.append("no fact; one made of question and key stands there")
        for end in done:
            book.done.setdefault(end, []).append(f"{clean.where}{text_of(clean)}")
        _write(book, found, otherwise)
    _drop_unknown(book, known)
    return Authored(_files(book), book.tell(), sum(map(len, book.questions.values())))


def _write(book: _Book, draft: Draft, otherwise: Subject) -> None:
    topic = _topic(book, draft.topic if draft.topic != Subject() else otherwise)
    name = _name(book, draft.id, draft.stem, topic)
    taught = draft.facts or (Taught(f"{name}-fact", statement_of(draft)),)
    facts = [_fact(book, fact, topic) for fact in taught[:3]]
    question: dict[str, Any] = {
        "id": name,
        "facts": list(dict.fromkeys(facts)),
        "kind": "numeric" if draft.generator else "multiple" if sum(c.right for c in draft.choices) > 1 else "single",
        "style": draft.style if draft.style in ("scenario", "direct") else "direct",
        "difficulty": draft.difficulty if draft.difficulty in (1, 2, 3) else 2,
        "stem": draft.stem,
    }  # fmt: skip
    if draft.generator:
        ranges = {name: list(bounds) for name, bounds in draft.ranges.items()}
        question |= {"generator": draft.generator, "ranges": ranges, "fixed": dict(draft.fixed)}
    else:
        question["options"] = [
            _option(choice.text, choice.right, choice.why, choice.confuses) for choice in draft.choices
        ]
    book.questions.setdefault(topic, []).append(question | {"explanation": draft.explanation})


def _topic(book: _Book, subject: Subject) -> str:
    if subject not in book.slugs:
        wanted = subject.slug if is_slug(subject.slug) else slug_of(subject.slug or subject.name, "topic")
        same = book.topics.get(wanted)
        # A program that knows only names means the topic of that name.
        if same is not None and subject.name and same["name"] == subject.name[:LINE]:
            book.slugs[subject] = wanted
            return wanted
        slug = book.names.fresh(wanted)
        while _spelled(slug) in book.spellings:
            slug = book.names.fresh(wanted)
        book.slugs[subject] = slug
        book.topics[slug] = _topic_document(book, subject, slug)
    return book.slugs[subject]


def _topic_document(book: _Book, subject: Subject, slug: str) -> dict[str, Any]:
    name = (subject.name or slug.replace("-", " ").capitalize())[:LINE]
    if _spelled(name) in book.spellings:
        name = f"{name[: LINE - len(slug) - 3]} ({slug})"
    aliases = [alias[:LINE] for alias in subject.aliases if alias and _spelled(alias) not in book.spellings]
    book.spellings.update(map(_spelled, (slug, name, *aliases)))
    found: dict[str, Any] = {"slug": slug, "name": name, "summary": (subject.summary or name)[:LINE]}
    return found | _link(subject.link) | ({"aliases": aliases} if aliases else {})


def _spelled(text: str) -> str:
    return plain(text).replace(" ", "")


def _drop_unknown(book: _Book, known: Collection[str]) -> None:
    """Let options confuse nothing that nobody teaches."""
    for question in (question for each in book.questions.values() for question in each):
        for option in question.get("options", ()):
            confused = option.get("confuses", "")
            target = confused.partition(".")[0]
            if confused and not (
                _REFERENCE.fullmatch(confused) and (target in book.topics or target in known)
            ):
                del option["confuses"]
                book.done.setdefault(UNTAUGHT, []).append(f"“{option['text'][:60]}” ({confused[:60]})")


def _name(book: _Book, wanted: str, words: str, topic: str) -> str:
    _, dot, rest = wanted.rpartition(".")
    end = rest if _ID.fullmatch(rest) else slug_of(rest if dot or wanted else words, "question")
    whole = f"{topic}.{end}"
    return book.names.fresh(
        whole if book.names.is_free(whole) and len(whole) <= book.longest else _cut(book, whole)
    )


def _fact(book: _Book, fact: Taught, topic: str) -> str:
    owner, _, rest = fact.id.rpartition(".")
    # A question may rest on what another topic of the same file teaches.
    topic = _topic(book, book.subjects[owner]) if owner in book.subjects else topic
    end = rest if _ID.fullmatch(rest) else slug_of(rest or fact.statement, "fact")
    name = f"{topic}.{end}"
    name = name if len(name) <= book.longest else _cut(book, name)
    document = _fact_document(book, fact)
    while name in book.facts and book.facts[name] != document | {"id": name}:
        name = book.fact_names.fresh(_cut(book, f"{topic}.{end}"))
    book.facts.setdefault(name, {"id": name} | document)
    return name


def _cut(book: _Book, name: str) -> str:
    """A name with room for a number behind it."""
    return name[: book.longest - 5].rstrip("-.")


def _fact_document(book: _Book, fact: Taught) -> dict[str, Any]:
    when = fact.verified_on if _is_day(fact.verified_on) else book.today
    found: dict[str, Any] = {"statement": fact.statement[:600] or "?", "verified_on": when} | _link(fact.link)
    if book.for_exams and fact.exams:
        found["exams"] = dict(fact.exams)
    if fact.changed:
        found["changed"] = {"when": fact.changed.when, "was": fact.changed.was, "now": fact.changed.now}
    return found


def _link(link: str) -> dict[str, str]:
    return {"link": link} if _LINK.fullmatch(link) else {}


def _option(text: str, right: bool, why: str, confuses: str) -> dict[str, Any]:
    found: dict[str, Any] = {"text": text, "why": why} | ({"right": True} if right else {})
    return found | ({"confuses": confuses} if confuses else {})


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _files(book: _Book) -> Files:
    found = {"topics.yaml": {"topics": list(book.topics.values())}} if book.topics else {}
    data: dict[str, Any] = dict(found)
    for topic in book.topics:
        if facts := [fact for name, fact in book.facts.items() if name.startswith(f"{topic}.")]:
            data[f"{topic}/facts.yaml"] = {"facts": facts}
        if questions := book.questions.get(topic):
            data[f"{topic}/questions.yaml"] = {"questions": questions}
    return {path: dumped(each).encode() for path, each in data.items()}


class _Dumper(yaml.CSafeDumper):
    """Writes no anchors, because the reader bounds them."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dumped(data: Any) -> str:
    """Plain data as YAML that people can read and edit."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def subject_of(name: str) -> Subject:
    """The topic for questions that came without one, from the name of their file or pack."""
    return replace(Subject(), slug=slug_of(name, "topic"), name=name[:LINE])
