"""The demo as it is built, once for all tests that begin with it; each file of tests has a copy of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from core.cli.demo import Demo, build_plants

BUILT = datetime(2026, 2, 1, tzinfo=UTC)


@cache
def _files() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        build_plants(Path(folder), BUILT)
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def built(folder: Path) -> Demo:
    """Lay the demo into a folder."""
    for name, data in _files().items():
        (folder / name).write_bytes(data)
    return Demo(folder)
