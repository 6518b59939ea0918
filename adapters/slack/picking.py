"""Questions with several picks: kept when they are shown, answered in a modal with checkboxes."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any

from adapters.slack import words
from adapters.slack.blocks import Json, sections
from adapters.slack.buttons import PICK
from adapters.slack.mrkdwn import bold, plain
from adapters.slack.payloads import text
from adapters.slack.place import Place, to_metadata
from adapters.slack.render_forms import form_values, modal, pick_block
from bot.messages import QuestionCard, encode
from bot.ports import Clock, Shelf

CARDS = "slack.card"
KEPT = dt.timedelta(days=60)
FIELD = "picks"
NUMBER = re.compile(r"[0-9]{1,2}")


class Picking:
    """The shelf of shown questions, by the id of the act that answers them."""

    def __init__(self, shelf: Shelf, clock: Clock) -> None:
        self._shelf = shelf
        self._clock = clock

    async def keep(self, card: QuestionCard | None) -> None:
        """Keep what the modal will need. Nothing to do without a card."""
        if card is not None:
            kept = json.dumps(_kept(card)).encode()
            await self._shelf.put(CARDS, encode(card.answer), kept, expires_at=self._clock.now() + KEPT)

    async def view(self, button: str, place: Place) -> Json | None:
        """The modal for a `pick:` button; None when the question is no longer kept."""
        kept = await self._shelf.get(CARDS, button.removeprefix(PICK))
        if kept is None:
            return None
        return pick_view(button, json.loads(kept), to_metadata(place, self._clock.now().timestamp()))


def pick_view(button: str, kept: Mapping[str, Any], metadata: str) -> Json:
    """The question in full above its checkboxes."""
    wanted = kept["picks"]
    letters = {str(position): letter for letter, position, _ in kept["options"]}
    options = "\n".join(f"{bold(letter + '.')} {plain(text)}" for letter, _, text in kept["options"])
    blocks = [
        *sections(plain(kept["stem"])),
        *sections(options),
        pick_block(
            FIELD, words.pick_exactly(wanted), letters, [str(position) for position in kept["selected"]]
        ),
    ]
    return modal(f"{button}#{wanted}", words.pick_exactly(wanted), blocks, words.answer(), metadata)


def picked(view: Mapping[str, Any]) -> tuple[str, int, list[str]]:
    """From a submitted modal: the answering act's id, how many picks it wants, and the picks."""
    button, _, wanted = text(view, "callback_id").removeprefix(PICK).rpartition("#")
    chosen = [value for value in form_values(view).get(FIELD, "").split(",") if value]
    return button, int(wanted) if NUMBER.fullmatch(wanted) else len(chosen), chosen


def _kept(card: QuestionCard) -> Json:
    return {
        "stem": card.stem,
        "options": [[option.letter, option.position, option.text] for option in card.options],
        "picks": card.picks,
        "selected": sorted(card.selected),
    }
