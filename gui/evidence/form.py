"""Asks what a proof is: its kind, the days it speaks of, how long it holds, a remark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from core.exchange.register import Act, Described, describing
from core.inventory.evidence import CLASS_NAMES, CLASSES
from core.ledger import Evidence, Ledger
from gui.asking import Asking
from gui.fields import ChoiceField, date_field, text_field
from gui.language import _, say


class DescribeDialog(Asking):
    """Of one proof everything; of several only what is filled in."""

    def __init__(self, ledger: Ledger, proofs: Sequence[Evidence], parent: QWidget | None) -> None:
        several = len(proofs) > 1
        title = _("Describe {count} proofs", count=len(proofs)) if several else _("Describe the proof")
        explained = (
            _("What stays empty is left as it is.")
            if several
            else _("{file}: which document it is and of which days it speaks.", file=proofs[0].name)
        )
        super().__init__(title, explained, _("Apply"), parent)
        self._ledger, self._proofs, self._several = ledger, proofs, several
        one = proofs[0]
        kinds = [(key, say(CLASS_NAMES[key])) for key in CLASSES]
        self.kind = ChoiceField(_("Kind"), kinds, "" if several else one.kind, required=not several)
        self.start = date_field(_("Period from"), None if several else _day(one.start))
        self.end = date_field(_("Period to"), None if several else _day(one.end), end=True)
        hint = _("Last day on which it holds, e.g. of a contract or a calibration.")
        self.valid_to = date_field(_("Valid to"), None if several else _day(one.valid_to), hint, end=True)
        self.note = text_field(_("Remark"), "" if several else one.note)
        for field in (self.kind, self.start, self.end, self.valid_to, self.note):
            self.fields.addWidget(field)

    def work(self) -> Callable[[], Act]:
        """Checked here, where the ledger is; nothing is left for the job."""
        act = describing(self._ledger, [one.id for one in self._proofs], self._said())
        return lambda: act

    def _said(self) -> Described:
        days = {name: getattr(self, name).read() for name in ("start", "end", "valid_to")}
        said = {"kind": self.kind.read(), "note": self.note.read() or ""}
        said |= {name: day.isoformat() if day else "" for name, day in days.items()}
        return Described(**{name: text for name, text in said.items() if text or not self._several})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
