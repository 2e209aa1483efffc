"""An audit concluded and countersigned in the window, by the people whose turn it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.handover import receive
from core.i18n import T
from core.ledger import Change, Evidence, Ledger, Person, Record, Step
from core.library import load_library
from core.signing import load_trust
from core.store import PlantFile
from gui.notices import Notice
from gui.report.countersigning import CountersignDialog
from gui.report.page import ReportPage
from gui.session import Session
from gui.settings import Settings
from tests.core.handover.test_conclude import reviewed
from tests.gui.trusted import NOW, PASSPHRASE, keys

LONG = 60_000
SCAN = b"scan"
MANAGER = Person("pe9", "Wang Fang", ("plant_manager",))


@pytest.fixture
def reviewed_plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A plant whose audit only waits for its conclusion; its reviewer has another name than its manager."""
    held = reviewed(MANAGER)
    path = tmp_path / "hillside.plant"
    PlantFile.create(path, held.plant, "Li Na", NOW)
    with monkeypatch.context() as unguarded, PlantFile.open(path) as plant:
        unguarded.setattr("core.audit.gate.permit", lambda *_: None)  # how it came here is told elsewhere
        plant.append(Change("Li Na", NOW, T("All"), tuple(all_of(held))), (SCAN,))
    yield path


def all_of(held: Ledger) -> Iterator[Step]:
    for kind, records in held.records.items():
        for one in records.values():
            if kind != "plant":
                yield Step(kind, one.id, None, as_kept(one))


def as_kept(one: Record) -> Record:
    """Proofs have their file, and the reviewer another name than the manager."""
    if isinstance(one, Evidence):
        return replace(one, sha256=hashlib.sha256(SCAN).hexdigest(), size=len(SCAN))
    return replace(one, name="Zhao Min") if isinstance(one, Person) and one.id == "pe2" else one


def page_of(qtbot: QtBot, path: Path, who: str, settings: Settings) -> tuple[ReportPage, Session, list[Notice]]:
    session = Session(PlantFile.open(path), who, 2024)
    page = ReportPage(session, settings)
    session.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.refresh()
    page.show()
    notices: list[Notice] = []
    page.told.connect(notices.append)
    page.working.connect(lambda job, _doing: job.failed.connect(notices.append))
    return page, session, notices


def sign(qtbot: QtBot, page: ReportPage, notices: list[Notice], key: Path) -> None:
    page.panel.key.set_path(key)
    page.panel.secret.setText(PASSPHRASE)
    page.panel.sign.click()
    qtbot.waitUntil(lambda: bool(notices), timeout=LONG)


def test_the_lead_concludes_and_the_manager_countersigns(
    qtbot: QtBot, reviewed_plant: Path, settings: Settings
) -> None:
    page, session, notices = page_of(qtbot, reviewed_plant, "Li Na", settings)
    assert page.panel.sign.text() == "Conclude the audit and sign"
    out = page.panel.out.needed()
    sign(qtbot, page, notices, keys().auditor)
    assert [n.level for n in notices] == ["good"]
    engagement, lead = session.ledger.engagement(2024), session.ledger.get("person", "pe1")
    assert engagement is not None
    assert isinstance(lead, Person)
    assert engagement.state == "concluded"
    assert session.ledger.closing(2024) is not None
    assert len(lead.certificate) == 64
    assert not page.panel.sign.isEnabled()
    trust, library = load_trust(keys().authority), load_library()
    assert (
        str(receive(out.read_bytes(), trust, library, datetime.now(UTC)).reason)
        == "The signature of the plant manager is missing."
    )
    session.close()

    page, session, _notices = page_of(qtbot, reviewed_plant, "Wang Fang", settings)
    settings.head_office = keys().authority
    dialog = CountersignDialog(session, settings, page)
    dialog.show()
    dialog.report.set_path(out)
    qtbot.waitUntil(lambda: dialog._seen is not None, timeout=LONG)
    dialog.choice.file.set_path(keys().manager)
    dialog.choice.secret.setText(PASSPHRASE)
    both = dialog.out.needed()
    with qtbot.waitSignal(dialog.kept, timeout=LONG):
        dialog.go.click()
    receipt = receive(both.read_bytes(), trust, library, datetime.now(UTC))
    assert receipt.valid, receipt.reason
    assert [signature.signer for signature in receipt.signatures] == ["Li Na", "Wang Fang"]
    manager = session.ledger.get("person", "pe9")
    assert isinstance(manager, Person)
    assert len(manager.certificate) == 64
    session.close()


@pytest.mark.parametrize(
    ("who", "key", "reason"),
    [
        ("Somebody else", "auditor", "not one of the people of the audit"),
        ("Zhao Min", "auditor", "that of Li Na, and not of Zhao Min"),
        ("Wang Fang", "auditor", "that of Li Na, and not of Wang Fang"),
    ],
)
def test_nobody_else_concludes(
    who: str, key: str, reason: str, qtbot: QtBot, reviewed_plant: Path, settings: Settings
) -> None:
    page, session, notices = page_of(qtbot, reviewed_plant, who, settings)
    out, entries = page.panel.out.needed(), session.file.entries
    page.panel.role.setCurrentIndex(page.panel.role.findData("Auditor"))
    sign(qtbot, page, notices, getattr(keys(), key))
    assert reason in str(notices[0])
    assert session.file.entries == entries
    assert not out.exists()
    session.close()
