"""Places become lines only when somebody has to be told."""

from __future__ import annotations

from pathlib import Path

from bot.bank.places import Place, Problem, faults_of, lines_of


def test_places_of_a_file_get_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("facts:\n  - id: a\n  - id: b\n")
    first, second = Place(path, ("facts", 0)), Place(path, ("facts",)).under(1, "id")
    assert lines_of([first, second]) == {first: 2, second: 3}


def test_a_file_that_has_gone_is_told_at_its_first_line(tmp_path: Path) -> None:
    place = Place(tmp_path / "gone.yaml", ("facts", 3))
    assert lines_of([place]) == {place: 1}


def test_faults_come_in_file_order_and_once(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("facts:\n  - id: a\n  - id: b\n")
    second, first = (
        Problem(Place(path, ("facts", 1)), "b is wrong"),
        Problem(Place(path), "all wrong", line=1),
    )
    assert [(f.line, f.message) for f in faults_of([second, first, second])] == [
        (1, "all wrong"),
        (3, "b is wrong"),
    ]
