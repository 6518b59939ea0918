"""The reception of the desk: every request gets a name for the logs, its turn, and an answer."""

from __future__ import annotations

import time
import uuid
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import structlog
from structlog.contextvars import bound_contextvars

from bot import wording
from bot.commands.allowance import Allowance
from bot.messages import Notice, Reply, StaleButtonError, Tone
from bot.metrics import Metrics
from bot.model.people import Caller, Person
from bot.ports import Clock
from bot.storage.group import BusyError
from bot.storage.patience import AwayError
from bot.storage.people import StrangerError
from bot.tutor.refusal import RefusalError
from bot.wording.speech import DEFAULT, speak, spoken

MOST = 20_000
"""Requests under way at once; more are not taken, so that memory stays bounded."""

log = structlog.get_logger(__name__)


class Reception:
    """Receives requests. Whatever comes of one, the person gets a sentence and operators a number."""

    def __init__(
        self,
        metrics: Metrics,
        allowance: Allowance,
        clock: Clock,
        forget: Callable[[], None],
        language: Callable[[Person], str | None],
        most: int = MOST,
    ) -> None:
        self._metrics = metrics
        self._allowance = allowance
        self._clock = clock
        self._forget = forget
        self._language = language
        self._most = most
        self._under_way = 0
        metrics.queue("requests", lambda: self._under_way)

    def named(self, caller: Caller) -> AbstractContextManager[None]:
        """Everything that is logged within bears the request's name."""
        return bound_contextvars(request=_name(caller))

    async def receive(self, caller: Caller, kind: str, work: Callable[[], Awaitable[Reply]]) -> Reply:
        """Do a request and return its reply; never raises for what a person could have caused."""
        name, began = _name(caller), time.perf_counter()
        # A platform may hear several people in one task; nobody is answered in the language of the one before.
        speak(self._language(caller.person) or DEFAULT)
        with bound_contextvars(request=name):
            self._under_way += 1
            try:
                outcome, reply = await self._do(caller, name, kind, work)
            finally:
                self._under_way -= 1
            seconds, platform = time.perf_counter() - began, caller.person.platform
            self._metrics.requested(platform, kind, outcome, seconds)
            log.debug(
                "request_done", platform=platform, kind=kind, outcome=outcome, seconds=round(seconds, 4)
            )
        return replace(reply, language=spoken())

    async def _do(
        self, caller: Caller, name: str, kind: str, work: Callable[[], Awaitable[Reply]]
    ) -> tuple[str, Reply]:
        try:
            if not self._allowed(caller):
                return "limited", _warning(wording.too_fast())
            if self._under_way > self._most:
                raise BusyError
            return "done", await self._as_they_are(work)
        except RefusalError as refusal:
            return "refused", Reply(Notice(refusal.text, Tone.WARN, refusal.buttons))
        except StaleButtonError:
            return "stale", _warning(wording.stale_button())
        except (BusyError, AwayError):
            return "busy", _warning(wording.busy() if kind == "click" else wording.busy_not_done())
        except Exception:  # a person always gets an answer, also when we fail
            log.exception("request_failed", platform=caller.person.platform, kind=kind)
            return "failed", Reply(Notice(wording.failed(name), Tone.ERROR))

    async def _as_they_are(self, work: Callable[[], Awaitable[Reply]]) -> Reply:
        """Do it for whoever the caller is by now: another replica may have linked or forgotten them."""
        try:
            return await work()
        except StrangerError:
            self._forget()
            return await work()

    def _allowed(self, caller: Caller) -> bool:
        person = caller.person
        account = (person.platform, person.community, person.id)
        return self._allowance.take(account, self._clock.now().timestamp())


def _name(caller: Caller) -> str:
    return caller.request or uuid.uuid4().hex[:8]


def _warning(text: str) -> Reply:
    return Reply(Notice(text, Tone.WARN))
