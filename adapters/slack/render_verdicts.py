"""What is said about an answered question: private feedback, the reveal, the explanation."""

from __future__ import annotations

from collections.abc import Iterable

from adapters.slack import words
from adapters.slack.blocks import context, fit, header, sections
from adapters.slack.buttons import rows
from adapters.slack.mrkdwn import bold, link, plain
from adapters.slack.rendered import Rendered, fallback
from adapters.slack.tables import bar
from bot.messages import Explanation, Feedback, OptionReason, Reveal, Source, Verdict

MARKS = {Verdict.RIGHT: "✅", Verdict.WRONG: "❌", Verdict.UNSCORED: "📝"}


def feedback(message: Feedback) -> Rendered:
    """The verdict first, then the question with a reason for every option."""
    headline = f"{MARKS[message.verdict]} {bold(plain(message.headline))}"
    blocks = [
        *sections(headline),
        *sections(plain(message.stem)),
        *sections(reasons_text(message.reasons)),
        *sections(plain(message.explanation)),
        *context(map(source_line, message.sources)),
        *context(map(plain, message.notes)),
        *rows(message.buttons),
    ]
    said = fallback(headline, *map(plain, message.notes), plain(message.explanation))
    return Rendered(said, tuple(fit(blocks)))


def reveal(message: Reveal) -> Rendered:
    """The closed question with its key and how the answers fell."""
    tally = words.result(message.answered, message.right)
    blocks = [
        *header(message.heading),
        *sections(plain(message.stem)),
        *sections("\n".join(map(_shared, message.reasons))),
        *context([tally, *map(plain, message.notes)]),
        *rows(message.buttons),
    ]
    key = "\n".join(_option(reason) for reason in message.reasons if reason.right)
    return Rendered(
        fallback(plain(message.heading), plain(message.stem), key, tally, *map(plain, message.notes)),
        tuple(fit(blocks)),
    )


def explanation(message: Explanation) -> Rendered:
    """The reasons for and against every option, for the thread below the question."""
    reasons = reasons_text(message.reasons)
    blocks = [
        *sections(bold(plain(message.heading))),
        *sections(reasons),
        *sections(plain(message.explanation)),
        *context(map(source_line, message.sources)),
        *rows(message.buttons),
    ]
    said = fallback(plain(message.heading), reasons, plain(message.explanation))
    return Rendered(said, tuple(fit(blocks)))


def reasons_text(reasons: Iterable[OptionReason]) -> str:
    """Every option with its truth, whether it was picked, and its reason."""
    return "\n".join(_reason(reason) for reason in reasons)


def source_line(source: Source) -> str:
    """Where a fact comes from, when it was verified, and what changed."""
    verified = words.verified(source.verified_on)
    changed = f" {plain(source.changed)}" if source.changed else ""
    return f"{link(source.title, source.url)}, {verified}.{changed}"


def _reason(reason: OptionReason) -> str:
    picked = f" ← {words.your_answer()}" if reason.picked else ""
    quoted = plain(reason.why).replace("\n", " ")
    return f"{_option(reason)}{picked}\n> {quoted}"


def _option(reason: OptionReason) -> str:
    mark = "✅" if reason.right else "❌" if reason.picked else "▫️"
    return f"{mark} {bold(reason.letter + '.')} {plain(reason.text)}"


def _shared(reason: OptionReason) -> str:
    if reason.share is None:
        return _option(reason)
    count = f" ({reason.count})" if reason.count is not None else ""
    return f"{_option(reason)}\n`{bar(reason.share)}` {words.percent(reason.share)}{count}"
