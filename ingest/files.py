"""Which files there are to take in, and their bytes. Trusts no name and no size."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import Refused
from ingest import sidecar
from ingest.load import formats


def read(path: Path) -> bytes:
    """The content of a file. A pipe or a device has no end, and a file can grow while it is read: neither is waited for.

    Raises Refused where it cannot be opened, is too large, or is not what its name says.
    """
    try:
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Refused("Dit is geen gewoon bestand. Lever het stuk zelf aan.")
            formats.media_type(path.name, file.read(2048))
            file.seek(0)
            data = file.read(formats.MAX_BYTES + 1)
    except FileNotFoundError:
        raise Refused("Dit bestand bestaat niet. Controleer het pad.") from None
    except OSError as error:
        raise Refused(f"Het bestand kan niet worden geopend ({error.strerror}). Controleer de rechten.") from error
    if len(data) > formats.MAX_BYTES:
        raise Refused(f"Het bestand is groter dan {formats.MAX_BYTES // 1024**2} MB. Splits het of lever een kleinere export aan.")
    return data


def find(paths: Iterable[Path]) -> Iterator[Path]:
    """All files under the paths in a fixed order, without sidecars and without links; what supersedes another comes last."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink()) if path.is_dir() else [path]
        found += [p for p in inside if not (path.is_dir() and (_is_sidecar(p) or _hidden(p.relative_to(path))))]
    for folder in dict.fromkeys(path for path in paths if path.is_dir()):
        for sub in sorted({folder, *(p.parent for p in found if folder in p.parents)}):
            found += _absent(sub)
    yield from sorted(dict.fromkeys(found), key=_supersedes)


def _is_sidecar(path: Path) -> bool:
    return path.name == sidecar.FOLDER_FILE or path.name.endswith(sidecar.SUFFIX)


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _absent(folder: Path) -> list[Path]:
    try:
        return [folder / name for name in sidecar.listed_but_absent(folder)]
    except Refused:
        return []


def _supersedes(path: Path) -> bool:
    try:
        return sidecar.says(path).get("supersedes") is not None
    except Refused:
        return False
