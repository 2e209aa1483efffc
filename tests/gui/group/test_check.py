"""A report of the group is checked and approved in the window, wherever it comes in, and refused for what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.group.out.package import gather
from core.group.out.report import judge_group_report, produce
from core.i18n import T
from core.ledger import Change, Group, SiteFigure, Step
from core.library import load_library
from core.signing import load_p12, load_trust
from core.store import GroupFile
from gui.group.check import ApproveGroupReport, CheckGroupReport, GroupReportLook
from gui.group.page import GroupPage
from gui.inbox.page import InboxPage
from gui.jobs import Job
from gui.office.office import Office
from gui.pages import discover
from gui.report import looking
from gui.report.files import is_of_group
from gui.settings import Settings
from gui.window import Window
from tests.gui.grouped import group_file, office_in
from tests.gui.trusted import NOW, PASSPHRASE, keys, report
from tests.gui.walk import clipped, nameless, out_of_order, stretched

LONG = 60_000


@cache
def of_group() -> bytes:
    """Signed for head office; the approval is missing."""
    with GroupFile.open(group_file(), read_only=True) as group:
        package = gather(group, 2024, load_library(), language="en", issued_by="Li Na",
                         when=datetime.now(UTC).replace(microsecond=0), compare=False)  # fmt: skip
    return produce(package, load_p12(keys().auditor, PASSPHRASE))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = office_in(tmp_path)
    made.believe([keys().authority])
    yield made
    Job.cancel_all()
    made.close()


@pytest.fixture
def window(qtbot: QtBot, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Window:
    monkeypatch.setattr(looking, "PAUSE_MS", 0)
    made = Window(office, settings, discover("office"), empty=True)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "group report.pdf"
    path.write_bytes(of_group())
    return path


def page_of(window: Window) -> GroupPage:
    page = window.page("group")
    assert isinstance(page, GroupPage)
    return page


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def looked(qtbot: QtBot, dialog: GroupReportLook) -> str:
    qtbot.waitUntil(lambda: dialog.seen is not None and not dialog._jobs, timeout=LONG)
    return words(dialog)


def drop(window: Window, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window.dropEvent(QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))  # fmt: skip


# ---------------------------------------------------------------------- check


def test_a_report_dropped_anywhere_is_checked_and_not_filed(
    qtbot: QtBot, office: Office, window: Window, pdf: Path
) -> None:
    filed = office.filed
    drop(window, pdf)
    assert window.place == "group"
    assert window.notices.notice is not None and "is a report of the group" in window.notices.notice.sentence
    dialog = page_of(window).out.looking
    assert isinstance(dialog, CheckGroupReport)
    said = looked(qtbot, dialog)
    for expected in ("The approval for the group is missing.", "Example Group, 2024", "Li Na", "Trusted",
                     "The group file says today what the report says."):  # fmt: skip
        assert expected in said
    assert dialog.go.isEnabled()
    assert office.filed == filed and not office.incoming


def test_reports_of_plants_beside_it_come_in(qtbot: QtBot, office: Office, window: Window, pdf: Path) -> None:
    plant = pdf.with_name("plant.pdf")
    plant.write_bytes(report())
    drop(window, plant, pdf)
    assert [one.path.name for one in office.incoming] == ["plant.pdf"]
    assert looked(qtbot, page_of(window).out.looking)
    office.cancel()


def test_what_the_group_file_says_otherwise_today_is_named(
    qtbot: QtBot, office: Office, window: Window, pdf: Path
) -> None:
    figure = office.register.held(SiteFigure)[0]
    office.put(T("Corrected"), replace(figure, quantity=figure.quantity + 1))
    page_of(window).out.check_file(pdf)
    said = looked(qtbot, page_of(window).out.looking)
    assert "The group file says something else today:" in said
    assert "The approval for the group is missing." in said


def test_the_report_of_a_plant_is_sent_to_the_inbox(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    plant = tmp_path / "plant.pdf"
    plant.write_bytes(report())
    page_of(window).out.check_file(plant)
    dialog = page_of(window).out.looking
    said = looked(qtbot, dialog)
    assert "This is the report of a plant, not of a group. Drop it on the page Inbox." in said
    assert not dialog.go.isEnabled()


@pytest.mark.parametrize("rubbish", [b"no pdf", b"", b"%PDF-1.7 group.json\n%%EOF"])
def test_rubbish_is_refused_with_its_reason(qtbot: QtBot, window: Window, tmp_path: Path, rubbish: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(rubbish)
    page_of(window).out.approve_file(path)
    dialog = page_of(window).out.looking
    qtbot.waitUntil(lambda: not dialog._jobs and dialog._looked == path, timeout=LONG)
    assert not dialog.go.isEnabled()
    assert "error" not in words(dialog).lower() and len(words(dialog)) > 100


def test_one_that_came_with_the_post_is_checked_from_there(
    qtbot: QtBot, office: Office, window: Window, tmp_path: Path
) -> None:
    post = tmp_path / "post"
    post.mkdir()
    (post / "group.pdf").write_bytes(of_group())
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.receive([post])
    (filed,) = (one for one in office.filed if one.state == "rejected")
    window.go("inbox", filed.sha256)
    window.show_inspector(True)
    inbox = window.page("inbox")
    assert isinstance(inbox, InboxPage)
    (there,) = (one for one in window.inspector.findChildren(QPushButton) if one.text() == "Check it there…")
    there.click()
    assert window.place == "group"
    dialog = page_of(window).out.looking
    assert "Example Group, 2024" in looked(qtbot, dialog)
    assert not dialog.report.isEnabled() and not dialog.go.isEnabled()


def test_only_what_looks_like_one_is_taken(tmp_path: Path, pdf: Path) -> None:
    plant, other = tmp_path / "plant.pdf", tmp_path / "group.json"
    plant.write_bytes(report())
    other.write_bytes(b"group.json")
    assert is_of_group(pdf)
    assert not any(is_of_group(path) for path in (plant, other, tmp_path, tmp_path / "missing.pdf"))


# ---------------------------------------------------------------------- approve


def approving(qtbot: QtBot, window: Window, pdf: Path) -> ApproveGroupReport:
    page_of(window).out.check_file(pdf)
    check = page_of(window).out.looking
    looked(qtbot, check)
    check.go.click()
    qtbot.waitUntil(lambda: isinstance(page_of(window).out.looking, ApproveGroupReport), timeout=LONG)
    dialog = page_of(window).out.looking
    assert isinstance(dialog, ApproveGroupReport)
    looked(qtbot, dialog)
    return dialog


def test_the_second_signature(qtbot: QtBot, window: Window, pdf: Path) -> None:
    dialog = approving(qtbot, window, pdf)
    assert dialog.out.path == pdf.with_name("group report-signed.pdf")
    dialog.choice.file.set_path(keys().auditor)
    dialog.choice.secret.setText(PASSPHRASE)
    dialog.go.click()
    qtbot.waitUntil(lambda: "signs as head office and cannot approve" in words(dialog), timeout=LONG)
    dialog.choice.file.set_path(keys().manager)
    qtbot.waitUntil(dialog.go.isEnabled, timeout=LONG)
    dialog.go.click()
    qtbot.waitUntil(lambda: "Approved by Wang Fang and written" in words(dialog), timeout=LONG)
    out = pdf.with_name("group report-signed.pdf").read_bytes()
    assert out.startswith(pdf.read_bytes()), "nothing before the second signature changes"
    receipt = judge_group_report(out, load_trust(keys().authority), datetime.now(UTC), isolated=False, rebuild=False)
    assert receipt.valid and [one.signer for one in receipt.verification.signatures] == ["Li Na", "Wang Fang"]
    page_of(window).out.approve_file(pdf.with_name("group report-signed.pdf"))
    again = page_of(window).out.looking
    assert "Signed, unaltered, and rebuilt equal." in looked(qtbot, again)
    assert not again.go.isEnabled()


def test_nobody_trusted_nothing_verified(qtbot: QtBot, settings: Settings, tmp_path: Path, pdf: Path) -> None:
    (tmp_path / "other").mkdir()
    office = office_in(tmp_path / "other")
    window = Window(office, settings, discover("office"), empty=True)
    qtbot.addWidget(window)
    page_of(window).out.check_file(pdf)
    dialog = page_of(window).out.looking
    assert "Nobody is trusted yet, so nothing can be verified." in words(dialog)
    assert not dialog.go.isEnabled()
    office.close()


def test_it_can_be_begun_without_any_report(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    with GroupFile.open(tmp_path / "empty.group") as group:
        group.append(Change("Wang Wei", NOW, T("Named"), (Step("group", "group", None, Group("G")),)))
    office = Office(GroupFile.open(tmp_path / "empty.group"), "Wang Wei")
    window = Window(office, settings, discover("office"), empty=True)
    qtbot.addWidget(window)
    window.go("group")
    possible = [one.title for one in window.page("group").commands() if one.possible]
    assert {"Approve a report of the group…", "Check a report of the group…"} <= set(possible)
    assert "Report of the group…" not in possible
    office.close()


@pytest.mark.parametrize("long", [False, True])
def test_it_can_be_read_and_operated(
    qtbot: QtBot, window: Window, pdf: Path, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    def look() -> None:
        page_of(window).out.approve_file(pdf)
        dialog = page_of(window).out.looking
        looked(qtbot, dialog)
        dialog.resize(dialog.width(), 1800)  # all of it at once: what is scrolled lies behind the buttons
        qtbot.wait(20)
        assert nameless(dialog) == []
        assert out_of_order(dialog) == []
        assert clipped(dialog) == []

    if long:
        with stretched(monkeypatch):
            look()
    else:
        look()
