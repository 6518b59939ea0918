"""All commands, in the order in which help lists them."""

from __future__ import annotations

from bot.commands import handlers as run
from bot.commands.command import Command, Parameter, ParameterKind, Who

TOPIC = Parameter("topic", "A topic or an exam: dynamodb, sqs, dva", ParameterKind.TOPIC, rest=True)
NUMBER = Parameter(
    "number", "The schedule's number", ParameterKind.INTEGER, required=True, minimum=1, maximum=999_999_999
)

COMMANDS = (
    Command(
        "quiz",
        "Practise privately: a few questions on a topic",
        run.quiz,
        (
            TOPIC,
            Parameter("count", "How many questions, 1 to 20", ParameterKind.INTEGER, minimum=1, maximum=20),
        ),
        example="/quiz dynamodb 3",
    ),
    Command(
        "review",
        "Bring back what you are about to forget",
        run.review,
        (Parameter("count", "How many questions, 1 to 20", ParameterKind.INTEGER, minimum=1, maximum=20),),
        example="/review 10",
    ),
    Command(
        "leaderboard",
        "Who leads this week, this month or of all time",
        run.leaderboard,
        (Parameter("period", "week, month or all", ParameterKind.CHOICE, choices=("week", "month", "all")),),
        example="/leaderboard month",
    ),
    Command("progress", "Your points, streak and domains", run.progress),
    Command("topics", "What can be asked", run.topics),
    Command("settings", "Your time zone, workdays and visibility", run.settings),
    Command("help", "What I can do", run.help_),
    Command("schedule add", "Post a question here every day", run.schedule_add, who=Who.ADMIN),
    Command("schedule list", "The schedules of this place", run.schedule_list, who=Who.ADMIN),
    Command("schedule options", "Reveal policy and confidence", run.schedule_options, (NUMBER,), Who.ADMIN),
    Command("schedule pause", "Stop a schedule for a while", run.schedule_pause, (NUMBER,), Who.ADMIN),
    Command("schedule resume", "Let a paused schedule run again", run.schedule_resume, (NUMBER,), Who.ADMIN),
    Command("schedule skip", "Leave out the next day", run.schedule_skip, (NUMBER,), Who.ADMIN),
    Command("schedule now", "Post today's question at once", run.schedule_now, (NUMBER,), Who.ADMIN),
    Command("schedule reveal", "Close the open question now", run.schedule_reveal, (NUMBER,), Who.ADMIN),
    Command("schedule test", "See a sample, privately", run.schedule_test, (NUMBER,), Who.ADMIN),
    Command("schedule remove", "Remove a schedule", run.schedule_remove, (NUMBER,), Who.ADMIN),
    Command(
        "admin",
        "Let somebody else manage schedules",
        run.admin,
        (Parameter("person", "Mention or id of the person", required=True, rest=True),),
        Who.ADMIN,
        "/admin @sam",
    ),
)
