"""Which requests the chat believes, and the headers that keep its page to itself. Pure.

Without a password anyone who reaches the chat may enter it, so it answers only under loopback names:
that also stops a foreign page whose own name was made to point at this machine. State changes only for
requests that come from the chat's own page.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
FILE_HEADERS = HEADERS | {"Content-Security-Policy": "default-src 'none'; sandbox"}


def is_loopback(host: str) -> bool:
    """Whether a host name or address stands for this machine alone."""
    name = host.strip("[]").casefold()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def host_allowed(headers: Mapping[str, str], password: str) -> bool:
    """Whether the chat may answer under the name that the request was sent to."""
    return bool(password) or is_loopback(_hostname(f"//{headers.get('host', '')}"))


def same_origin(headers: Mapping[str, str]) -> bool:
    """Whether a request comes from the chat's own page."""
    origin = _split(headers.get("origin", "")).netloc
    return bool(origin) and origin.casefold() == headers.get("host", "").casefold()


def _hostname(address: str) -> str:
    return _split(address).hostname or ""


def _split(address: str) -> SplitResult:
    """The parts of an address, all of them empty when nobody can make sense of it."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
