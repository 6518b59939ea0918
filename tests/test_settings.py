"""Settings: read from one place, documented whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SETTINGS, SettingsError, read
from bot.settings_page import page

ROOT = Path(__file__).parent.parent


def test_the_page_of_settings_is_up_to_date() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").strip() == page().strip()


def test_the_environment_goes_before_the_file_and_the_file_before_defaults(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text('# comment\nexport CLOUDLARK_PORT="9000"\nCLOUDLARK_HOST=0.0.0.0\n')
    settings = read({"CLOUDLARK_PORT": "9001"}, file)
    assert settings["CLOUDLARK_PORT"] == "9001"
    assert settings["CLOUDLARK_HOST"] == "0.0.0.0"
    assert settings["CLOUDLARK_TIMEZONE"] == "UTC"


def test_an_empty_value_means_the_default() -> None:
    assert read({"CLOUDLARK_PORT": ""}, None)["CLOUDLARK_PORT"] == "8765"


@pytest.mark.parametrize("text", ["x", "-1", "70000", "nan"])
def test_a_number_out_of_bounds_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(SettingsError, match="give a number from 0 to 65535"):
        read({"CLOUDLARK_PORT": text}, None).number("CLOUDLARK_PORT", 0, 65535)


def test_every_setting_says_what_it_is() -> None:
    assert all(setting.help.endswith((".", "://...")) for setting in SETTINGS)
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)
