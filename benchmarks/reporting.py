"""Rendering the report: every section, every line, the audited data inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from core.handover import Draft, prepare
from core.inventory import read
from core.ledger import canonical
from core.library import load_library
from core.report import render


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """At both sizes."""
    for lines in (scale.few, scale.many):
        draft = drafted(lines)
        yield Pair(
            f"Render the report of {lines:,} lines, whole",
            "ReportLab `LongTable` of the lines alone, in Helvetica",
            timed(partial(render, draft.package)),
            timed(_theirs(draft)),
            runs=3,
        )


def drafted(lines: int) -> Draft:
    """What a report of this many lines will say."""
    return prepare(
        data.ledger(lines),
        data.YEAR,
        load_library(),
        language="en",
        issued_by=data.WHO,
        when=data.WHEN,
        journal=("0" * 64, 1),
    )


def _theirs(draft: Draft) -> Callable[[], bytes]:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import LongTable, SimpleDocTemplate

    inventory = read(canonical(dict(draft.package))).inventory()
    head = ("Line", "Source", "Item", "From", "To", "Quantity", "Unit", "Factor", "t CO2e")
    rows = [
        (
            line.id,
            line.activity.source,
            line.activity.item,
            line.portion.start.isoformat(),
            line.portion.end.isoformat(),
            f"{line.portion.quantity:f}",
            line.activity.unit,
            f"{line.factor.value:f} {line.factor.unit}",
            f"{line.tco2e:f}",
        )
        for line in inventory.lines
    ]

    def work() -> bytes:
        buffer = BytesIO()
        table = LongTable([head, *rows], repeatRows=1, style=[("FONTSIZE", (0, 0), (-1, -1), 6)])
        SimpleDocTemplate(buffer, pagesize=landscape(A4)).build([table])
        return buffer.getvalue()

    return work
