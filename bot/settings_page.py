"""The page of all settings, made from their one list."""

from __future__ import annotations

from bot.settings import SETTINGS


def page() -> str:
    """Markdown for docs/settings.md."""
    rows = [
        f"| `{s.name}` | {f'`{s.default}`' if s.default else ''} | {s.help}{' Secret.' if s.secret else ''} |"
        for s in SETTINGS
    ]
    return "\n".join([
        "# Settings",
        "",
        "Read from the environment, then from a file `.env` in the working folder. `cloudlark settings` prints this page.",
        "",
        "| name | default | what it is |",
        "| --- | --- | --- |",
        *rows,
        "",
    ])  # fmt: skip
