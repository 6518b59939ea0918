"""`cloudlark learning`: what the tutor computes, from files.

Bad input ends a command with one sentence on stderr and exit code 2.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NoReturn

import msgspec
import typer

from bot.bank.documents import ExamDoc
from bot.bank.models import exam_of
from bot.learning import irt, matrix, memory, options, scores
from bot.learning.ability import Ability
from bot.learning.candidate import domain_name
from bot.learning.items import Analysis, analysis
from bot.learning.readiness import LEAST_ANSWERS, Readiness, readiness
from bot.model.knowledge import Exam

SHIPPED = Path(__file__).parents[2] / "content"
START = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
CERTAIN = 1e-9

app = typer.Typer(no_args_is_help=True, help="Compute what the tutor computes, from files.")


@app.callback()
def learning() -> None:
    """Compute what the tutor computes, from files."""


@app.command()
def vectors(
    file: Annotated[Path, typer.Argument(help='JSON: [{"ratings": [3, 3, 1], "days": [0, 3, 10]}, ...]')],
) -> None:
    """Follow review histories with FSRS-6: default parameters, retention 0.9, no fuzz, no learning steps.

    Ratings are 1 again, 2 hard, 3 good, 4 easy; days count from the first review. Prints, after every
    review, stability, difficulty and the next interval, and the retrievability just before it.
    """
    histories = _json(file)
    if not isinstance(histories, list):
        _fail(f"{file} has to hold a list of histories.")
    _print([_followed(history, number) for number, history in enumerate(histories, 1)])


@app.command()
def items(
    file: Annotated[
        Path, typer.Argument(help="CSV of 0 and 1, or of options with a row that begins with key.")
    ],
    fit: Annotated[bool, typer.Option("--fit", help="Also fit two-parameter items.")] = False,
) -> None:
    """Print a test's item statistics, to Moodle's definitions."""
    try:
        answers = matrix.read(list(csv.reader(_text(file).splitlines())))
        found = analysis(answers.marks)
        fitted = irt.fit(answers.marks) if fit else ()
    except (ValueError, csv.Error) as error:
        _fail(str(error))
    table = _test(answers, found)
    for row, item in zip(table["items"], fitted, strict=False):
        row["two_parameter"] = {**asdict(item), "difficulty": item.difficulty}
    _print(table)


@app.command("pass")
def pass_(
    probabilities: Annotated[
        Path | None, typer.Option(help="JSON: the success probability of every item.")
    ] = None,
    abilities: Annotated[
        str | None, typer.Option(help="One for each domain, in order: 0.8 or 0.8:0.2 with a variance.")
    ] = None,
    exam: Annotated[str, typer.Option(help="Whose domains the abilities are of.")] = "dva",
    cut: Annotated[list[int] | None, typer.Option(help="A raw cut; repeat it for several.")] = None,
) -> None:
    """Print the number-correct distribution, and the probability to reach each raw cut."""
    if (probabilities is None) == (abilities is None):
        _fail("Give either --probabilities or --abilities.")
    if probabilities is not None:
        given = _probabilities(probabilities)
        _print(_spread(scores.number_correct(given), cut))
    elif abilities is not None:
        found = _readiness(_exam(exam), abilities)
        _print({**_spread(list(found.distribution), cut), "domains": dict(found.domains)})


def _followed(history: Any, number: int) -> dict[str, Any]:
    ratings, days = _history(history, number)
    known: memory.Memory | None = None
    steps = []
    for rating, day in zip(ratings, days, strict=True):
        now = START + dt.timedelta(days=day)
        before = memory.retrievability(known, now) if known else None
        known = memory.review(known, memory.Grade(rating), now)
        steps.append(
            {
                "day": day,
                "rating": rating,
                "retrievability": before,
                "stability": known.stability,
                "difficulty": known.difficulty,
                "interval": memory.interval(known),
            }
        )
    last = steps[-1]
    return {
        "stability": last["stability"],
        "difficulty": last["difficulty"],
        "retrievability": last["retrievability"],
        "interval": last["interval"],
        "steps": steps,
    }


def _history(history: Any, number: int) -> tuple[list[int], list[float]]:
    fields = history if isinstance(history, dict) else {}
    ratings, days = fields.get("ratings"), fields.get("days")
    if (
        not isinstance(ratings, list)
        or not isinstance(days, list)
        or not ratings
        or len(ratings) != len(days)
    ):
        _fail(f"History {number} needs equally many ratings and days, at least one of each.")
    if any(type(each) is not int or each not in range(1, 5) for each in ratings):
        _fail(f"History {number} has a rating that is not 1, 2, 3 or 4.")
    if not all(_is_number(each) and 0 <= each <= 1_000_000 for each in days):
        _fail(f"History {number} has a day that is not a number from 0 up.")
    if days != sorted(days):
        _fail(f"History {number} has a day before the one it follows; days count from the first review.")
    return ratings, days


def _test(answers: matrix.Matrix, found: Analysis) -> dict[str, Any]:
    table = {name: value for name, value in asdict(found).items() if name != "items"}
    table["items"] = [
        {
            "question": answers.questions[at],
            **asdict(each.item),
            "intended_weight": each.intended_weight,
            "effective_weight": each.effective_weight,
            **(_picks(answers, at) if answers.keys else {}),
        }
        for at, each in enumerate(found.items)
    ]
    return table


def _picks(answers: matrix.Matrix, at: int) -> dict[str, Any]:
    picked = [row[at] for row in answers.picks]
    names = sorted(answers.keys[at].union(*picked))
    found = options.option_statistics(names, answers.keys[at], picked, answers.rests(at))
    suspect = options.rival(found)
    return {"options": [asdict(each) for each in found], "suspected_key": suspect and suspect.option}


def _spread(distribution: list[float], asked: list[int] | None) -> dict[str, Any]:
    most = len(distribution) - 1
    if any(not 0 <= each <= most for each in asked or ()):
        _fail(f"A cut has to lie between 0 and {most}.")
    mean = sum(right * p for right, p in enumerate(distribution))
    return {
        "items": most,
        "mean": mean,
        "sd": sum((right - mean) ** 2 * p for right, p in enumerate(distribution)) ** 0.5,
        "pass": {str(each): scores.at_least(distribution, each) for each in asked or scores.cuts(most)},
        "distribution": distribution,
    }


def _probabilities(file: Path) -> list[float]:
    found = _json(file)
    if (
        not isinstance(found, list)
        or not found
        or not all(_is_number(each) and 0 <= each <= 1 for each in found)
    ):
        _fail(f"{file} has to hold a list of probabilities, each from 0 to 1.")
    return found


def _readiness(exam: Exam, text: str) -> Readiness:
    parts = text.split(",")
    if len(parts) not in (1, len(exam.domains)):
        names = ", ".join(domain.slug for domain in exam.domains)
        _fail(f"{exam.slug} needs {len(exam.domains)} abilities, or one for all: {names}.")
    known = [_ability(part) for part in parts] * (len(exam.domains) if len(parts) == 1 else 1)
    by_domain = {domain_name(exam, d): each for d, each in zip(exam.domains, known, strict=True)}
    found = readiness(exam, by_domain, {}, LEAST_ANSWERS)
    assert found is not None
    return found


def _ability(text: str) -> Ability:
    mean, _, variance = text.partition(":")
    try:
        ability = Ability(float(mean), float(variance or CERTAIN), LEAST_ANSWERS)
    except ValueError:
        _fail(f"{text!r} is no ability: give a number such as 0.8, or 0.8:0.2 with its variance.")
    if not (abs(ability.mean) <= 10 and 0 < ability.variance <= 10):
        _fail(f"{text!r} is no ability: the mean lies within 10 of 0, the variance between 0 and 10.")
    return ability


def _exam(slug: str) -> Exam:
    files = sorted((SHIPPED / "exams").glob("*.yaml"))
    exams = [exam_of(msgspec.yaml.decode(file.read_bytes(), type=ExamDoc)) for file in files]
    found = {exam.slug: exam for exam in exams}
    if slug not in found:
        _fail(f"There is no exam {slug!r}; there are {', '.join(found)}.")
    return found[slug]


def _json(file: Path) -> Any:
    try:
        return json.loads(_text(file))
    except json.JSONDecodeError as error:
        _fail(f"{file} is not JSON: {error}.")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        _fail(f"{file} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        _fail(f"{file} is not a text file in UTF-8.")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _print(value: Any) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
