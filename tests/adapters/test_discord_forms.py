"""Forms as modals."""

from __future__ import annotations

from adapters.discord.render_form import modal_of
from bot.messages import Choice, Form, Switch, TextField
from bot.messages.acts import SubmitForm
from tests.fakes.discord.component_rules import check_modal

ZONE = TextField("zone", "Time zone", "UTC", "As in Europe/Berlin.", "Europe/Berlin", required=True)
DAYS = Choice("days", "Days", tuple((str(n), f"Day {n}") for n in range(7)), "1,2,3", many=True)
TOPIC = Choice("topic", "Topic", (("s3", "Amazon S3"), ("sqs", "Amazon SQS")), required=False)
BOARD = Switch("board", "Show me on boards", on=True)
NOTE = TextField("note", "Note", long=True, limit=1000)


def dressed(form: Form, typed: dict[str, str] | None = None) -> dict:
    modal = modal_of(form, typed).to_dict()
    check_modal(modal)
    return modal


async def test_every_kind_of_field_stands_in_a_label() -> None:
    modal = dressed(Form(SubmitForm("schedule", "4"), "A schedule", (ZONE, DAYS, TOPIC, BOARD, NOTE)))
    assert modal["custom_id"] == "sf:schedule:4"
    inner = [label["component"] for label in modal["components"]]
    assert [field["type"] for field in inner] == [4, 3, 3, 23, 4]
    assert [option.get("default") for option in inner[1]["options"]].count(True) == 3
    assert (inner[1]["min_values"], inner[1]["max_values"]) == (1, 7)
    assert (inner[2]["min_values"], inner[2]["required"]) == (0, False)
    assert inner[3]["default"] is True
    assert inner[4]["style"] == 2


async def test_an_introduction_stands_above_up_to_four_fields() -> None:
    four = dressed(Form(SubmitForm("a"), "A", (ZONE, DAYS, TOPIC, BOARD), intro="Two answers."))
    five = dressed(Form(SubmitForm("a"), "A", (ZONE, DAYS, TOPIC, BOARD, NOTE), intro="Two answers."))
    assert [c["type"] for c in four["components"]] == [10, 18, 18, 18, 18]
    assert [c["type"] for c in five["components"]] == [18] * 5


async def test_beside_five_fields_the_introduction_is_the_first_hint() -> None:
    fields = (NOTE, DAYS, TOPIC, BOARD, ZONE)
    first, *others = dressed(Form(SubmitForm("a"), "A", fields, intro="Two answers."))["components"]
    assert first["description"] == "Two answers."
    assert "Two answers." not in str(others)


async def test_what_was_typed_before_takes_the_place_of_what_stood_there() -> None:
    typed = {"zone": "Mars", "days": "5", "board": ""}
    zone, days, board = dressed(Form(SubmitForm("a"), "A", (ZONE, DAYS, BOARD)), typed)["components"]
    assert zone["component"]["value"] == "Mars"
    assert [o["value"] for o in days["component"]["options"] if o.get("default")] == ["5"]
    assert board["component"]["default"] is False


async def test_long_words_are_clipped_to_what_a_modal_takes() -> None:
    wordy = TextField("x", "L" * 90, "v" * 300, "h" * 200, "p" * 200, limit=100)
    dressed(Form(SubmitForm("a"), "T" * 90, (wordy,)))
