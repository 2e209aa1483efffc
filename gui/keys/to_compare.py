"""A fingerprint that two people compare by telephone: the one thing that no file can say of itself."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import T, Text
from gui.asking import copyable
from gui.fonts import figures, scaled
from gui.language import _
from gui.widgets import label

NOT_COMPARED = T("The fingerprint was not compared.")
CALL = T("Call the person, let the fingerprint be read out, and tick that it is the same.")


class ToCompare(QWidget):
    """A fingerprint that two people compare by telephone, and the word of one of them that it is the same."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.digits = copyable("", name)
        self.digits.setFont(scaled(figures(self.digits.font()), 1.1, strong=True))
        self.compared = QCheckBox(_("I compared this fingerprint by telephone"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (label(name), self.digits, self.compared):
            column.addWidget(part)
        self.hide()

    def show_digits(self, digits: str) -> None:
        """Others are to be compared anew; none: nothing is."""
        self.digits.setText(digits)
        self.compared.setChecked(False)
        self.setVisible(bool(digits))

    def need(self, remedy: Text = CALL) -> None:
        """Go on only when they were compared; ``remedy`` says with whom.

        Raises
        ------
        UserError
            when nobody says so.
        """
        if not self.compared.isChecked():
            raise UserError(NOT_COMPARED, remedy)
