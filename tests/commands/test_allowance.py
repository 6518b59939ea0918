"""How much one person may do at once."""

from __future__ import annotations

from bot.commands.allowance import Allowance


def test_a_burst_is_allowed_and_what_goes_beyond_it_is_not() -> None:
    allowance = Allowance(actions=30, seconds=10)
    assert [allowance.take("ann", 5.0) for _ in range(32)] == [True] * 30 + [False] * 2


def test_the_bucket_fills_up_evenly_again_and_no_further_than_full() -> None:
    allowance = Allowance(actions=4, seconds=2)
    assert [allowance.take("ann", 0.0) for _ in range(5)] == [True] * 4 + [False]
    assert [allowance.take("ann", 0.5) for _ in range(2)] == [True, False]
    assert [allowance.take("ann", 1_000.0) for _ in range(5)] == [True] * 4 + [False]


def test_whoever_keeps_pressing_while_refused_is_served_all_the_same() -> None:
    allowance = Allowance(actions=1, seconds=1)
    taken = [allowance.take("ann", tenth / 10) for tenth in range(31)]
    assert sum(taken) == 3 or sum(taken) == 4


def test_one_persons_haste_is_not_another_persons_wait() -> None:
    allowance = Allowance(actions=1, seconds=10)
    assert allowance.take("ann", 0.0)
    assert not allowance.take("ann", 0.0)
    assert allowance.take("bob", 0.0)


def test_a_clock_that_is_set_back_gives_nothing_and_takes_nothing() -> None:
    allowance = Allowance(actions=2, seconds=2)
    assert allowance.take("ann", 100.0)
    assert allowance.take("ann", 0.0)
    assert not allowance.take("ann", 0.0)
    assert allowance.take("ann", 1.0)


def test_only_so_many_people_are_remembered() -> None:
    allowance = Allowance(actions=1, seconds=1_000, remembered=100)
    for number in range(10_000):
        assert allowance.take(number, 0.0)
    assert not allowance.take(9_999, 0.0)
    assert allowance.take(0, 0.0)
    assert len(allowance._buckets) == 100


def test_no_actions_mean_no_limit() -> None:
    allowance = Allowance(actions=0, seconds=10)
    assert all(allowance.take("ann", 0.0) for _ in range(1_000))
