"""The names that posts have on their platforms."""

from __future__ import annotations

import datetime as dt

from bot.storage.posts import nonce_of

NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


def test_a_post_that_takes_the_number_of_a_deleted_one_has_a_name_of_its_own() -> None:
    first = nonce_of(16, "report:1", NOON)
    assert first == nonce_of(16, "report:1", NOON)
    assert first != nonce_of(16, "night:2:0", NOON)
    assert first != nonce_of(16, "report:1", NOON + dt.timedelta(minutes=1))
    assert len(first) <= 25
