"""What a team does together: the weekly announcement, a goal, seasons."""

from __future__ import annotations

import pytest

from bot.messages import Leaderboard, Notice, Tone, encode
from bot.messages.acts import AnswerRound, RunCommand
from tests.support.world import World

FORM = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1,2,3,4", "questions": "all", "window": "240"}


async def scheduled(world: World) -> None:
    await world.desk.submit(world.caller("ada", "daily", admin=True), "sf:schedule:daily", FORM)


async def presses(world: World, name: str, round_id: int, pick: int) -> None:
    """Somebody presses a letter; in a question with two picks, two of them."""
    press = encode(AnswerRound(round_id))
    for values in ([str(pick)], sorted({str(pick), "0" if pick else "1"})):
        await world.desk.click(world.caller(name, "daily"), press, values)


async def says(world: World, text: str) -> Notice:
    message = (await world.says("ada", text, "daily", admin=True)).message
    assert isinstance(message, Notice), message
    return message


def announced(world: World) -> list[Leaderboard]:
    return [post.now for post in world.messenger.in_channel("daily") if isinstance(post.now, Leaderboard)]


async def a_week(world: World, first: int, right: dict[str, int]) -> int:
    """Five questions, of which each of them knows the first so many; ends with the Monday after.

    The first question stands there already in any week but the first. Returns the round of that Monday.
    """
    for day in range(5):
        if first == 1 or day:
            await world.tick(hours=1 if day == 0 else 24)
        for name, number in right.items():
            await presses(world, name, first + day, 0 if day < number else 3)
    await world.tick(hours=72)
    return first + 5


async def test_the_weekly_board_says_what_the_team_has_done(tutoring: World) -> None:
    await scheduled(tutoring)
    await says(tutoring, "/goal 12")
    await a_week(tutoring, 1, {"ben": 5, "cleo": 2, "dan": 1})
    (board,) = announced(tutoring)
    assert [row.name for row in board.rows] == ["ben", "cleo", "dan"]
    (picture,) = board.pictures
    assert picture.data.startswith(b"\x89PNG")
    assert picture.alt.startswith("The podium: 1. ben with 50 points; 2. cleo with")
    notes = " ".join(board.notes)
    assert "Team goal reached: 15 of 12 answers." in notes
    assert "Theme for this week: Topic t" in notes
    assert isinstance(board.buttons[0].act, RunCommand)
    assert board.buttons[0].act.text.startswith("quiz t")


async def test_who_gained_most_is_named(tutoring: World) -> None:
    await scheduled(tutoring)
    monday = await a_week(tutoring, 1, {"ben": 5, "cleo": 1})
    await a_week(tutoring, monday, {"ben": 3, "cleo": 5})
    improved = [
        note for board in announced(tutoring) for note in board.notes if note.startswith("Most improved")
    ]
    assert len(improved) == 1
    assert "cleo" in improved[0]


async def test_without_a_goal_nothing_is_said_of_one(tutoring: World) -> None:
    await scheduled(tutoring)
    await a_week(tutoring, 1, {"ben": 1})
    assert "goal" not in " ".join(announced(tutoring)[0].notes)


async def test_a_season_counts_from_its_beginning_to_its_end(tutoring: World) -> None:
    await scheduled(tutoring)
    await tutoring.tick(hours=1)
    await presses(tutoring, "ben", 1, 0)
    begun = await says(tutoring, "/season start  Winter   2026")
    assert "Winter 2026" in begun.text
    await presses(tutoring, "cleo", 1, 0)
    board = (await tutoring.says("ben", "/leaderboard season", "daily")).message
    assert isinstance(board, Leaderboard)
    assert [row.name for row in board.rows] == ["cleo"]
    assert "Winter 2026" in board.title
    tutoring.clock.forward(minutes=5)
    assert "Winter 2026" in (await says(tutoring, "/season end")).text
    await presses(tutoring, "dan", 1, 0)
    over = (await tutoring.says("ben", "/leaderboard season", "daily")).message
    assert isinstance(over, Leaderboard)
    assert [row.name for row in over.rows] == ["cleo"]
    assert over.title.endswith("final")


@pytest.mark.parametrize("typed", ["/season end", "/leaderboard season"])
async def test_where_no_season_is_one_is_told_so(tutoring: World, typed: str) -> None:
    notice = await says(tutoring, typed)
    assert notice.tone is Tone.WARN
    assert "season" in notice.text


async def test_one_season_runs_at_a_time(tutoring: World) -> None:
    await says(tutoring, "/season start One")
    again = await says(tutoring, "/season start Two")
    assert again.tone is Tone.WARN
    assert "/season end" in again.text


async def test_equals_share_a_step_of_the_podium_and_the_praise(tutoring: World) -> None:
    await scheduled(tutoring)
    names = ("ben", "cleo", "dan", "eve")
    monday = await a_week(tutoring, 1, dict.fromkeys(names, 1))
    await a_week(tutoring, monday, dict.fromkeys(names, 3))
    last = announced(tutoring)[-1]
    assert [row.rank for row in last.rows] == [1, 1, 1, 1]
    assert all(f"1. {name} with" in last.pictures[0].alt for name in names)
    assert "Most improved: ben, cleo, dan and eve, " in " ".join(last.notes)


async def test_last_week_can_still_be_seen_when_another_has_begun(tutoring: World) -> None:
    await scheduled(tutoring)
    await a_week(tutoring, 1, {"ben": 5, "cleo": 2})
    now = (await tutoring.says("ben", "/leaderboard", "daily")).message
    assert isinstance(now, Leaderboard)
    assert now.rows == ()
    assert RunCommand("leaderboard last") in [button.act for button in now.buttons]
    last = (await tutoring.says("ben", "/leaderboard last", "daily")).message
    assert isinstance(last, Leaderboard)
    assert [(row.name, row.points) for row in last.rows] == [("ben", 50), ("cleo", 26)]
    assert last.period == "16 to 22 November 2026"
