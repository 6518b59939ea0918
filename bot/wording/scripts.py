"""The sentences in the scripts of a page: `_("Send")`, and `plural("{n} reply", "{n} replies", n)`."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

SAYING = {"_": None, "plural": (1, 2)}


def said_in(script: bytes) -> Iterator[tuple[str, ...]]:
    """Every sentence of a script, a plural one with both of its forms.

    What stands inside the `${}` of a template is not found.
    """
    from babel.messages.extract import extract

    for _line, texts, *_more in extract("javascript", BytesIO(script), keywords=SAYING):
        said = (texts,) if isinstance(texts, str) else tuple(texts)
        if all(said) and said:
            yield said
