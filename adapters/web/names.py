"""Names of people and channels: what is allowed, said in sentences. Pure."""

from __future__ import annotations

import re
import unicodedata
from zoneinfo import available_timezones

from adapters.web import words
from adapters.web.entries import TUTOR
from bot.wording.speech import _

PERSON_LIMIT = 40
CHANNEL_LIMIT = 40


class BadNameError(ValueError):
    """A name that cannot be used. The message is a sentence that says what to do."""


def person_name(typed: str) -> str:
    """A person's name without stray spaces. Raises BadNameError."""
    name = " ".join(unicodedata.normalize("NFKC", typed).split())
    if not any(unicodedata.category(character)[0] in "LN" for character in name):
        raise BadNameError(_("Type a name with at least one letter."))
    if any(unicodedata.category(character)[0] == "C" for character in name):
        raise BadNameError(_("That name has characters that cannot be shown: leave them out."))
    if len(name) > PERSON_LIMIT:
        raise BadNameError(words.name_too_long(len(name), PERSON_LIMIT))
    if name.casefold() == TUTOR:
        raise BadNameError(_("Cloudlark is the tutor's name: choose another one."))
    return name


def channel_name(typed: str) -> str:
    """A channel's name: lower case letters, digits and hyphens. Raises BadNameError."""
    name = re.sub(r"[\s_]+", "-", typed.strip().lstrip("#").casefold()).strip("-")
    if not name:
        raise BadNameError(_("Type a name for the channel."))
    if not re.fullmatch(r"[^\W_]+(-+[^\W_]+)*", name):
        raise BadNameError(_("A channel's name has letters, digits and hyphens only, such as aws-daily."))
    if len(name) > CHANNEL_LIMIT:
        raise BadNameError(words.name_too_long(len(name), CHANNEL_LIMIT))
    if name.startswith("dm-"):
        raise BadNameError(_("Names that begin with dm- stand for direct messages: choose another one."))
    return name


def timezone(given: str) -> str | None:
    """A browser's time zone if it is an IANA name, else None."""
    return given if given in available_timezones() else None


def locale(given: str) -> str | None:
    """A browser's language tag if it looks like one, else None."""
    return given if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", given) else None
