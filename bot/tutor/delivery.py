"""The outbox is delivered: claim, say, note. Crashes between the three are repaired without a second post.

A post that was claimed and not finished may have been said. Before it is said again the platform is
asked for its nonce; where the platform cannot be asked, the post is left alone and its admin may decide.
"""

from __future__ import annotations

import asyncio
import datetime as dt

import structlog
from sqlalchemy import Connection

from bot.messages import (
    ChannelGoneError,
    DeliveryFailedError,
    DeliveryUnknownError,
    Message,
    Messenger,
)
from bot.model.people import MessageRef
from bot.model.study import Round
from bot.storage import posts, rounds, schedules
from bot.storage.posts import Post, PostKind, PostState
from bot.tutor import announcing
from bot.tutor.tutor import Tutor
from bot.wording.speech import speaking

LEASE = dt.timedelta(seconds=120)
CLAIM = 64
TALLY_LEASE = dt.timedelta(seconds=30)
# Well within the lease: an edit that came after it might cover the reveal.
TALLY_SECONDS = 20
BACKOFF = (5, 15, 60, 300, 900)
TO_PEOPLE = frozenset({PostKind.NOTICE, PostKind.REMINDER})
STALE = dt.timedelta(hours=24)
DOUBT = dt.timedelta(minutes=20)
log = structlog.get_logger(__name__)


async def deliver(tutor: Tutor) -> int:
    """Say what is ready, several at once; return how many posts were finished."""
    finished = 0
    while not tutor.stopping and (claimed := await _claim(tutor)):
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_deliver_one(tutor, post)) for post in claimed]
        finished += sum(task.result() for task in tasks)
        tutor.beat()
        if len(claimed) < CLAIM:
            break
    return finished


async def _claim(tutor: Tutor) -> list[Post]:
    # Another replica may speak on the platforms that this one does not: their posts are left to it.
    now, spoken = tutor.clock.now(), tuple(tutor.messengers)
    return await tutor.store.write(lambda db: posts.claim_posts(db, now, LEASE, CLAIM, spoken))


async def _deliver_one(tutor: Tutor, post: Post) -> bool:
    with speaking(post.language):
        return await _deliver(tutor, post)


async def _deliver(tutor: Tutor, post: Post) -> bool:
    messenger = tutor.messengers[post.channel.platform]
    try:
        await _finish(tutor, post, await _say(tutor, messenger, post))
        tutor.metrics.late("post", (tutor.clock.now() - post.created_at).total_seconds())
        _count(tutor, post, "sent")
    except DeliveryFailedError as error:
        _count(tutor, post, "retry")
        log.warning("post_failed", post=post.id, reason=error.reason, tries=post.tries)
        return await _later(tutor, post, error.retry_after, repeatable=True)
    except DeliveryUnknownError as error:
        _count(tutor, post, "unknown")
        log.warning("post_unknown", post=post.id, reason=error.reason, tries=post.tries)
        return await _later(tutor, post, 0, repeatable=False)
    except ChannelGoneError as error:
        _count(tutor, post, "gone")
        log.warning("channel_gone", post=post.id, schedule=post.schedule_id)
        await _gone(tutor, post, error.reason)
    except Exception:  # one post that cannot be built must not stop the others
        _count(tutor, post, "crashed")
        log.exception("post_crashed", post=post.id, kind=post.kind)
        return await _later(tutor, post, 0, repeatable=False)
    return True


def _count(tutor: Tutor, post: Post, outcome: str) -> None:
    tutor.metrics.posted(post.channel.platform, post.kind.value, outcome)


async def _say(tutor: Tutor, messenger: Messenger, post: Post) -> MessageRef | None:
    if post.kind is PostKind.REVEAL:
        ref, message = await announcing.reveal(tutor, post)
        if ref is not None and message is not None:
            await messenger.edit(ref, message)
        return ref
    if not post.repeatable and post.kind in TO_PEOPLE:
        raise DeliveryUnknownError("a note to a person may have arrived; it is not worth a second one")
    if not post.repeatable and (found := await messenger.find(post.channel, post.nonce, post.created_at)):
        return found
    return await _post(tutor, messenger, post)


