"""Whatever a browser asks for over HTTP: paths, cookies, headers, bodies and file names."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.entries import Attachment
from adapters.web.files import headers as file_headers
from adapters.web.guard import host_allowed, is_loopback, same_origin
from tests.fuzz.browsing import ORIGIN, Browser, browsing
from tests.fuzz.budget import fuzzed
from tests.fuzz.overhearing import TOKEN, overheard
from tests.fuzz.texts import hostile, mostly
from tests.support.world import world

PATHS = (
    b"/", b"/static/js/app.js", b"/static/../adapter.py", b"/static/%2e%2e/x", b"/static/\x00", b"/chat/door", b"/chat/enter",
    b"/chat/unlock", b"/chat/leave", b"/chat/live", b"/chat/files/1/x", b"/chat/files/home/x", b"/chat/files/" + b"9" * 30 + b"/y",
    b"/healthz", b"/metrics", b"/readyz", b"//", b"/chat//door", b"/nothing",
)  # fmt: skip
NAMES = (b"host", b"origin", b"cookie", b"if-none-match", b"content-length", b"content-type", b"range", b"x-forwarded-for",
         b"accept", b"authorization", b"transfer-encoding", b"origin", b"cookie", b"host")  # fmt: skip
ODD = (
    b"http://[", b"http://[::1", b"//", b"null", b"http://127.0.0.1:99999", b"http://127.0.0.1:x", b"127.0.0.1:8765", b"[::1]",
    b"[fe80::1%25x]", b"localhost.", b"evil.example@127.0.0.1", b"127.0.0.1:8765/..", b"\xff\xfe", b"", b";;;=;", b"a=b; a",
    b"cloudlark-person-p0123456789abcdef=x", b"cloudlark-door=\xe9", b'"', b"bytes=0-", b"Bearer " + TOKEN.encode(), b"x" * 9000,
    "http://１２７.0.0.1".encode(), b"http://127.0.0.1:8765#\xe2\x84\x80",
)  # fmt: skip
raw = mostly(
    st.sampled_from(ODD),
    mostly(hostile.map(lambda text: text.encode("utf-8", "replace")), st.binary(max_size=30)),
)
paths = mostly(st.sampled_from(PATHS), raw.map(lambda tail: b"/chat/" + tail))
headers = st.lists(st.tuples(st.sampled_from(NAMES), raw), max_size=3)
bodies = mostly(
    st.builds(
        lambda name, password: json.dumps({"name": name, "password": password}).encode(), hostile, hostile
    ),
    st.binary(max_size=50) | st.sampled_from([b"[" * 4000, b'{"name":' * 500, b"x" * 9000]),
)
FINE = (200, 204, 206, 304, 307, 400, 403, 404, 405, 409, 413, 421, 429)


@pytest.fixture(params=["", TOKEN], ids=["open", "locked"])
async def browser(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Browser]:
    given_ = {"CLOUDLARK_WEB_PASSWORD": request.param} if request.param else {}
    async with world(tmp_path) as made, browsing(tmp_path, made, **given_) as opened:
        yield opened


@fuzzed(200)
@given(method=st.sampled_from(["GET", "POST", "HEAD", "PUT", "X"]), path=paths, query=raw, given_=headers,
       body=bodies, own=st.booleans())  # fmt: skip
async def test_every_request_is_answered_without_a_failure(
    browser: Browser,
    method: str,
    path: bytes,
    query: bytes,
    given_: list[tuple[bytes, bytes]],
    body: bytes,
    own: bool,
) -> None:
    sent = [*given_, ORIGIN, (b"cookie", browser.cookie)] if own else given_
    with overheard():
        status, _, said = await browser.request(method, path, body, sent, b"as=" + query if own else query)
    assert status in FINE
    assert b"Traceback" not in said


@fuzzed(60)
@given(given_=headers)
async def test_a_line_with_any_headers_is_opened_or_closed(
    browser: Browser, given_: list[tuple[bytes, bytes]]
) -> None:
    browser.person = browser.person or {"id": "p0123456789abcdef"}
    with overheard():
        await browser.speak([{"do": "hello"}], [*given_, ORIGIN])


@fuzzed(200)
@given(host=hostile, origin=hostile)
def test_any_host_and_origin_can_be_judged(host: str, origin: str) -> None:
    for given_ in (
        {"host": host, "origin": origin},
        {"host": host, "origin": f"http://{host}"},
        {"origin": f"//[{origin}"},
    ):
        assert isinstance(host_allowed(given_, ""), bool)
        assert isinstance(same_origin(given_), bool)
    assert isinstance(is_loopback(host), bool)


@fuzzed(150)
@given(name=hostile, media=st.sampled_from(["image/png", "text/csv", ""]), data=st.binary(max_size=12))
def test_files_of_any_name_are_handed_over_as_plain_latin_headers(name: str, media: str, data: bytes) -> None:
    for value in file_headers(Attachment("x", name, media, data)).values():
        encoded = value.encode("latin-1")
        assert b"\n" not in encoded
        assert b"\r" not in encoded
