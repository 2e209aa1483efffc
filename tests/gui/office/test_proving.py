"""Receipts that outlive certificates, in head office's window: signed in a job, told in the inspector, judged later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.group.inbox.longterm import judged_later, preserving
from core.group.trust.believing import believing, pem_of, trust_of
from core.ledger import Change
from core.signing import Identity, create_request, issue, load_p12
from core.signing.longterm import PART, stated
from core.store import ACCEPTED, GroupFile
from gui.inbox.page import InboxPage
from gui.inbox.proof_acts import PreserveDialog
from gui.jobs import Job
from gui.notices import Notice
from gui.office.office import Office
from gui.office.proving import Judged
from gui.pages import discover
from gui.settings import Settings
from gui.window import Window
from tests.carried import quick_p12
from tests.gui.trusted import NOW, PASSPHRASE, keys, report
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

LONG = 60_000


@dataclass(frozen=True)
class Signers:
    """Key files of head office."""

    officer: Path
    """An auditor for all plants who signs no report."""
    local: Path
    """An auditor for one plant."""


@pytest.fixture(scope="module")
def signers(tmp_path_factory: pytest.TempPathFactory) -> Signers:
    folder = tmp_path_factory.mktemp("signers")
    root = load_p12(keys().authority_key, PASSPHRASE)
    found = []
    for name, sites in (("Zhao Min", ()), ("Ann Local", ("Second plant",))):
        key, request = create_request(name, f"{name[:3]}@example.com", "Head office", "auditor")
        path = folder / f"{name[:3]}.p12"
        quick_p12(path, Identity(issue(root, request, role="auditor", sites=sites, when=NOW), key), PASSPHRASE)
        found.append(path)
    return Signers(*found)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A group with two accepted reports, made once; copy it before changing it."""
    from core.group.inbox.judging import judge, order

    path = tmp_path_factory.mktemp("filled") / "head.group"
    with GroupFile.open(path) as group:
        pem = pem_of(load_p12(keys().authority_key, PASSPHRASE).certificate)
        act = believing(group.register, pem, NOW, source="office.pem")
        group.append(Change("Wang Wei", NOW, act.why, act.steps))
        trust, when = trust_of(group.register, NOW), datetime.now(UTC)
        for name, data in (("a.pdf", report()), ("b.pdf", report("Second plant", kwh="90000"))):
            judged = judge(order(name, data, trust, when))
            assert judged.filed.state == ACCEPTED, judged.filed.reasons
            group.file(judged.filed, data, judged.parts, judged.markings)
    return path


@pytest.fixture
def office(filled: Path, tmp_path: Path) -> Iterator[Office]:
    path = tmp_path / "head.group"
    path.write_bytes(filled.read_bytes())
    made = Office(GroupFile.open(path), "Wang Wei", 2023)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, office: Office, settings: Settings) -> Window:
    made = Window(office, settings, discover("office"))
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.show_inspector(True)
    return made


def inbox(window: Window) -> InboxPage:
    page = window.page("inbox")
    assert isinstance(page, InboxPage)
    return page


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def told(window: Window) -> str:
    return window.notices.notice.sentence if isinstance(window.notices.notice, Notice) else ""


def press(widget: QWidget, text: str) -> None:
    (found,) = [one for one in widget.findChildren(QPushButton) if one.text() == text and one.isVisibleTo(widget)]
    found.click()


def stand_on(window: Window, name: str) -> str:
    """Hash of the report on which the person stands now."""
    page = inbox(window)
    (row,) = [one for one in page.table.model.visible if one.name == name]
    page.show_subject(row.id)
    return row.id


def enter(dialog: PreserveDialog | None, key: Path) -> PreserveDialog:
    assert dialog is not None
    dialog.choice.file.set_path(key)
    dialog.choice.secret.setText(PASSPHRASE)
    dialog.go.click()
    return dialog


def command(window: Window, title: str) -> None:
    (found,) = [one for one in inbox(window).commands() if one.title == title]
    assert found.enabled is None or found.enabled()
    found.run()


def idle() -> bool:
    return not Job.any_running()


def test_receipts_for_all_and_what_they_prove(qtbot: QtBot, window: Window, office: Office, signers: Signers) -> None:
    first = stand_on(window, "a.pdf")
    assert "Not preserved: it is provable only as long as" in words(window.inspector)
    command(window, "Preserve the proof of accepted reports…")
    dialog = inbox(window).proofs.dialog
    assert dialog is not None
    assert "Accepted reports without a receipt: 2" in words(dialog)
    enter(dialog, signers.officer)
    qtbot.waitUntil(lambda: told(window).startswith("Receipts added: 2."), timeout=LONG)
    assert office.proving.having() == {one.sha256 for one in office.filed}
    assert "Preserved since" in words(window.inspector)
    assert "signed by Zhao Min" in words(window.inspector)
    qtbot.waitUntil(idle, timeout=LONG)
    press(window.inspector, "Prove by the receipts")
    qtbot.waitUntil(lambda: "Proven: the file existed on" in words(window.inspector), timeout=LONG)
    kept = office.file.part(first, PART)
    assert kept is not None
    said = stated(kept)
    later = judged_later(office.file, office.filed[-1], datetime.now(UTC))
    assert said is not None
    assert later is not None
    assert (said.since, said.by, said.until, said.count) == (later.proven_at, later.proven_by, later.renew_by, 1)
    qtbot.waitUntil(idle, timeout=LONG)
    command(window, "Preserve the proof of accepted reports…")
    enter(inbox(window).proofs.dialog, signers.officer)
    qtbot.waitUntil(lambda: told(window) == "Receipts added: 0. With one that lasts already: 2.", timeout=LONG)
    assert office.file.part(first, PART) == kept


