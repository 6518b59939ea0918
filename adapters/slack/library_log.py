"""The logger that Slack's libraries get: warnings only, and no payloads, addresses or tokens."""

from __future__ import annotations

import logging

EXPECTED = "As you gave `client` as well"
"""Bolt finds the bot token in the environment, too, and warns that it will not use it."""


class Discreet(logging.Filter):
    """Keeps the sentence of a record and drops its details.

    The libraries put request bodies, socket addresses with their tickets, and errors that quote them in
    brackets behind the sentence, and tracebacks below it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; all but the expected ones are kept."""
        if record.getMessage().startswith(EXPECTED):
            return False
        kind = record.exc_info[0] if isinstance(record.exc_info, tuple) else None
        sentence = record.getMessage().partition("\n")[0].partition("(")[0].partition("http")[0].strip(" :-")
        record.msg = f"{sentence} ({kind.__name__})" if kind else sentence
        record.args = ()
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def _library() -> logging.Logger:
    logger = logging.getLogger("cloudlark.slack.library")
    logger.setLevel(logging.WARNING)
    if not logger.filters:
        logger.addFilter(Discreet())
    return logger


LIBRARY = _library()
