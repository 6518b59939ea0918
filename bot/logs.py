"""Logs: structured events on standard error, for people or for machines. Libraries' records take the same form."""

from __future__ import annotations

import logging
import re
import sys
from urllib.parse import unquote

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.types import EventDict, Processor

from bot.settings import SETTINGS, Settings

_PASSWORD = re.compile(r"://[^:/?#]*:(.*)@")

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}
SHORTEST = 6
"""Secrets shorter than this are not searched for: they would blot out ordinary words."""


def configure(settings: Settings) -> None:
    """Set up logging for the process; secret settings never appear in what is logged."""
    level = LEVELS.get(settings["CLOUDLARK_LOG_LEVEL"].lower(), 20)
    known = secrets_of(settings)
    prepare, render = _preparation(), _rendering(settings["CLOUDLARK_LOG_FORMAT"] == "json", known)
    structlog.configure(
        processors=[*prepare, *render],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    drop_meta: Processor = ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        ProcessorFormatter(processors=[drop_meta, *render], foreign_pre_chain=[*prepare, _library])
    )
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler], force=True)


def secrets_of(settings: Settings) -> list[str]:
    """What must never be logged: the secret settings, and the password in the database's address."""
    found = [settings[setting.name] for setting in SETTINGS if setting.secret]
    # As it is spelt and unquoted: the address and a driver's message may spell it either way.
    password = _password(settings["CLOUDLARK_DATABASE_URL"])
    return [secret for secret in {*found, password, unquote(password)} if len(secret) >= SHORTEST]


def _password(address: str) -> str:
    """The password in an address, also in one that nobody can make sense of."""
    found = _PASSWORD.search(address)
    return found[1] if found else ""


def redact(value: object, secrets: list[str]) -> object:
    """The value with every secret in it replaced, where it is a text."""
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, "[secret]")
    return value


def _preparation() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]


def _rendering(json: bool, secrets: list[str]) -> list[Processor]:
    """Secrets are blotted out twice: before a renderer escapes what is in them, and in whatever it made of
    values that are no texts."""
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    renderer: Processor = structlog.processors.JSONRenderer() if json else plain
    return [_RedactedValues(secrets), renderer, _RedactedLine(secrets)]


def _library(logger: object, name: str, event: EventDict) -> EventDict:
    """A library's record names its logger, as ours have their own events."""
    record = event["_record"]
    return {**event, "logger": record.name}


class _RedactedValues:
    def __init__(self, secrets: list[str]) -> None:
        self._secrets = secrets

    def __call__(self, logger: object, name: str, event: EventDict) -> EventDict:
        return {key: redact(value, self._secrets) for key, value in event.items()}


class _RedactedLine:
    def __init__(self, secrets: list[str]) -> None:
        self._secrets = secrets

    def __call__(self, logger: object, name: str, line: EventDict) -> str:
        return str(redact(line, self._secrets))
