"""The form in which a sample is widened after findings."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.audit.escalation import escalating
from core.audit.ladder import ladder
from core.audit.sampling import Drawn
from core.errors import UserError
from core.exchange.ids import next_ids
from core.inventory import Inventory
from core.ledger import Ledger
from gui.asking import Asking
from gui.fields import words_field
from gui.language import _, language, say
from gui.quality.parts import combo
from gui.samples.words import SampleRow
from gui.widgets import label, marked


class WidenDialog(Asking):
    """To which level, and why where no finding says it."""

    stated = Signal(object)
    """A Drawn that may be kept."""

    def __init__(self, ledger: Ledger, inventory: Inventory, row: SampleRow, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Widen the sample {name}", name=row.sample.name),
            _("The wider sample is drawn with the same seed and contains this one."),
            _("Widen"),
            parent,
        )
        self._ledger, self._inventory, self._row = ledger, inventory, row
        if row.wider is not None:
            self.fields.addWidget(marked("warning", "warning", say(row.wider.why)))
        else:
            self.fields.addWidget(marked("info", "accent", _("Nothing was found in it, so a reason is needed.")))
        self.level = combo(_("Share of the records"), [(f"{step} %", str(step)) for step in ladder().steps])
        proposed = row.wider.level if row.wider is not None else row.sample.level + 1
        place = next((i for i, step in enumerate(ladder().steps) if step >= proposed), self.level.count() - 1)
        self.level.setCurrentIndex(place)
        self.level.activated.connect(lambda _row: self._follow())
        self.reason = words_field("", 5)
        self.reason.textChanged.connect(self._follow)
        self._comes_to = label("", strong=True, wrap=True)
        self.add(_("Share of the records"), self.level, say(ladder().source))
        self.add(_("Reason"), self.reason)
        self.fields.addWidget(self._comes_to)
        self._follow()

    def _drawn(self) -> Drawn:
        (key,) = next_ids(self._ledger, 1, "sample")
        sources = () if self._row.wider is None else self._row.wider.sources
        return escalating(
            self._ledger,
            self._inventory,
            self._row.sample,
            key,
            reason=self.reason.toPlainText(),
            level=int(self.level.currentData()),
            sources=sources,
        )

    def _follow(self) -> None:
        """How many records more."""
        try:
            self._comes_to.setText(say(self._drawn().why))
        except UserError as error:
            self._comes_to.setText(error.text(language()))

    def work(self) -> Callable[[], object]:
        made = self._drawn()
        return lambda: made

    def succeeded(self, result: object) -> None:
        """Handed over; the page closes the dialog when it was kept."""
        self.stated.emit(result)
