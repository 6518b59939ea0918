"""A new pack's folder, with one of everything and what an editor needs to help."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from bot.bank.schemas import FILES, schema_text

SCHEMA = "# yaml-language-server: $schema={up}schema/{name}.json\n"

TOPICS = """\
# Subjects that people ask for by name. `link` and `aliases` may be left out.
topics:
  - slug: deploys
    name: Our deploys
    summary: How and when we ship.
    aliases: [shipping, releases]
"""

FACTS = """\
# One teachable truth each. `link` says where it can be read, and may be left out.
facts:
  - id: deploys.freeze
    statement: Nobody ships on Fridays.
    verified_on: "{today}"
"""

QUESTIONS = """\
# `single` has two to five options, one right; `multiple` three to six, two or three right.
questions:
  - id: deploys.friday-fix
    facts: [deploys.freeze]
    kind: single
    style: scenario
    difficulty: 1
    stem: It is Friday afternoon, and a small fix is ready. When does it ship?
    options:
      - text: On Monday
        right: true
        why: Nobody ships on Fridays, and nothing here is urgent.
      - text: At once
        why: Nobody is there to watch it over the weekend.
      - text: On Friday evening
        why: The evening of a Friday is a Friday too.
    explanation: What ships before a weekend breaks during it.
"""


def write(folder: Path, today: dt.date) -> list[Path]:
    """Write a pack that is sound as it stands into a folder that is new or empty; return its files.

    Raises FileExistsError for a folder that holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(folder)
    texts = {
        "topics.yaml": SCHEMA.format(up="", name="topics") + TOPICS,
        "deploys/facts.yaml": SCHEMA.format(up="../", name="facts") + FACTS.format(today=today.isoformat()),
        "deploys/questions.yaml": SCHEMA.format(up="../", name="questions") + QUESTIONS,
    }
    texts |= {f"schema/{name}.json": schema_text(name) for name in FILES if name not in ("exam", "pack")}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]
