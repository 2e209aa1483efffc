"""The help beside the page of a window: made when it is first asked for, then it follows the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSplitter, QWhatsThis, QWidget

from gui.panes import Stack

if TYPE_CHECKING:
    from gui.help.pane import HelpPane
    from gui.window import Window


class Helping(QObject):
    """Opens and closes the pane; only one of help and inspector stands beside the page."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.pane: HelpPane | None = None

    @property
    def open(self) -> bool:
        """Whether help is shown."""
        return self.pane is not None and self.pane.isVisible()

    def toggle(self) -> None:
        """Help on the page one is on, or none."""
        if self.open:
            self.close()
        else:
            self.show_page(self._window.place)

    def show_page(self, key: str) -> None:
        """Open it on a page."""
        pane = self.pane or self._made()
        self._window.show_inspector(False)
        pane.show()
        pane.show_page(key)
        pane.focus()

    def close(self) -> None:
        """Give the room back to the page."""
        if self.pane is not None:
            self.pane.hide()

    def _made(self) -> HelpPane:
        from gui.help.pane import HelpPane

        window = self._window
        self.pane = pane = HelpPane(tuple(place.info.key for place in window.places))
        pane.hide()
        split = window.inspector.parentWidget()
        assert isinstance(split, QSplitter)
        split.addWidget(pane)
        split.setCollapsible(split.indexOf(pane), False)
        pane.closed.connect(self.close)
        pane.keys_wanted.connect(lambda: show_keys(window))
        pane.chapter_wanted.connect(lambda file, place: open_manual(window, file, place))
        for stack in window.findChildren(Stack):
            stack.currentChanged.connect(lambda _place: self._follow())
        window.inspector.installEventFilter(self)
        window.more_panes.append((pane, pane.focus))
        return pane

    def _follow(self) -> None:
        if self.open and self.pane is not None:
            self.pane.show_page(self._window.place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The inspector takes the place of the help."""
        if event.type() == QEvent.Type.Show:
            self.close()
        return super().eventFilter(watched, event)


def open_manual(window: QWidget, file: str = "", place: str = "") -> None:
    """The manual, at a chapter of it."""
    from gui.help.manual import show_manual

    show_manual(window, file, place)


def show_keys(window: Window) -> None:
    """The list of all keys."""
    from gui.help.keys import KeysDialog

    dialog = KeysDialog(window)
    dialog.show()


def what_is_this(window: QWidget) -> None:
    """Say what the field with the keyboard is for; where none has it, the mouse asks."""
    field: QWidget | None = window.focusWidget()
    while field is not None and not field.whatsThis():
        field = field.parentWidget()
    if field is None:
        QWhatsThis.enterWhatsThisMode()
        return
    QWhatsThis.showText(field.mapToGlobal(field.rect().bottomLeft()), field.whatsThis(), field)
