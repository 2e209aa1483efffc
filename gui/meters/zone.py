"""The question by which clock the plant lives, in the place of what cannot be shown without the answer."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import T
from core.ledger import Plant
from core.series.zones import zone_names
from gui.fields import ChoiceField
from gui.icons import pixmap
from gui.language import _, say
from gui.widgets import button, label, letters


class ZoneQuestion(QWidget):
    """Why it is asked, the choice, and the button that keeps it."""

    answered = Signal(object)
    """The Plant with its time zone."""

    def __init__(self, error: UserError, plant: Plant, *, writable: bool) -> None:
        super().__init__()
        self._plant = plant
        names = [(name, name) for name in zone_names()]
        hint = _("By which its days, months and tariffs begin.")
        self.zone = ChoiceField(_("Time zone"), names, "", hint, required=True)
        self.zone.setFixedWidth(letters(self, 44))
        self.keep = button(_("Use this time zone"), self._answer, role="primary")
        for widget in (self.zone, self.keep):
            widget.setEnabled(writable)
        sign = QLabel()
        sign.setPixmap(pixmap("meter", "muted", 40))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(sign, 0, Qt.AlignmentFlag.AlignHCenter)
        title = label(_("By which clock does the plant live?"), size=1.2, strong=True)
        words = _("Values are kept in UTC; the days and months of bills begin by the local clock.")
        for one in (title, label(say(error.message), "muted", wrap=True), label(words, "muted", wrap=True)):
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(one)
        column.addSpacing(8)
        for widget in (self.zone, self.keep):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(widget)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(3)

    def _answer(self) -> None:
        try:
            zone = self.zone.read()
        except UserError:
            return  # the field says what is wrong
        self.answered.emit(replace(self._plant, timezone=zone))


WHY = T("Time zone of the plant chosen")
"""What the journal calls it."""
