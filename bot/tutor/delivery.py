"""The outbox is delivered: claim, say, note. Crashes between the three are repaired without a second post.

A post that was claimed and not finished may have been said. Before it is said again the platform is
asked for its nonce; where the platform cannot be asked, the post is left alone and its admin may decide.

Nobody waits for a place that is slow. Only so many posts of one community are under way at a time, so there is
room for those of others; a post whose turn comes late is given back with the time at which it comes.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Mapping

import structlog
from sqlalchemy import Connection

from bot.messages import (
    ChannelGoneError,
    DeliveryFailedError,
    DeliveryUnknownError,
    Message,
    Messenger,
    NotYetError,
)
from bot.model.people import MessageRef
from bot.storage import posts, rounds, schedules
from bot.storage.posts import Post, PostKind, PostState
from bot.tutor import announcing
from bot.tutor.tutor import Tutor
from bot.wording.speech import speaking

ROOM = 96
"""Posts under way at a time."""
EACH = 8
"""Those of one community among them."""
LOOK_SECONDS = 0.5
BREATH_SECONDS = 0.02
"""Posts that end within it are replaced by one claim."""
LEASE = dt.timedelta(seconds=120)
# Well within the lease: who speaks no longer than this is alone with the post.
SPEAK_SECONDS = 60
BACKOFF = (5, 15, 60, 300, 900)
TO_PEOPLE = frozenset({PostKind.NOTICE, PostKind.REMINDER})
STALE = dt.timedelta(hours=24)
DOUBT = dt.timedelta(minutes=20)
log = structlog.get_logger(__name__)


async def deliver(tutor: Tutor) -> None:
    """Say what is ready, several at once, until nothing is ready and nothing under way.

    What becomes ready meanwhile is said too, as soon as one has ended, else within half a second.
    """
    under_way: dict[asyncio.Task[None], int] = {}
    async with asyncio.TaskGroup() as group:
        while True:
            for post in await _claim_beside(tutor, under_way):
                under_way[group.create_task(_deliver_one(tutor, post))] = post.community_id
            if not under_way:
                return
            _, still = await asyncio.wait(
                under_way, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            if still:
                await asyncio.sleep(BREATH_SECONDS)
            under_way = {task: place for task, place in under_way.items() if not task.done()}


async def _claim_beside(tutor: Tutor, under_way: Mapping[asyncio.Task[None], int]) -> list[Post]:
    try:
        return await _claim(tutor, Counter(under_way.values()))
    except Exception:
        # Nothing new, but whoever is speaking is heard out: the group would break in upon them.
        if under_way:
            await asyncio.wait(under_way)
        raise


async def _claim(tutor: Tutor, busy: Mapping[int, int]) -> list[Post]:
    room = ROOM - sum(busy.values())
    if tutor.stopping or not room:
        return []
    # Another replica may speak on the platforms that this one does not: their posts are left to it.
    now, spoken = tutor.clock.now(), tuple(tutor.messengers)
    return await tutor.store.write(
        lambda db: posts.claim_posts(db, now, LEASE, room, spoken, each=EACH, busy=busy)
    )


async def _deliver_one(tutor: Tutor, post: Post) -> None:
    with speaking(post.language):
        try:
            await _deliver(tutor, post)
        except Exception:  # whatever became of the post could not be written; its claim ends by itself
            log.exception("post_unfinished", post=post.id)


async def _deliver(tutor: Tutor, post: Post) -> None:
    try:
        await _finish(tutor, post, await _say_soon(tutor, post))
        tutor.metrics.late("post", (tutor.clock.now() - post.created_at).total_seconds())
        _count(tutor, post, "sent")
    except NotYetError as error:
        _count(tutor, post, "postponed")
        await _return(tutor, post, error.retry_after)
    except DeliveryFailedError as error:
        _count(tutor, post, "retry")
        log.warning("post_failed", post=post.id, reason=error.reason, tries=post.tries)
        await _later(tutor, post, error.retry_after, repeatable=True)
    except DeliveryUnknownError as error:
        _count(tutor, post, "unknown")
        log.warning("post_unknown", post=post.id, reason=error.reason, tries=post.tries)
        await _later(tutor, post, 0, repeatable=False)
    except ChannelGoneError as error:
        _count(tutor, post, "gone")
        log.warning("channel_gone", post=post.id, schedule=post.schedule_id)
        await _gone(tutor, post, error.reason)
    except Exception:  # one post that cannot be built must not stop the others
        _count(tutor, post, "crashed")
        log.exception("post_crashed", post=post.id, kind=post.kind)
        await _later(tutor, post, 0, repeatable=False)


def _count(tutor: Tutor, post: Post, outcome: str) -> None:
    tutor.metrics.posted(post.channel.platform, post.kind.value, outcome)


async def _say_soon(tutor: Tutor, post: Post) -> MessageRef | None:
    try:
        async with asyncio.timeout(SPEAK_SECONDS):
            return await _say(tutor, tutor.messengers[post.channel.platform], post)
    except TimeoutError as error:
        raise DeliveryUnknownError("the platform took too long") from error


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


async def _return(tutor: Tutor, post: Post, after: float) -> None:
    """Let a post wait for its turn; that is no try, and nothing was risked by it."""
    now = tutor.clock.now()
    if now - post.created_at > STALE:
        return await _give_up(tutor, post)
    moment = now + dt.timedelta(seconds=max(1.0, after))
    return await tutor.store.write(lambda db: posts.return_post(db, post, moment))


async def _later(tutor: Tutor, post: Post, after: float, *, repeatable: bool) -> None:
    """Try again after a while; give up on a post that is a day old or, unrepeatable, tried often and for long."""
    now = tutor.clock.now()
    age = now - post.created_at
    # Claims of processes that died count as tries, so the number alone would give up in a crash loop.
    if age > STALE or (not repeatable and post.tries > len(BACKOFF) and age > DOUBT):
        return await _give_up(tutor, post)
    moment = now + dt.timedelta(seconds=max(after, BACKOFF[min(post.tries, len(BACKOFF)) - 1]))
    return await tutor.store.write(lambda db: posts.postpone_post(db, post, moment, repeatable=repeatable))


async def _give_up(tutor: Tutor, post: Post) -> None:
    _count(tutor, post, "given_up")
    log.error("post_given_up", post=post.id, key=post.key)

    def work(db: Connection) -> None:
        posts.finish_posts(db, [(post.id, PostState.UNKNOWN, None)])
        if post.schedule_id is not None and post.kind not in TO_PEOPLE:
            announcing.offer_again(db, post, tutor.clock.now())

    await tutor.store.write(work)


async def _gone(tutor: Tutor, post: Post, reason: str) -> None:
    now = tutor.clock.now()

    def work(db: Connection) -> None:
        posts.finish_posts(db, [(post.id, PostState.GONE, None)])
        if post.schedule_id is None or post.kind in TO_PEOPLE:
            return
        paused = schedules.pause_channel(db, post.community_id, post.channel.id, reason)
        announcing.tell_admin(db, paused, reason, now)

    await tutor.store.write(work)
