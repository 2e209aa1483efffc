from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from gui import application
from installer.project import ROOT

TOLD = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QDialog
from gui.application import application, open_on_request

app = application([])
app.setQuitOnLastWindowClosed(False)
opened = []
open_on_request(app, opened.append)
QApplication.sendEvent(app, QFileOpenEvent(sys.argv[1]))
assert opened == [Path(sys.argv[1])], opened

dialog = QDialog()
dialog.setModal(True)
dialog.show()
QApplication.sendEvent(app, QFileOpenEvent("later.group"))
QTimer.singleShot(50, lambda: (print(len(opened)), dialog.close()))
waiting = QTimer()
waiting.timeout.connect(lambda: app.quit() if len(opened) == 2 else None)
waiting.start(20)
app.exec()
print(opened[1].name)
"""


def test_files_that_macos_hands_over_are_opened_when_no_dialog_waits(tmp_path: Path) -> None:
    path = str(tmp_path / "工厂 1.plant")
    done = subprocess.run([sys.executable, "-c", TOLD, path], check=False, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout.split()) == (0, ["1", "later.group"]), done.stderr


def test_an_application_of_others_is_left_as_it_is(qapp: QApplication) -> None:
    opened: list[Path] = []
    application.open_on_request(qapp, opened.append)
    QApplication.sendEvent(qapp, QFileOpenEvent("a.plant"))
    assert application.application(["--demo"]) is qapp
    assert opened == []


def test_the_system_learns_name_and_icon(qapp: QApplication) -> None:
    application.introduce(qapp)
    assert qapp.applicationName() == "Plant Carbon Audit"
    assert qapp.desktopFileName() == "plant-carbon-audit"
    for size in (16, 64, 256):
        picture = qapp.windowIcon().pixmap(size, size).toImage()
        assert picture.width() >= size
        assert picture.pixelColor(picture.width() // 2, picture.height() // 20).alpha() == 255, "nothing was drawn"
