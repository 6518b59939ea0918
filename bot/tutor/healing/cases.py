"""The queue of reported questions, and one case as a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import wording
from bot.messages import Button, Notice, Reply, Section, Sheet, Table, Tone
from bot.messages.acts import RunCommand
from bot.model.knowledge import Question
from bot.storage import quarantine, reports
from bot.storage.quarantine import EVERYWHERE, QuestionState
from bot.storage.reports import Case, Report
from bot.tutor import showing
from bot.tutor.healing import facts, statistics, versions
from bot.tutor.healing.operators import is_operator
from bot.tutor.healing.references import all_cases, case_opener, decision_button, named, regrader
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor

LISTED = 15
READ = 12
SEED = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """All that is known of a case in one community. `since` is when it was put into quarantine there."""

    question_id: str
    reports: Sequence[Report]
    earlier: Mapping[str, int]
    since: dt.datetime | None
    everywhere: bool


async def queue(tutor: Tutor, who: Who) -> Reply:
    """The open cases of the caller's community, and what else is in quarantine there."""
    place = who.community.id
    found = await tutor.store.read(lambda db: reports.cases_of(db, place))
    held = (await tutor.store.read(lambda db: quarantine.quarantined(db, [place])))[place]
    reported = {case.question_id for case in found}
    quiet = [Case(each, 0, 0, who.now) for each in sorted(held - reported)]
    rekeyed = await tutor.store.read(lambda db: versions.not_regraded(db, tutor.bank, place))
    hint = wording.regrade_hint(rekeyed) if rekeyed else ""
    if not found and not quiet and not hint:
        return Reply(Notice(wording.cases_none(), Tone.GOOD))
    shown = [*found, *quiet][:LISTED]
    rows = tuple(_row(tutor, who, case, case.question_id in held) for case in shown)
    rest = len(found) + len(quiet) - len(shown)
    people = await tutor.store.read(lambda db: reports.count_people(db, place))
    more = wording.cases_more(rest) if rest else ""
    table = Table(wording.case_columns(), rows) if rows else None
    section = Section(lines=tuple(line for line in (hint, more) if line), table=table)
    return Reply(
        Sheet(
            wording.cases_title(),
            wording.cases_lead(len(found), people) if found else "",
            (section,),
            buttons=(
                *(case_opener(case.question_id) for case in shown),
                *(regrader(each) for each in rekeyed[:5]),
            ),
        )
    )


def _row(tutor: Tutor, who: Who, case: Case, held: bool) -> tuple[str, ...]:
    since = f"{local_day(who, case.since):%Y-%m-%d}" if case.reports else "–"
    state = wording.case_state(held, case.question_id in tutor.bank.questions)
    return (case.question_id, str(case.people), str(case.reports), since, state)


async def show(tutor: Tutor, who: Who, question_id: str) -> Reply:
    """One case: the question with its key and reasons, what people say of it, and what can be done."""
    question_id = named(tutor, question_id)
    opened = await tutor.store.read(lambda db: opened_case(db, who.community.id, question_id))
    question = tutor.bank.questions.get(question_id)
    if question is None and not opened.reports and opened.since is None:
        raise RefusalError(wording.case_unknown(question_id))
    sections = [_reports_section(who, opened)]
    if question is not None:
        figures = await statistics.sections_on(tutor, who, question)
        sections = [_question_section(tutor, question), *sections, *figures]
    return Reply(
        Sheet(
            question_id,
            _lead(who, opened, question),
            tuple(sections),
            links=facts.links(tutor.bank, question) if question else (),
            buttons=_buttons(tutor, who, opened, question),
        )
    )


def opened_case(db: Connection, community_id: int, question_id: str) -> Opened:
    """What is known of a question in a community, reported or not."""
    own = quarantine.decision_on(db, community_id, question_id)
    everywhere = quarantine.decision_on(db, EVERYWHERE, question_id)
    return Opened(
        question_id,
        reports.reports_on(db, community_id, question_id),
        reports.count_closed(db, community_id, question_id),
        own.since if own is not None and own.state is QuestionState.QUARANTINED else None,
        everywhere is not None and everywhere.state is QuestionState.QUARANTINED,
    )


def local_day(who: Who, moment: dt.datetime) -> dt.date:
    """The date of a moment where somebody is."""
    return moment.astimezone(ZoneInfo(who.learner.timezone)).date()


def _lead(who: Who, opened: Opened, question: Question | None) -> str:
    told = opened.reports
    people = len({report.learner_id for report in told})
    since = local_day(who, told[0].created_at) if told else None
    open_ = wording.case_reports(len(told), people, since) if since else wording.case_quiet()
    return " ".join(text for text in (open_, _state(who, opened), _changed(told, question)) if text)


def _state(who: Who, opened: Opened) -> str:
    if opened.everywhere:
        return wording.case_held_everywhere()
    return wording.case_held(local_day(who, opened.since)) if opened.since else wording.case_asked()


def _changed(told: Sequence[Report], question: Question | None) -> str:
    return wording.case_changed() if told and question and is_changed(told, question) else ""


def is_changed(told: Sequence[Report], question: Question | None) -> bool:
    """Whether a question is no longer what any of the reports speak of."""
    return question is None or all(report.question_version != question.version for report in told)


def _question_section(tutor: Tutor, question: Question) -> Section:
    item = tutor.bank.item(question.id, SEED)
    options = sorted(item.options, key=lambda option: option.position)
    lines = (
        wording.case_option(showing.LETTERS[place], option.right, option.text, option.why)
        for place, option in enumerate(options)
    )
    return Section(wording.case_section("question"), (item.stem, *lines, item.explanation))


def _reports_section(who: Who, opened: Opened) -> Section:
    lines = [
        wording.case_line(local_day(who, report.created_at), report.reason, report.text[:300])
        for report in opened.reports[-READ:]
    ]
    if opened.earlier:
        lines.append(wording.case_earlier(opened.earlier))
    name = "reports" if opened.reports else "earlier"
    return Section(wording.case_section(name) if lines else "", tuple(lines))


def _buttons(tutor: Tutor, who: Who, opened: Opened, question: Question | None) -> tuple[Button, ...]:
    whats = ["fixed", "dismiss"] if opened.reports else []
    whats.append("release" if opened.since else "quarantine")
    if is_operator(tutor, who):
        whats.append("release-all" if opened.everywhere else "quarantine-all")
    buttons = [decision_button(what, opened.question_id) for what in whats]
    if question is not None:
        buttons.append(
            Button(wording.case_button("regrade"), RunCommand(f"bank regrade {opened.question_id}"))
        )
    return (*buttons, all_cases())
