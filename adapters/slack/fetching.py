"""Files that Slack keeps, fetched from where it says, with the token shown to nobody else."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

import aiohttp

from adapters.slack.answers import complaint, failure
from adapters.slack.errors import RefusedError

DOWNLOAD = "download"
MOST = 10_000_000
"""Bytes; Slack's own limit for files in a modal."""
HOPS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


async def fetch(session: aiohttp.ClientSession, base: str, url: str, token: str, proxy: str | None) -> bytes:
    """A file's bytes, at most MOST of them. Redirects are followed within Slack. Raises SlackError."""
    headers = {"Authorization": f"Bearer {token}"}
    try:
        for _ in range(HOPS):
            if not is_slack(url, base):
                raise RefusedError(DOWNLOAD, "foreign_address")
            async with session.get(url, headers=headers, proxy=proxy, allow_redirects=False) as answer:
                if answer.status not in REDIRECTS:
                    return await _data(answer)
                url = urljoin(url, answer.headers.get("Location", ""))
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise failure(DOWNLOAD, error) from None
    raise RefusedError(DOWNLOAD, "too_many_redirects")


def is_slack(url: str, base: str) -> bool:
    """Whether an address belongs to the Slack whose API is at `base`."""
    try:
        asked, own = urlsplit(url), urlsplit(base)
        if asked.scheme == own.scheme and _same_host(asked, own):
            return True
    except ValueError:
        return False
    return asked.scheme == "https" and (asked.hostname or "").endswith((".slack.com", ".slack-gov.com"))


def _same_host(asked: SplitResult, own: SplitResult) -> bool:
    return asked.netloc == own.netloc or {asked.hostname, own.hostname} <= LOOPBACK


async def _data(answer: aiohttp.ClientResponse) -> bytes:
    if answer.status != 200:
        retry_after = answer.headers.get("Retry-After", "")
        raise complaint(DOWNLOAD, answer.status, "", retry_after) or RefusedError(DOWNLOAD, "empty")
    if answer.content_type == "text/html":
        # Whoever may not have a file is led to Slack's login page, which is no failure to the protocol.
        raise RefusedError(DOWNLOAD, "login_page")
    data = await answer.content.read(MOST + 1)
    while len(data) <= MOST and (more := await answer.content.read(MOST)):
        data += more
    if len(data) > MOST:
        raise RefusedError(DOWNLOAD, "too_large")
    return data
