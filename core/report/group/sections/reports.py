"""The signed reports that the numbers rest on, each with its hashes and who signed it."""

from __future__ import annotations

from typing import Any

from core.i18n import T
from core.report.flow import note
from core.report.group.data import GroupData
from core.report.group.package import Rests
from core.report.style import SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Signed reports that the numbers rest on")
ORDER = 90
ONCE = True
PAPER = "wide"


def story(data: GroupData, lang: str) -> list[Any]:
    """One row for each; printed once, for hashes and names are the same in every language."""
    reports = data.contents.reports
    if not reports:
        return []
    columns = [
        Column(data.tr(T("Plant"), lang), 2.2, most=16),
        Column(data.tr(T("Period"), lang), 56, fixed=True),
        Column(data.tr(T("Revision"), lang), 40, "right", fixed=True),
        Column(data.tr(T("Signed by"), lang), 1.0, most=4),
        Column(data.tr(T("Signed at"), lang), 64, fixed=True, most=3),
        Column(data.tr(T("Checked"), lang), 66, fixed=True, most=4),
        Column(data.tr(T("SHA-256 of the report, of its data, of the certificates"), lang), 256, fixed=True, most=12),
    ]
    rows = [_row(data, one, lang) for one in sorted(reports, key=lambda one: (data.plants[one.plant].name, one.start))]
    said = T("Recalculated: every line was calculated again and is equal to the last digit. Rebuilt: the pages were "
             "rendered again from the data and are the same.")  # fmt: skip
    return [Table(columns, rows, SMALL_CELL, pad=2.6), note(data.tr(said, lang, "\n"))]


def _row(data: GroupData, one: Rests, lang: str) -> Row:
    checked = []
    if one.recalculated_equal:
        checked.append(data.tr(T("recalculated"), lang))
    if one.rebuilt == "equal":
        checked.append(data.tr(T("rebuilt"), lang))
    name = "\n".join([data.plants[one.plant].name, *(data.tr(note, lang) for note in one.notes)])
    hashes = [one.sha256, one.package_sha256, *one.fingerprints]
    return Row((
        name, f"{one.start}\n{one.end}", str(one.revision), "\n".join(one.signed_by),
        one.signed_at[:16].replace("T", "\n"), "\n".join(checked) or "–", "\n".join(hashes),
    ))  # fmt: skip
