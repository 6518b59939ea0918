"""The command line: `cloudlark run` and everything that keeps it well."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Annotated

import typer

from bot import __version__
from bot.cli.sentences import sentences

if TYPE_CHECKING:
    from bot.app import App

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A team tutor for Slack, Discord and the browser.",
)


@app.command()
def run() -> None:
    """Start the tutor: the local chat, and Slack and Discord where their tokens are set."""
    from bot import settings as settings_
    from bot.app import run as run_app
    from bot.logs import configure

    with sentences():
        settings = settings_.read()
        configure(settings)
    gc.set_threshold(50_000, 20, 50)

    def announce(program: App) -> None:
        typer.echo(_hello(program))

    with sentences():
        asyncio.run(run_app(settings, announce))


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


@app.command()
def settings() -> None:
    """Print every setting with its default and what it is."""
    from bot.settings_page import page

    typer.echo(page())


slack = typer.Typer(help="What Slack needs to know.", no_args_is_help=True)
discord = typer.Typer(help="What Discord needs to know.", no_args_is_help=True)
app.add_typer(slack, name="slack")
app.add_typer(discord, name="discord")


@slack.command()
def manifest(
    prefix: Annotated[str, typer.Option(help="Before every command, where another app owns the words.")] = "",
    http: Annotated[str, typer.Option(help="Public address for HTTP mode; none for Socket Mode.")] = "",
    history: Annotated[bool, typer.Option(help="Let it look whether a post has arrived.")] = False,
) -> None:
    """Print the app manifest, to be pasted where a Slack app is created."""
    from bot.app import slack_manifest

    typer.echo(slack_manifest(prefix, http, history))


@discord.command()
def invite(
    application: Annotated[
        str, typer.Argument(help="The application's id; without it Discord is asked.")
    ] = "",
) -> None:
    """Print the link that invites the bot with the least permissions."""
    from bot.app import discord_invite

    if application and not (application.isascii() and application.isdigit()):
        typer.echo("Give the application's id, the long number of the developer portal.", err=True)
        raise typer.Exit(2)
    from bot.settings import read

    with sentences():
        typer.echo(asyncio.run(discord_invite(application, read())))


def _hello(program: App) -> str:
    bank = program.tutor.bank
    lines = [
        f"Cloudlark {__version__} is up with {len(bank.questions):,} questions on {len(bank.offered)} topics.",
        *(f"  {adapter.platform}: connected" for adapter in program.adapters if adapter.platform != "local"),
    ]
    if any(adapter.platform == "local" for adapter in program.adapters):
        lines += [
            "  Today's question is in #aws-daily of the local chat. Open it in a browser:",
            f"    {program.address}",
            "  Open it in a second tab to be a second person. Type /help there to see what there is.",
        ]
    return "\n".join([*lines, "Stop with Ctrl+C; everything that was answered is kept."])


def main() -> None:
    """The console script."""
    from bot.cli import database, exchange, packs
    from bot.cli.content import app as content
    from bot.cli.doctor import doctor
    from bot.cli.learning import app as learning
    from bot.cli.replay import replay

    learning.command("replay")(replay)
    content.command("new")(packs.new)
    content.command("add")(packs.add)
    content.command("check")(exchange.check)
    content.command("import")(exchange.import_)
    content.command("export")(exchange.export)
    for command in (
        database.migrate,
        database.copy,
        database.backup,
        database.restore,
        doctor,
    ):
        app.command()(command)
    app.add_typer(content, name="content", help="Look after the bank of knowledge.")
    app.add_typer(learning, name="learning", help="Compute what the tutor computes, from files.")
    app()
