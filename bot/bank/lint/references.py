"""Where facts and questions point: documentation, dates, and what a wrong option confuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.bank.bank import Bank
from bot.bank.lint.finding import Finding, error, warning

HOSTS = frozenset({"docs.aws.amazon.com", "aws.amazon.com"})
STALE_AFTER = dt.timedelta(days=400)


def links(bank: Bank) -> Iterator[Finding]:
    """Facts and topics whose link is no page of documentation."""
    linked = [("topic", topic.slug, topic.link) for topic in bank.topics.values()]
    linked += [("fact", fact.id, fact.link) for fact in bank.facts.values()]
    for noun, name, link in linked:
        host, path = _host_and_path(link)
        if not link:
            yield error("link", f"{name}: it has no link", (noun, name), ("link",))
        elif host not in HOSTS:
            message = f"{name}: {host or 'nothing'} is not a documentation host"
            yield error("link", message, (noun, name), ("link",))
        elif len(path) < 2:
            message = f"{name}: the link names a host, not a page"
            yield error("link", message, (noun, name), ("link",))


def _host_and_path(link: str) -> tuple[str, str]:
    try:
        parts = urlsplit(link)
    except ValueError:
        return "", ""
    return parts.hostname or "", parts.path


def freshness(bank: Bank, today: dt.date) -> Iterator[Finding]:
    """Facts last verified more than 400 days before `today`, or after it."""
    for fact in bank.facts.values():
        subject, keys = ("fact", fact.id), ("verified_on",)
        if fact.verified_on > today:
            yield error("verified", f"{fact.id}: verified on a day to come", subject, keys)
        elif today - fact.verified_on > STALE_AFTER:
            age = (today - fact.verified_on).days
            yield warning("verified", f"{fact.id}: last verified {age} days ago", subject, keys)


def confusions(bank: Bank) -> Iterator[Finding]:
    """Wrong options that name a fact which its topic does not hold; a topic without facts is let be."""
    written = {fact.topic for fact in bank.facts.values()}
    for question in bank.questions.values():
        for index, option in enumerate(question.options):
            topic, dot, _ = (option.confuses or "").partition(".")
            if dot and topic in written and option.confuses not in bank.facts:
                message = f"{question.id}: there is no fact {option.confuses!r}"
                yield warning("confuses", message, ("question", question.id), ("options", index, "confuses"))
