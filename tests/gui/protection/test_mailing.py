"""A copy for mail is made with a passphrase for this once, and what came by mail is decrypted."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.passphrase import Passphrase
from core.store import PlantFile, forget, unlock
from core.store.cipher import is_encrypted
from gui.app import Program
from gui.protection.mailing import ReceiveDialog, SendDialog
from tests.gui.protection.conftest import opened, press, problem


def shown(dialog: SendDialog) -> str:
    """The passphrase that is read out."""
    words = [one.text() for one in dialog.findChildren(QLabel) if one.isVisibleTo(dialog)]
    (word,) = [one for one in words if re.fullmatch(r"\d{4}(-\d{4}){5}", one)]
    return word


def test_the_open_plant_is_sent_while_one_works_on_it(program: Program, secret: Path, qtbot: QtBot) -> None:
    opened(qtbot, program, secret)
    program.protection.send()
    dialog = program.protection.dialog
    assert isinstance(dialog, SendDialog) and dialog.file.path == secret
    out = secret.with_name("works-encrypted.plant")
    assert dialog.out.path == out
    press(qtbot, dialog)
    word = shown(dialog)
    dialog.reject()
    program.close_file()
    forget()
    unlock(out, Passphrase(word))
    with PlantFile.open(out) as plant:
        assert plant.health.sound and plant.encrypted


def test_a_report_goes_and_comes(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF-1.7 numbers")
    program.protection.send()
    sending = program.protection.dialog
    assert isinstance(sending, SendDialog)
    sending.file.set_path(report)
    sent = tmp_path / "report.pdf.age"
    assert sending.out.path == sent
    press(qtbot, sending)
    word = shown(sending)
    sending.reject()
    assert b"numbers" not in sent.read_bytes()
    program.protection.receive()
    receiving = program.protection.dialog
    assert isinstance(receiving, ReceiveDialog)
    receiving.file.set_path(sent)
    assert receiving.out.path == report, "the name that it had"
    receiving.passphrase.setText(word)
    press(qtbot, receiving)
    assert "exists already" in problem(receiving), "nothing is written over"
    receiving.out.set_path(tmp_path / "received.pdf")
    receiving.passphrase.setText("wrong")
    press(qtbot, receiving)
    assert "does not open" in problem(receiving)
    receiving.passphrase.setText(word)
    press(qtbot, receiving)
    assert (tmp_path / "received.pdf").read_bytes() == report.read_bytes()
    assert program.window is not None
    notice = program.window.notices.notice
    assert notice is not None and "received.pdf" in notice.sentence


def test_what_is_missing_is_said_in_place(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    program.protection.send()
    dialog = program.protection.dialog
    assert isinstance(dialog, SendDialog)
    press(qtbot, dialog)
    assert "“File” is empty" in problem(dialog)
    dialog.file.set_path(tmp_path / "gone.pdf")
    press(qtbot, dialog)
    assert "gone.pdf" in problem(dialog)
    assert not is_encrypted(tmp_path / "gone.pdf") and list(tmp_path.glob("*.age")) == []
    dialog.reject()
