"""The tables of the page about risks and samples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from core.audit.risk import DETECTION, LEVELS, SourceRisk
from core.audit.sampling import METHODS
from core.methods import plain
from gui.language import _, say
from gui.samples.words import CALIBRATIONS, DrawnRow, SampleRow, detection_words, level_words
from gui.sheets.rows import STATES, period
from gui.sheets.rows import marks as item_marks
from gui.tables.cells import PAD, CellDelegate
from gui.tables.table import Column, Mark
from gui.theme import colour
from gui.wording import TONNES, shown_percent, tonnes

SHARE = "share"
BAR = 3.0
"""Height of the bar below a share. [px]"""


def source_columns() -> list[Column[SourceRisk]]:
    """Size first, then the risks; the facts behind them can be switched on."""
    levels, detections = list(LEVELS), list(DETECTION)
    return [
        Column("source", _("Source"), lambda r: r.source, width=20, stretch=True),
        Column("location", _("Location-based"), lambda r: tonnes(r.share.location), TONNES, "right",
               lambda r: r.share.location, lambda r: plain(r.share.location), width=12),
        Column("market", _("Market-based"), _market, TONNES, "right", lambda r: r.share.market,
               lambda r: plain(r.share.market), width=12),
        Column(SHARE, _("Share"), lambda r: shown_percent(r.share.percent), "%", "right", lambda r: r.share.percent,
               lambda r: plain(round(r.share.percent, 6)), width=10),
        Column("cumulative", _("Cumulative"), lambda r: shown_percent(r.share.cumulative), "%", "right",
               lambda r: r.share.cumulative, lambda r: plain(round(r.share.cumulative, 6)), width=9),
        Column("inherent", _("Inherent risk"), lambda r: level_words(r.inherent),
               sort=lambda r: levels.index(r.inherent), width=11),
        Column("control", _("Control risk"), lambda r: level_words(r.control),
               sort=lambda r: levels.index(r.control), width=11),
        Column("detection", _("Detection risk"), lambda r: detection_words(r.detection, r.confidence),
               sort=lambda r: detections.index(r.detection), width=15),
        Column("decided", _("Decision"), lambda r: _("by the auditor") if r.decided else _("proposed"), width=11),
        Column("records", _("Records"), lambda r: str(r.share.records), "", "right", lambda r: r.share.records, width=8,
               hidden=True),
        Column("estimated", _("Estimated"), lambda r: shown_percent(r.share.estimated_percent), "%", "right",
               lambda r: r.share.estimated_percent, width=9, hidden=True),
        Column("unproven", _("No kept proof"), lambda r: shown_percent(r.share.unproven_percent), "%", "right",
               lambda r: r.share.unproven_percent, width=10, hidden=True),
        Column("typed", _("Typed by hand"), lambda r: str(r.share.typed), "", "right", lambda r: r.share.typed,
               width=10, hidden=True),
        Column("change", _("From last year"), _change, "%", "right", lambda r: r.share.change_percent or Decimal(0),
               width=11, hidden=True),
        Column("calibration", _("Calibration"), lambda r: say(CALIBRATIONS[r.share.calibration]), width=12,
               hidden=True),
        Column("corrections", _("Corrected"), lambda r: str(r.share.corrections), "", "right",
               lambda r: r.share.corrections, width=8, hidden=True),
    ]  # fmt: skip


def _market(row: SourceRisk) -> str:
    """Only where it differs: elsewhere both totals count the same."""
    return tonnes(row.share.market) if row.share.market != row.share.location else "="


def _change(row: SourceRisk) -> str:
    change = row.share.change_percent
    return shown_percent(change) if change is None or change <= 0 else f"+{shown_percent(change)}"


def source_marks(row: SourceRisk) -> dict[str, Mark]:
    """A decision that differs from the proposal, with its reason."""
    decided, proposal = row.decided, row.proposal
    if decided is None or (decided.inherent, decided.control) == (proposal.inherent, proposal.control):
        return {}
    return {"decided": Mark("info", decided.reason)}


class ShareDelegate(CellDelegate):
    """A share of the total with a bar below it."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        row = self._model.record(index.row())
        if not isinstance(row, SourceRisk):
            return
        room = QRectF(option.rect).adjusted(PAD, 0, -PAD, 0)
        wide = room.width() * min(max(float(row.share.percent) / 100, 0.0), 1.0)
        foot = room.bottom() - BAR - 1
        painter.fillRect(QRectF(room.left(), foot, room.width(), BAR), colour("line"))
        painter.fillRect(QRectF(room.left(), foot, wide, BAR), colour("accent"))


def sample_columns() -> list[Column[SampleRow]]:
    """What was drawn, how, and how far it is tested."""
    return [
        Column("name", _("Sample"), lambda r: r.sample.name, width=30),
        Column("method", _("Method"), lambda r: say(METHODS[r.sample.method]), width=21),
        Column("level", _("Share drawn"), lambda r: str(r.sample.level or ""), "%", "right", lambda r: r.sample.level,
               width=8),
        Column("sources", _("Sources"), _sources, width=10, stretch=True),
        Column("records", _("Records"), lambda r: str(r.records), "", "right", lambda r: r.records, width=8),
        Column("tested", _("Tested"), lambda r: f"{r.tested} / {r.records}", "", "right", lambda r: r.tested, width=9),
        Column("findings", _("Findings"), lambda r: str(len(r.findings) or ""), "", "right", lambda r: len(r.findings),
               width=8),
        Column("seed", _("Seed"), lambda r: r.sample.seed or "–", width=14),
        Column("size", _("Draws"), lambda r: str(r.sample.size), "", "right", lambda r: r.sample.size, width=7,
               hidden=True),
        Column("id", _("Id"), lambda r: r.id, width=9, hidden=True),
    ]  # fmt: skip


def _sources(row: SampleRow) -> str:
    return ", ".join(row.sample.sources) or _("all")


def sample_marks(row: SampleRow) -> dict[str, Mark]:
    """What is finished, and what has to be widened."""
    found: dict[str, Mark] = {}
    if row.wider is not None:
        found["findings"] = Mark("warning", say(row.wider.why))
    if row.tested < row.records:
        found["tested"] = Mark("info", _("Records still to be tested: {count}", count=row.records - row.tested))
    return found


def drawn_columns() -> list[Column[DrawnRow]]:
    """The records of a sample."""
    return [
        Column("state", _("State"), lambda r: say(STATES[r.item.state]), width=11),
        Column("source", _("Source"), lambda r: r.item.record.source if r.item.record else "", width=20),
        Column("item", _("Item"), lambda r: r.item.item, width=14),
        Column("days", _("Period"), lambda r: period(r.item),
               sort=lambda r: r.item.record.start if r.item.record else date.min, width=12),
        Column("tonnes", _("Emissions"), lambda r: tonnes(r.tonnes), TONNES, "right", lambda r: r.tonnes,
               lambda r: plain(r.tonnes), width=11),
        Column("times", _("Times drawn"), lambda r: str(r.times), "", "right", lambda r: r.times, width=9),
        Column("reference", _("Bill"), lambda r: r.item.record.evidence if r.item.record else "", width=10,
               stretch=True),
        Column("id", _("Record"), lambda r: r.id, width=9),
    ]  # fmt: skip


def drawn_marks(row: DrawnRow) -> dict[str, Mark]:
    """As on the page about tests."""
    return item_marks(row.item)
