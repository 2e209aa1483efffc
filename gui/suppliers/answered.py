"""The answer of a supplier before it is taken up: every line, or each refused cell, and what to look at."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.exchange.supplier_lines import ANSWERED, BOUNDARIES, PLACES, modes
from core.exchange.supplier_requests import TakenUp
from core.exchange.supplier_requests.reading import Answered
from core.exchange.tables import Found
from core.i18n import Localised, show_number
from core.ledger import Evidence
from core.ledger.codec import read_decimal
from gui.language import _, say
from gui.suppliers.around import Around
from gui.suppliers.words import DASH
from gui.tables.import_dialog import TableImportDialog, of_record
from gui.tables.table import Column
from gui.widgets import label, marked
from gui.wording import named

Row = tuple[str, ...]
WIDTHS = {"footprint": 14, "boundary": 22, "primary": 12, "standard": 16, "verified": 16, "mode": 18, "distance": 12,
          "mass": 12, "comment": 20}  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_NOTES = 6
"""Things to look at that are listed."""


class AnswerPreview(TableImportDialog[Row]):
    """Accepted means: take it up."""

    def __init__(self, answered: Answered, taken: TakenUp | None, around: Around, parent: QWidget) -> None:
        kept = (around.desk.records.get("evidence", key) for key in answered.request.evidence)
        already = next((one for one in kept if isinstance(one, Evidence)), None) if answered.already else None
        rows = () if answered.refused else tuple((answered.rows[row[0]], row) for row in answered.answers)
        found = Found(answered.name, rows, answered.refused, (), already, answered.sha256, XLSX, answered.data)
        asked = {row[0]: row for row in answered.request.asked}
        super().__init__(_("Answer of a supplier"), found, of_record(_columns(asked)), around.settings, parent)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        about = named(answered.supplier.name, _("request {id} for {year}", id=answered.request.id,
                                                year=str(answered.request.year)))  # fmt: skip
        column.insertWidget(1, label(about, "muted", wrap=True))
        notes = () if taken is None else taken.notes
        for place, note in enumerate(notes[:MOST_NOTES], 3):
            column.insertWidget(place, marked("warning", "warning", say(note)))
        if len(notes) > MOST_NOTES:
            words = _("{count} more", count=len(notes) - MOST_NOTES)
            column.insertWidget(3 + MOST_NOTES, label(words, "muted"))


def _columns(asked: Mapping[str, Row]) -> list[Column[Row]]:
    def of_line(place: int) -> Column[Row]:
        title, width = ((_("What is bought"), 26), (_("Quantity bought"), 14))[place]

        def text(row: Row) -> str:
            line = asked.get(row[0], ("",) * 5)
            return line[1] if place == 0 else f"{shown(line[3])} {line[4]}"

        return Column(f"asked {place}", title, text, "", "left" if place == 0 else "right", width=width,
                      stretch=place == 0)  # fmt: skip

    def of_answer(key: str) -> Column[Row]:
        one = ANSWERED[PLACES[key]]
        title, _bracket, unit = say(one.name).partition(" [")
        return Column(key, title, lambda row: answer_words(key, row[PLACES[key]]), unit.rstrip("]"),
                      "right" if one.form == "number" else "left", width=WIDTHS[key])  # fmt: skip

    return [of_line(0), of_line(1), *(of_answer(one.key) for one in ANSWERED if one.key != "number")]


def shown(number: str) -> str:
    """A number as a record keeps it, for reading."""
    try:
        return show_number(read_decimal(number))
    except ValueError:
        return number


def answer_words(key: str, said: str) -> str:
    """One cell of an answer."""
    if not said:
        return DASH
    known: Mapping[str, Localised] = {"boundary": BOUNDARIES, "mode": modes()}.get(key, {})
    if said in known:
        return say(known[said])
    return shown(said) if ANSWERED[PLACES[key]].form == "number" else said
