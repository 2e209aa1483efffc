"""Draw the pictures of the documentation: the real program on a fresh demo, into ``docs/pictures``.

    make screenshots                                       # the pictures that the documents use
    make screenshots ARGS="--all --out build/pictures"     # every page, language, theme and size, to judge them

A picture is called ``<place>-<language>-<theme>.png``.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from core.cli.demo import Demo
from docs.camera import LARGE, SMALL, Camera, Dress, told
from docs.drawing import PAPER_PAGES, PAPER_WIDTH, save, side_by_side
from docs.staging import YEAR, build, inside
from gui import fonts
from gui.pdf.pages import pictures

HERE = Path(__file__).parent


def wanted() -> set[str]:
    """Names of the pictures that the documents show."""
    texts = [*HERE.glob("*.md"), HERE.parent / "README.md"]
    found = (re.findall(r"pictures/([\w-]+)\.png", text.read_text(encoding="utf-8")) for text in texts)
    return {name for names in found for name in names}


def paper(demo: Demo, out: Path, keep: Callable[[str], bool]) -> None:
    """Cover and summary of signed reports, side by side."""
    for language, plant in (("en", demo.plants[2]), ("zh", demo.plants[1])):
        if keep(f"paper-{language}"):
            drawn = pictures(demo.report(plant, YEAR).read_bytes(), PAPER_PAGES, PAPER_WIDTH)
            save(side_by_side([one.image() for one in drawn]), out / f"paper-{language}.png")


def dresses(everything: bool) -> Iterable[Dress]:
    """Both languages and themes; with everything also on a large screen."""
    for size in (SMALL, LARGE) if everything else (SMALL,):
        for language in ("en", "zh"):
            for theme in ("light", "dark"):
                yield Dress(language, theme, size)


def main(words: Sequence[str] | None = None) -> int:
    """Draw what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m docs.screenshots", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every page, not only what the documents show")
    parser.add_argument("--out", type=Path, default=HERE / "pictures")
    asked = parser.parse_args(words)
    out, names = asked.out.resolve(), wanted()

    def keep(name: str) -> bool:
        return bool(asked.all) or name in names

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(told)
    app = QApplication(["plant-carbon-audit"])
    app.setApplicationName("Plant Carbon Audit")
    app.setQuitOnLastWindowClosed(False)
    fonts.prepare(app)
    with tempfile.TemporaryDirectory() as scratch, inside(Path(scratch)):
        build(Path())
        for dress in dresses(asked.all):
            place = out / f"{dress.size.width()}x{dress.size.height()}" if asked.all else out
            if asked.all or any(name.endswith(f"-{dress.name}") for name in names):
                Camera(app, Path(), dress, keep, place).shoot()
        paper(Demo(Path("office")), out, keep)
    missing = sorted(names - {path.stem for path in out.glob("**/*.png")})
    if missing:
        print(f"shown in the documents but not drawn: {', '.join(missing)}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
