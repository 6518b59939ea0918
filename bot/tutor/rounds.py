"""A channel's round as its members meet it: the card, the private verdict, the reveal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot import wording
from bot.bank.bank import Bank
from bot.messages import (
    Button,
    Explanation,
    Feedback,
    Notice,
    QuestionCard,
    Reply,
    Reveal,
    Tone,
    Verdict,
)
from bot.messages.acts import AnswerRound, OpenForm, RunCommand, WhyRound
from bot.model.knowledge import Item, Topic
from bot.model.study import Attempt, Origin, RevealPolicy, Round, RoundState
from bot.storage import attempts, rounds
from bot.tutor import showing, undecided, voting
from bot.tutor.answering import Outcome
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.submission import Submission
from bot.tutor.tutor import Tutor
from bot.wording.speech import _

REMEMBERED = 20_000
CONFIDENCE = {"s": "sure", "u": "unsure"}
"""What a button's letter says of how sure somebody is."""


async def answer(tutor: Tutor, who: Who, act: AnswerRound, picks: frozenset[int]) -> Reply:
    """Answer a round; the first answer counts, every later one shows the first verdict."""
    round_ = await voting.current(tutor, _near(who, await _known(tutor, act.round)))
    item = showing.item_of(tutor.bank, round_.question_id, round_.seed)
    picks = checked_picks(item, picks)
    if round_.settings.get("confidence") == "on" and not act.confidence and len(picks) == 1:
        if earlier := await _earlier(tutor, who, round_):
            return _verdict(tutor, round_, item, earlier)
        (pick,) = picks
        kept = await undecided.keep(tutor, who, round_.id, pick)
        return _ask_confidence(act, item, pick, late=not kept)
    outcome = await tutor.commit(
        Submission(
            round_.slot, who.learner, who.community, item, showing.profile_of(tutor.bank, item), picks,
            Origin.ROUND, who.now, who.local_date, CONFIDENCE.get(act.confidence, ""),
            None, round_.id, month=round_.month,
        )
    )  # fmt: skip
    return _verdict(tutor, round_, item, outcome, replace=bool(act.confidence))


async def why(tutor: Tutor, who: Who, act: WhyRound) -> Reply:
    """The reasons of a closed round with one's own verdict; while it is open, only one's own answer's."""
    round_ = await voting.current(tutor, _near(who, await find(tutor, act.round)))
    item = showing.item_of(tutor.bank, round_.question_id, round_.seed)
    earlier = await _earlier(tutor, who, round_)
    if earlier is not None:
        return _verdict(tutor, round_, item, earlier)
    if round_.state is not RoundState.CLOSED:
        raise RefusalError(wording.vote_first() if voting.is_withheld(round_) else wording.answer_first())
    return Reply(_unanswered(tutor, round_, item))


async def _known(tutor: Tutor, round_id: int) -> Round:
    """A round of which only what never changes is used; state and counts are read with the answer itself."""
    if round_id not in tutor.rounds:
        if len(tutor.rounds) >= REMEMBERED:
            tutor.rounds.clear()
        tutor.rounds[round_id] = await find(tutor, round_id)
    return tutor.rounds[round_id]


async def find(tutor: Tutor, round_id: int) -> Round:
    """A round by its number, or a refusal."""
    found = await tutor.store.read(lambda db: rounds.find_round(db, round_id))
    if found is None:
        raise RefusalError(wording.unknown_round())
    return found


def _near(who: Who, round_: Round) -> Round:
    """The round, or a refusal where the caller's platform cannot have shown it: the button's id was made up."""
    if round_.channel.platform != who.caller.person.platform:
        raise RefusalError(wording.unknown_round())
    return round_


def checked_picks(item: Item, picks: frozenset[int]) -> frozenset[int]:
    """The picks, or a refusal when they are not options of the item or not the number it asks for."""
    known = {option.position for option in item.options}
    if not picks <= known:
        raise RefusalError(wording.stale_button())
    if len(picks) != item.picks_wanted:
        raise RefusalError(wording.pick_exactly(item.picks_wanted, len(picks)))
    return picks


def card(bank: Bank, round_: Round) -> QuestionCard:
    """The post of a round that is open, or closed with its key kept private."""
    item = showing.item_of(bank, round_.question_id, round_.seed)
    closed = round_.state is RoundState.CLOSED
    revealed = round_.reveal is RevealPolicy.AT_CLOSE
    return QuestionCard(
        heading=_heading(bank, round_, item),
        stem=item.stem,
        options=showing.option_views(item),
        picks=item.picks_wanted,
        answer=AnswerRound(round_.id),
        closes_at=None if closed else round_.closes_at,
        answered=round_.answered,
        notes=_notes_below(round_, item, closed, revealed),
    )


def _heading(bank: Bank, round_: Round, item: Item) -> str:
    topic = _topic(bank, item)
    if "night" in round_.settings:
        return wording.night_heading(int(round_.settings["asked"]), int(round_.settings["of"]), topic)
    return wording.second_heading(topic) if voting.is_second(round_) else wording.daily_heading(topic)


