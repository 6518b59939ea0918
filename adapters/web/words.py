"""The few words that the local chat needs. What its page says of itself is English."""

from __future__ import annotations

from bot.wording.speech import _


def choose(picks: int) -> str:
    """What a question asks for."""
    texts = {1: _("Choose one"), 2: _("Choose two"), 3: _("Choose three"), 4: _("Choose four")}
    return texts.get(picks, _("Choose {picks}")).format(picks=picks)