async def _post(tutor: Tutor, messenger: Messenger, post: Post) -> MessageRef | None:
    if post.kind in TO_PEOPLE:
        person, note = await announcing.note_to(tutor, post)
        return await messenger.direct(person, note, nonce=post.nonce) if person else None
    message: Message | None
    message, thread = await announcing.message(tutor, post)
    if message is None:
        return None
    # A process that slept through its lease must not speak: somebody else may have spoken by now.
    if tutor.clock.now() >= post.lease_ends:
        raise DeliveryUnknownError("the lease ended before the post was sent")
    return await messenger.post(post.channel, message, nonce=post.nonce, thread=thread)


async def _finish(tutor: Tutor, post: Post, ref: MessageRef | None) -> None:
    now = tutor.clock.now()

    def work(db: Connection) -> None:
        posts.finish_posts(db, [(post.id, PostState.SENT, ref.id if ref else None)])
        if post.kind is PostKind.QUESTION and post.round_id is not None and ref is not None:
            rounds.open_round(db, post.round_id, ref, now)

    await tutor.store.write(work)


async def _later(tutor: Tutor, post: Post, after: float, *, repeatable: bool) -> bool:
    """Try again after a while; give up on a post that is a day old or, unrepeatable, tried often and for long."""
    age = tutor.clock.now() - post.created_at
    # Claims of processes that died count as tries, so the number alone would give up in a crash loop.
    if age > STALE or (not repeatable and post.tries > len(BACKOFF) and age > DOUBT):
        await _give_up(tutor, post)
        return True
    wait = max(after, BACKOFF[min(post.tries, len(BACKOFF)) - 1])
    await _postpone(tutor, post, wait, repeatable=repeatable)
    return False


async def _give_up(tutor: Tutor, post: Post) -> None:
    _count(tutor, post, "given_up")
    log.error("post_given_up", post=post.id, key=post.key)

    def work(db: Connection) -> None:
        posts.finish_posts(db, [(post.id, PostState.UNKNOWN, None)])
        if post.schedule_id is not None and post.kind not in TO_PEOPLE:
            announcing.offer_again(db, post, tutor.clock.now())

    await tutor.store.write(work)


async def _postpone(tutor: Tutor, post: Post, seconds: float, *, repeatable: bool) -> None:
    moment = tutor.clock.now() + dt.timedelta(seconds=seconds)
    await tutor.store.write(lambda db: posts.postpone_post(db, post.id, moment, repeatable=repeatable))


async def _gone(tutor: Tutor, post: Post, reason: str) -> None:
    now = tutor.clock.now()

    def work(db: Connection) -> None:
        posts.finish_posts(db, [(post.id, PostState.GONE, None)])
        if post.schedule_id is None or post.kind in TO_PEOPLE:
            return
        paused = schedules.pause_channel(db, post.community_id, post.channel.id, reason)
        announcing.tell_admin(db, paused, reason, now)

    await tutor.store.write(work)


async def refresh_tallies(tutor: Tutor, limit: int = 200) -> int:
    """Show on open posts how many have answered; several answers since the last time cost one edit.

    A round is claimed for it, so that one replica makes the edit and none after the reveal.
    """
    now, spoken = tutor.clock.now(), tuple(tutor.messengers)
    stale = await tutor.store.write(lambda db: rounds.claim_tallies(db, now, TALLY_LEASE, limit, spoken))
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_refresh(tutor, round_)) for round_ in stale]
    shown = {round_.id: task.result() for round_, task in zip(stale, tasks, strict=True)}
    if shown:
        await tutor.store.write(lambda db: rounds.free_tallies(db, shown))
    return sum(count is not None for count in shown.values())


async def _refresh(tutor: Tutor, round_: Round) -> int | None:
    """The count that the post now shows, None when it is as it was."""
    messenger = tutor.messengers[round_.channel.platform]
    if round_.message is None:
        return None
    try:
        async with asyncio.timeout(TALLY_SECONDS):
            known = await tutor.at(round_.community_id)
            with speaking(round_.language):
                await messenger.edit(round_.message, announcing.open_card(known, round_))
    except (DeliveryFailedError, DeliveryUnknownError, TimeoutError):
        return None
    except ChannelGoneError:
        return round_.answered
    return round_.answered
