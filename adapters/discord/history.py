"""Looking for a message of ours in a channel's recent history, by the mark that its frame bears."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import discord

from adapters.discord.client import Client
from adapters.discord.places import Kind, kind_of

PAGE = 100
PAGES = 5
POSTS = 25
# Clocks differ: ours may be ahead of the one that dates Discord's messages.
LEEWAY = dt.timedelta(minutes=1)


async def find_marked(client: Client, channel: Any, mark: int, since: dt.datetime) -> str | None:
    """The id of our message with this mark in a channel, or in the first messages of a forum's posts."""
    start = since - LEEWAY
    if kind_of(channel) is Kind.FORUM:
        return await _find_post(client, channel, mark, start)
    return await find_in(client, channel.id, mark, start)


async def find_in(client: Client, channel_id: int, mark: int, start: dt.datetime) -> str | None:
    """The id of our message with this mark in one channel or thread."""
    after = discord.utils.time_snowflake(start)
    for _ in range(PAGES):
        messages = await client.http.logs_from(channel_id, PAGE, after=after)
        if found := marked(messages, _own_id(client), mark):
            return found
        if len(messages) < PAGE:
            return None
        after = max(int(message["id"]) for message in messages)
    return None


def marked(messages: Iterable[Mapping[str, Any]], author: int, mark: int) -> str | None:
    """The id of the message of this author whose frame bears the mark."""
    for message in messages:
        frames = message.get("components") or [{}]
        if int(message["author"]["id"]) == author and frames[0].get("id") == mark:
            return str(message["id"])
    return None


async def _find_post(client: Client, forum: Any, mark: int, start: dt.datetime) -> str | None:
    oldest = discord.utils.time_snowflake(start)
    recent = [thread for thread in forum.threads if thread.id >= oldest]
    for thread in sorted(recent, key=lambda thread: thread.id, reverse=True)[:POSTS]:
        if found := await find_in(client, thread.id, mark, start):
            return found
    return None


def _own_id(client: Client) -> int:
    return client.user.id if client.user else 0
