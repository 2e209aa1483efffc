"""Retire a factor of the plant: the last day on which it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from core.ledger import OwnFactor
from gui.asking import Asking
from gui.fields import date_field
from gui.language import _


class RetireDialog(Asking):
    """Gives the factor with its new end."""

    def __init__(self, own: OwnFactor, year: int, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Retire own factor"),
            _("“{name}” stays in the plant with its proof, but later records do not use it any more. A factor holds "
              "for whole years: those in which its days of validity lie.", name=own.name),
            _("Retire"),
            parent,
        )  # fmt: skip
        self._own = own
        last = min(own.valid_to, max(own.valid_from, date(year, 12, 31)))
        self.last = date_field(_("Valid to"), last, end=True, required=True)
        self.fields.addWidget(self.last)

    def work(self) -> Callable[[], object]:
        retired = replace(self._own, valid_to=self.last.need())
        return lambda: retired
