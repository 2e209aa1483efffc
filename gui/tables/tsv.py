"""Cells on the clipboard as Excel, WPS and LibreOffice write and read them: tabs, line ends, quotes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def parse(text: str) -> list[list[str]]:
    """Rows of cells; a quoted cell may hold tabs, line ends and doubled quotes. The last line end makes no row."""
    if not text:
        return []
    if '"' not in text:  # the common case, and Excel quotes nothing without need
        lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        return [line.split("\t") for line in lines]
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), delimiter="\t")
    return [row or [""] for row in reader]


def write(rows: Iterable[Sequence[str]]) -> str:
    """What ``parse`` reads; cells are quoted only where they must be."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL).writerows(rows)
    return out.getvalue()
