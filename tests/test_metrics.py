"""/metrics: what is counted, what is documented, and who may read it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.http import Server, application
from bot.jobs import Jobs
from bot.messages import ChannelGoneError, DeliveryFailedError, Notice, QuestionCard, encode
from bot.messages.acts import AnswerPractice
from bot.metrics import Metrics
from bot.metrics_page import metrics_routes
from bot.settings import SettingsError, read
from tests.support.world import World

ROOT = Path(__file__).parent.parent
PERSONAL = ("ben", "U-ben", "general", "Topic t0")


def value(made: World, name: str, **labels: str) -> float | None:
    """A sample's value."""
    return made.tutor.metrics.registry.get_sample_value(name, labels)


def names(metrics: Metrics) -> set[str]:
    """The names of all metrics of ours."""
    families = [family for family in metrics.registry.collect() if family.name.startswith("cloudlark")]
    return {f"{family.name}_info" if family.type == "info" else family.name for family in families}


def test_every_metric_is_documented_and_every_documented_metric_exists() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = page.partition("## Metrics")[2].partition("\n## ")[0]
    documented = set(re.findall(r"^\| `(cloudlark_\w+)`", table, re.MULTILINE))
    assert {name.removesuffix("_total") for name in documented} == names(Metrics())


def test_two_programs_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.requested("slack", "click", "done", 0.1)
    assert b'kind="click"' in one.page()
    assert b'kind="click"' not in other.page()


async def test_answers_are_counted_with_their_batches_and_waits(tutoring: World) -> None:
    card = (await tutoring.says("ben", "/quiz t0 1")).message
    assert isinstance(card, QuestionCard)
    for _ in range(2):
        await tutoring.desk.click(tutoring.caller("ben"), encode(AnswerPractice(1, 0, 0)))
    assert value(tutoring, "cloudlark_answers_total", origin="practice", outcome="fresh") == 1
    assert value(tutoring, "cloudlark_answers_total", origin="practice", outcome="repeated") == 1
    assert value(tutoring, "cloudlark_batch_answers_sum") == 2
    assert value(tutoring, "cloudlark_durable_seconds_count") == 2
    assert value(tutoring, "cloudlark_commit_seconds_count") == 2
    assert value(tutoring, "cloudlark_queue_depth", queue="answers") == 0


async def test_posts_are_counted_by_what_came_of_them_and_how_late_they_were(tutoring: World) -> None:
    await scheduled(tutoring)

    def fails(nonce: str) -> None:
        tutoring.messenger.before = lambda nonce: None
        raise DeliveryFailedError("not now", 1.0)

    tutoring.messenger.before = fails
    await tutoring.tick(hours=2)
    await tutoring.tick(seconds=30)
    kinds = {"platform": "test", "kind": "question"}
    assert value(tutoring, "cloudlark_posts_total", outcome="retry", **kinds) == 1
    assert value(tutoring, "cloudlark_posts_total", outcome="sent", **kinds) == 1
    assert value(tutoring, "cloudlark_late_seconds_sum", work="post") == 30
    assert value(tutoring, "cloudlark_late_seconds_count", work="schedule") == 2
    assert value(tutoring, "cloudlark_late_seconds_sum", work="schedule") == 2 * 3600
    await tutoring.tick(hours=5)
    assert value(tutoring, "cloudlark_late_seconds_count", work="round") == 1


async def test_a_channel_that_is_gone_is_counted(tutoring: World) -> None:
    await scheduled(tutoring)

    def gone(nonce: str) -> None:
        raise ChannelGoneError("archived")

    tutoring.messenger.before = gone
    await tutoring.tick(hours=2)
    found = value(tutoring, "cloudlark_posts_total", platform="test", kind="question", outcome="gone")
    assert found == 1


async def test_what_is_due_and_not_done_shows_before_anybody_does_it(tutoring: World) -> None:
    await scheduled(tutoring)
    jobs = Jobs(tutoring.tutor)
    tutoring.clock.forward(hours=2)
    await jobs.look()
    assert value(tutoring, "cloudlark_overdue_seconds", work="schedule") == 3600
    assert value(tutoring, "cloudlark_overdue_seconds", work="post") == 0
    await tutoring.tick()
    tutoring.tutor.messengers.clear()
    tutoring.clock.forward(hours=5)
    await jobs.look()
    assert value(tutoring, "cloudlark_overdue_seconds", work="round") == 3600
    await tutoring.tick()
    tutoring.clock.forward(minutes=10)
    await jobs.look()
    ready = value(tutoring, "cloudlark_queue_depth", queue="posts")
    assert ready is not None
    assert ready >= 1
    assert value(tutoring, "cloudlark_overdue_seconds", work="post") == 10 * 60


