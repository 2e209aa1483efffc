"""The table of medians, for the terminal and for ``README.md``."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.harness import Result

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- table: written by make bench -->", "<!-- end of table -->"
LIBRARIES = ("PySide6-Essentials", "sqlite-utils", "openpyxl", "reportlab", "pyHanko")


def table(results: Iterable[Result]) -> str:
    """As Markdown."""
    lines = ["| what | ours | alternative | theirs | ours / theirs | runs |", "|---|--:|---|--:|--:|--:|"]
    lines += [
        f"| {r.what} | {amount(r.ours, r.unit)} | {r.alternative} | {amount(r.theirs, r.unit)} "
        f"| {r.ratio:.2g} | {r.runs} |"
        for r in results
    ]
    return "\n".join(lines)


def amount(value: float, unit: str) -> str:
    """Three digits and the unit."""
    return duration(value) if unit == "s" else f"{value:.3g} {unit}"


def duration(seconds: float) -> str:
    """Three digits, in the unit that fits."""
    if seconds >= 1:
        return f"{seconds:.3g} s"
    return f"{seconds * 1000:.3g} ms"


def surroundings(day: date, load: float | None) -> str:
    """On what was measured."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    busy = "" if load is None else f", load before and during {load:.1f}"
    return (
        f"{day.isoformat()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores{busy}, "
        f"Python {platform.python_version()}, {libraries}."
    )


def replace(readme: str, text: str, begin: str = BEGIN, end: str = END) -> str:
    """The file with another table between its marks."""
    head, _, rest = readme.partition(begin)
    _, _, tail = rest.partition(end)
    return f"{head}{begin}\n{text}\n{end}{tail}"
