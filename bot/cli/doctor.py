"""`cloudlark doctor`: everything examined, a line each."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Examine settings, data, content, database, clock, port and tokens; exit 1 on failures."""
    from bot import settings as settings_
    from bot.app import content_folders, examinations
    from bot.cli.sentences import sentences
    from bot.doctor import report
    from bot.doctor.examination import examine

    with sentences():
        settings, given = settings_.read(), settings_.given_values()
    found = asyncio.run(examine(settings, given, content_folders(settings), examinations(settings)))
    typer.echo(report.as_json(found) if as_json else report.lines(found))
    if not report.healthy(found):
        raise typer.Exit(1)
