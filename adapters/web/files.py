"""Pictures and downloads, for those who may see the message that they belong to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from adapters.web.door import Door
from adapters.web.entries import Attachment
from adapters.web.guard import FILE_HEADERS
from adapters.web.look import Look
from adapters.web.render_parts import PNG

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def file_route(door: Door, look: Look) -> Callable[[Request], Awaitable[Response]]:
    """The handler that serves files."""

    async def serve(request: Request) -> Response:
        seat = await door.seat(request) if door.answers(request) else None
        given = request.path_params
        file = await look.file(seat, given["message"], given["file"]) if seat else None
        if file is None:
            return PlainTextResponse("That file is not there for you.", 404, headers=FILE_HEADERS)
        return Response(file.data, headers=headers(file))

    return serve


def headers(file: Attachment) -> dict[str, str]:
    """How a file is handed over: real pictures to be shown, all else to be kept, nothing to be run."""
    shown = file.media_type == PNG and file.data.startswith(SIGNATURE)
    kind = "inline" if shown else "attachment"
    return FILE_HEADERS | {
        "Content-Type": PNG if shown else file.media_type or "application/octet-stream",
        "Content-Disposition": f"{kind}; filename*=UTF-8''{quote(file.name, safe='', errors='replace')}",
        "Cache-Control": "private, max-age=31536000, immutable",
    }
