"""A question's truth: private feedback, the reveal of a round, and the explanation in its thread."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.discord import words
from adapters.discord.layout import Aside, Block, Page, Rule, Text
from adapters.discord.markdown import bold, heading, link, plain, small
from adapters.discord.render_buttons import controls
from bot.messages import Button, Explanation, Feedback, OptionReason, Reveal, Source, Verdict

COLOURS = {Verdict.RIGHT: 0x2D8A4E, Verdict.WRONG: 0xC53030, Verdict.UNSCORED: 0x718096}
GOLD = 0xB7791F
BAR_LENGTH = 10


def feedback_page(feedback: Feedback) -> Page:
    """The verdict first, then the question with a reason for every option."""
    notes = [small(note) for note in feedback.notes if note.strip()]
    return Page(
        COLOURS[feedback.verdict],
        (
            Text("\n".join([heading(feedback.headline), *notes])),
            Text(plain(feedback.stem), spare=3),
            Rule(),
            *_reasons(feedback.reasons),
            Text(plain(feedback.explanation), spare=2),
            *_sources(feedback.sources),
            *controls(feedback.buttons),
        ),
    )


def explanation_page(explanation: Explanation) -> Page:
    """The reasons for and against every option."""
    return Page(
        GOLD,
        (
            Text(heading(explanation.heading)),
            *_reasons(explanation.reasons),
            Text(plain(explanation.explanation), spare=2),
            *_sources(explanation.sources),
            *controls(explanation.buttons),
        ),
    )


def reveal_page(reveal: Reveal) -> Page:
    """The closed question with its key and how the answers were spread."""
    notes = [plain(note) for note in reveal.notes if note.strip()]
    return Page(
        GOLD,
        (
            Text(heading(reveal.heading)),
            Text(plain(reveal.stem), spare=1),
            Text("\n".join(_spread(reason) for reason in reveal.reasons)),
            Rule(),
            *_beside("\n".join(notes) or _total(reveal), reveal.buttons),
        ),
    )


def bar(share: float) -> str:
    """A share from 0 to 1 as a bar of ten marks."""
    full = round(max(0.0, min(1.0, share)) * BAR_LENGTH)
    return f"`{'▰' * full}{'▱' * (BAR_LENGTH - full)}`"


def percent(share: float) -> str:
    """A share from 0 to 1 in words."""
    return f"{round(100 * share)} %"


def _reasons(reasons: Sequence[OptionReason]) -> tuple[Text, ...]:
    return tuple(Text(_reason(reason)) for reason in reasons)


def _reason(reason: OptionReason) -> str:
    picked = f" ({words.your_answer()})" if reason.picked else ""
    title = f"{_mark(reason)} {bold(f'{reason.letter}. {reason.text}')}{picked}"
    return f"{title}\n{plain(reason.why)}" if reason.why.strip() else title


def _spread(reason: OptionReason) -> str:
    title = f"{_mark(reason)} **{reason.letter}.** {plain(reason.text)}"
    if reason.share is None:
        return title
    count = "" if reason.count is None else f" · {reason.count}"
    return f"{title}\n{bar(reason.share)} {percent(reason.share)}{count}"


def _mark(reason: OptionReason) -> str:
    if reason.right:
        return "✅"
    return "❌" if reason.picked else "▫️"


def _total(reveal: Reveal) -> str:
    return words.right_of(reveal.right, reveal.answered) if reveal.answered else words.nobody()


def _beside(text: str, buttons: tuple[Button, ...]) -> tuple[Block, ...]:
    """A text with the first button beside it and the others below."""
    if not buttons:
        return (Text(text),)
    return (Aside(text, buttons[0]), *controls(buttons[1:]))


def _sources(sources: Sequence[Source]) -> tuple[Text, ...]:
    lines = [_source(source) for source in sources]
    return (Text("\n".join(lines), spare=1),) if lines else ()


def _source(source: Source) -> str:
    line = f"-# {link(source.title, source.url)} · {words.verified(source.verified_on)}"
    return f"{line}\n{small(source.changed)}" if source.changed.strip() else line
