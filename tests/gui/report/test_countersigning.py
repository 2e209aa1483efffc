"""The second signature by dialog: who signed what is shown first, and only what holds is countersigned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.handover import prepare, produce, receive, recorded
from core.i18n import T
from core.ledger import Ledger, Person, Step
from core.library import load_library
from core.signing import PLANT_MANAGER, Identity, load_p12, load_trust, sign
from core.store import PlantFile
from gui.report.countersigning import CountersignDialog, SignedTwice
from gui.report.files import free_beside
from gui.session import Session
from gui.settings import Settings
from tests.gui.trusted import NOW, PASSPHRASE, keys, ledger, report, tampered
from tests.gui.walk import clipped, nameless, out_of_order, stretched

LONG = 60_000


@cache
def signed_once() -> tuple[bytes, bytes]:
    """The file of a plant with its manager among the people, and its report, signed by the auditor and remembered."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "test.plant"
        held = ledger()
        PlantFile.create(path, held.plant, "Li Na", NOW)
        session = Session(PlantFile.open(path), "Wang Fang", 2023)
        session.edit(T("Bills"), [step for step in steps_of(held) if step.kind != "plant"])
        session.put(T("Person"), Person("pe1", "Wang Fang", ("plant_manager",)))
        draft = prepare(session.ledger, 2023, load_library(), language="en", issued_by="Li Na", when=NOW,
                        journal=(session.file.head, session.file.entries))  # fmt: skip
        pdf = produce(draft, load_p12(keys().auditor, PASSPHRASE))
        session.confirm(recorded(session.ledger, draft, "Li Na", NOW))
        session.close()
        return path.read_bytes(), pdf


def steps_of(held: Ledger) -> list[Step]:
    return [Step(kind, one.id, None, one) for kind, records in held.records.items() for one in records.values()]


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Session]:
    """The plant whose report waits."""
    path = tmp_path / "test.plant"
    path.write_bytes(signed_once()[0])
    session = Session(PlantFile.open(path), "Wang Fang", 2023)
    yield session
    session.close()


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """Signed by the auditor, and remembered by the plant."""
    path = tmp_path / "r1.pdf"
    path.write_bytes(signed_once()[1])
    return path


def opened(qtbot: QtBot, session: Session, settings: Settings) -> CountersignDialog:
    settings.head_office = keys().authority
    dialog = CountersignDialog(session, settings)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def words(dialog: CountersignDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog))


def shown(qtbot: QtBot, dialog: CountersignDialog, path: Path) -> str:
    """What it says of a report."""
    dialog.report.set_path(path)
    qtbot.waitUntil(lambda: dialog._seen is not None, timeout=LONG)
    return words(dialog)


def enter(dialog: CountersignDialog, key: Path) -> None:
    dialog.choice.file.set_path(key)
    QTest.keyClicks(dialog.choice.secret, PASSPHRASE)


def test_the_manager_countersigns_and_is_bound(qtbot: QtBot, plant: Session, waiting: Path, settings: Settings) -> None:
    dialog = opened(qtbot, plant, settings)
    assert not dialog.go.isEnabled()
    said = shown(qtbot, dialog, waiting)
    assert "Auditor: Li Na, Test Group" in said
    assert "Test plant 测试工厂, 2023, revision 1" in said
    assert "location-based" in said
    assert dialog.go.isEnabled()
    out = dialog.out.needed()
    assert out == waiting.with_name("r1-signed.pdf")
    enter(dialog, keys().manager)
    with qtbot.waitSignal(dialog.kept, timeout=LONG) as caught:
        QTest.keyClick(dialog.choice.secret, Qt.Key.Key_Return)
    made = caught.args[0]
    assert isinstance(made, SignedTwice)
    assert out.read_bytes().startswith(waiting.read_bytes())
    receipt = receive(out.read_bytes(), load_trust(keys().authority), load_library(), datetime.now(UTC))
    assert receipt.valid, receipt.reason
    assert [signature.signer for signature in receipt.signatures] == ["Li Na", "Wang Fang"]
    person = plant.ledger.get("person", "pe1")
    assert isinstance(person, Person)
    assert len(person.certificate) == 64
    assert dialog.choice.secret.text() == ""
    assert "Countersigned by Wang Fang" in words(dialog)


def test_the_report_that_was_just_signed_is_shown_at_once(
    qtbot: QtBot, plant: Session, waiting: Path, settings: Settings
) -> None:
    beside = plant.path.with_name(f"{plant.path.stem}-2023-r{plant.audit.revision}.pdf")
    waiting.rename(beside)
    dialog = opened(qtbot, plant, settings)
    assert dialog.report.path == beside
    qtbot.waitUntil(lambda: "Signed so far" in words(dialog), timeout=LONG)


