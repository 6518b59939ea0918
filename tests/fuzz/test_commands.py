"""Whatever is typed, at the desk: an answer that every platform can show, and no failure."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.commands.command import Command, Parameter, ParameterKind
from bot.commands.registry import COMMANDS
from tests.fuzz.answers import check
from tests.fuzz.budget import fuzzed
from tests.fuzz.overhearing import overheard
from tests.fuzz.people import caller
from tests.fuzz.texts import anything, hostile, nasty, numbers
from tests.support.world import World

SENSIBLE = {
    ParameterKind.TOPIC: ["t0", "alias t1", "topic", "ex", "EX-1"],
    ParameterKind.EXAM: ["ex", "EX-1"],
    ParameterKind.INTEGER: ["1", "3", "20"],
    ParameterKind.PAIR: ["t0-vs-t1", "t0 or t1", "a vs b"],
    ParameterKind.TEXT: ["2027-02-01", "t0", "<@U2|sam>", "DELETE", "rcu 10 items/s 6 KB", "schedule", "ABCD-2345"],
}  # fmt: skip
channels = st.sampled_from(["general", None])


def word(parameter: Parameter) -> st.SearchStrategy[str]:
    """Something near what a parameter takes."""
    sensible = st.sampled_from([*parameter.choices, *SENSIBLE.get(parameter.kind, ["x"])])
    return st.one_of(sensible, sensible, numbers, hostile)


@st.composite
def nearly_valid(draw: st.DrawFn) -> str:
    """A command of ours, with or without its slash, and arguments as they should and should not be."""
    command: Command = draw(st.sampled_from(COMMANDS))
    words = [draw(word(parameter)) for parameter in command.parameters]
    extra = draw(st.lists(hostile, max_size=1))
    kept = draw(st.integers(0, len(words)))
    slash, gap = (
        draw(st.sampled_from(["/", "", "//", " /", "\u200b/"])),
        draw(st.sampled_from([" ", "  ", "\t", "\n"])),
    )
    return gap.join([slash + command.name, *words[:kept], *extra])


@st.composite
def taken_apart(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A command with its arguments by name, as Discord sends them."""
    command: Command = draw(st.sampled_from(COMMANDS))
    values = st.one_of(hostile, st.integers(), st.floats(), st.booleans())
    args = {p.name: draw(st.one_of(word(p), values)) for p in command.parameters if draw(st.booleans())}
    name = draw(st.one_of(st.just(command.name), st.just(command.name.split()[0]), hostile))
    return name, args | draw(st.dictionaries(nasty, values, max_size=1))


def short(text: str) -> str:
    """As long as the ids of platforms get."""
    return text[:40]


@fuzzed(150)
@given(text=st.one_of(hostile, anything), channel=channels)
async def test_any_text_is_answered_as_a_command_and_as_free_words(
    tutoring: World, text: str, channel: str | None
) -> None:
    with overheard():
        check(await tutoring.desk.command(caller(channel=channel), text))
        check(await tutoring.desk.said(caller(channel=channel), text))


@fuzzed(250)
@given(text=nearly_valid(), channel=channels, admin=st.booleans())
async def test_commands_with_hostile_arguments_are_answered(
    tutoring: World, text: str, channel: str | None, admin: bool
) -> None:
    with overheard():
        check(await tutoring.desk.command(caller(channel=channel, admin=admin), text))


@fuzzed(150)
@given(given_=taken_apart(), admin=st.booleans())
async def test_commands_that_a_platform_took_apart_are_answered(
    tutoring: World, given_: tuple[str, dict[str, Any]], admin: bool
) -> None:
    with overheard():
        check(await tutoring.desk.invoke(caller(admin=admin), *given_))


@fuzzed(60)
@given(name=hostile, zone=st.none() | hostile, channel=st.none() | hostile.map(short))
async def test_people_and_channels_may_be_called_anything(
    tutoring: World, name: str, zone: str | None, channel: str | None
) -> None:
    someone = caller(name, channel, admin=True, shown=name)
    stranger = type(someone)(
        type(someone.person)("test", "team", someone.person.id[:100], name, True, zone, zone),
        someone.channel,
        "req",
    )
    with overheard():
        for text in ("settings", "leaderboard", "schedule add", "progress"):
            check(await tutoring.desk.command(stranger, text))
        await tutoring.desk.renamed(stranger)
        await tutoring.desk.home(stranger)


@fuzzed(100)
@given(kind=st.sampled_from(ParameterKind), typed=hostile)
async def test_completions_of_any_text_are_few_and_short(
    tutoring: World, kind: ParameterKind, typed: str
) -> None:
    found = tutoring.desk.complete(kind, typed)
    assert len(found) <= 25
    assert all(0 < len(label) <= 100 for _, label in found)
