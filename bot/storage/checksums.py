"""Checksums of tables that do not depend on the order of their rows, nor on the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import msgspec

WIDTH = 8
_RING = 1 << (8 * WIDTH)
_encoder = msgspec.msgpack.Encoder()


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows, and the sum of their hashes: equal tables have equal sums in any order."""

    rows: int = 0
    total: int = 0

    def plus(self, rows: Iterable[tuple[object, ...]]) -> Sum:
        """The sum with more rows. Values are None, booleans, numbers, texts and bytes."""
        count, total = self.rows, self.total
        for row in rows:
            total += int.from_bytes(blake2b(_encoder.encode(row), digest_size=WIDTH).digest())
            count += 1
        return Sum(count, total % _RING)

    @property
    def checksum(self) -> str:
        """Sixteen hexadecimal digits."""
        return f"{self.total:0{2 * WIDTH}x}"
