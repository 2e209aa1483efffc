"""Let an instrument cover a bill, by hand: never more than was used, never more than there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from core.exchange.ids import next_ids
from core.instruments.kinds import ON_SITE
from core.inventory.judging import Decision
from core.ledger import Instrument, Ledger
from core.library import EXACT, Library
from core.library.record_words import field_name
from core.renewables.allocating import THOUSAND, allocate, given_of, has
from core.renewables.bills import Bill
from gui.asking import Stating
from gui.fields import ChoiceField, number_field, text_field
from gui.language import _, say
from gui.renewables.allocation_rows import days
from gui.renewables.words import mwh

KWH, MWH = "kWh", "MWh"


class AllocateDialog(Stating):
    """Asks for instrument, bill and amount; ``stated`` carries the Decision."""

    def __init__(
        self,
        ledger: Ledger,
        library: Library,
        bills: Sequence[Bill],
        parent: QWidget | None = None,
        *,
        bill: str = "",
        instrument: str = "",
    ) -> None:
        super().__init__(
            _("Allocate"),
            _("So much of an instrument covers one bill. It is never more than was used, and never more than is left "
              "of the instrument."),
            _("Allocate"), parent,
        )  # fmt: skip
        self._ledger, self._library = ledger, library
        self._left = left_of(ledger)
        self._open = {one.record.id: one.left for one in bills if one.left > 0}
        names = {one.id: one.name for one in ledger.held(Instrument)}
        offered = [(key, _("{name}: {mwh} MWh left", name=names[key], mwh=mwh(left / THOUSAND)))
                   for key, left in self._left.items()]  # fmt: skip
        records = [
            (one.record.id, _("{source}, {days}: {mwh} MWh open", source=one.record.source, days=days(one.record),
                              mwh=mwh(one.left / THOUSAND)))
            for one in bills if one.left > 0
        ]  # fmt: skip
        named = say(field_name("allocation", "instrument"))
        chosen = instrument if instrument in self._left else ""
        self.instrument = ChoiceField(named, offered, chosen, required=True)
        self.bill = ChoiceField(_("Bill"), records, bill if bill in self._open else "", required=True)
        self.amount = number_field(_("Quantity"), required=True)
        self.unit = ChoiceField(_("Unit"), [(KWH, KWH), (MWH, MWH)], KWH, required=True)
        self.note = text_field(_("Remark"))
        for field in (self.instrument, self.bill, self.amount, self.unit, self.note):
            self.fields.addWidget(field)
        self._typed = False
        self.amount.changed.connect(self._mark)
        for choice in (self.instrument, self.bill, self.unit):
            choice.changed.connect(self._propose)
        self._propose()

    def _mark(self) -> None:
        self._typed = bool(self.amount.line.text().strip())

    def _propose(self) -> None:
        """As much as fits, until somebody typed another amount."""
        keys = str(self.instrument.box.currentData() or ""), str(self.bill.box.currentData() or "")
        if self._typed or keys[0] not in self._left or keys[1] not in self._open:
            return
        most = min(self._left[keys[0]], self._open[keys[1]])
        self.amount.set(most / THOUSAND if self.unit.box.currentData() == MWH else most)

    def work(self) -> Callable[[], Decision]:
        """Checked here, where the ledger is."""
        instrument, bill = self.instrument.read(), self.bill.read()
        amount, unit = self.amount.need(), self.unit.read()
        kwh = EXACT.multiply(amount, THOUSAND) if unit == MWH else amount
        key = next_ids(self._ledger, 1, "allocation")[0]
        decision = allocate(self._ledger, self._library, key, instrument, bill, kwh, self.note.read() or "")
        return lambda: decision


def left_of(ledger: Ledger) -> dict[str, Decimal]:
    """What instruments have that covers no bill yet, where it is anything. [kWh]"""
    given = given_of(ledger)
    return {
        one.id: left
        for one in ledger.held(Instrument)
        if one.kind != ON_SITE and (left := EXACT.subtract(has(one), given.get(one.id, Decimal(0)))) > 0
    }
