"""Where things of deploy/ are, and how they are read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from bot.settings import SETTINGS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
CHART = DEPLOY / "helm" / "cloudlark"
SECRET_SETTINGS = {setting.name for setting in SETTINGS if setting.secret}
KNOWN_SETTINGS = {setting.name for setting in SETTINGS}


def read_yaml(path: Path) -> Any:
    """A YAML file as plain data."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def tool(name: str, *arguments: str | Path) -> str:
    """What a validator of the development environment says; empty when it is content."""
    program = Path(sys.executable).with_name(name)
    ran = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


def settings_in(text: str) -> set[str]:
    """The names of settings that a text mentions."""
    words = "".join(sign if sign.isalnum() or sign == "_" else " " for sign in text).split()
    return {word for word in words if word.startswith(("CLOUDLARK_", "SLACK_", "DISCORD_"))}
