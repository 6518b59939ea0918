"""All commands, in the order in which help lists them."""

from __future__ import annotations

from bot.commands.command import Command, Parameter, ParameterKind, Who
from bot.commands.handlers import account, healing, packs, schedules, study, team
from bot.commands.help import helping
from bot.tutor.healing.deciding import DECISIONS
from bot.tutor.healing.regrading import WORDS
from bot.wording.speech import LANGUAGES

TOPIC = Parameter("topic", "A topic or an exam: dynamodb, sqs, dva", ParameterKind.TOPIC, rest=True)
EXAM = Parameter("exam", "dva or saa", ParameterKind.EXAM)
NUMBER = Parameter(
    "number", "The schedule's number", ParameterKind.INTEGER, required=True, minimum=1, maximum=999_999_999
)
PACK = Parameter("pack", "The pack's name", required=True)

COMMANDS: tuple[Command, ...] = (
    Command(
        "quiz",
        "Practise privately: a few questions on a topic",
        study.quiz,
        (
            TOPIC,
            Parameter("count", "How many questions, 1 to 20", ParameterKind.INTEGER, minimum=1, maximum=20),
        ),
        example="/quiz dynamodb 3",
    ),
    Command(
        "review",
        "Bring back what you are about to forget",
        study.review,
        (Parameter("count", "How many questions, 1 to 20", ParameterKind.INTEGER, minimum=1, maximum=20),),
        example="/review 10",
    ),
    Command(
        "mock start",
        "A mock exam drawn to the true blueprint",
        study.mock_start,
        (
            EXAM,
            Parameter(
                "length", "full, half or quick", ParameterKind.CHOICE, choices=("full", "half", "quick")
            ),
        ),
        example="/mock start dva quick",
    ),
    Command("mock resume", "Go on with your exam, on any device", study.mock_resume),
    Command("mock status", "How far you are, or your last report", study.mock_status),
    Command(
        "mock stop",
        "Hand your exam in",
        study.mock_stop,
        (Parameter("word", "now, or I ask you first", ParameterKind.CHOICE, choices=("now",)),),
    ),
    Command(
        "exam set",
        "Say which exam you work towards, and when it is",
        study.exam_set,
        (
            Parameter("exam", "dva or saa", ParameterKind.EXAM, required=True),
            Parameter("date", "The day of your exam, as 2027-02-01"),
        ),
        example="/exam set saa 2027-02-01",
    ),
    Command("exam readiness", "How likely you would pass today", study.exam_readiness, (EXAM,)),
    Command(
        "drill",
        "Tell two things apart, or see what you mix up",
        study.drill,
        (Parameter("pair", "Two topics, as sqs-vs-kinesis", ParameterKind.PAIR, rest=True),),
        example="/drill sqs-vs-kinesis",
    ),
    Command(
        "ask",
        "An answer from the facts, with its source",
        study.ask,
        (Parameter("words", "What you want to know", rest=True),),
        example="/ask how long does sqs keep messages",
    ),
    Command(
        "calc",
        "A sum that exams ask for, with the working",
        study.calc,
        (Parameter("sum", "For example: rcu 10 items/s 6 KB eventual", rest=True),),
        example="/calc rcu 10 items/s 6 KB eventual",
    ),
    Command(
        "leaderboard",
        "Who leads this week, month, season or of all time",
        team.leaderboard,
        (
            Parameter(
                "period",
                "week, last (week), month, season or all",
                ParameterKind.CHOICE,
                choices=("week", "last", "month", "season", "all"),
            ),
        ),
        example="/leaderboard month",
    ),
    Command("progress", "Your points, streak and domains", account.progress),
    Command("topics", "What can be asked", study.topics),
    Command("settings", "Your time zone, workdays and visibility", account.settings),
    Command(
        "link",
        "Be one and the same on two platforms",
        account.link,
        (Parameter("code", "The code from your other account"),),
        example="/link ABCD-2345",
    ),
    Command("unlink", "Part this account from your others", account.unlink),
    Command("mydata export", "All that I keep about you, as a file", account.mydata_export),
    Command("mydata anki", "What you got wrong, as a deck for Anki", account.mydata_anki),
    Command(
        "mydata delete",
        "Forget me",
        account.mydata_delete,
        (Parameter("word", "The word that I ask you for"),),
    ),
    Command(
        "help",
        "What I can do",
        helping(lambda: COMMANDS),
        (Parameter("command", "One command, as quiz", rest=True),),
    ),
    Command("schedule add", "Post a question here every day", schedules.schedule_add, who=Who.ADMIN),
    Command(
        "schedule list", "The schedules of this place", schedules.schedule_list, who=Who.ADMIN, quiet=True
    ),
    Command("schedule edit", "Change time, days or topics", schedules.schedule_edit, (NUMBER,), Who.ADMIN),
    Command(
        "schedule preview", "The next ten posts", schedules.schedule_preview, (NUMBER,), Who.ADMIN, quiet=True
    ),
    Command(
        "schedule calendar", "Holidays and quiet hours", schedules.schedule_calendar, (NUMBER,), Who.ADMIN
    ),
    Command(
        "schedule options", "Reveal policy and confidence", schedules.schedule_options, (NUMBER,), Who.ADMIN
    ),
    Command("schedule pause", "Stop a schedule for a while", schedules.schedule_pause, (NUMBER,), Who.ADMIN),
    Command(
        "schedule resume", "Let a paused schedule run again", schedules.schedule_resume, (NUMBER,), Who.ADMIN
    ),
    Command("schedule skip", "Leave out the next day", schedules.schedule_skip, (NUMBER,), Who.ADMIN),
    Command("schedule now", "Post today's question at once", schedules.schedule_now, (NUMBER,), Who.ADMIN),
    Command(
        "schedule reveal", "Close the open question now", schedules.schedule_reveal, (NUMBER,), Who.ADMIN
    ),
    Command(
        "schedule test", "See a sample, privately", schedules.schedule_test, (NUMBER,), Who.ADMIN, quiet=True
    ),
    Command("schedule remove", "Remove a schedule", schedules.schedule_remove, (NUMBER,), Who.ADMIN),
    Command(
        "night start",
        "Live rounds here, one after the other",
        team.night_start,
        (
            Parameter("topic", "A topic, or all", ParameterKind.TOPIC),
            Parameter("rounds", "How many, 1 to 50", ParameterKind.INTEGER, minimum=1, maximum=50),
            Parameter("seconds", "For each, 10 to 300", ParameterKind.INTEGER, minimum=10, maximum=300),
            Parameter(
                "bonus", "speed for points to the quick", ParameterKind.CHOICE, choices=("none", "speed")
            ),
        ),
        Who.ADMIN,
        "/night start dynamodb 10 30",
    ),
    Command("night stop", "End it and show the podium", team.night_stop, who=Who.ADMIN),
    Command(
        "bank reports",
        "Questions that people reported, and what to do",
        healing.reports,
        (
            Parameter("question", "The id of one question"),
            Parameter("decision", "What to do with it", ParameterKind.CHOICE, choices=DECISIONS),
        ),
        Who.ADMIN,
        quiet=True,
    ),
    Command(
        "bank regrade",
        "Grade old answers anew by a corrected key",
        healing.regrade,
        (
            Parameter("question", "The id of the question", required=True),
            Parameter("word", "now, or first see what changes", ParameterKind.CHOICE, choices=WORDS),
        ),
        Who.ADMIN,
        "/bank regrade sqs.retention-holiday",
        quiet=True,
    ),
    Command(
        "bank stats",
        "What first answers say about questions",
        healing.stats,
        (TOPIC,),
        Who.ADMIN,
        "/bank stats dynamodb",
        quiet=True,
    ),
    Command(
        "bank digest",
        "A word to you on Mondays about the bank",
        healing.digest,
        (Parameter("switch", "on or off", ParameterKind.CHOICE, required=True, choices=("on", "off")),),
        Who.ADMIN,
        "/bank digest on",
        quiet=True,
    ),
    Command(
        "bank packs", "The packs of this place and their versions", packs.packs, who=Who.ADMIN, quiet=True
    ),
    Command("bank add", "Send a pack of your own questions", packs.add, who=Who.ADMIN),
    Command(
        "bank preview",
        "A pack's questions with their keys",
        packs.preview,
        (
            PACK,
            Parameter("number", "Which question, from 1", ParameterKind.INTEGER, minimum=1, maximum=9_999),
        ),
        Who.ADMIN,
        "/bank preview onboarding 2",
        quiet=True,
    ),
    Command(
        "bank publish",
        "Let a pack be asked, or an earlier version again",
        packs.publish,
        (
            PACK,
            Parameter(
                "version", "Which version; else the newest", ParameterKind.INTEGER, minimum=1, maximum=99_999
            ),
        ),
        Who.ADMIN,
        "/bank publish onboarding",
    ),
    Command("bank retire", "Ask a pack no more", packs.retire, (PACK,), Who.ADMIN, "/bank retire onboarding"),
    Command("bank audit", "The last things that admins did", healing.audit, who=Who.ADMIN, quiet=True),
    Command(
        "goal",
        "How many answers the team wants to give a week",
        team.goal,
        (
            Parameter(
                "answers",
                "A number, or 0 for no goal",
                ParameterKind.INTEGER,
                required=True,
                maximum=1_000_000,
            ),
        ),
        Who.ADMIN,
        "/goal 100",
    ),
    Command(
        "season start",
        "Begin a season with a board of its own",
        team.season_start,
        (Parameter("name", "What it is called", required=True, rest=True),),
        Who.ADMIN,
        "/season start Winter 2026",
    ),
    Command("season end", "End the season that runs", team.season_end, who=Who.ADMIN),
    Command(
        "language",
        "Speak another language in this place",
        team.language,
        (Parameter("language", "en or de", ParameterKind.CHOICE, required=True, choices=tuple(LANGUAGES)),),
        Who.ADMIN,
        "/language de",
    ),
    Command(
        "admin",
        "Let somebody else manage schedules",
        team.admin,
        (Parameter("person", "Mention or id of the person", required=True, rest=True),),
        Who.ADMIN,
        "/admin @sam",
    ),
)
