"""The page itself, in the language of its place, and the words that its scripts say in any language."""

from __future__ import annotations

import hashlib
from functools import cache
from html import escape
from string import Template
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from adapters.web.assets import answer, assets
from adapters.web.languages import Languages
from bot.wording.scripts import said_in
from bot.wording.speech import DEFAULT, _, forms, speaking

NAME = "index.html"


class Page:
    """Serves the page. Until it is known who looks at it, it speaks as its place does."""

    def __init__(self, languages: Languages) -> None:
        self._languages = languages

    async def show(self, request: Request) -> Response:
        """The page."""
        return answer(request, *_rendered(await self._languages.of_place()), assets()[NAME].media_type)


@cache
def tongue(language: str) -> dict[str, Any]:
    """A language for the page's scripts: its name, and their sentences by the English ones.

    A sentence with a number has a form for one and a form for all others.
    """
    with speaking(language):
        return {
            "language": language,
            "words": {} if language == DEFAULT else dict(map(_spoken, _sentences())),
        }


@cache
def _sentences() -> tuple[tuple[str, ...], ...]:
    scripts = [asset.data for name, asset in assets().items() if name.endswith(".js")]
    return tuple(said for script in scripts for said in said_in(script))


def _spoken(said: tuple[str, ...]) -> tuple[str, str | list[str]]:
    match said:
        case (one, many):
            return one, forms(one, many)
        case _:
            return said[0], _(said[0])


@cache
def _rendered(language: str) -> tuple[bytes, str]:
    with speaking(language):
        filled = {
            "language": language,
            "about": escape(_("Cloudlark: a team chat on this machine, with a tutor in it.")),
            "scriptless": escape(
                _("The chat needs JavaScript, all of which comes from this program: switch it on and reload.")
            ),
            # Nothing in it may look like the end of its element.
            "words": msgspec.json.encode(tongue(language)).decode().replace("<", "\\u003c"),
        }
    data = Template(assets()[NAME].data.decode()).substitute(filled).encode()
    return data, hashlib.sha256(data).hexdigest()[:16]