def test_one_report_and_the_table_of_all(qtbot: QtBot, window: Window, office: Office, signers: Signers) -> None:
    first = stand_on(window, "a.pdf")
    press(window.inspector, "Preserve the proof…")
    enter(inbox(window).proofs.dialog, signers.officer)
    qtbot.waitUntil(lambda: told(window).startswith("Receipts added: 1."), timeout=LONG)
    assert office.proving.having() == {first}
    qtbot.waitUntil(idle, timeout=LONG)
    command(window, "Prove accepted reports by their receipts…")
    qtbot.waitUntil(lambda: inbox(window).proofs.proofs is not None, timeout=LONG)
    dialog = inbox(window).proofs.proofs
    assert dialog is not None
    assert "Proven: 1 of 2" in words(dialog)
    shown = {column.key: column for column in dialog.table.model.columns}
    found = sorted((shown["file"].text(r), shown["result"].text(r), shown["by"].text(r))
                   for r in dialog.table.model.visible)  # fmt: skip
    assert found == [("a.pdf", "Proven", "Zhao Min"), ("b.pdf", "No receipt", "")]
    assert nameless(dialog) == []
    dialog.accept()


def test_whoever_signed_the_report_cannot_prove_it(qtbot: QtBot, window: Window, office: Office) -> None:
    command(window, "Preserve the proof of accepted reports…")
    enter(inbox(window).proofs.dialog, keys().auditor)
    qtbot.waitUntil(lambda: told(window).startswith("Receipts added: 0; refused: 2."), timeout=LONG)
    assert "Li Na signed the report and cannot prove when" in told(window)
    assert office.proving.having() == set()


@pytest.mark.parametrize("what", ["local", "passphrase"])
def test_what_is_wrong_with_the_key_is_told_beside_it(
    qtbot: QtBot, window: Window, office: Office, signers: Signers, what: str
) -> None:
    command(window, "Preserve the proof of accepted reports…")
    dialog = inbox(window).proofs.dialog
    assert dialog is not None
    dialog.choice.file.set_path(signers.local if what == "local" else signers.officer)
    dialog.choice.secret.setText(PASSPHRASE if what == "local" else "wrong words")
    dialog.go.click()
    said = "Ann Local is not an auditor for all plants." if what == "local" else "passphrase"
    qtbot.waitUntil(lambda: said in words(dialog), timeout=LONG)
    assert dialog.isVisible()
    assert dialog.choice.secret.text() != ""
    assert office.proving.having() == set()
    qtbot.waitUntil(idle, timeout=LONG)
    dialog.reject()


def test_a_cancel_keeps_what_was_added(
    qtbot: QtBot, window: Window, office: Office, signers: Signers, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, jobs, keep = inbox(window), list[Job](), GroupFile.keep_part
    page.working.connect(lambda job, _doing: jobs.append(job))

    def kept(self: GroupFile, sha256: str, name: str, data: bytes) -> None:
        keep(self, sha256, name, data)
        jobs[0].cancel()

    monkeypatch.setattr(GroupFile, "keep_part", kept)
    command(window, "Preserve the proof of accepted reports…")
    enter(page.proofs.dialog, signers.officer)
    qtbot.waitUntil(lambda: told(window).startswith("Stopped."), timeout=LONG)
    assert told(window) == "Stopped. Receipts added: 1; not looked at: 1. Begin again to go on."
    assert len(office.proving.having()) == 1


def test_receipts_that_were_spoilt_prove_nothing(
    qtbot: QtBot, window: Window, office: Office, signers: Signers
) -> None:
    officer = load_p12(signers.officer, PASSPHRASE)
    assert [one.done for one in preserving(office.file, officer, datetime.now(UTC))] == [True, True]
    first = stand_on(window, "a.pdf")
    other = next(one.sha256 for one in office.filed if one.sha256 != first)
    foreign = office.file.part(other, PART)
    assert foreign is not None
    office.file.keep_part(first, PART, foreign)
    office.preserved()
    window.show_inspector(True)
    press(window.inspector, "Prove by the receipts")
    qtbot.waitUntil(lambda: "Not proven: What was kept belongs to another file." in words(window.inspector),
                    timeout=LONG)  # fmt: skip
    qtbot.waitUntil(idle, timeout=LONG)
    office.file.keep_part(first, PART, b"{}")
    office.preserved()
    window.show_inspector(True)
    assert "The receipts that are kept with it cannot be read." in words(window.inspector)


def test_what_was_found_out_is_forgotten_when_trust_changes(office: Office) -> None:
    filed = office.filed[0]
    office.proven([Judged(filed, None)])
    assert filed.sha256 in office.proving.judged
    office.believe([keys().stranger])
    assert office.proving.judged == {}


def test_a_closed_office_ends_the_work(qtbot: QtBot, office: Office, signers: Signers, window: Window) -> None:
    command(window, "Preserve the proof of accepted reports…")
    enter(inbox(window).proofs.dialog, signers.officer)
    qtbot.waitUntil(lambda: window.notices.notice is not None, timeout=LONG)
    assert Job.cancel_all(30)
    office.close()


def test_all_can_be_read_and_operated(
    qtbot: QtBot, window: Window, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        command_of = inbox(window).proofs
        command_of.preserve_all()
        dialog = command_of.dialog
        assert dialog is not None
        qtbot.wait(30)
        for look in (nameless, clipped, out_of_order, beyond):
            assert look(dialog) == [], look.__name__
        dialog.reject()
