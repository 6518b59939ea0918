"""`cloudlark content`: what authors and reviewers of content use.

Bad input ends a command with one sentence on stderr and exit code 2; 1 means that something was found.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rapidfuzz import process

from bot.bank.authoring import blind, cards, counts
from bot.bank.bank import Bank
from bot.bank.compiling import Compiled, compile_content
from bot.bank.lint import Report, Severity, guesses, lint
from bot.bank.lint.classifier import cues
from bot.bank.lint.giveaways import CLASSIFIER, betrayed, with_options
from bot.bank.schemas import FILES, schema_text
from bot.model.knowledge import Question

SHIPPED = Path(__file__).parents[2] / "content"

app = typer.Typer(help="Check, read and review what the bank holds.", no_args_is_help=True)

ContentPaths = Annotated[
    list[Path] | None,
    typer.Option("--content", help="A content folder; repeat it for several. Default: the shipped one."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Seed = Annotated[int, typer.Option(help="Decides the numbers drawn and the order of options.")]


@app.command("lint")
def lint_command(
    topic: Annotated[str | None, typer.Option(help="Only the files of this topic.")] = None,
    as_json: AsJson = False,
    content: ContentPaths = None,
) -> None:
    """Check content whole, or one topic; exit 1 when there are errors."""
    compiled = _compiled(content)
    if topic is not None and topic not in compiled.bank.topics:
        _fail(f"There is no topic {topic!r}.")
    reports = lint(compiled, dt.datetime.now(dt.UTC).date(), topic)
    typer.echo(_dump([_row(report) for report in reports]) if as_json else _tallied(reports))
    if any(report.severity is Severity.ERROR for report in reports):
        raise typer.Exit(1)


@app.command()
def giveaways(
    topic: Annotated[str | None, typer.Option(help="Only the questions of this topic.")] = None,
    guesser: Annotated[str | None, typer.Option(help="List what this one sees through.")] = None,
    as_json: AsJson = False,
    content: ContentPaths = None,
) -> None:
    """Show how well people do who know nothing and go by the looks of the options."""
    bank = _compiled(content).bank
    chosen = with_options(bank.questions.values() if topic is None else _of_topic(bank, topic))
    rows = guesses(chosen)
    if guesser is not None:
        if guesser not in {row.name for row in rows}:
            _fail(f"There is no guesser {guesser!r}; there are {', '.join(row.name for row in rows)}.")
        typer.echo("\n".join(betrayed(chosen, guesser)))
    elif as_json:
        typer.echo(_dump([asdict(row) for row in rows]))
    else:
        typer.echo("\n".join([*map(str, rows), *_cues(chosen, CLASSIFIER in {row.name for row in rows})]))


@app.command()
def coverage(
    ids: Annotated[Path, typer.Option(help="A file of fact ids, one a line.")],
    as_json: AsJson = False,
    content: ContentPaths = None,
) -> None:
    """Compare the bank with a list of facts; exit 1 when some are missing."""
    wanted = [line.strip() for line in _text_of(ids).splitlines()]
    found = counts.coverage_of(_compiled(content).bank, (line for line in wanted if line))
    if as_json:
        typer.echo(_dump(asdict(found)))
    else:
        lines = [*(f"missing: {fact}" for fact in found.missing)]
        lines += [f"asked rarely: {fact}" for fact in found.asked_rarely]
        tally = f"{found.wanted} wanted, {len(found.missing)} missing, {len(found.asked_rarely)} asked rarely"
        typer.echo("\n".join([*lines, tally]))
    if found.missing:
        raise typer.Exit(1)


@app.command()
def preview(
    name: Annotated[str, typer.Argument(metavar="ID", help="A question's or a fact's id.")],
    seed: Seed = 0,
    content: ContentPaths = None,
) -> None:
    """Print a question with its keys and reasons, or a fact."""
    compiled = _compiled(content)
    bank, shown = compiled.bank, []
    if name in bank.questions:
        shown.append(cards.question_card(bank, name, seed))
    if name in bank.facts:
        shown.append(cards.fact_card(bank, name))
    if not shown:
        near = process.extractOne(name, [*bank.questions, *bank.facts], score_cutoff=70)
        hint = f" Is it {near[0]}?" if near else ""
        _fail(f"There is no question or fact {name!r}.{hint}{_beside_faults(compiled)}")
    typer.echo("\n\n".join(shown))


@app.command("blind")
def blind_command(
    topic: str,
    file: Annotated[Path | None, typer.Option(help="Only the questions of this file of the topic.")] = None,
    seed: Seed = 0,
    content: ContentPaths = None,
) -> None:
    """Print a topic's questions without keys, for a reviewer who has not seen them."""
    compiled = _compiled(content)
    questions = _of_topic(compiled.bank, topic)
    if file is not None:
        where = file.resolve()
        questions = [q for q in questions if compiled.places["question", q.id].path.resolve() == where]
        if not questions:
            _fail(f"There are no questions of {topic} in {file}.")
    typer.echo(blind.sheet(compiled.bank, questions, seed))


