"""What the channels and the database show at the end, held against what was promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, select

from adapters.slack.render import render
from bot.bank.bank import Bank
from bot.messages import QuestionCard
from bot.storage.attempts import distribution
from bot.storage.rounds import rounds_by_id
from bot.storage.store import Store
from bot.storage.tables import rounds
from bot.tutor import rounds as cards
from bot.tutor.replay import replay
from tests.e2e import ground
from tests.fakes.slack import Message, World


async def faults_of(
    store: Store, bank: Bank, world: World, taken: Collection[tuple[str, str]], asked: Sequence[str]
) -> list[str]:
    """Every broken promise, in words."""
    found = await store.read(lambda db: [*_answers(db, taken), *_boards(db), *_posts(db, world)])
    found += [fault for channel in asked for fault in _channel(world, channel)]
    found += await store.read(lambda db: _reveals(db, bank, world))
    return found + await _replay(store, bank)


def _answers(db: Connection, taken: Collection[tuple[str, str]]) -> list[str]:
    kept = ground.answerers(db)
    lost = [f"the acknowledged answer of {who} in {channel} is lost"
            for channel, who in taken if (channel, who) not in kept]  # fmt: skip
    return lost + [f"{key} was counted {count} times" for key, count in kept.items() if count != 1]


def _boards(db: Connection) -> list[str]:
    kept, counted = ground.boards(db), ground.recount(db)
    wrong = [key for key in kept.keys() | counted.keys() if kept.get(key) != counted.get(key)]
    return [
        f"the board's line {key} says {kept.get(key)}, the attempts {counted.get(key)}" for key in wrong
    ] + [f"round {number} has miscounted its answers" for number in ground.miscounted_rounds(db)]


def _posts(db: Connection, world: World) -> list[str]:
    twice = [nonce for nonce, count in Counter(world.nonces()).items() if count > 1]
    states = ground.posts_by_kind_and_state(db)
    known = {message.ts for message in world.messages}
    unknown = [ts for kind in ("question", "explanation", "board")
               for ts in ground.messages_of(db, kind) if ts not in known]  # fmt: skip
    return [
        *(f"{nonce} was posted twice" for nonce in twice),
        *(
            f"{count} posts of kind {key[0]} are {key[1]}"
            for key, count in states.items()
            if key[1] != "sent"
        ),
        *(f"a post is believed to be message {ts}, which nobody sees" for ts in unknown),
    ]


def _channel(world: World, channel: str) -> list[str]:
    questions, explanations = _questions(world, channel), _explanations(world, channel)
    return [f"{channel} shows {len(some)} {what}"
            for what, some in (("questions", questions), ("explanations", explanations)) if len(some) != 1]  # fmt: skip


def _questions(world: World, channel: str) -> list[Message]:
    return [m for m in world.shown(channel) if m.metadata and not m.thread]


def _explanations(world: World, channel: str) -> list[Message]:
    return [m for m in world.shown(channel) if m.metadata and m.thread]


def _reveals(db: Connection, bank: Bank, world: World) -> list[str]:
    """Each channel's post shows its closed round with just the answers that are kept."""
    faults = []
    for number in db.execute(select(rounds.c.id)).scalars().all():
        round_ = rounds_by_id(db, [number])[number]
        given = distribution(db, round_.month, round_.slot)
        card = cards.reveal(bank, round_, given)
        shown = _questions(world, round_.channel.id)
        if isinstance(card, QuestionCard) or [m.blocks for m in shown] != [render(card).body["blocks"]]:
            faults.append(f"round {number} does not show what was answered: {round_.state}, {dict(given)}")
    return faults


async def _replay(store: Store, bank: Bank) -> list[str]:
    before = await store.read(ground.derived)
    await replay(store, bank, ground.RETENTION, lambda number: None)
    after = await store.read(ground.derived)
    return [f"a replay changes {name}: {_difference(before[name], after[name])}"
            for name in before if before[name] != after[name]]  # fmt: skip


def _difference(before: list[tuple[Any, ...]], after: list[tuple[Any, ...]]) -> str:
    return f"{sorted(set(before) - set(after))[:3]} became {sorted(set(after) - set(before))[:3]}"