async def test_a_database_that_does_not_answer_leaves_the_other_metrics(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(work: object) -> object:
        raise OSError

    monkeypatch.setattr(tutoring.tutor.store, "read", broken)
    await Jobs(tutoring.tutor).look()
    assert b'cloudlark_queue_depth{queue="posts"} NaN' in tutoring.tutor.metrics.page()


async def test_a_job_that_breaks_is_counted_and_one_that_hangs_makes_the_program_not_ready(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = Jobs(tutoring.tutor)

    async def broken(tutor: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.jobs.fall_due", broken)
    await jobs._tick()
    assert value(tutoring, "cloudlark_jobs_failed_total", job="tick") == 1
    assert value(tutoring, "cloudlark_job_seconds_count", job="tick") == 1
    assert value(tutoring, "cloudlark_last_tick_timestamp_seconds") == tutoring.clock.now().timestamp()
    tutoring.clock.forward(minutes=4)
    assert jobs.trouble() == ""
    tutoring.clock.forward(minutes=2)
    assert "stuck" in jobs.trouble()
    await jobs._tick()
    assert jobs.trouble() == ""


async def test_no_person_place_or_text_stands_in_the_metrics(tutoring: World) -> None:
    await scheduled(tutoring)
    await tutoring.tick(hours=2)
    await tutoring.says("ben", "/quiz t0 1")
    await tutoring.desk.click(tutoring.caller("ben"), encode(AnswerPractice(1, 0, 0)))
    await tutoring.desk.said(tutoring.caller("ben"), "quantum gardening")
    page = tutoring.tutor.metrics.page().decode()
    assert [word for word in (*PERSONAL, "quantum") if f'"{word}' in page] == []


async def test_http_requests_are_counted_by_route_and_never_by_path(tmp_path: Path) -> None:
    metrics = Metrics()

    async def broken(request: Request) -> Response:
        raise ZeroDivisionError

    routes = [Route("/files/{name}", lambda request: PlainTextResponse("x")), Route("/broken", broken)]
    async with served(metrics, *routes) as http:
        for path in ("/files/secret", "/files/other", "/nowhere/secret", "/healthz"):
            await http.get(path)
        assert (await http.get("/broken")).status_code == 500
    counts = {
        (route, status): metrics.registry.get_sample_value(
            "cloudlark_http_seconds_count", {"route": route, "status": status}
        )
        for route, status in (
            ("/files/{name}", "2xx"), ("unknown", "4xx"), ("/healthz", "2xx"), ("/broken", "5xx"),
        )
    }  # fmt: skip
    assert list(counts.values()) == [2, 1, 1, 1]
    assert b"secret" not in metrics.page()


@pytest.mark.parametrize(
    ("who", "token", "host", "headers", "status"),
    [
        ("loopback", "", "127.0.0.1", {}, 200),
        ("loopback", "", "::1", {"Host": "localhost:8765"}, 200),
        ("loopback", "", "10.1.2.3", {}, 403),
        ("loopback", "", "127.0.0.1", {"Host": "cloudlark.example.com"}, 403),
        ("loopback", "", "127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 403),
        ("all", "", "10.1.2.3", {}, 200),
        ("loopback", "s3cret", "10.1.2.3", {"Authorization": "Bearer s3cret"}, 200),
        ("loopback", "s3cret", "10.1.2.3", {"Authorization": "Bearer wrong"}, 401),
        ("all", "s3cret", "127.0.0.1", {}, 401),
        ("off", "", "127.0.0.1", {}, 404),
    ],
)
async def test_only_those_may_read_the_metrics_who_are_meant_to(
    who: str, token: str, host: str, headers: dict[str, str], status: int
) -> None:
    settings = read({"CLOUDLARK_METRICS": who, "CLOUDLARK_METRICS_TOKEN": token}, None)
    app = Starlette(routes=list(metrics_routes(settings, Metrics(), nothing)))
    transport = httpx.ASGITransport(app=app, client=(host, 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8765") as http:
        answer = await http.get("/metrics", headers=headers)
    assert answer.status_code == status
    assert ("cloudlark_ready" in answer.text) == (status == 200)


def test_a_reader_that_nobody_knows_is_refused_at_start() -> None:
    with pytest.raises(SettingsError, match="loopback, all or off"):
        metrics_routes(read({"CLOUDLARK_METRICS": "yes"}, None), Metrics(), nothing)


async def nothing() -> None:
    """Nothing to look at."""


async def scheduled(made: World) -> None:
    """A daily question at nine in the morning, made at eight."""
    form = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1,2,3,4", "questions": "t0", "window": "240"}
    reply = await made.desk.submit(made.caller("ada", admin=True), "sf:schedule:daily", form)
    assert isinstance(reply.message, Notice), reply


@asynccontextmanager
async def served(metrics: Metrics, *routes: Route) -> AsyncIterator[httpx.AsyncClient]:
    """The program's server on a port of its own."""
    server = Server(application(routes, lambda: "", metrics), "127.0.0.1", 0)
    await server.start()
    async with httpx.AsyncClient(base_url=server.address) as http:
        yield http
    await server.stop()
