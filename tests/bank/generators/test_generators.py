"""What holds for every generator, whatever it computes."""

import random
import re
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.generators import GENERATORS, Drawn, Generator, Parameter
from bot.bank.generators.calc import parse

each_generator = pytest.mark.parametrize("generator", GENERATORS.values(), ids=list(GENERATORS))
PLAUSIBLE = 10**7


def limits(parameter: Parameter) -> st.SearchStrategy[int]:
    """Whole numbers a parameter takes, the edges more often than others."""
    low, high = ceil(parameter.minimum), int(min(parameter.maximum, PLAUSIBLE))
    edges = [low, min(low + 1, high), high]
    return st.one_of(st.sampled_from(edges), st.integers(low, min(high, low + 50)), st.integers(low, high))


@st.composite
def fixed_values(draw: st.DrawFn, generator: Generator) -> dict[str, object]:
    values: dict[str, object] = {}
    for each in generator.parameters:
        if each.kind == "choice":
            values[each.name] = draw(st.sampled_from(each.choices))
        elif not each.replaces:
            values[each.name] = draw(limits(each))
    return values


def shape(text: str) -> str:
    """An option without its number and without a plural."""
    return re.sub(r"[\d.,]+", "#", re.sub(r"(?<=ss)es$|(?<!s)s$", "", text))


def check(drawn: Drawn) -> None:
    texts = [option.text for option in drawn.options]
    assert len(texts) == len(set(texts)) == 4
    assert [option.right for option in drawn.options] == [True, False, False, False]
    assert all(option.why.endswith(".") for option in drawn.options)
    assert all(float(re.sub(r"[^\d.]", "", text)) > 0 for text in texts)
    assert len({shape(text) for text in texts}) == 1
    assert drawn.working == drawn.options[0].why


@each_generator
@given(data=st.data())
def test_offers_four_distinct_options_of_one_shape_at_any_values(generator, data):
    values = data.draw(fixed_values(generator))
    check(generator.draw({}, values, random.Random(data.draw(st.integers(0, 99)))))


@each_generator
def test_draws_from_what_is_usual_when_a_question_says_nothing(generator):
    for seed in range(200):
        check(generator.draw({}, {}, random.Random(seed)))


@each_generator
def test_the_same_state_of_the_generator_draws_the_same(generator):
    assert generator.draw({}, {}, random.Random(3)) == generator.draw({}, {}, random.Random(3))
    assert len({generator.draw({}, {}, random.Random(seed)).options[0].text for seed in range(40)}) > 5


@each_generator
def test_solves_what_it_draws(generator):
    for seed in range(50):
        drawn = generator.draw({}, {}, random.Random(seed))
        worked = generator.solve(drawn.values)
        assert (worked.answer, worked.working) == (drawn.options[0].text, drawn.working)


@each_generator
def test_its_example_can_be_typed(generator):
    found, values = parse(generator.example)
    assert found is generator
    assert generator.solve(values).working.endswith(".")


@each_generator
def test_names_what_is_missing_and_gives_an_example(generator):
    with pytest.raises(ValueError, match=r"also needs the [\w ]+\. For example: "):
        generator.solve({})
    with pytest.raises(ValueError, match=r"knows no colour\. For example: "):
        generator.solve({"colour": 1})


@each_generator
def test_draws_within_the_ranges_of_a_question(generator):
    number = next(each for each in generator.parameters if each.kind == "int" and not each.choices)
    low = max(ceil(number.minimum), 5)
    high = min(int(number.maximum), low + 7)
    drawn = {
        generator.draw({number.name: (low, high)}, {}, random.Random(n)).values[number.name]
        for n in range(80)
    }
    assert all(low <= each <= high for each in drawn)


def test_reports_all_faults_of_a_question_together():
    generator = GENERATORS["dynamodb-read-capacity"]
    ranges = {"rate": (20, 10), "size_kb": (1, 500), "consistency": (1, 2), "colour": (1, 2), "items": (1, 2)}
    faults = generator.faults(ranges, {"seconds": 0, "items": 5, "mode": "x"})
    assert faults == (
        "dynamodb-read-capacity has no parameter colour.",
        "dynamodb-read-capacity has no parameter mode.",
        "items is both fixed and drawn.",
        "The seconds has to be 1 to 86,400 seconds, not 0.",
        "The rate cannot run from 20 to 10.",
        "The size has to be 0.001 to 400 KB, not 500.",
        "The consistency is a choice: fix it to one of strong, eventual, transactional.",
    )
    with pytest.raises(ValueError, match="no parameter colour"):
        generator.draw(ranges, {}, random.Random(1))


def test_items_per_period_take_the_place_of_a_rate():
    generator = GENERATORS["dynamodb-write-capacity"]
    drawn = generator.draw({"items": (60, 600)}, {"seconds": 60, "size_kb": 2}, random.Random(4))
    assert set(drawn.values) == {"items", "seconds", "size_kb", "mode"}
    assert "in 60 s are" in drawn.working


def test_keeps_large_numbers_round():
    drawn = GENERATORS["lambda-gb-seconds"].draw({}, {}, random.Random(8)).values
    assert int(drawn["invocations"]) % 100_000 == 0
    assert int(drawn["duration_ms"]) % 50 == 0


def test_names_and_aliases_are_said_once():
    said = [name for each in GENERATORS.values() for name in (each.name, *each.aliases)]
    assert len(said) == len(set(said))
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in said)


@pytest.mark.parametrize("value", ["x", "", "1/0", "nan", "inf", "1e400"])
def test_refuses_what_is_no_number(value):
    assert GENERATORS["cidr-size"].faults({}, {"prefix": value})
