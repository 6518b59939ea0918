"""`cloudlark content import`, `export` and `check`: content to and from other programs' files.

What a format cannot hold is said on stderr. Bad input ends a command with one sentence and exit code 2.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.bank.bank import Bank
    from bot.bank.exchange.drafts import Draft

ContentPaths = Annotated[
    list[Path] | None,
    typer.Option("--content", help="A content folder; repeat it for several. Default: the shipped one."),
]


MANY = 500
"""Questions whose reading or writing takes long enough to say so."""


class FormatName(StrEnum):
    """Formats that can be written."""

    ANKI = "anki"
    CSV = "csv"
    GIFT = "gift"
    MOODLE = "moodle"
    QTI = "qti"
    TEXT = "text"


def import_(
    file: Annotated[Path, typer.Argument(help="A .csv, .gift, .xml, .apkg or .txt file.")],
    to: Annotated[Path, typer.Option(help="The content folder to write; new or empty.")],
    content: ContentPaths = None,
) -> None:
    """Turn another program's questions into a content folder, and say what could not be taken over."""
    from bot.bank.exchange import formats
    from bot.bank.exchange.authored import LONGEST_ID, files_of, subject_of
    from bot.bank.exchange.drafts import ExchangeError
    from bot.bank.packs import MAX_ID

    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        _fail(f"{to} holds something already: name a new folder.")
    try:
        parsed = formats.read(file.name, file.read_bytes())
    except ExchangeError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{file} cannot be read: {error.strerror}.")
    _tell_many(len(parsed.drafts), f"Writing {len(parsed.drafts):,} questions to {to} ...")
    today = dt.datetime.now(dt.UTC).date()
    # Ids that are given stay as they are; what gets a new one could be a pack.
    longest = LONGEST_ID if any(len(draft.id) > MAX_ID for draft in parsed.drafts) else MAX_ID
    authored = files_of(parsed.drafts, subject_of(file.stem), today, _bank(content).topics, longest)
    for sentence in (*parsed.lost, *authored.said):
        typer.echo(sentence, err=True)
    if not authored.questions:
        _fail("There is no question in the file that the content format can hold.")
    _write(to, authored.files)
    typer.echo(f"{authored.questions:,} of {len(parsed.drafts):,} questions are in {to}.")
    typer.echo(_next_step(to, parsed.drafts))


def export(
    format: Annotated[FormatName, typer.Option(help="What to write.")],
    out: Annotated[
        Path | None, typer.Option(help="The file to write; else questions with the right ending.")
    ] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only this topic; repeat it for several.")] = None,
    content: ContentPaths = None,
) -> None:
    """Write questions for another program, and say what its format cannot hold."""
    from bot.bank.exchange.formats import WRITTEN
    from bot.bank.exchange.outgoing import drafts_of
    from bot.wording.general import count

    bank, form = _bank(content), WRITTEN[format.value]
    chosen = bank.select(topic or ())
    if not chosen:
        _fail("There are no questions on that topic.")
    drafts = drafts_of(bank, chosen, draw=format is not FormatName.CSV)
    path = out or Path(f"questions{form.suffix}")
    _tell_many(len(drafts), f"Writing {len(drafts):,} questions to {path} ...")
    try:
        path.write_bytes(form.write(drafts))
    except OSError as error:
        _fail(f"{path} cannot be written: {error.strerror}.")
    for sentence in form.lost(drafts):
        typer.echo(sentence, err=True)
    typer.echo(f"{path} holds {count(len(drafts), 'question', 'questions')}.")


def check(
    path: Annotated[Path, typer.Argument(help="A content folder, or a file as it is sent in chat.")],
    content: ContentPaths = None,
) -> None:
    """Look at a pack as it would be looked at in chat; exit 1 when it has faults."""
    from bot.cli.packs import received_from
    from bot.wording.general import count

    received = received_from(path.stem, path, _bank(content))
    for fault in received.checked.faults:
        typer.echo(str(fault), err=True)
    for remark in (*received.lost, *received.checked.remarks):
        typer.echo(remark)
    if not received.checked.is_sound:
        raise typer.Exit(1)
    bank = received.checked.bank
    asked = count(len(bank.questions), "question", "questions")
    typer.echo(f"Sound: {asked} on {count(len(bank.topics), 'topic', 'topics')}.")


def _tell_many(questions: int, sentence: str) -> None:
    """Say what is being done where it takes a while."""
    if questions > MANY:
        typer.echo(sentence, err=True)


def _next_step(to: Path, drafts: Iterable[Draft]) -> str:
    exams = sorted({exam for draft in drafts for fact in draft.facts for exam, _ in fact.exams})
    if exams:
        return (
            f"Their facts serve {', '.join(exams)}: put the files of these exams into {to / 'exams'} and check all "
            f"with: cloudlark content lint --content {to}"
        )
    return f"Check them with: cloudlark content check {to}"


def _bank(content: list[Path] | None) -> Bank:
    from bot.bank.compiling import compile_content
    from bot.cli.content import SHIPPED

    roots = content or [SHIPPED]
    for root in roots:
        if not root.is_dir():
            _fail(f"There is no content folder {root}.")
    return compile_content(roots).bank


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    except OSError as error:
        _fail(f"{folder} cannot be written: {error.strerror}.")


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
