"""What another program sees in our files."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils are not installed")


@dataclass(frozen=True)
class Word:
    """A word as printed, in points from the lower left corner."""

    page: int
    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def ink(self) -> tuple[float, float]:
        """From the base line to the height of capitals; the box around a word holds the whole line."""
        tall = self.top - self.bottom
        return self.bottom + 0.28 * tall, self.bottom + 0.74 * tall


def run(tool: str, pdf: bytes, folder: Path, *arguments: str, output: str = "") -> str:
    file = folder / "report.pdf"
    file.write_bytes(pdf)
    command = [tool, *arguments, str(file), *([output] if output else [])]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    complaints = done.stderr.decode()
    assert "Error" not in complaints, complaints
    assert "Warning" not in complaints, complaints
    return done.stdout.decode()


def text(pdf: bytes, folder: Path) -> str:
    return run("pdftotext", pdf, folder, "-layout", output="-")


def pages(pdf: bytes, folder: Path) -> tuple[list[tuple[float, float]], list[Word]]:
    """Size of every page and all words."""
    xml = ElementTree.fromstring(run("pdftotext", pdf, folder, "-bbox", output="-"))
    sizes, words = [], []
    space = "{http://www.w3.org/1999/xhtml}"
    for number, page in enumerate(xml.iter(f"{space}page"), 1):
        wide, tall = float(page.attrib["width"]), float(page.attrib["height"])
        sizes.append((wide, tall))
        for word in page.iter(f"{space}word"):
            left, top, right, bottom = (float(word.attrib[key]) for key in ("xMin", "yMin", "xMax", "yMax"))
            words.append(Word(number, word.text or "", left, tall - bottom, right, tall - top))
    return sizes, words


def outside(sizes: list[tuple[float, float]], words: list[Word]) -> list[Word]:
    """Words that leave the margins."""
    return [w for w in words if w.left < 56 or w.right > sizes[w.page - 1][0] - 56 or w.bottom < 28 or w.top > 815]
