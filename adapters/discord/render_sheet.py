"""Sheets: pages to read. One that is longer than a Discord message continues on further pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adapters.discord import words
from adapters.discord.layout import Block, Download, Gallery, Page, Text
from adapters.discord.markdown import bold, heading, link, plain
from adapters.discord.render_buttons import controls
from adapters.discord.render_reasons import bar, percent
from bot.messages import Meter, Section, Sheet, Table

COLOUR = 0x3182CE
PAGE_TEXT = 3600
PAGE_BLOCKS = 10
COLUMN_WIDTH = 32
PICTURES = 10


def sheet_pages(sheet: Sheet) -> list[Page]:
    """The sheet's pages, at least one. Pictures, files and buttons stand on the last."""
    links = [link(title, url) for title, url in sheet.links]
    texts = [Text(plain(sheet.lead)), *_texts(sheet.sections), *_cut(links)]
    bodies = _paged([text for text in texts if text.content.strip()])
    pages = [Page(COLOUR, (_title(sheet.title, n, len(bodies)), *body)) for n, body in enumerate(bodies, 1)]
    return [*pages[:-1], Page(COLOUR, (*pages[-1].blocks, *_tail(sheet)))]


def table_text(table: Table) -> str:
    """A table in fixed width: the first column to the left, the others to the right."""
    rows = [tuple(_cell(cell) for cell in row) for row in (table.columns, *table.rows)]
    widths = [max(len(row[n]) for row in rows if n < len(row)) for n in range(len(table.columns))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join(lines)


def _title(title: str, number: int, total: int) -> Text:
    return Text(heading(title if total == 1 else f"{title} {words.part(number, total)}"))


def _tail(sheet: Sheet) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if sheet.pictures:
        blocks.append(Gallery(sheet.pictures[:PICTURES]))
    blocks += [Download(file) for file in sheet.files]
    return (*blocks, *controls(sheet.buttons))


def _texts(sections: Sequence[Section]) -> Iterator[Text]:
    for section in sections:
        yield from _cut([line for line in _lines(section) if line.strip()])
        if section.table:
            yield from _fenced(table_text(section.table).split("\n"))


def _lines(section: Section) -> Iterator[str]:
    yield bold(section.title)
    yield from (plain(line) for line in section.lines)
    yield from (_meter(meter) for meter in section.meters)


def _meter(meter: Meter) -> str:
    return f"{bar(meter.value)} {plain(meter.label)} · {plain(meter.text) or percent(meter.value)}"


def _cut(lines: Sequence[str]) -> Iterator[Text]:
    """Lines as texts, none longer than a page."""
    held: list[str] = []
    for line in lines:
        if held and sum(map(len, held)) + len(held) + len(line) > PAGE_TEXT:
            yield Text("\n".join(held), spare=1)
            held = []
        held.append(line)
    if held:
        yield Text("\n".join(held), spare=1)


def _fenced(lines: Sequence[str]) -> Iterator[Text]:
    header, *rest = lines
    room = max(1, (PAGE_TEXT - 10) // (len(header) + 1) - 1)
    for start in range(0, max(1, len(rest)), room):
        body = "\n".join([header, *rest[start : start + room]])
        yield Text(f"```\n{body}\n```")


def _paged(texts: Sequence[Text]) -> list[list[Text]]:
    pages: list[list[Text]] = [[]]
    for text in texts:
        held = sum(len(other.content) for other in pages[-1])
        if pages[-1] and (held + len(text.content) > PAGE_TEXT or len(pages[-1]) >= PAGE_BLOCKS):
            pages.append([])
        pages[-1].append(text)
    return pages


def _cell(text: str) -> str:
    # A fence inside the table would end it; a look-alike does not.
    flat = " ".join(text.split()).replace("`", "ˋ")
    return flat if len(flat) <= COLUMN_WIDTH else flat[: COLUMN_WIDTH - 1] + "…"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    (first, width), *others = zip(row, widths, strict=False)
    return "  ".join([first.ljust(width), *(cell.rjust(width) for cell, width in others)]).rstrip()
