"""A newer version in the window: found, dropped, opened, refused, shown; an installer held against its notice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.handover.notices import sign_notice
from core.handover.updates import sha256_of
from core.running.log import LOG
from core.running.places import PORTABLE, Places, places
from core.running.third_party import third_party
from core.signing import create_authority, save_certificate
from gui.app import Program
from gui.language import set_language
from gui.running.about_dialog import AboutDialog
from gui.running.update_dialog import UpdateDialog
from gui.settings import Settings
from tests.core.handover.test_updates import NOTICE, ROWS, WHEN, key_of, row
from tests.gui.walk import clipped, nameless


@pytest.fixture
def where(tmp_path: Path) -> Places:
    return places({PORTABLE: str(tmp_path / "stick" / "data")})


@pytest.fixture
def program(dressed: QApplication, where: Places) -> Iterator[Program]:
    settings = Settings(where=where)
    settings.language, settings.theme = "en", "light"
    made = Program(dressed, settings)
    made.show()
    yield made
    assert made.window is not None
    made.window.close()
    made.window.deleteLater()
    set_language("en")


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the root, a notice, and the installer that it means."""
    folder = tmp_path_factory.mktemp("signed")
    root = create_authority("Head Office", "Test Group", WHEN)
    save_certificate(folder / "root.pem", root.certificate)
    (folder / "setup.exe").write_bytes(b"the program")
    rows = (*ROWS[:-1], row("installer", "setup.exe", sha256_of(folder / "setup.exe")))
    (folder / "n.update").write_bytes(sign_notice(replace(NOTICE, rows=rows), key_of(root), WHEN))
    return folder


def trusting(program: Program, signed: Path) -> None:
    program.settings.head_office = signed / "root.pem"


def said(program: Program) -> str:
    assert program.window is not None
    found = program.window.notices.notice
    return "" if found is None else found.sentence


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def test_one_beside_the_program_is_found_at_the_start(
    program: Program, signed: Path, where: Places, qtbot: QtBot
) -> None:
    trusting(program, signed)
    assert where.portable is not None
    shutil.copy(signed / "n.update", where.portable.parent / "n.update")
    job = program.own.updates.look()
    assert job is not None
    with qtbot.waitSignal(job.ended):
        pass
    assert said(program).startswith("Version 9.1.0 of this program is there, of 2026-02-27.")
    assert program.window is not None and program.window.notices.notice is not None
    assert program.window.notices.notice.action is not None
    program.window.notices.notice.action[1]()
    assert isinstance(program.own.updates.dialog, UpdateDialog)
    program.own.updates.dialog.close()


def test_nothing_lies_about_and_nothing_is_loaded(program: Program) -> None:
    assert program.own.updates.look() is None


def test_a_strangers_notice_that_lies_about_says_nothing(
    program: Program, signed: Path, where: Places, qtbot: QtBot
) -> None:
    assert where.portable is not None
    where.portable.mkdir(parents=True, exist_ok=True)
    shutil.copy(signed / "n.update", where.portable / "n.update")
    job = program.own.updates.look()
    assert job is not None
    with qtbot.waitSignal(job.ended):
        pass
    assert said(program) == ""
    assert program.own.updates.newest is None
    assert any("update-refused" in line for line in LOG.recent)


COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def carried(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(program: Program, *paths: Path) -> None:
    """As a mouse would."""
    data = carried(*paths)
    enter = QDragEnterEvent(QPoint(9, 9), COPY, data, LEFT, NONE)
    enter.ignore()
    assert program.window is not None
    QApplication.sendEvent(program.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(program.window, QDropEvent(QPointF(9, 9), COPY, data, LEFT, NONE))


def test_one_that_is_dropped_is_shown_and_kept(program: Program, signed: Path, where: Places, qtbot: QtBot) -> None:
    trusting(program, signed)
    drop(program, signed / "n.update")
    qtbot.waitUntil(lambda: program.own.updates.dialog is not None)
    assert len(list(where.updates.iterdir())) == 1
    dialog = program.own.updates.dialog
    assert dialog is not None
    text = words(dialog)
    assert "Factors of 2026" in text and "Ask the IT desk in Room 4." in text and "setup.exe" in text
    assert "Signed by Li Na of Test Group" in text and "Before June, please." in text
    dialog.copy.click()
    assert "Version 9.1.0" in QApplication.clipboard().text()
    dialog.close()
    program.own.about()
    about = program.own.dialog
    assert isinstance(about, AboutDialog)
    assert "Version 9.1.0 of this program is there" in words(about)
    about.close()


def test_other_files_are_left_to_the_page(program: Program, signed: Path) -> None:
    assert program.window is not None
    for paths in ([signed / "root.pem"], [signed / "n.update", signed / "root.pem"], []):
        data = carried(*paths)
        event = QDropEvent(QPointF(9, 9), COPY, data, LEFT, NONE)
        assert not program.own.updates.eventFilter(program.window, event)
    assert program.own.updates.newest is None


def test_one_that_does_not_count_is_refused_with_its_reason(
    program: Program, signed: Path, where: Places, qtbot: QtBot
) -> None:
    drop(program, signed / "n.update")
    qtbot.waitUntil(lambda: said(program) != "")
    assert said(program) == (
        "This update notice does not count. No trust file of head office was taken up, so nobody is believed."
    )
    assert not where.updates.exists()


def test_one_is_opened_by_the_menu(
    program: Program, signed: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting(program, signed)
    chosen = [str(signed / "n.update"), ""]
    monkeypatch.setattr("gui.running.update_dialog.QFileDialog.getOpenFileName", lambda *_a, **_k: (chosen[0], ""))
    command = next(one for one in program.own.commands() if one.title == "Take up an update notice…")
    command.run()
    qtbot.waitUntil(lambda: program.own.updates.newest is not None)
    chosen[0] = ""
    command.run()
    assert program.own.updates.dialog is not None
    program.own.updates.dialog.close()


def test_an_installer_is_held_against_it(program: Program, signed: Path, tmp_path: Path, qtbot: QtBot) -> None:
    trusting(program, signed)
    program.own.updates.take(signed / "n.update")
    qtbot.waitUntil(lambda: program.own.updates.dialog is not None)
    dialog = program.own.updates.dialog
    assert dialog is not None
    with qtbot.waitSignal(dialog.check(signed / "setup.exe").ended):
        pass
    assert dialog.told.text() == "This file is setup.exe of version 9.1.0, unaltered."
    (tmp_path / "setup.exe").write_bytes(b"another program")
    with qtbot.waitSignal(dialog.check(tmp_path / "setup.exe").ended):
        pass
    assert "Do not start it." in dialog.told.text()
    dialog.close()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_dialogs_fit_and_have_names(program: Program, signed: Path, qtbot: QtBot, lang: str) -> None:
    set_language(lang)
    trusting(program, signed)
    program.own.updates.take(signed / "n.update")
    qtbot.waitUntil(lambda: program.own.updates.dialog is not None)
    dialog = program.own.updates.dialog
    assert dialog is not None
    program.own.about()
    about = program.own.dialog
    assert isinstance(about, AboutDialog)
    for one in (dialog, about):
        QApplication.processEvents()
        assert nameless(one) == []
        assert clipped(one) == []
        one.close()


def test_about_is_copied_whole(program: Program, where: Places) -> None:
    program.own.about()
    about = program.own.dialog
    assert isinstance(about, AboutDialog)
    about.copy.click()
    text = QApplication.clipboard().text()
    assert about.one.version in text and str(where.logs) in text
    about.close()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_whose_work_is_inside_is_read_with_its_licence(program: Program, lang: str) -> None:
    set_language(lang)
    program.own.about()
    about = program.own.dialog
    assert isinstance(about, AboutDialog)
    about.licences.click()
    shown = about.shown
    assert [one.name for one in shown.table.model.records] == [one.name for one in third_party()]
    assert shown.text.toPlainText() != ""
    qt = next(one for one in third_party() if one.name == "Qt")
    shown.table.current.emit(qt)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in shown.text.toPlainText()
    QApplication.processEvents()
    assert nameless(shown) == []
    assert clipped(shown) == []
    shown.close()
    about.close()
