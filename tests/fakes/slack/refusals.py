"""A refusal by Slack's name."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """`error` is what Slack calls it; `more` stands beside it in the answer."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more
