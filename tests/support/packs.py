"""A small pack of a team, as its authors write it."""

from __future__ import annotations

import json
from typing import Any

import yaml

from bot.bank.unpacking import packed
from bot.messages import Upload


def pack(*stems: str, right: int = 0, why: str = "Because.") -> dict[str, Any]:
    """A pack in one document: a question for each stem on the topic `deploys`, its key where `right` says."""
    options = [{"text": f"choice {n}", "why": why, "right": n == right} for n in range(3)]
    return {
        "topics": [{"slug": "deploys", "name": "Our deploys", "summary": "How we ship."}],
        "facts": [{"id": "deploys.freeze", "statement": "Nobody ships on Fridays.", "verified_on": "2026-01-31"}],
        "questions": [
            {
                "id": f"deploys.q{number}", "facts": ["deploys.freeze"], "kind": "single", "style": "direct",
                "difficulty": 1, "stem": stem, "options": options, "explanation": "Fridays are for reading.",
            }
            for number, stem in enumerate(stems or ("When do we ship?",))
        ],
    }  # fmt: skip


def written(data: Any) -> bytes:
    """Data as a YAML file, without anchors."""
    return yaml.safe_dump(json.loads(json.dumps(data)), sort_keys=False, allow_unicode=True).encode()


def document(*stems: str, **changes: Any) -> bytes:
    """The pack as one YAML file."""
    return written(pack(*stems, **changes))


def folder(*stems: str, below: str = "") -> bytes:
    """The pack as a zip of a content folder, in a folder `below`."""
    whole = pack(*stems)
    files = {
        "topics.yaml": {"topics": whole["topics"]},
        "deploys/facts.yaml": {"facts": whole["facts"]},
        "deploys/questions.yaml": {"questions": whole["questions"]},
    }
    return packed({below + path: written(data) for path, data in files.items()})


def upload(name: str, data: bytes) -> Upload:
    """A file that somebody hands in."""

    async def read() -> bytes:
        return data

    return Upload(name, len(data), read)
