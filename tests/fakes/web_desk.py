"""A desk that answers as the core would, without any core: for the local chat's own tests."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.commands.command import Args, Command, Parameter, ParameterKind, Who
from bot.messages import (
    Button,
    ButtonStyle,
    Choice,
    FileField,
    Form,
    FormErrors,
    Notice,
    Reply,
    Sheet,
    Switch,
    TextField,
    Tone,
    Upload,
)
from bot.messages.acts import AnswerPractice, AnswerRound, OpenForm, RunCommand, ShowPractice, SubmitForm
from bot.messages.codec import StaleButtonError, decode, encode
from bot.messages.forms import NO_FILES
from bot.model.people import Caller, Channel, Person
from tests.fakes import web_messages as say


async def _never(tutor: object, caller: Caller, args: Args) -> Reply:
    raise AssertionError("the fake desk runs commands itself")


TOPIC = Parameter("topic", "A topic or an exam", ParameterKind.TOPIC, rest=True)
COUNT = Parameter("count", "How many questions", ParameterKind.INTEGER, minimum=1, maximum=20)
PERIOD = Parameter("period", "Which period", ParameterKind.CHOICE, choices=("week", "month", "all"))
COMMANDS = (
    Command("quiz", "Practise privately: a few questions on a topic", _never, (TOPIC, COUNT)),
    Command("leaderboard", "Who leads", _never, (PERIOD,)),
    Command("progress", "Your points, streak and domains", _never),
    Command("settings", "Your time zone, workdays and visibility", _never),
    Command("help", "What I can do", _never),
    Command("schedule add", "Post a question here every day", _never, who=Who.ADMIN),
    Command("schedule list", "The schedules of this place", _never, who=Who.ADMIN),
)
TOPICS = (("dynamodb", "Amazon DynamoDB"), ("dax", "DynamoDB Accelerator"), ("sqs", "Amazon SQS"))


PACK_FORM = Form(
    SubmitForm("pack"),
    "Add a pack",
    (TextField("name", "Name", required=True), FileField("file", "File", (".yaml",), 1_000, "At most 1 KB.")),
    submit_label="Check it",
)


@dataclass
class FakeDesk:
    """Keeps every call in `calls` and each person's first answer in `answers`."""

    calls: list[tuple[str, Caller, object]] = field(default_factory=list)
    files: list[Mapping[str, Upload]] = field(default_factory=list)
    answers: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    failing: bool = False
    spoken: str = "en"
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def commands(self) -> Sequence[Command]:
        return COMMANDS

    async def command(self, caller: Caller, text: str) -> Reply:
        self._note("command", caller, text)
        word, *rest = text.removeprefix("/").split()
        match word:
            case "quiz":
                return Reply(say.practice(0))
            case "leaderboard":
                return Reply(say.board(caller.person.name), private="all" not in rest)
            case "progress":
                return Reply(say.progress())
            case "settings":
                return Reply(_form())
            case "pack":
                return Reply(PACK_FORM)
            case _:
                return Reply(Notice(f"I do not know /{word}. Type /help to see what there is.", Tone.ERROR))

    async def invoke(self, caller: Caller, name: str, args: Mapping[str, str | int]) -> Reply:
        raise AssertionError("the local chat hands in commands as text")

    async def click(self, caller: Caller, button: str, values: Sequence[str] = ()) -> Reply:
        self._note("click", caller, (button, tuple(values)))
        try:
            act = decode(button)
        except StaleButtonError:
            return Reply(Notice("That button is from an older version of me.", Tone.WARN))
        match act:
            case AnswerRound():
                reply = Reply(self._verdict(caller, f"round {act.round}", act.pick, values))
            case AnswerPractice():
                verdict = self._verdict(caller, f"item {act.session} {act.number}", act.pick, values)
                reply = Reply(verdict, replace=True)
            case ShowPractice():
                reply = Reply(say.practice(act.number), replace=True)
            case OpenForm():
                reply = Reply(_form())
            case RunCommand():
                reply = await self.command(caller, act.text)
            case _:
                reply = Reply(Notice(f"Pressed {button}."))
        return reply

    async def submit(
        self, caller: Caller, form: str, values: Mapping[str, str], files: Mapping[str, Upload] = NO_FILES
    ) -> Reply:
        self.files.append(files)
        self._note("submit", caller, (form, dict(values)))
        if form == "sf:pack" and "file" in files:
            return Reply(Notice(f"Kept {files['file'].name}.", Tone.GOOD))
        if "/" not in values.get("zone", ""):
            return Reply(FormErrors({"zone": "That is no time zone: try Europe/Vienna."}))
        return Reply(Notice("Saved.", Tone.GOOD))

    async def said(self, caller: Caller, text: str) -> Reply:
        self._note("said", caller, text)
        return Reply(Notice(f"You asked: {text}", buttons=(Button("Quiz me", RunCommand("quiz sqs 3")),)))

    async def home(self, caller: Caller) -> Sheet:
        self._note("home", caller, None)
        return say.progress()

    async def language(self, person: Person) -> str | None:
        return self.spoken

    def complete(
        self, kind: ParameterKind, typed: str, caller: Caller | None = None
    ) -> list[tuple[str, str]]:
        return [(value, label) for value, label in TOPICS if value.startswith(typed.casefold())]

    async def joined(self, caller: Caller, channel: Channel, name: str) -> Reply:
        self._note("joined", caller, (channel, name))
        setup = Button("Set up a daily question", OpenForm("schedule"), ButtonStyle.PRIMARY)
        return Reply(Notice(f"Hello #{name}.", buttons=(setup,)), private=False)

    async def left(self, channel: Channel, reason: str, name: str = "") -> None:
        raise AssertionError("nobody leaves the local chat")

    async def forgotten(self, platform: str, community: str) -> None:
        raise AssertionError("nobody forgets the local chat")

    async def renamed(self, caller: Caller) -> None:
        self._note("renamed", caller, caller.person.name)

    def named(self, name: str) -> list[tuple[Caller, object]]:
        """The calls of one method."""
        return [(caller, given) for method, caller, given in self.calls if method == name]

    def _note(self, method: str, caller: Caller, given: object) -> None:
        self.calls.append((method, caller, given))
        if self.failing:
            raise RuntimeError("the fake desk is told to fail")

    def _verdict(self, caller: Caller, about: str, pick: int | None, values: Sequence[str]) -> say.Feedback:
        picks = (pick,) if pick is not None else tuple(int(value) for value in values)
        first = self.answers.setdefault((caller.person.id, about), picks)
        self.answered.set()
        return say.feedback(first, again=first != picks, practice=about.startswith("item"))


def _form() -> Form:
    fields = (
        TextField(
            "zone", "Time zone", "Europe/Vienna", "Where your day begins and ends.", "Europe/Vienna", True
        ),
        Choice(
            "days", "Workdays", (("mo", "Monday"), ("tu", "Tuesday"), ("we", "Wednesday")), "mo,tu", many=True
        ),
        Choice("seen", "Who sees my name", (("all", "Everyone"), ("none", "Nobody")), "all"),
        Switch("reminder", "Remind me of reviews", on=True),
        TextField("about", "About you", long=True),
    )
    return Form(SubmitForm("settings"), "Your settings", fields, intro="They hold wherever you learn.")


def closes_soon() -> dt.datetime:
    """A time at which a question closes, some hours ahead."""
    return dt.datetime.now(dt.UTC) + dt.timedelta(hours=7, minutes=30)


def button_id(card: say.QuestionCard, place: int) -> str:
    """The id of an option's button."""
    return encode(card.option_buttons()[place].act)
