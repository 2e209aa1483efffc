"""Asks for the reason of a decision. Without one nothing is decided."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from core.inventory.judging import reasoned
from gui.asking import Asking
from gui.language import _


class ReasonDialog(Asking):
    """One field: why."""

    def __init__(self, title: str, explained: str, do: str, parent: QWidget | None, reason: str = "") -> None:
        super().__init__(title, explained, do, parent)
        self.text = QPlainTextEdit(reason)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.fontMetrics().height() * 5)
        self.add(_("Reason"), self.text)
        self.reason = ""
        """What was said, once the dialog is accepted."""

    def work(self) -> Callable[[], object]:
        said = reasoned(self.text.toPlainText())
        return lambda: said

    def succeeded(self, result: object) -> None:
        self.reason = str(result)
        super().succeeded(result)


def ask_reason(title: str, explained: str, do: str, parent: QWidget | None, reason: str = "") -> str:
    """The reason a person gives; empty when they think better of it."""
    dialog = ReasonDialog(title, explained, do, parent, reason)
    dialog.exec()
    dialog.deleteLater()
    return dialog.reason
