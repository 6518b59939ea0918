"""Cookies: who a browser may be, and that it has given the password.

A browser keeps one cookie for each person that it has entered as, so that two tabs can be two people; the
tab says which one it is. A cookie holds a random token, the journal only its digest. The password's cookie
is a keyed digest of the password, so it ends when the password changes.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping

from starlette.responses import Response

PERSON = "cloudlark-person-"
DOOR = "cloudlark-door"
YEAR = 365 * 24 * 3600
MOST_PEOPLE = 50


def new_id() -> str:
    """A random id for a person."""
    return f"p{secrets.token_hex(8)}"


def new_token() -> str:
    """A random secret that proves who somebody is."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What the journal keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def tokens(cookies: Mapping[str, str]) -> dict[str, str]:
    """The tokens that a browser shows, by person."""
    found = {name.removeprefix(PERSON): value for name, value in cookies.items() if name.startswith(PERSON)}
    known = {id: token for id, token in found.items() if re.fullmatch(r"p[0-9a-f]{16}", id)}
    return dict(list(known.items())[:MOST_PEOPLE])


def password_given(cookies: Mapping[str, str], password: str, secret: bytes) -> bool:
    """Whether this browser has given the present password, or none is set."""
    return not password or hmac.compare_digest(
        cookies.get(DOOR, "").encode(), _seal(password, secret).encode()
    )


def password_right(typed: str, password: str) -> bool:
    """Whether a typed password is the right one; takes equally long either way."""
    return hmac.compare_digest(
        hashlib.sha256(typed.encode()).digest(), hashlib.sha256(password.encode()).digest()
    )


def remember(response: Response, name: str, value: str, *, secure: bool) -> None:
    """Leave a cookie that scripts cannot read and other sites cannot use."""
    response.set_cookie(
        name, value, max_age=YEAR, path="/chat", secure=secure, httponly=True, samesite="strict"
    )


def remember_person(response: Response, id: str, token: str, *, secure: bool) -> None:
    """Let this browser be this person from now on."""
    remember(response, PERSON + id, token, secure=secure)


def remember_password(response: Response, password: str, secret: bytes, *, secure: bool) -> None:
    """Let this browser in without asking for the password again."""
    remember(response, DOOR, _seal(password, secret), secure=secure)


def forget_person(response: Response, id: str) -> None:
    """Let this browser no longer be this person."""
    response.delete_cookie(PERSON + id, path="/chat", httponly=True, samesite="strict")


def _seal(password: str, secret: bytes) -> str:
    return hmac.new(secret, password.encode(), hashlib.sha256).hexdigest()
