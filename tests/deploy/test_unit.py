"""The systemd unit: valid, hardened, and of this program."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.places import DEPLOY, KNOWN_SETTINGS, settings_in

UNIT = DEPLOY / "cloudlark.service"
MOST_EXPOSED = 1.5
"""By systemd's own scale from 0 to 10; an ordinary service has more than 9."""
HARDENING = {
    "DynamicUser": "yes",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "PrivateUsers": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectKernelModules": "yes",
    "ProtectControlGroups": "yes",
    "MemoryDenyWriteExecute": "yes",
    "RestrictSUIDSGID": "yes",
    "SystemCallArchitectures": "native",
    "StateDirectory": "cloudlark",
    "UMask": "0077",
}


def directives() -> dict[str, list[str]]:
    """Every directive with its values; configparser would keep only the last of several."""
    found: dict[str, list[str]] = {}
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#[":
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def systemd(folder: Path, *command: str) -> str:
    """What systemd-analyze says of the unit, with a program that is there in place of ours."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not on this machine")
    unit = folder / UNIT.name
    text = UNIT.read_text(encoding="utf-8")
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.M), encoding="utf-8")
    ran = subprocess.run([program, *command, str(unit)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def test_systemd_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    assert UNIT.name not in systemd(tmp_path, "verify")


def test_systemd_finds_it_hardly_exposed(tmp_path: Path) -> None:
    said = systemd(tmp_path, "security", "--offline=true", "--no-pager")
    found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", said)
    assert found is not None
    assert float(found[1]) <= MOST_EXPOSED


@pytest.mark.parametrize("name", HARDENING)
def test_it_is_hardened(name: str) -> None:
    assert directives()[name] == [HARDENING[name]]


def test_it_writes_where_it_may() -> None:
    given = directives()
    state = f"/var/lib/{HARDENING['StateDirectory']}"
    assert given["WorkingDirectory"] == [state]
    assert f"CLOUDLARK_DATA={state}" in given["Environment"]
    assert any(
        value.startswith(f"CLOUDLARK_DATABASE_URL=sqlite:///{state}/") for value in given["Environment"]
    )


def test_there_is_more_time_to_stop_than_the_program_takes() -> None:
    assert int(directives()["TimeoutStopSec"][0]) > 25


def test_it_starts_this_program_with_settings_that_exist() -> None:
    (command,) = directives()["ExecStart"]
    assert command.endswith("/bin/cloudlark run")
    assert settings_in(UNIT.read_text(encoding="utf-8")) <= KNOWN_SETTINGS
