"""From a request to a file that signs, by dialog, with every refusal in place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.signing import issue, load_p12, save_certificate, token_certificates
from gui.asking import Asking, PathField
from gui.keys.certificates import CompleteDialog, Made, RequestDialog, file_stem
from gui.settings import Settings
from tests.gui.trusted import NOW, PASSPHRASE, keys
from tests.gui.walk import clipped, nameless, out_of_order, stretched
from tests.softhsm import PIN, soft_tokens

LONG = 60_000


def run(qtbot: QtBot, dialog: Asking) -> Made:
    with qtbot.waitSignal(dialog.done_well, timeout=LONG) as caught:
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    made = caught.args[0]
    assert isinstance(made, Made)
    return made


def opened(qtbot: QtBot, dialog: Asking) -> None:
    qtbot.addWidget(dialog)
    dialog.show()


def words(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_request_and_completion_give_a_key_that_signs(qtbot: QtBot, tmp_path: Path) -> None:
    request = RequestDialog("Li Wei 李伟", "Example Group", tmp_path)
    opened(qtbot, request)
    QTest.keyClicks(request.email, "li.wei@example.com")
    for secret in (request.secret, request.again):
        QTest.keyClicks(secret, PASSPHRASE)
    made = run(qtbot, request)
    request_file, key_file = made.files
    assert made.fingerprint in words(request)

    returned = tmp_path / "returned.pem"
    authority = load_p12(keys().authority_key, PASSPHRASE)
    save_certificate(returned, issue(authority, request_file.read_bytes(), role="auditor", sites=(), when=NOW))
    complete = CompleteDialog(tmp_path)
    opened(qtbot, complete)
    complete.key.set_path(key_file)
    complete.certificate.set_path(returned)
    QTest.keyClicks(complete.secret, PASSPHRASE)
    (p12,) = run(qtbot, complete).files
    identity = load_p12(p12, PASSPHRASE, datetime.now(UTC))
    assert (identity.name, identity.role) == ("Li Wei 李伟", "Auditor")


def test_a_refusal_stands_in_the_dialog_and_nothing_is_written(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = RequestDialog("Li Wei", "Group", tmp_path)
    opened(qtbot, dialog)
    QTest.keyClicks(dialog.secret, PASSPHRASE)
    QTest.keyClicks(dialog.again, "another one")
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert "two passphrases differ" in words(dialog)
    dialog.again.setText(PASSPHRASE)  # the e-mail is still missing: refused by the core, in the job
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "e-mail" in words(dialog) and dialog.go.isEnabled(), timeout=LONG)
    assert list(tmp_path.iterdir()) == []
    assert dialog.isVisible()


def test_a_key_is_never_written_over(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "li-wei.key").write_text("old")
    dialog = RequestDialog("Li Wei", "Group", tmp_path)
    opened(qtbot, dialog)
    dialog.email.setText("a@b.cc")
    for secret in (dialog.secret, dialog.again):
        secret.setText(PASSPHRASE)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert "li-wei.key" in words(dialog)
    assert (tmp_path / "li-wei.key").read_text() == "old"


def test_the_passphrase_is_hidden_until_asked(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = RequestDialog("Li Wei", "Group", tmp_path)
    opened(qtbot, dialog)
    secret = dialog.secret
    assert secret.echoMode() == secret.EchoMode.Password
    secret.actions()[0].trigger()
    assert secret.echoMode() == secret.EchoMode.Normal
    secret.forget()
    assert secret.echoMode() == secret.EchoMode.Password


@pytest.mark.parametrize("long", [False, True])
def test_the_dialogs_can_be_read_and_operated(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    def look() -> None:
        for dialog in (
            RequestDialog("L", "G", tmp_path),
            CompleteDialog(tmp_path),
        ):
            opened(qtbot, dialog)
            qtbot.wait(10)
            assert nameless(dialog) == []
            assert out_of_order(dialog) == []
            assert clipped(dialog) == []

    if long:
        with stretched(monkeypatch):
            look()
    else:
        look()


def test_a_file_name_of_a_person() -> None:
    assert file_stem("Li Wei 李伟 / QA") == "li-wei-李伟-qa"
    assert file_stem("…") == "key"


def test_a_path_field_says_what_is_missing(qtbot: QtBot) -> None:
    from core.errors import UserError

    field = PathField("Key file")
    qtbot.addWidget(field)
    with pytest.raises(UserError, match="Key file"):
        field.needed()
    field.set_path(Path("/tmp/x"))
    assert field.needed() == Path("/tmp/x")


def test_a_key_is_made_on_a_token_and_its_certificate_taken_in(
    qtbot: QtBot, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = soft_tokens(tmp_path, monkeypatch)
    place.add("Sun Li")
    settings.token_library = place.module
    request = RequestDialog("Sun Li", "Group", tmp_path, settings=settings)
    opened(qtbot, request)
    QTest.keyClicks(request.email, "sun@example.com")
    request.place.kind.setCurrentIndex(request.place.kind.findData("token"))
    assert not request.secret.isVisible()
    token = request.place.token
    assert token is not None
    token.look.click()
    qtbot.waitUntil(lambda: "Sun Li" in token.held.currentText(), timeout=LONG)
    QTest.keyClicks(token.pin, PIN)
    made = run(qtbot, request)
    assert [file.name for file in made.files] == ["sun-li.csr"]
    assert "never leaves it" in words(request)

    authority = load_p12(keys().authority_key, PASSPHRASE)
    certificate = issue(authority, made.files[0].read_bytes(), role="auditor", sites=(), when=NOW)
    save_certificate(tmp_path / "sun.pem", certificate)
    complete = CompleteDialog(tmp_path, settings=settings)
    opened(qtbot, complete)
    complete.certificate.set_path(tmp_path / "sun.pem")
    complete.place.kind.setCurrentIndex(1)
    assert complete.place.token is not None
    complete.place.token.pin.setText(PIN)
    assert run(qtbot, complete).files == ()
    assert [one.certificate for one in token_certificates(place.module)] == [certificate]


def test_dialogs_about_tokens_can_be_read_and_operated(
    qtbot: QtBot, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        for dialog in (
            RequestDialog("L", "G", tmp_path, settings=settings),
            CompleteDialog(tmp_path, settings=settings),
        ):
            opened(qtbot, dialog)
            dialog.place.kind.setCurrentIndex(1)
            qtbot.wait(30)
            assert nameless(dialog) == []
            assert clipped(dialog) == []
            assert out_of_order(dialog) == []


def test_the_role_of_whoever_asks_is_proposed(qtbot: QtBot, tmp_path: Path) -> None:
    manager, somebody = RequestDialog("W", "G", tmp_path, role="PlantManager"), RequestDialog("L", "G", tmp_path)
    for one in (manager, somebody):
        qtbot.addWidget(one)
    assert [one.role.currentData() for one in (manager, somebody)] == ["PlantManager", "Auditor"]


def test_the_key_that_waits_beside_the_plant_is_proposed(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    def ask(_parent: QWidget, _title: str, begin: str, _kinds: str) -> tuple[str, str]:
        begun.append(begin)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    (tmp_path / "li-wei.key").touch()
    one = CompleteDialog(tmp_path)
    (tmp_path / "wang-fang.key").touch()
    two = CompleteDialog(tmp_path)
    for dialog in (one, two):
        qtbot.addWidget(dialog)
    assert one.key.path == tmp_path / "li-wei.key"
    assert two.key.path is None, "nobody guesses which of two is meant"
    one.certificate.choose.click()
    one.key.choose.click()
    assert begun == [str(tmp_path), str(tmp_path / "li-wei.key")]
