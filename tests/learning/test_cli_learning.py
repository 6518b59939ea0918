import json

import pytest
from typer.testing import CliRunner

from bot.cli.learning import app

RUNNER = CliRunner()


def run(*arguments: object) -> dict | list:
    result = RUNNER.invoke(app, [str(each) for each in arguments])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(*arguments: object) -> str:
    result = RUNNER.invoke(app, [str(each) for each in arguments])
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr


@pytest.fixture
def write(tmp_path):
    def write(text: str):
        path = tmp_path / "input"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_vectors_follow_histories_without_fuzz_and_without_the_rule_for_tomorrow(write):
    (found,) = run("vectors", write('[{"ratings": [3, 3, 1], "days": [0, 3, 10]}]'))
    assert [step["stability"] for step in found["steps"]] == pytest.approx(
        [2.3065, 13.8269, 1.6146], abs=1e-4
    )
    assert [step["difficulty"] for step in found["steps"]] == pytest.approx(
        [2.1181, 2.1112, 7.3922], abs=1e-4
    )
    assert [step["interval"] for step in found["steps"]] == [2, 14, 2]
    assert found["steps"][0]["retrievability"] is None
    assert found["retrievability"] == found["steps"][2]["retrievability"] == pytest.approx(0.9397, abs=1e-4)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{}", "a list of histories"),
        ("[1]", "History 1 needs equally many ratings and days"),
        ('[{"ratings": [3], "days": [0, 1]}]', "History 1 needs equally many"),
        ('[{"ratings": [5], "days": [0]}]', "not 1, 2, 3 or 4"),
        ('[{"ratings": [true], "days": [0]}]', "not 1, 2, 3 or 4"),
        ('[{"ratings": [3], "days": ["x"]}]', "a number from 0 up"),
        ('[{"ratings": [3, 3], "days": [4, 3]}]', "days count from the first review"),
        ("[", "is not JSON"),
    ],
)
def test_vectors_say_what_is_wrong(write, text, sentence):
    message = refused("vectors", write(text))
    assert sentence in message
    assert message.count("\n") == 1


def test_items_print_statistics_and_a_suspected_key(write):
    rows = [
        "id,a,b,c",
        "key,A,A,A",
        *(f"strong{n},B,A,A" for n in range(4)),
        *(f"weak{n},A,B,B" for n in range(4)),
    ]
    found = run("items", write("\n".join(rows)))
    assert found["attempts"] == 8
    first, second, _ = found["items"]
    assert (first["question"], first["suspected_key"], second["suspected_key"]) == ("a", "B", None)
    assert first["discrimination"] == pytest.approx(-100)
    assert [each["picks"] for each in first["options"]] == [4, 4]


def test_items_fit_two_parameters_when_asked(write):
    path = write("1,0,1\n1,1,1\n0,0,1\n1,0,0\n0,1,1")
    assert "two_parameter" not in run("items", path)["items"][0]
    assert set(run("items", path, "--fit")["items"][0]["two_parameter"]) == {
        "discrimination", "intercept", "difficulty",
    }  # fmt: skip


def test_items_say_what_is_wrong(write, tmp_path):
    assert "cannot be read" in refused("items", tmp_path / "none.csv")
    assert "no answers" in refused("items", write("a,b"))
    assert "three items" in refused("items", write("1,0\n0,1"), "--fit")


def test_pass_prints_the_distribution_of_given_probabilities(write):
    found = run("pass", "--probabilities", write("[0.5, 0.5]"), "--cut", 1, "--cut", 2)
    assert found["distribution"] == [0.25, 0.5, 0.25]
    assert (found["items"], found["mean"], found["pass"]) == (2, 1.0, {"1": 0.75, "2": 0.25})


def test_pass_takes_abilities_by_domain():
    found = run("pass", "--abilities", "0.8:0.2,1,0.5,0.9", "--exam", "dva")
    assert found["items"] == 50
    assert set(found["pass"]) == {"32", "38"}
    assert len(found["domains"]) == 4
    assert run("pass", "--abilities", "3")["pass"]["38"] > 0.99


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Give either"),
        (["--abilities", "1", "--probabilities", "x"], "Give either"),
        (["--abilities", "1,2"], "4 abilities, or one for all"),
        (["--abilities", "x"], "is no ability"),
        (["--abilities", "nan"], "is no ability"),
        (["--abilities", "1:-1"], "is no ability"),
        (["--abilities", "1", "--exam", "no"], "There is no exam 'no'"),
        (["--abilities", "1", "--cut", "51"], "between 0 and 50"),
    ],
)
def test_pass_says_what_is_wrong(arguments, sentence):
    assert sentence in refused("pass", *arguments)


@pytest.mark.parametrize("text", ["{}", "[]", "[2]", '["a"]', "[NaN]"])
def test_pass_takes_probabilities_only(write, text):
    assert "a list of probabilities" in refused("pass", "--probabilities", write(text))
