"""Item analysis as pages: a topic's questions in a table, or one question with its options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import wording
from bot.bank.namespaces import local
from bot.learning.flaws import LEAST, Finding, Flaw
from bot.messages import Button, Meter, Notice, Reply, Section, Sheet, Table, Tone
from bot.messages.acts import RunCommand
from bot.model.knowledge import Fact, Question
from bot.tutor import showing
from bot.tutor.healing import facts, item_chart
from bot.tutor.healing.examining import NEWEST, Examined, examined
from bot.tutor.healing.item_chart import Dot
from bot.tutor.healing.operators import is_operator
from bot.tutor.healing.references import LABEL, all_cases, named, shortened
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor

TABLED = 25
FLAWED = 12
STALE = 8
OPENERS = 6
DRAWN = 3
TEXT = 60


async def of_topic(tutor: Tutor, who: Who, topic: str, exam: str) -> Reply:
    """The questions of a topic, of an exam, or of the whole bank."""
    questions = tutor.bank.select((topic,) if topic else (), exam or None)
    name = (
        tutor.bank.topics[topic].name
        if topic
        else tutor.bank.exams[exam].code
        if exam
        else wording.stats_all()
    )
    found = await examined(tutor, scope_of(tutor, who), questions)
    old = facts.stale(tutor.bank, questions, who.local_date)
    page = _page(tutor, who, name, found, old)
    dots = _dots(found)
    if len(dots) >= DRAWN:
        page = replace(page, pictures=(await item_chart.draw(dots),))
    return Reply(page)


def scope_of(tutor: Tutor, who: Who) -> int | None:
    """Whose answers somebody may see: an admin those of their community, an operator all."""
    return None if is_operator(tutor, who) else who.community.id


def _page(tutor: Tutor, who: Who, name: str, found: Examined, old: Sequence[Fact]) -> Sheet:
    few = len(found.findings) - len(found.told)
    lead = [wording.stats_none()]
    if found.findings:
        lead = [
            wording.stats_lead(found.answers, found.people, len(found.findings)),
            wording.stats_scope(scope_of(tutor, who) is None),
            wording.stats_few(few, LEAST) if few else "",
            wording.stats_cut(NEWEST) if found.cut else "",
        ]
    sections = (_flawed(tutor, found), _table(found), _stale(old))
    openers = [
        Button(shortened(local(each), LABEL), RunCommand(f"bank stats {each}"))
        for each in list(found.flawed)[:OPENERS]
    ]
    return Sheet(
        wording.stats_title(name),
        " ".join(filter(None, lead)),
        tuple(section for section in sections if section),
        buttons=(*openers, all_cases()),
    )


def _flawed(tutor: Tutor, found: Examined) -> Section | None:
    lines = [flaw_line(tutor, each, finding) for each, finding in list(found.flawed.items())[:FLAWED]]
    rest = len(found.flawed) - len(lines)
    if rest:
        lines.append(wording.and_more(rest))
    return Section(wording.stats_section("flaws"), tuple(lines)) if lines else None


def flaw_line(tutor: Tutor, question_id: str, found: Finding) -> str:
    """What is wrong with a question, in a line."""
    return wording.stats_flaws(question_id, flaw_texts(tutor.bank.questions[question_id], found))


def flaw_texts(question: Question, found: Finding) -> list[str]:
    """What is wrong with a question, a text for each flaw."""
    rival = "" if found.rival is None else _letter(question, found.rival)
    dead = [_letter(question, each) for each in found.dead]
    return [wording.stats_flaw(flaw.value, rival, dead) for flaw in found.flaws]


def _letter(question: Question, position: int) -> str:
    """An option by its letter and its text; those of numeric questions have no text of their own."""
    texts = {option.position: option.text for option in question.options}
    letter = showing.LETTERS[position]
    return f"{letter} (“{shortened(texts[position], TEXT)}”)" if position in texts else letter


def _table(found: Examined) -> Section | None:
    order = [*found.flawed, *(each for each in _by_answers(found) if each not in found.flawed)]
    rows = tuple(_row(each, found.told[each]) for each in order[:TABLED])
    if not rows:
        return None
    lines = (wording.stats_how(), *([wording.and_more(len(order) - TABLED)] if len(order) > TABLED else []))
    return Section(wording.stats_section("table"), lines, table=Table(wording.stats_columns(), rows))


def _by_answers(found: Examined) -> list[str]:
    return sorted(found.told, key=lambda each: (-found.told[each].answers, each))


def _row(question_id: str, found: Finding) -> tuple[str, ...]:
    figures = (found.facility, found.discrimination, found.efficiency)
    return (question_id, str(found.answers), *map(wording.stats_figure, figures))


def _stale(old: Sequence[Fact]) -> Section | None:
    lines = [wording.stats_stale(fact.id, fact.verified_on) for fact in old[:STALE]]
    if len(old) > STALE:
        lines.append(wording.and_more(len(old) - STALE))
    return Section(wording.stats_section("stale"), tuple(lines)) if lines else None


def _dots(found: Examined) -> list[Dot]:
    return [
        Dot(local(each), one.facility, one.discrimination, bool(set(one.flaws) - {Flaw.DEAD}))
        for each, one in found.told.items()
        if one.facility is not None and one.discrimination is not None
    ]


async def of_question(tutor: Tutor, who: Who, text: str) -> Reply:
    """One question: its figures, what is wrong with it, and how its options are picked."""
    question = tutor.bank.questions[named(tutor, text)]
    sections = await sections_on(tutor, who, question)
    if not sections:
        return Reply(Notice(wording.stats_none(), Tone.INFO, (all_cases(),)))
    return Reply(
        Sheet(
            wording.stats_title(question.id),
            question.stem,
            sections,
            links=facts.links(tutor.bank, question),
            buttons=(
                Button(wording.case_button("case"), RunCommand(f"bank reports {question.id}")),
                Button(
                    shortened(wording.stats_title(local(question.topic)), LABEL),
                    RunCommand(f"bank stats {question.topic}"),
                ),
            ),
        )
    )


async def sections_on(tutor: Tutor, who: Who, question: Question) -> tuple[Section, ...]:
    """What first answers say of a question; nothing when there are none."""
    found = (await examined(tutor, scope_of(tutor, who), [question])).findings.get(question.id)
    if found is None:
        return ()
    title = wording.case_section("statistics")
    if found.facility is None:
        return (Section(title, (wording.stats_too_few(found.answers, LEAST),)),)
    texts = flaw_texts(question, found)
    lines = (
        wording.stats_answers(found.answers),
        wording.stats_figures(found.facility, found.discrimination, found.efficiency),
        wording.stats_compared(found.compared),
        *([wording.stats_flaws(question.id, texts)] if texts else [wording.stats_sound()]),
    )
    return (Section(title, lines), Section(wording.stats_section("options"), meters=_meters(question, found)))


def _meters(question: Question, found: Finding) -> tuple[Meter, ...]:
    texts = {option.position: option.text for option in question.options}
    return tuple(
        Meter(
            f"{showing.LETTERS[place]} {'✓' if each.right else '✗'} {shortened(texts.get(place, ''), TEXT)}".rstrip(),
            each.share,
            wording.stats_option(each.picks, found.answers, each.point_biserial),
        )
        for place, each in enumerate(found.options)
    )
