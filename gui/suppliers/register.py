"""The register of suppliers, with what follows from each beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from core.disclosures.undertakings import ASKED
from core.ledger import DataRequest, Ledger, Supplier
from core.ledger.records import Record
from core.minerals.problem import STATUSES
from gui.entering.part import RecordsPart
from gui.language import _
from gui.settings import Settings
from gui.suppliers.around import Around
from gui.suppliers.desk import forms_of, is_plant
from gui.suppliers.inspector import SupplierExplanation
from gui.suppliers.words import STATUS_LEVELS, day_words, edition_words, few, status_words, text_words
from gui.tables.table import Column, Mark, Table
from gui.widgets import letters
from gui.wording import named

HIDDEN = ("country", "number", "minerals", "contact", "until", "note")
"""Columns that are off at first; inspector and form show all."""
NARROW = {"goods": 16, "spend": 16, "currency": 10, "risk": 12}
"""Columns that leave room for what follows from a record, in digits."""
NAME = 20
"""Least width of a name, in digits."""
SILENT = "silent"
"""State of a supplier of minerals that has not answered."""
_ORDER = (SILENT, *STATUSES, "")


class SuppliersPart(RecordsPart):
    """Suppliers, what each has signed, declared and answered."""

    def __init__(self, around: Around) -> None:
        self.around, self.known, self.desk = around, around.known, around.desk
        beside = {"name": [self._signed()], "minerals": [self._declared()]}
        if is_plant(self.desk):
            beside["minerals"].append(Column("requests", _("Data requests"), self._requests, width=14))
        super().__init__(
            around.page, around.desk, around.settings, "supplier",
            _("Here stand those who deliver: what is bought from them, what they have signed, and what they declare of "
              "minerals. Import the list of purchasing, or add them one by one."),
            forms=forms_of(around.desk), hidden=HIDDEN, picture="suppliers", beside=beside, marks=self._marks,
        )  # fmt: skip

        narrow(self.table, "records_supplier", around.settings, NARROW)
        roomy(self.table)

    def inspect(self) -> QWidget | None:
        record, answer = self.table.current_record(), self.known()
        if not isinstance(record, Supplier) or answer is None:
            return super().inspect()
        return SupplierExplanation(record, self.desk, answer, self.around.go)

    # ------------------------------------------------------------------ what follows

    def _signed(self) -> Column[Record]:
        def held(one: Record) -> int:
            return len(ASKED) - len(self._lacking(one))

        def words(one: Record) -> str:
            return _("{signed} of {asked}", signed=held(one), asked=len(ASKED)) if self.known() is not None else ""

        return Column("signed", _("Texts signed"), words, sort=held, width=11)

    def _lacking(self, one: Record) -> list[str]:
        """Texts that are asked for and of which nothing holds."""
        answer = self.known()
        signed = frozenset() if answer is None else answer.signed.get(one.id, frozenset())
        return [text for text in ASKED if text not in signed]

    def _declared(self) -> Column[Record]:
        return Column("declared", _("Declarations"), self._declared_words,
                      sort=lambda one: _ORDER.index(self.state(one)), width=16)  # fmt: skip

    def state(self, one: Record) -> str:
        """The gravest of its declarations that no newer one replaces; empty: it owes none and has none."""
        answer = self.known()
        if answer is None:
            return ""
        if one.id in answer.silent:
            return SILENT
        held = [each for each in answer.declarations(one.id) if each.id in answer.current]
        states = {answer.examined[each.id].status for each in held}
        return next((level for level in STATUSES if level in states), "")

    def _declared_words(self, one: Record) -> str:
        state = self.state(one)
        if state == SILENT:
            return _("no answer that counts")
        return status_words(state) if state else ""

    def _requests(self, one: Record) -> str:
        """Of the newest request."""
        records = self.session.records
        held = records.held(DataRequest) if isinstance(records, Ledger) else ()
        own = sorted((each for each in held if each.supplier == one.id), key=lambda each: each.sent)
        if not own:
            return ""
        last = own[-1]
        if last.answered:
            return _("{year}: answered", year=str(last.year))
        if last.due and (answer := self.known()) is not None and late(last, answer.today):
            return _("{year}: late", year=str(last.year))
        return (
            _("{year}: due {day}", year=str(last.year), day=day_words(last.due))
            if last.due
            else _("{year}: open", year=str(last.year))
        )

    def _marks(self, one: Record) -> Mapping[str, Mark]:
        found: dict[str, Mark] = {}
        if isinstance(one, Supplier) and one.risk == "high":
            found["risk"] = Mark("warning", _("You judge its risk to be high."))
        lacking = self._lacking(one)
        if self.known() is not None and 0 < len(lacking) < len(ASKED):
            texts = few(map(text_words, lacking), len(ASKED))
            found["signed"] = Mark("info", _("Not signed: {texts}", texts=texts))
        state, answer = self.state(one), self.known()
        if state == SILENT:
            found["declared"] = Mark("warning", _("It delivers minerals, and no declaration of it counts."))
        elif state and answer is not None:
            held = [each for each in answer.declarations(one.id) if each.id in answer.current]
            said = (named(edition_words(each), status_words(answer.examined[each.id].status)) for each in held)
            found["declared"] = Mark(STATUS_LEVELS[state], "\n".join(said))
        return found


def roomy(table: Table[Any], place: int = 0) -> None:
    """The column that takes what the others leave never gives all of it away to them."""
    if place in table.view.least:
        table.view.least[place] = letters(table, NAME)


def narrow(table: Table[Record], key: str, settings: Settings, widths: Mapping[str, int]) -> None:
    """Columns as wide as these, in digits, unless somebody has chosen another width."""
    kept = settings.column_widths(key)
    for place, column in enumerate(table.model.columns):
        if column.key in widths and column.key not in kept:
            table.view.setColumnWidth(place, letters(table, widths[column.key]))


def late(one: DataRequest, today: date) -> bool:
    """Whether an answer is overdue."""
    return not one.answered and bool(one.due) and one.due < today.isoformat()