def test_without_the_trust_file_it_is_said_what_is_missing(
    qtbot: QtBot, plant: Session, waiting: Path, settings: Settings
) -> None:
    dialog = CountersignDialog(plant, settings)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "Choose the report" in words(dialog)
    dialog.report.set_path(waiting)
    qtbot.waitUntil(lambda: "Choose the trust file of head office, too" in words(dialog))
    assert not dialog.go.isEnabled()


def test_what_was_shown_is_what_is_signed(qtbot: QtBot, plant: Session, waiting: Path, settings: Settings) -> None:
    """The file is exchanged between looking and signing."""
    dialog = opened(qtbot, plant, settings)
    shown(qtbot, dialog, waiting)
    first = waiting.read_bytes()
    waiting.write_bytes(report(kwh="999"))
    enter(dialog, keys().manager)
    with qtbot.waitSignal(dialog.kept, timeout=LONG):
        dialog.go.click()
    assert free_beside(waiting).name == "r1-signed-2.pdf"
    assert waiting.with_name("r1-signed.pdf").read_bytes().startswith(first)


def test_a_report_of_another_plant_is_countersigned_and_nobody_bound(
    qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "other.pdf"
    path.write_bytes(report())
    dialog = opened(qtbot, bare, settings)
    shown(qtbot, dialog, path)
    entries = bare.file.entries
    enter(dialog, keys().manager)
    with qtbot.waitSignal(dialog.kept, timeout=LONG):
        dialog.go.click()
    assert bare.file.entries == entries
    assert (tmp_path / "other-signed.pdf").exists()


@pytest.mark.parametrize("what", ["tampered", "no report", "stranger"])
def test_what_does_not_hold_cannot_be_countersigned(
    what: str, qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes({"tampered": tampered(), "no report": b"hello", "stranger": report()}[what])
    dialog = opened(qtbot, bare, settings)
    if what == "stranger":
        dialog.trust.set_path(keys().stranger)
    assert "It cannot be countersigned" in shown(qtbot, dialog, path)
    assert not dialog.go.isEnabled()


def test_a_file_that_is_no_certificate_is_told(qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "good.pdf"
    path.write_bytes(report())
    dialog = opened(qtbot, bare, settings)
    dialog.trust.set_path(path)
    dialog.report.set_path(path)
    qtbot.waitUntil(lambda: "holds no certificate" in words(dialog), timeout=LONG)
    assert not dialog.go.isEnabled()


@pytest.mark.parametrize(("key", "sentence"), [("auditor", "already signed as Auditor"), ("none", "is empty")])
def test_what_is_wrong_is_told_in_place(
    key: str, sentence: str, qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "good.pdf"
    path.write_bytes(report())
    dialog = opened(qtbot, bare, settings)
    shown(qtbot, dialog, path)
    if key == "auditor":
        enter(dialog, keys().auditor)
    dialog.go.click()
    qtbot.waitUntil(lambda: sentence in words(dialog), timeout=LONG)
    assert not (tmp_path / "good-signed.pdf").exists()


def test_a_plant_that_changed_meanwhile_leaves_no_file(
    qtbot: QtBot, plant: Session, waiting: Path, settings: Settings
) -> None:
    dialog = opened(qtbot, plant, settings)
    shown(qtbot, dialog, waiting)
    enter(dialog, keys().manager)
    out = dialog.out.needed()
    dialog.go.click()
    bill = plant.ledger.activities[0]
    plant.put(T("Test"), replace(bill, note="meanwhile"))
    qtbot.waitUntil(lambda: "changed while its report" in words(dialog), timeout=LONG)
    assert not out.exists()


def test_a_report_with_both_signatures_says_so(qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path) -> None:
    manager: Identity = load_p12(keys().manager, PASSPHRASE)
    path = tmp_path / "both.pdf"
    path.write_bytes(sign(report(), manager, reason="", location="", when=NOW, field=PLANT_MANAGER))
    dialog = opened(qtbot, bare, settings)
    said = shown(qtbot, dialog, path)
    assert "Both have signed it already" in said
    assert "Plant manager: Wang Fang, Test Plant" in said
    assert "only the next signature was added" in said and "something was changed" not in said
    assert not dialog.go.isEnabled()


@pytest.mark.parametrize("token", [False, True])
def test_all_can_be_read_and_operated(
    token: bool, qtbot: QtBot, bare: Session, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.signs_with_token = token
    path = tmp_path / "good.pdf"
    path.write_bytes(report())
    with stretched(monkeypatch):
        dialog = opened(qtbot, bare, settings)
        shown(qtbot, dialog, path)
        qtbot.wait(30)
        assert nameless(dialog) == []
        assert clipped(dialog) == []
        assert out_of_order(dialog) == []
