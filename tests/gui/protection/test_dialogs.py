"""The dialogs in both languages: everything is named, read in order, and nothing is cut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from core.passphrase import Passphrase
from gui.language import set_language
from gui.protection.changing import ChangeDialog, CreateDialog, EncryptDialog, RemoveDialog
from gui.protection.lock_dialog import LockDialog
from gui.protection.mailing import ReceiveDialog, SendDialog
from gui.protection.unlocking import UnlockDialog
from gui.session import Session
from tests.gui.walk import beyond, clipped, nameless, out_of_order

PLACE = Path("a-plant-with-a-long-name.plant")
DIALOGS: dict[str, Callable[[Session], QDialog]] = {
    "unlock": lambda session: UnlockDialog(PLACE, None),
    "lock": lambda session: LockDialog(PLACE, None),
    "encrypt": lambda session: EncryptDialog(session, None),
    "create": lambda session: CreateDialog(PLACE, lambda passphrase: passphrase, None),
    "change": lambda session: ChangeDialog(session, None),
    "remove": lambda session: RemoveDialog(session, None),
    "send": lambda session: SendDialog(PLACE, None),
    "receive": lambda session: ReceiveDialog(None),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs_are_whole(bare: Session, qtbot: QtBot, name: str, language: str) -> None:
    set_language(language)
    dialog = DIALOGS[name](bare)
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == [] and out_of_order(dialog) == []
    qtbot.waitUntil(lambda: clipped(dialog) == [])
    assert beyond(dialog) == []


def test_what_was_sent_is_whole(qtbot: QtBot) -> None:
    dialog = SendDialog(PLACE, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.succeeded(Passphrase("1234-5678-9012-3456-7890-1234"))
    assert nameless(dialog) == []
    qtbot.waitUntil(lambda: clipped(dialog) == [])
    assert beyond(dialog) == []