def _notes_below(round_: Round, item: Item, closed: bool, revealed: bool) -> tuple[str, ...]:
    if voting.SECOND in round_.settings:
        return (wording.split_close(),)
    if closed:
        return (wording.private_close(),)
    if voting.is_withheld(round_):
        return (wording.vote_privately(item.picks_wanted),)
    how = wording.answer_privately(item.picks_wanted, revealed)
    if "seconds" in round_.settings:
        return (wording.seconds_to_answer(int(round_.settings["seconds"])), how)
    return (wording.split(), how) if voting.is_second(round_) else (how,)


def reveal(
    bank: Bank, round_: Round, given: Counter[frozenset[int]], first: Round | None = None
) -> Reveal | QuestionCard:
    """What the post becomes at close. `first` is the first vote of a second one."""
    if round_.reveal is RevealPolicy.PRIVATE or voting.SECOND in round_.settings:
        return card(bank, round_)
    item = showing.item_of(bank, round_.question_id, round_.seed)
    return Reveal(
        heading=wording.reveal_heading(_topic(bank, item)),
        stem=item.stem,
        reasons=showing.reasons(item, given=given),
        answered=sum(given.values()),
        right=given[item.key],
        notes=(wording.shift(first.correct, first.answered, given[item.key], given.total()),)
        if first
        else (),
        buttons=(
            Button(_("My answer"), WhyRound(round_.id)),
            Button(_("Practise this topic"), RunCommand(f"quiz {item.question.topic}")),
        ),
    )


def explanation(bank: Bank, round_: Round, given: Counter[frozenset[int]]) -> Explanation:
    """The reasons, for the thread of a closed round."""
    item = showing.item_of(bank, round_.question_id, round_.seed)
    return Explanation(
        heading=wording.explanation_heading(showing.letters_of(item, item.key)),
        reasons=showing.reasons(item, given=given),
        explanation=item.explanation,
        sources=showing.sources(bank, item.question),
    )


def _ask_confidence(act: AnswerRound, item: Item, pick: int, *, late: bool) -> Reply:
    buttons = tuple(
        Button(label, AnswerRound(act.round, pick, code))
        for label, code in ((wording.sure(), "s"), (wording.unsure(), "u"))
    )
    return Reply(Notice(wording.how_sure(showing.letters_of(item, [pick]), late), Tone.INFO, buttons))


async def _earlier(tutor: Tutor, who: Who, round_: Round) -> Outcome | None:
    key = (round_.month, round_.slot, who.learner.id)
    found = await tutor.store.read(lambda db: attempts.attempts_in(db, [key]))
    return Outcome(found[key], False) if key in found else None


def _verdict(tutor: Tutor, round_: Round, item: Item, outcome: Outcome, *, replace: bool = False) -> Reply:
    if voting.is_withheld(round_):
        return voting.taken(item, outcome, replace=replace)
    return Reply(_feedback(tutor, round_, item, outcome), replace=replace)


def _feedback(tutor: Tutor, round_: Round, item: Item, outcome: Outcome) -> Feedback:
    attempt = outcome.attempt
    return Feedback(
        verdict=Verdict.RIGHT if attempt.correct else Verdict.WRONG,
        headline=headline(item, outcome),
        stem=item.stem,
        reasons=showing.reasons(item, attempt.picks),
        explanation=item.explanation,
        sources=showing.sources(tutor.bank, item.question),
        notes=notes(outcome),
        buttons=_afterwards(item),
    )


def _afterwards(item: Item) -> tuple[Button, ...]:
    return (
        Button(_("Practise this topic"), RunCommand(f"quiz {item.question.topic}")),
        Button(_("Report"), OpenForm("report", item.question.id)),
    )


def headline(item: Item, outcome: Outcome) -> str:
    """The verdict on an answer in words."""
    picked = showing.letters_of(item, outcome.attempt.picks)
    key = showing.letters_of(item, item.key)
    say = wording.headline if outcome.fresh else wording.already
    return say(outcome.attempt.correct, picked, key)


def notes(outcome: Outcome) -> tuple[str, ...]:
    """Points, lateness, streak and reviews due, in short lines."""
    attempt: Attempt = outcome.attempt
    lines: Sequence[str] = (
        wording.points(attempt.points) if attempt.points else "",
        {Origin.LATE: wording.late(), Origin.VOTE: wording.second_vote()}.get(attempt.origin, ""),
        wording.streak(outcome.streak, outcome.extended) if outcome.streak else "",
        wording.reviews_due(outcome.due) if outcome.due else "",
    )
    return tuple(line for line in lines if line)


def _unanswered(tutor: Tutor, round_: Round, item: Item) -> Feedback:
    return Feedback(
        verdict=Verdict.UNSCORED,
        headline=wording.unanswered(),
        stem=item.stem,
        reasons=showing.reasons(item),
        explanation=item.explanation,
        sources=showing.sources(tutor.bank, item.question),
        buttons=_afterwards(item),
    )


def _topic(bank: Bank, item: Item) -> Topic | None:
    return bank.topics.get(item.question.topic)
