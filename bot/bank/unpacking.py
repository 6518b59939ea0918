"""What somebody handed in, as the files of a content folder: one YAML file, or a zip of several. Bounded.

Nothing of a zip is trusted: names, sizes and how much comes out of it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from bot.bank.reading import PACK

MAX_UPLOAD = 2_000_000
MAX_FILES = 400
MAX_UNPACKED = 8_000_000
MAX_NAME = 120
DEEPEST = 2
"""Folders and file: content stands in `topic/file.yaml` and beside it."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class UnpackingError(ValueError):
    """What was handed in cannot be opened. The message is a sentence for whoever sent it."""


def unpacked(name: str, data: bytes) -> dict[str, bytes]:
    """The YAML files in a file of this name, by their paths in the content folder. Raises UnpackingError."""
    if len(data) > MAX_UPLOAD:
        raise UnpackingError(f"The file is larger than {MAX_UPLOAD // 1_000_000} MB.")
    if data.startswith(b"PK\x03\x04"):
        return _of_zip(data)
    if PurePosixPath(name).suffix.lower() in (".yaml", ".yml"):
        return {PACK: data}
    raise UnpackingError(
        "Send one .yaml file, a .zip of a content folder, or .csv, .gift, .xml, .apkg or .txt."
    )


def gathered(folder: Path) -> dict[str, bytes]:
    """The YAML files in a folder, by their paths in it, as they would come out of a zip of it. Hidden ones are
    left out. Raises OSError, and UnpackingError for files that are nested too deep."""
    found = {
        path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()
    }
    return {
        _path(name, PurePosixPath()): path.read_bytes() for name, path in found.items() if _is_content(name)
    }


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files as a zip, the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            archive.writestr(zipfile.ZipInfo(path), files[path], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _of_zip(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _files(archive)
    except UnpackingError:
        raise
    except _BROKEN as error:
        raise UnpackingError("The zip cannot be read; make it anew.") from error


def _files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    wanted = [info for info in archive.infolist() if _is_content(info.filename)]
    if not wanted:
        raise UnpackingError("There is no .yaml file in the zip.")
    if len(wanted) > MAX_FILES:
        raise UnpackingError(f"There are more than {MAX_FILES} files in the zip.")
    top = _common_folder([PurePosixPath(info.filename) for info in wanted])
    found: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for info in wanted:
        path = _path(info.filename, top)
        if path in found:
            raise UnpackingError(f"{path} stands twice in the zip.")
        with archive.open(info) as file:
            found[path] = file.read(left + 1)
        left -= len(found[path])
        if left < 0:
            raise UnpackingError(f"More than {MAX_UNPACKED // 1_000_000} MB come out of the zip.")
    return found


def _is_content(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return path.suffix.lower() in (".yaml", ".yml") and not hidden and not name.endswith("/")


def _common_folder(paths: list[PurePosixPath]) -> PurePosixPath:
    """The folder that holds the content, where somebody has zipped that one and not what is in it."""
    marks = [path.parent for path in paths if path.name in ("topics.yaml", PACK)]
    top = min(marks, key=lambda folder: len(folder.parts), default=PurePosixPath())
    return top if all(path.is_relative_to(top) for path in paths) else PurePosixPath()


def _path(name: str, top: PurePosixPath) -> str:
    path = PurePosixPath(name).relative_to(top)
    plain = not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
    if not plain or len(path.parts) > DEEPEST or len(str(path)) > MAX_NAME or not str(path).isprintable():
        raise UnpackingError(f"{str(path)[:MAX_NAME]!r} does not belong into a content folder.")
    return str(path)
