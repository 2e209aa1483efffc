"""A person at the window: finds things by what is written on them, and uses mouse, keyboard and clipboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.app import Program
from gui.window import Window
from gui.wording import named

LONG = 90_000
"""Patience on a busy machine. [ms]"""
W = TypeVar("W", bound=QWidget)
NONE = Qt.KeyboardModifier.NoModifier


class Person:
    """Somebody who sees the window of a program and nothing behind it."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self._program, self._qtbot = program, qtbot

    # ------------------------------------------------------------------ see

    @property
    def screen(self) -> QWidget:
        """The dialog in front, else the window."""
        dialog = QApplication.activeModalWidget()
        window = self._program.window
        assert window is not None
        return dialog or window

    @property
    def window(self) -> Window:
        """The window of an open file."""
        assert isinstance(self._program.window, Window)
        return self._program.window

    @property
    def notice(self) -> str:
        """What the line at the bottom says."""
        assert self._program.window is not None
        found = self._program.window.notices.notice
        return found.sentence if found is not None else ""

    def sees(self, words: str) -> bool:
        """Whether these words stand somewhere on the screen."""
        return any(words in text for text in self.texts())

    def texts(self) -> list[str]:
        """Everything that can be read: labels, buttons, cells."""
        seen = [one.text() for one in shown(self.screen, QLabel)]
        seen += [one.text() for one in shown(self.screen, QAbstractButton)]
        seen += [one.text() for one in shown(self.screen, QLineEdit)]
        for table in shown(self.screen, QTableView):
            seen += [cell for row in cells(table) for cell in row]
        return seen

    def number(self, name: str) -> str:
        """The figure that a screen reader reads after this name."""
        names = (one.accessibleName() for one in shown(self.screen, QWidget))
        lead = named(name, "")
        return next(text for text in names if text.startswith(lead)).removeprefix(lead)

    def waits(self, until: Callable[[], bool]) -> None:
        """Waits until something is so."""
        self._qtbot.waitUntil(until, timeout=LONG)

    # ------------------------------------------------------------------ act

    def attends(self) -> None:
        """Has the screen in front, so that it gets the keys."""
        if QApplication.activeWindow() is not self.screen:
            self.screen.activateWindow()
            self.waits(lambda: QApplication.activeWindow() is self.screen)

    def button(self, words: str) -> QAbstractButton:
        """The button with these words, or with this name."""
        for one in shown(self.screen, QAbstractButton):
            if words in (one.text(), one.accessibleName()):
                return one
        raise AssertionError(f"there is no button “{words}” among {[t for t in self.texts() if t][:200]}")

    def presses(self, words: str) -> None:
        """Clicks a button, which is possible only where it is enabled."""
        one = self.button(words)
        assert one.isEnabled(), f"“{words}” cannot be pressed"
        QTest.mouseClick(one, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def field(self, name: str, kind: type[W]) -> W:
        """The field with this label."""
        return next(one for one in shown(self.screen, kind) if one.accessibleName() == name)

    def fills(self, name: str, text: str) -> None:
        """Types into a line, in place of what stands there, and goes on."""
        self.attends()
        kinds = (QLineEdit, QPlainTextEdit, QComboBox)
        found = next(
            one for one in shown(self.screen, QWidget) if isinstance(one, kinds) and one.accessibleName() == name
        )
        line = found.lineEdit() if isinstance(found, QComboBox) else found
        assert isinstance(line, QLineEdit | QPlainTextEdit)
        line.setFocus()
        line.selectAll()
        types(line, text)
        QTest.keyClick(line, Qt.Key.Key_Tab)

    def chooses(self, name: str, words: str) -> None:
        """Goes to the entry of a list with the arrow keys."""
        self.attends()
        box = self.field(name, QComboBox)
        box.setFocus()
        while box.currentText() != words:
            place, before = box.findText(words), box.currentIndex()
            assert place >= 0, [box.itemText(i) for i in range(box.count())]
            QTest.keyClick(box, Qt.Key.Key_Down if place > before else Qt.Key.Key_Up)
            assert box.currentText() == words or box.currentIndex() != before
        QApplication.processEvents()

    def strikes(self, keys: str) -> None:
        """A shortcut, as ``Ctrl+Z``, wherever the keyboard is."""
        self.attends()
        target = QApplication.focusWidget() or self.screen
        QTest.keySequence(target, QKeySequence(keys))
        QApplication.processEvents()

    def goes_to(self, place: str) -> None:
        """By the list at the left."""
        self.presses(place)
        self._qtbot.wait(10)

    def grid(self, name: str) -> QTableView:
        """A table, with the keyboard in it."""
        self.attends()
        table = self.field(name, QTableView)
        table.setFocus()
        return table

    def walks(self, table: QTableView, row: int, column: str) -> None:
        """Goes to a cell: a click into the row, then the arrow keys."""
        model = table.model()
        head = [str(model.headerData(i, Qt.Orientation.Horizontal)).split("\n")[0] for i in range(model.columnCount())]
        first = table.visualRect(model.index(row, 0)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, NONE, first)
        for _step in range(head.index(column)):
            QTest.keyClick(table, Qt.Key.Key_Right)
        assert (table.currentIndex().row(), table.currentIndex().column()) == (row, head.index(column))

    def copies(self, text: str) -> None:
        """From another program, say Excel."""
        QGuiApplication.clipboard().setText(text)

    def drops(self, paths: Iterable[Path], on: QWidget, at: QPoint) -> None:
        """Drags files from the desktop and lets them fall."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        button, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
        enter = QDragEnterEvent(at, copy, data, button, NONE)
        QApplication.sendEvent(on, enter)
        assert enter.isAccepted(), "nothing takes these files here"
        QApplication.sendEvent(on, QDropEvent(QPointF(at), copy, data, button, NONE, QEvent.Type.Drop))

    @contextmanager
    def answering(self, answer: Callable[[], None], kind: type[QDialog] = QDialog) -> Iterator[None]:
        """What the person does once a dialog of this kind is in front; the dialog is gone afterwards."""
        ended: list[BaseException | None] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, kind) or not dialog.isVisible():
                return
            timer.stop()
            problem: BaseException | None = None
            try:
                answer()
            except BaseException as error:
                problem = error
            if isValid(dialog) and dialog.isVisible():
                problem = problem or AssertionError(f"{kind.__name__} is still open: {self.texts()}")
                dialog.reject()
            ended.append(problem)

        timer = QTimer()
        timer.timeout.connect(look)
        timer.start(20)
        yield
        self.waits(lambda: bool(ended))
        if ended[0] is not None:
            raise ended[0]


def shown(widget: QWidget, kind: type[W]) -> list[W]:
    """The visible widgets of a kind."""
    return [one for one in widget.findChildren(kind) if one.isVisible()]


def cells(table: QTableView) -> list[list[str]]:
    """The texts of a table."""
    model = table.model()
    return [
        [str(model.data(model.index(row, column)) or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def types(widget: QWidget, text: str) -> None:
    """Key by key; what has no key comes from the input method, as Chinese does."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(widget, letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(widget, event)
