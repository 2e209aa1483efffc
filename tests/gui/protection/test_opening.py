"""An encrypted file is asked for its passphrase; it is encrypted, changed and made plain on the page one works on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from core.store import PlantFile, forget, is_locked
from core.store.cipher import is_encrypted
from gui.app import Program
from gui.jobs import Job
from gui.plant_form import PlantForm
from gui.protection.changing import ChangeDialog, CreateDialog, EncryptDialog, RemoveDialog
from gui.protection.fields import PassphraseField, capitals_hint
from gui.protection.unlocking import UnlockDialog
from gui.session import Session
from gui.start import StartWindow
from gui.window import Window
from tests.gui.protection.conftest import OTHER, WORD, opened, press, problem


def window(program: Program) -> Window:
    assert isinstance(program.window, Window)
    return program.window


def command(program: Program, title: str) -> bool:
    """Run a command of the menu, if it is possible now."""
    (found,) = [one for one in program.protection.commands() if one.title == title]
    if found.possible:
        found.run()
    return found.possible


def test_a_wrong_passphrase_is_said_in_place_and_the_right_one_opens(
    program: Program, secret: Path, qtbot: QtBot
) -> None:
    assert not program.open(secret)
    dialog = program.protection.dialog
    assert isinstance(dialog, UnlockDialog) and dialog.isVisible()
    assert dialog.passphrase.echoMode() is QLineEdit.EchoMode.Password
    dialog.passphrase.setText("wrong")
    press(qtbot, dialog)
    assert "does not open with this passphrase" in problem(dialog) and "Caps Lock" in problem(dialog)
    assert isinstance(program.window, StartWindow), "nothing is opened, the question stays"
    dialog.passphrase.setText(WORD)
    press(qtbot, dialog)
    assert isinstance(program.desk, Session) and program.desk.file.encrypted and program.desk.writable
    assert not is_locked(secret)
    program.close_file()
    assert is_locked(secret), "the key is forgotten with the file"


def test_giving_up_leaves_what_was_open(program: Program, secret: Path, demo_file: Path, qtbot: QtBot) -> None:
    other = Path(shutil.copy(demo_file, secret.with_name("other.plant")))
    assert program.open(other)
    before = program.desk
    assert not program.open(secret)
    assert program.protection.dialog is not None
    program.protection.dialog.reject()
    assert program.desk is before and is_locked(secret)


def test_opening_another_file_forgets_the_key_of_the_first(program: Program, secret: Path, qtbot: QtBot) -> None:
    copy = Path(shutil.copy(secret, secret.with_name("copy.plant")))
    opened(qtbot, program, copy)
    other = secret.with_name("other.plant")
    PlantFile.create(other, program.desk.ledger.plant, "Li Na", program.desk.file.entry(1).change.when)  # type: ignore[union-attr]
    assert program.open(other)
    assert is_locked(copy)


def test_the_lock_is_seen_in_the_bar_of_an_encrypted_file_alone(
    program: Program, secret: Path, demo_file: Path, qtbot: QtBot
) -> None:
    def signs() -> list[QToolButton]:
        found = window(program).topbar.findChildren(QToolButton)
        return [one for one in found if one.accessibleName() == "Lock now" and one.isVisibleTo(window(program))]

    opened(qtbot, program, secret)
    (sign,) = signs()
    assert "Ctrl+Shift+K" in sign.toolTip()
    assert program.open(Path(shutil.copy(demo_file, secret.with_name("other.plant"))))
    assert signs() == []


def test_a_plain_file_is_encrypted_under_the_page_that_is_shown(program: Program, plain: Path, qtbot: QtBot) -> None:
    assert program.open(plain)
    first, desk = window(program), program.desk
    first.go("activity")
    assert not command(program, "Change the passphrase…") and not command(program, "Lock now")
    assert command(program, "Encrypt this file…")
    dialog = program.protection.dialog
    assert isinstance(dialog, EncryptDialog)
    for one, again, why in ((WORD, OTHER, "differ"), ("short", "short", "too easily guessed"), (WORD, WORD, "tick")):
        dialog.promise.new.first.setText(one)
        dialog.promise.new.again.setText(again)
        press(qtbot, dialog)
        assert why in problem(dialog) and not is_encrypted(plain)
    dialog.promise.kept.setChecked(True)
    press(qtbot, dialog)
    assert is_encrypted(plain) and program.window is first and program.desk is desk and first.place == "activity"
    assert isinstance(desk, Session) and desk.file.encrypted
    assert "passphrase alone" in first.notices.notice.sentence  # type: ignore[union-attr]
    desk.act_as("Wang")
    assert desk.undo() is not None, "one goes on working"
    program.close_file()
    opened(qtbot, program, plain)


def test_a_new_plant_is_encrypted_from_its_first_byte(
    program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new.plant"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_words, **_more: (str(path), "")))

    def fill(form: PlantForm) -> int:
        form.name.line.setText("Secret Works")
        form.encrypt.setChecked(True)
        form.accept()
        return form.result()

    monkeypatch.setattr(PlantForm, "exec", fill)
    program.files.new_plant()
    dialog = program.protection.dialog
    assert isinstance(dialog, CreateDialog) and not path.exists()
    dialog.promise.new.first.setText(WORD)
    dialog.promise.new.again.setText(WORD)
    press(qtbot, dialog)
    assert "tick" in problem(dialog) and not path.exists()
    dialog.promise.kept.setChecked(True)
    press(qtbot, dialog)
    assert is_encrypted(path) and isinstance(program.desk, Session)
    assert program.desk.file.encrypted and program.desk.ledger.plant.name == "Secret Works"
    assert program.protection.lock._desk is program.desk


def test_another_passphrase_and_none_again(program: Program, secret: Path, qtbot: QtBot) -> None:
    opened(qtbot, program, secret)
    assert not command(program, "Encrypt this file…")
    assert command(program, "Change the passphrase…")
    dialog = program.protection.dialog
    assert isinstance(dialog, ChangeDialog)
    for old in (OTHER, WORD):
        dialog.old.setText(old)
        dialog.new.first.setText(OTHER)
        dialog.new.again.setText(OTHER)
        press(qtbot, dialog)
        assert ("does not open" in problem(dialog)) is (old == OTHER)
        assert isinstance(program.desk, Session) and program.desk.file.journal()
    program.close_file()
    opened(qtbot, program, secret, OTHER)
    assert command(program, "Remove the passphrase…")
    removing = program.protection.dialog
    assert isinstance(removing, RemoveDialog)
    removing.old.setText(OTHER)
    press(qtbot, removing)
    assert not is_encrypted(secret) and isinstance(program.desk, Session) and not program.desk.file.encrypted
    assert program.desk.file.journal()


def test_a_plain_copy_of_an_older_version_is_told(program: Program, plain: Path, qtbot: QtBot) -> None:
    shutil.copy(plain, plain.with_name("works.version2.plant"))
    assert program.open(plain)
    assert command(program, "Encrypt this file…")
    dialog = program.protection.dialog
    assert isinstance(dialog, EncryptDialog)
    dialog.promise.new.first.setText(WORD)
    dialog.promise.new.again.setText(WORD)
    dialog.promise.kept.setChecked(True)
    press(qtbot, dialog)
    notice = window(program).notices.notice
    assert notice is not None and notice.level == "warning" and "works.version2.plant" in notice.sentence


def test_a_disk_that_refuses_leaves_the_file_open_as_it_was(
    program: Program, plain: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert program.open(plain)
    assert command(program, "Encrypt this file…")
    dialog = program.protection.dialog
    assert isinstance(dialog, EncryptDialog)
    dialog.promise.new.first.setText(WORD)
    dialog.promise.new.again.setText(WORD)
    dialog.promise.kept.setChecked(True)

    def refuse(*_words: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("core.store.protecting._export", refuse)
    press(qtbot, dialog)
    assert "could not be written" in problem(dialog)
    assert not is_encrypted(plain) and isinstance(program.desk, Session) and program.desk.file.journal()


def test_cancel_stops_a_long_encryption_and_nothing_has_happened(
    program: Program, plain: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert program.open(plain)
    assert command(program, "Encrypt this file…")
    dialog = program.protection.dialog
    assert isinstance(dialog, EncryptDialog)
    dialog.promise.new.first.setText(WORD)
    dialog.promise.new.again.setText(WORD)
    dialog.promise.kept.setChecked(True)
    whole = 3 * plain.stat().st_size

    def endless(_path: Path, _passphrase: object, watch: Callable[[int], None]) -> None:
        while True:
            watch(whole // 2)

    monkeypatch.setattr("gui.protection.changing.protect", endless)
    qtbot.waitUntil(lambda: not Job.any_running(), timeout=20_000)
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog._bar.value() == 500, timeout=20_000)
    dialog.stop.click()
    qtbot.waitUntil(lambda: not Job.any_running(), timeout=20_000)
    assert dialog.isVisible() and dialog.go.isEnabled(), "it can be begun again"
    dialog.stop.click()
    assert not is_encrypted(plain) and isinstance(program.desk, Session)
    assert program.desk.file.journal() and program.desk.writable


def test_a_colleagues_encrypted_copy_is_asked_for_its_passphrase(
    program: Program, secret: Path, demo_file: Path, qtbot: QtBot
) -> None:
    from gui.merging import compare_copy

    assert program.open(Path(shutil.copy(demo_file, secret.with_name("mine.plant"))))
    assert isinstance(program.desk, Session)
    compare_copy(window(program), program.desk, program.settings, secret)
    (dialog,) = window(program).findChildren(UnlockDialog)
    dialog.passphrase.setText(WORD)
    press(qtbot, dialog)
    qtbot.waitUntil(lambda: window(program).notices.notice is not None, timeout=20_000)
    assert "holds nothing" in window(program).notices.notice.sentence  # type: ignore[union-attr]


def test_caps_lock_is_guessed_from_the_letters(qtbot: QtBot) -> None:
    field = PassphraseField("Passphrase")
    hint = capitals_hint(field)
    qtbot.addWidget(field)
    qtbot.addWidget(hint)

    def typed(letter: str, modifier: Qt.KeyboardModifier) -> None:
        field.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, letter))

    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    for letter, modifier, on in (("a", none, False), ("A", none, True), ("A", shift, False), ("a", shift, True)):
        hint.setVisible(not on)
        typed(letter, modifier)
        assert hint.isHidden() is not on
    hint.hide()
    typed("1", none)
    typed("鹤", none)
    assert hint.isHidden() and field.text() == "aAAa1鹤"


def test_settings_and_recent_files_hold_no_passphrase(program: Program, secret: Path, qtbot: QtBot) -> None:
    opened(qtbot, program, secret)
    program.settings.sync()
    for file in program.settings.folder.rglob("*"):
        if file.is_file() and file != secret:
            assert WORD.encode() not in file.read_bytes()
    forget()
