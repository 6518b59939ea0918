"""Ids and slugs for what came without: made of its words, each once."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 24
"""Characters of a slug that is made here; two of them, with a dot and a number, fit into an id."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slug_of(text: str, otherwise: str) -> str:
    """The first words of a text as a slug, or `otherwise` where it has no letters of the alphabet."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    slug = ""
    for word in re.findall(r"[a-z0-9]+", plain):
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > LONGEST:
            break
        slug = longer
    return slug or (re.findall(r"[a-z0-9]+", plain) or [otherwise])[0][:LONGEST]


def is_slug(text: str) -> bool:
    """Whether a text may stand as a slug as it is."""
    return bool(_SLUG.fullmatch(text)) and len(text) <= 40


class Names:
    """Names that were given out."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def is_free(self, name: str) -> bool:
        """Whether a name was not given out yet."""
        return name not in self._taken

    def fresh(self, wanted: str) -> str:
        """The wanted name, with a number behind it where it is taken."""
        name, number = wanted, self._numbers.get(wanted, 1)
        while name in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        # Of thousands that want one name, the last would else try the numbers of all before it.
        self._numbers[wanted] = number
        self._taken.add(name)
        return name
