"""Sheets and notices as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adapters.slack.blocks import MESSAGE_BLOCKS, MESSAGE_SIZE, SECTION_TEXT, Json, fit, header, sections
from adapters.slack.buttons import rows
from adapters.slack.mrkdwn import bold, link, plain
from adapters.slack.rendered import Rendered, fallback
from adapters.slack.tables import meter, table
from bot.messages import Notice, Section, Sheet, Tone

TONES = {Tone.INFO: "", Tone.GOOD: "✅ ", Tone.WARN: "⚠️ ", Tone.ERROR: "🚫 "}


def sheet(page: Sheet, most: int = MESSAGE_BLOCKS, size: int = MESSAGE_SIZE) -> Rendered:
    """A page to read, with its pictures and files beside it."""
    texts = list(_texts(page))
    blocks = [*header(page.title), *_packed(texts), *rows(page.buttons)]
    return Rendered(
        text=fallback(plain(page.title), *texts),
        blocks=tuple(fit(blocks, most, size)),
        pictures=page.pictures,
        files=page.files,
    )


def notice(message: Notice) -> Rendered:
    """One or two sentences."""
    text = TONES[message.tone] + plain(message.text)
    return Rendered(fallback(text), tuple(fit([*sections(text), *rows(message.buttons)])))


def _texts(page: Sheet) -> Iterator[str]:
    yield plain(page.lead)
    for section in page.sections:
        yield from _section(section)
    yield "\n".join(link(title, url) for title, url in page.links)


def _section(section: Section) -> Iterator[str]:
    upper = [bold(plain(section.title)), *map(plain, section.lines), *map(meter, section.meters)]
    tables = table(section.table) if section.table else []
    yield "\n".join(filter(None, upper))
    yield from tables


def _packed(texts: Iterable[str]) -> list[Json]:
    """Sections as full as they may be, so that a long page stays below the limit of blocks."""
    packed: list[str] = []
    for text in filter(None, texts):
        joined = f"{packed[-1]}\n\n{text}" if packed else text
        if packed and len(joined) <= SECTION_TEXT // 2:
            packed[-1] = joined
        else:
            packed.append(text)
    return [block for text in packed for block in sections(text)]
