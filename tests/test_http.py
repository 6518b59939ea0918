"""The program's HTTP server answers in sentences, whatever happens behind it."""

from pathlib import Path

import httpx
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import App
from bot.http import application
from bot.settings import Settings


async def breaks(request: Request) -> Response:
    raise RuntimeError("the journal is closed")


async def test_a_route_that_breaks_answers_with_a_sentence_and_nothing_of_its_insides() -> None:
    app = application([Route("/breaks", breaks)], lambda: "")
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answer = await client.get("/breaks")
    assert answer.status_code == 500
    assert answer.json()["error"].endswith("Please try again in a moment.")
    assert "journal" not in answer.text


async def test_a_program_that_has_not_started_is_not_ready(tmp_path: Path) -> None:
    app = App(Settings({"CLOUDLARK_DATA": str(tmp_path)}))
    transport = httpx.ASGITransport(application([], app.trouble))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "Cloudlark is starting."})
