"""The files that the pictures of the documentation show: the demo, signed and received, and the worked examples."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from core.cli.demo import PASSPHRASE, Demo, build_plants, sign_report
from core.cli.demo_audit import play
from core.cli.demo_office import Keys, found, take_in
from core.exchange.demo import YEARS, demo_plants
from core.store import GroupFile, PlantFile

WHEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""When the demo is built and signed, so that pictures differ only where the program does."""
YEAR = 2024
HERE = Path(__file__).parent


def build(folder: Path) -> None:
    """``plants``: as before the first signature; ``office``: signed, sent and received; ``review``: to be concluded."""
    plants = build_plants(folder / "plants", WHEN)
    review = folder / "review"
    review.mkdir()
    for one, path in zip(demo_plants(), plants.plants, strict=True):
        if one.file == "krosno":
            with PlantFile.open(Path(shutil.copy2(path, review))) as plant:
                play(one, plant)
    office = Demo(folder / "office")
    shutil.copytree(plants.folder, office.folder)
    plants.authority.unlink()  # it is head office's own
    reports = [
        report
        for path, language in zip(office.plants, ("both", "zh", "en"), strict=True)
        for year in YEARS
        if (report := sign_report(office, path, year, WHEN, language)) is not None
    ]
    altered = folder / f"{office.plants[1].stem}-{YEAR}-altered.pdf"
    altered.write_bytes(office.report(office.plants[1], YEAR).read_bytes().replace(b"%%EOF", b"%%EOG", 1))
    with GroupFile.open(office.group) as group:
        found(group, Keys(office.authority, (office.key, office.manager_key), PASSPHRASE), WHEN)
        take_in(group, [*reports, altered], WHEN)


def example(page: str, language: str, path: Path) -> Path:
    """The worked example of a page, as a file: of bills, of which two rows are refused, or of interval data."""
    text = (HERE / f"{page}{'.zh' if language == 'zh' else ''}.md").read_text(encoding="utf-8")
    found = re.search(r"```csv\n(.*?)```", text, re.DOTALL)
    if found is None:
        raise RuntimeError(f"docs/{page}.md has lost its worked example")
    path.write_text(found[1], encoding="utf-8")
    return path


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Work in a folder, so that the pictures show short relative paths and none of this computer."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
