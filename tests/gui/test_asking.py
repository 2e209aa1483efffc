"""What holds for every dialog that asks: its fields keep together, whatever its height."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.i18n import T
from gui.asking import Asking
from gui.reason_dialog import ReasonDialog


def test_a_label_stays_with_its_field_in_a_high_dialog(qtbot: QtBot) -> None:
    made = Asking("Close", "Say why.", "Close", None)
    qtbot.addWidget(made)
    reason = QPlainTextEdit()
    reason.setFixedHeight(80)
    made.add("Reason", reason)
    made.show()
    made.resize(made.width(), made.height() + 300)
    QApplication.processEvents()
    name = next(one for one in made.findChildren(QLabel) if one.text() == "Reason")
    top, bottom = reason.mapTo(made, reason.rect().topLeft()), name.mapTo(made, name.rect().bottomLeft())
    assert 0 < top.y() - bottom.y() < 12
    assert bottom.y() < made.height() / 3, "what is left over stays below the fields"


def test_what_grows_by_itself_grows(qtbot: QtBot) -> None:
    made = Asking("Link", "Choose.", "Link", None)
    qtbot.addWidget(made)
    table = QPlainTextEdit()
    made.fields.addWidget(table, 1)
    made.show()
    before = table.height()
    made.resize(made.width(), made.height() + 300)
    QApplication.processEvents()
    assert table.height() > before + 200


def test_a_dialog_does_not_grow_out_of_the_screen(qtbot: QtBot) -> None:
    made = Asking("Close", "Say why.", "Close", None)
    qtbot.addWidget(made)
    made.add("Reason", QPlainTextEdit())
    made.show()
    room = made.screen().availableGeometry()
    made.move(room.left() + 10, room.bottom() - made.height())
    made.complain(UserError(T("Something is wrong."), T("Mend it.")))
    QApplication.processEvents()
    assert made.frameGeometry().bottom() <= room.bottom()
    assert made.x() == room.left() + 10


def test_ctrl_enter_does_it_from_within_a_long_text(qtbot: QtBot) -> None:
    made = ReasonDialog("Accept", "Say why.", "Accept the report", None)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.text.setFocus()
    QTest.keyClicks(made.text, "A second hall")
    QTest.keyClick(made.text, Qt.Key.Key_Return)
    assert made.isVisible() and made.text.toPlainText() == "A second hall\n"
    QTest.keyClick(made.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not made.isVisible())
    assert made.reason == "A second hall"
