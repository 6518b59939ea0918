"""The benchmarks can be run, part by part; what they measure is their own affair."""

import importlib
import inspect

import pytest

from bench import simulation
from bench.__main__ import PARTS


@pytest.mark.parametrize("part", PARTS)
def test_every_part_runs_without_being_told_anything(part: str) -> None:
    run = importlib.import_module(f"bench.{part}").run
    asked = inspect.signature(run).parameters.values()
    assert all(each.default is not inspect.Parameter.empty for each in asked)


def test_the_simulation_compares_the_tutor_with_other_ways_on_the_same_learners() -> None:
    report = simulation.run(learners=10)
    assert set(report["readiness"]) == {"30", "60", "120"}
    assert all(0 <= each["ece"] <= 1 for each in report["readiness"].values())
    assert len({each["learners"] for each in report["mastery"].values()}) == 1
    assert report["fewer_than"]["random"] == pytest.approx(
        1 - report["mastery"]["tutor"]["answers"] / report["mastery"]["random"]["answers"], abs=1e-3
    )
