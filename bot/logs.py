"""Logs: structured events on standard error, for people or for machines."""

from __future__ import annotations

import logging
import sys

import structlog

from bot.settings import SETTINGS, Settings

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}


def configure(settings: Settings) -> None:
    """Set up logging for the process; secret settings never appear in what is logged."""
    level = LEVELS.get(settings["CLOUDLARK_LOG_LEVEL"].lower(), 20)
    secrets = [settings[s.name] for s in SETTINGS if s.secret and len(settings[s.name]) >= 6]
    json = settings["CLOUDLARK_LOG_FORMAT"] == "json"
    renderer = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _Redactor(secrets),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_RedactingFilter(secrets))
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler], force=True)


class _Redactor:
    """A processor that blots out secrets in every text of an event."""

    def __init__(self, secrets: list[str]) -> None:
        self._secrets = secrets

    def __call__(
        self, logger: object, name: str, event: structlog.types.EventDict
    ) -> structlog.types.EventDict:
        return {key: redact(value, self._secrets) for key, value in event.items()}


class _RedactingFilter(logging.Filter):
    def __init__(self, secrets: list[str]) -> None:
        super().__init__()
        self._secrets = secrets

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage(), self._secrets), ()
        return True


def redact(value: object, secrets: list[str]) -> object:
    """The value with every secret in it replaced, where it is a text."""
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, "[secret]")
    return value
