"""An exam to work towards: its date, the probability to pass, and what to study next."""

from __future__ import annotations

import datetime as dt

from bot import wording
from bot.learning.candidate import domain_name
from bot.learning.readiness import LEAST_ANSWERS, Readiness, readiness, recalled_shares
from bot.messages import Button, ButtonStyle, Meter, Notice, Reply, Section, Sheet, Tone
from bot.messages.acts import RunCommand
from bot.model.knowledge import Exam
from bot.storage import fits, people, progress
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.schedule_form import find_exam
from bot.tutor.tutor import Tutor
from bot.wording.speech import _, either


async def set_date(tutor: Tutor, who: Who, exam_text: str, date_text: str) -> Reply:
    """Keep which exam the caller works towards, and when it is."""
    exam = exam_of(tutor, exam_text)
    date = _date(date_text, who.local_date)
    settings = {**who.learner.settings, "exam": exam.slug, "exam_date": date.isoformat() if date else ""}
    await tutor.store.write(lambda db: people.set_learner(db, who.learner.id, {"settings": settings}))
    tutor.faces.forget()
    ahead = (date - who.local_date).days if date else None
    buttons = (Button(_("How ready am I?"), RunCommand("exam readiness"), ButtonStyle.PRIMARY),)
    return Reply(
        Notice(
            wording.exam_noted(exam, ahead),
            Tone.GOOD,
            buttons,
        )
    )


async def show(tutor: Tutor, who: Who, exam_text: str) -> Reply:
    """The probability to pass as a range, what it rests on, and the domain that pays most."""
    exam = exam_of(tutor, exam_text or who.learner.settings.get("exam", ""), "exam readiness {exam}")
    found, answers = await estimate(tutor, who, exam)
    if found is None:
        missing = LEAST_ANSWERS - answers
        more = wording.count(missing, "more answer", "more answers")
        text = _("I need {more} on {code} before I can say anything fair about it.").format(
            more=more, code=exam.code
        )
        return Reply(Notice(text, Tone.INFO, (Button(_("Practise"), RunCommand(f"quiz {exam.slug} 10")),)))
    return Reply(_sheet(exam, found, who))


async def estimate(tutor: Tutor, who: Who, exam: Exam) -> tuple[Readiness | None, int]:
    """Readiness for an exam, None below 30 answers, and the number of answers it rests on."""
    learner_id = who.learner.id
    abilities = await tutor.store.read(lambda db: progress.abilities_in(db, [learner_id]))
    names = {domain_name(exam, domain) for domain in exam.domains}
    mine = {domain: ability for (_, domain), ability in abilities.items() if domain in names}
    answers = sum(ability.answers for ability in mine.values())
    if answers < LEAST_ANSWERS:
        return None, answers
    memories = await tutor.store.read(lambda db: progress.memories_of(db, learner_id))
    personal = await tutor.store.read(lambda db: fits.fits_in(db, [learner_id]).get(learner_id, []))
    facts = tutor.pools.facts_by_domain(exam.slug)
    recalled = recalled_shares(memories, facts, who.now, fits.in_force(personal, who.now))
    levels = tutor.pools.priors_by_domain(exam.slug)
    return readiness(exam, mine, levels, answers, recalled=recalled), answers


def exam_of(tutor: Tutor, text: str, again: str = "") -> Exam:
    """The exam that a text names; the only one there is when it names none.

    A refusal offers each exam: `again` is the command that is tried with its slug for `{exam}`.
    """
    slug = find_exam(tutor.bank, text)
    if not slug and not text and len(tutor.bank.exams) == 1:
        slug = next(iter(tutor.bank.exams))
    if not slug:
        known = either([f"{exam.slug} ({exam.code})" for exam in tutor.bank.exams.values()])
        offered = tutor.bank.exams.values() if again else ()
        buttons = tuple(Button(exam.code, RunCommand(again.format(exam=exam.slug))) for exam in offered)
        raise RefusalError(_("Which exam? Name one of {known}.").format(known=known), buttons)
    return tutor.bank.exams[slug]


def _sheet(exam: Exam, found: Readiness, who: Who) -> Sheet:
    return Sheet(
        _("Readiness for {code}").format(code=exam.code),
        _("You would pass today with a probability of {percents}.").format(
            percents=wording.percents(found.low, found.high)
        ),
        (Section(lines=_basis(exam, found, who)), _by_domain(exam, found)),
        buttons=(
            Button(_("Practise for it"), RunCommand(f"quiz {exam.slug} 10"), ButtonStyle.PRIMARY),
            Button(_("Mock exam"), RunCommand(f"mock start {exam.slug} quick")),
        ),
    )


def _basis(exam: Exam, found: Readiness, who: Who) -> tuple[str, ...]:
    """What a readiness rests on, and how long there is until the exam."""
    low_cut, high_cut = found.cuts
    lines = (
        _(
            "It rests on {answers} answers and assumes a raw cut of {low_cut} to {high_cut} of {items}; AWS publishes none."
        ).format(answers=found.answers, low_cut=low_cut, high_cut=high_cut, items=found.items),
        _("Expected: {expected_right:.0f} of {items} right.").format(
            expected_right=found.expected_right, items=found.items
        ),
    )
    date = who.learner.settings.get("exam_date", "") if who.learner.settings.get("exam") == exam.slug else ""
    days = (dt.date.fromisoformat(date) - who.local_date).days if date else -1
    if days < 0:
        return lines
    return (*lines, _("{days} to go.").format(days=wording.count(days, "day", "days")))


def _by_domain(exam: Exam, found: Readiness) -> Section:
    domains = {domain_name(exam, domain): domain for domain in exam.domains}
    weakest = max(found.domains, key=lambda name: (1 - found.domains[name]) * domains[name].weight)
    meters = tuple(
        Meter(domains[name].name, share, _("{share} expected").format(share=wording.percent(share)))
        for name, share in found.domains.items()
    )
    lines = (
        _("Study next: {name}.").format(name=domains[weakest].name),
        _("This counts what you remember; /progress shows how you do where a question is new to you."),
    )
    return Section(_("Expected in the exam, by domain"), lines, meters)


def _date(text: str, today: dt.date) -> dt.date | None:
    if not text.strip():
        return None
    try:
        date = dt.date.fromisoformat(text.strip())
    except ValueError:
        raise RefusalError(
            _("“{value}” is not a date. Write it as 2027-02-01.").format(value=text[:20])
        ) from None
    if date < today:
        raise RefusalError(_("That date is not ahead of us. Write it as 2027-02-01."))
    if date > today + dt.timedelta(days=1500):
        raise RefusalError(_("That is more than four years away; name a date that is nearer."))
    return date