@app.command()
def compare(
    topic: str,
    answers: Annotated[Path, typer.Argument(help="Lines such as  sqs.delay-limit: B")],
    seed: Seed = 0,
    content: ContentPaths = None,
) -> None:
    """Hold a reviewer's answers against the keys; exit 1 when they disagree. Wants the sheet's seed."""
    bank = _compiled(content).bank
    try:
        given = blind.answers_of(_text_of(answers))
        verdict = blind.compare(bank, _of_topic(bank, topic), given, seed)
    except blind.AnswersError as error:
        _fail(str(error))
    tally = f"{verdict.answered} answered, {len(verdict.disagreements)} disagree"
    typer.echo("\n\n".join([*verdict.disagreements, f"{tally}, {len(verdict.unanswered)} not answered"]))
    if verdict.disagreements:
        raise typer.Exit(1)


@app.command()
def stats(as_json: AsJson = False, content: ContentPaths = None) -> None:
    """Count questions by exam, domain, task, kind, style, difficulty and topic."""
    tables = counts.counts_of(_compiled(content).bank)
    if as_json:
        typer.echo(_dump(tables))
        return
    for heading, rows in tables.items():
        typer.echo("\n".join([heading, *(f"  {count:6}  {name}" for name, count in rows.items())]))


@app.command()
def schema(
    folder: Annotated[Path, typer.Argument(help="Where to write the files.")] = SHIPPED / "schema",
) -> None:
    """Write the JSON Schemas that editors complete and check content with."""
    if not folder.is_dir():
        _fail(f"There is no folder {folder}.")
    for name in FILES:
        (folder / f"{name}.json").write_text(schema_text(name), encoding="utf-8")


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def _compiled(paths: list[Path] | None) -> Compiled:
    roots = paths or [SHIPPED]
    for root in roots:
        if not root.is_dir():
            _fail(f"There is no content folder {root}.")
    return compile_content(roots)


def _beside_faults(compiled: Compiled) -> str:
    return " Some content has faults and was left out; see the lint." if compiled.problems else ""


def _of_topic(bank: Bank, topic: str) -> list[Question]:
    questions = bank.select((topic,))
    if not questions:
        _fail(f"There are no questions on the topic {topic!r}.")
    return list(questions)


def _cues(questions: list[Question], classified: bool) -> list[str]:
    if not classified:
        return []
    favour, against = cues(questions, count=12)
    return [f"words that look right: {', '.join(favour)}", f"words that look wrong: {', '.join(against)}"]


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        _fail(f"{path} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        _fail(f"{path} is not a text file in UTF-8.")


def _dump(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _row(report: Report) -> dict[str, str | int | None]:
    return {**asdict(report), "path": report.path and str(report.path)}


def _tallied(reports: Iterable[Report]) -> str:
    reports = tuple(reports)
    tally = Counter(report.severity for report in reports)
    tail = f"{tally[Severity.ERROR]} errors, {tally[Severity.WARNING]} warnings"
    return "\n".join([*map(str, reports), tail])
