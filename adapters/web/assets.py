"""The page's own files, read once. Nothing but these is ever served from the disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from adapters.web.guard import HEADERS

FOLDER = Path(__file__).with_name("static")
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the page."""

    data: bytes
    media_type: str
    tag: str


@cache
def assets() -> dict[str, Asset]:
    """All files of the page by their path below the static folder."""
    files = [path for path in sorted(FOLDER.rglob("*")) if path.suffix in TYPES and path.is_file()]
    return {path.relative_to(FOLDER).as_posix(): _asset(path) for path in files}


@cache
def version() -> str:
    """A digest of all files of the page, so that an open page notices that it is an old one."""
    return hashlib.sha256("".join(asset.tag for asset in assets().values()).encode()).hexdigest()[:12]


async def static(request: Request) -> Response:
    """A file of the page."""
    asset = assets().get(request.path_params["path"])
    if asset is None:
        return PlainTextResponse("The local chat has no such page.", 404, headers=HEADERS)
    return answer(request, asset.data, asset.tag, asset.media_type)


def answer(request: Request, data: bytes, tag: str, media_type: str) -> Response:
    """Some bytes, or that they have not changed since the browser last asked for them."""
    headers = HEADERS | {"ETag": f'"{tag}"', "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=media_type, headers=headers)


def _asset(path: Path) -> Asset:
    data = path.read_bytes()
    return Asset(data, TYPES[path.suffix], hashlib.sha256(data).hexdigest()[:16])
