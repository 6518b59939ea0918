"""Files that people hand in with a form of the local chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.messages import UploadError
from tests.adapters.web_rig import running
from tests.fakes.web_page import FakePage, page

VALUES = {"zone": "a/b"}


async def hands_in(ada: FakePage, address: str, data: bytes, name: str = "pack.yaml", **headers: str) -> dict:
    """Send a file ahead of its form."""
    asked = {"as": ada.person["id"], "name": name}
    sent = {"Origin": address, **headers}
    answer = await ada.http.post(f"{address}/chat/upload", params=asked, content=data, headers=sent)
    return {"status": answer.status_code, **answer.json()}


async def test_a_file_goes_ahead_and_is_taken_up_with_its_form(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        word = (await hands_in(ada, program.address, b"topics: []", "pack é.yaml"))["file"]
        await ada.ask("submit", form="sf:pack", values=VALUES, files={"file": word}, place="general")
        file = program.desk.files[0]["file"]
        assert (file.name, file.size, await file.read()) == ("pack é.yaml", 10, b"topics: []")


async def test_a_word_is_good_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada, page(program, "Bob") as bob:
        word = (await hands_in(ada, program.address, b"x"))["file"]
        again = (await hands_in(ada, program.address, b"x"))["file"]
        await bob.ask("submit", form="sf:pack", values=VALUES, files={"file": word}, place="general")
        for _ in range(2):
            await ada.ask("submit", form="sf:pack", values=VALUES, files={"file": again}, place="general")
        stolen, first, second = (files["file"] for files in program.desk.files)
        assert await first.read() == b"x"
        for gone in (stolen, second):
            with pytest.raises(UploadError, match="choose it again"):
                await gone.read()


async def test_too_much_is_refused_while_it_comes_and_old_files_make_room(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        refused = await hands_in(ada, program.address, b"x" * 10_000_001)
        assert (refused["status"], refused["error"]) == (413, "A file may have at most 10 MB.")
        words = [(await hands_in(ada, program.address, b"x"))["file"] for _ in range(9)]
        for word in (words[0], words[1]):
            await ada.ask("submit", form="sf:pack", values=VALUES, files={"file": word}, place="general")
        with pytest.raises(UploadError):
            await program.desk.files[0]["file"].read()
        assert await program.desk.files[1]["file"].read() == b"x"


async def test_only_people_of_the_chat_and_its_own_page_may_hand_in(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        foreign = await hands_in(ada, program.address, b"x", Origin="http://evil.example")
        assert foreign["status"] == 403
        ada.http.cookies.clear()
        assert (await hands_in(ada, program.address, b"x"))["status"] == 403
