"""Walks over a page as a person without mouse, a screen reader and a translator would: names, order, room for words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QSizePolicy,
    QTextEdit,
    QWidget,
)

from core import i18n

OPERATED = (QAbstractButton, QComboBox, QLineEdit, QAbstractItemView, QAbstractSpinBox, QPlainTextEdit, QTextEdit)
SLACK = 2
"""Pixels that may be missing to a size hint without anybody seeing it."""
DIRECTLY = Qt.FindChildOption.FindDirectChildrenOnly
ROUNDS = 20
"""Layouts inside layouts, more than any page has."""


def visible(root: QWidget) -> list[QWidget]:
    """What is shown of a window, itself first; what lies in something hidden, like another page, is not looked at."""
    found, ahead = [], [root]
    while ahead:
        at = ahead.pop()
        if at.isVisible():
            found.append(at)
            ahead += at.findChildren(QWidget, options=DIRECTLY)
    return found


def operated(root: QWidget) -> list[QWidget]:
    """What a person can operate, without the inner parts of other widgets."""
    return [w for w in visible(root) if w is not root and isinstance(w, OPERATED) and not _inner(w, root)]


def _inner(widget: QWidget, root: QWidget) -> bool:
    """Whether a widget only serves another one, e.g. the line of a combo box or the corner of a table."""
    if widget.objectName().startswith("qt_") or isinstance(widget.parentWidget(), QLineEdit):
        return True
    above = widget.parentWidget()
    while above is not None and above is not root:
        if isinstance(above, QComboBox | QAbstractSpinBox | QScrollBar):
            return True
        if isinstance(above, QAbstractItemView) and not isinstance(widget, QLineEdit):
            return True
        above = above.parentWidget()
    return False


def nameless(root: QWidget) -> list[str]:
    """What a screen reader could only call “button”."""
    return [
        f"{type(w).__name__} {w.objectName()!r} in {type(w.parentWidget()).__name__}"
        for w in operated(root)
        if not (w.accessibleName() or (w.text() if isinstance(w, QAbstractButton) else ""))
    ]


def out_of_order(root: QWidget) -> list[str]:
    """Steps of the Tab key that go against the order of reading: upwards in a column, leftwards in a line."""
    stops = list(_tab_stops(root))
    found = []
    for one, other in pairwise(stops):
        a, b = _where(one, root), _where(other, root)
        same_line = a.top() < b.bottom() and b.top() < a.bottom()
        same_column = a.left() < b.right() and b.left() < a.right()
        if (same_line and b.right() <= a.left()) or (same_column and b.bottom() <= a.top()):
            found.append(f"{_call(one)} -> {_call(other)}")
    return found


def _tab_stops(root: QWidget) -> Iterator[QWidget]:
    known = set(operated(root))
    at: QWidget | None = root
    for _step in range(2000):
        at = at.nextInFocusChain() if at is not None else None
        if at is None or at is root:
            return
        if at in known and at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isEnabled():
            yield at


def _where(widget: QWidget, root: QWidget) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def _call(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or text!r}"


def clipped(root: QWidget) -> list[str]:
    """Words that have not the room they need. Labels that may shrink on purpose carry their words in a tooltip."""
    lay_out(root)
    found = []
    for widget in visible(root):
        if (lack := _lack(widget)) is not None:
            found.append(f"{type(widget).__name__} {_words(widget)[:60]!r} lacks {lack}")
    return found


def lay_out(root: QWidget) -> None:
    """Let everything take its place: what one layout gives way by, the next hears of as an event only."""
    for _round in range(ROUNDS):
        before = _places(root)
        QApplication.processEvents()
        if _places(root) == before:
            return
    raise AssertionError(f"{_call(root)} does not come to rest")


def _places(root: QWidget) -> list[QRect]:
    return [widget.geometry() for widget in visible(root)]


def _lack(widget: QWidget) -> tuple[int, int] | None:
    if not isinstance(widget, QLabel | QAbstractButton) or not _words(widget):
        return None
    if widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored:
        return None
    if isinstance(widget, QLabel) and widget.wordWrap():
        lack = (0, widget.heightForWidth(widget.width()) - widget.height())
    else:
        hint = widget.sizeHint()
        lack = (hint.width() - widget.width(), hint.height() - widget.height())
    return lack if max(lack) > SLACK else None


def _words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def beyond(root: QWidget) -> list[str]:
    """Pages that must be scrolled sideways."""
    lay_out(root)
    return [
        f"{type(area).__name__} of {type(area.parentWidget()).__name__} by {area.horizontalScrollBar().maximum()} px"
        for area in visible(root)
        if isinstance(area, QAbstractScrollArea)
        and not isinstance(area, QAbstractItemView)
        and area.horizontalScrollBar().maximum() > 0
    ]


class Stretched(NullTranslations):
    """Every sentence at twice its length, as a long language would need it."""

    def gettext(self, message: str) -> str:
        return f"{message} {re.sub(r'{[^}]*}|&', '', message)}".strip()


@contextmanager
def stretched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within it every sentence takes 200 % of its length."""
    with monkeypatch.context() as patch:
        patch.setattr(i18n, "catalogue", lambda _lang: Stretched())
        yield
