"""The inbox: files dropped on the window are judged and filed, and the inspector tells everything about them."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.group.inbox.against import total_of
from core.group.inbox.importing import import_files
from core.ledger import Decision
from core.store import Filed, GroupFile
from gui.inbox.case import case_of
from gui.inbox.compared import beside
from gui.inbox.page import InboxPage
from gui.inbox.rows import Row, received
from gui.jobs import Job
from gui.language import set_language
from gui.notices import Notice
from gui.office.office import Office
from gui.pages import discover
from gui.settings import Settings
from gui.window import Window
from gui.wording import tonnes
from tests.gui.trusted import PROOF, audited_report, keys, report, tampered
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

LONG = 60_000


@pytest.fixture
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    path = tmp_path / "head.group"
    if hasattr(request, "param"):
        path.write_bytes(request.param())
    made = Office(GroupFile.open(path), "Wang Wei", 2023)
    yield made
    made.close()


def filed(*batches: dict[str, bytes]) -> bytes:
    """A group file into which these reports came, one batch after the other."""
    with tempfile.TemporaryDirectory() as name:
        office = Office(GroupFile.open(Path(name) / "head.group"), "Wang Wei", 2023)
        office.believe([keys().authority])
        assert office.trust is not None
        for number, batch in enumerate(batches):
            folder = Path(name) / str(number)
            folder.mkdir()
            for file, data in batch.items():
                (folder / file).write_bytes(data)
            deque(import_files(office.file, [folder], office.trust, datetime.now(UTC)), 0)
        office.close()
        return (Path(name) / "head.group").read_bytes()


@cache
def one_held() -> bytes:
    """2022 counts, 2023 is far above it, and an altered file is rejected."""
    return filed({"a.pdf": report(year=2022, kwh="60000"), "c.pdf": tampered(), "d.pdf": report()})


@cache
def three_held() -> bytes:
    """Three plants whose 2023 is far above their 2022."""
    return filed(*(
        {f"{plant}-{year}.pdf": report(plant, year=year, kwh=kwh) for plant in ("North", "East", "West")}
        for year, kwh in ((2022, "60000"), (2023, "120000"))
    ))  # fmt: skip


ONE_HELD = pytest.mark.parametrize("office", [one_held], indirect=True, ids=["one held"])
THREE_HELD = pytest.mark.parametrize("office", [three_held], indirect=True, ids=["three held"])


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Of somebody who has said who acts."""
    settings.person = "Wang Wei"
    return settings


@pytest.fixture
def window(qtbot: QtBot, office: Office, settings: Settings) -> Window:
    made = Window(office, settings, discover("office"))
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good reports and an altered one."""
    made = tmp_path / "received"
    made.mkdir()
    (made / "a.pdf").write_bytes(report())
    (made / "b.pdf").write_bytes(report("Second plant", kwh="90000"))
    (made / "c.pdf").write_bytes(tampered())
    return made


def page_of(window: Window) -> InboxPage:
    page = window.page("inbox")
    assert isinstance(page, InboxPage)
    return page


def drop(window: Window, *paths: Path) -> bool:
    """As a file manager does it; whether the window took it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, none = QPoint(200, 200), Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(window, event)
    return event.isAccepted()


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def cells(page: InboxPage, *keys: str) -> list[tuple[str, ...]]:
    shown = {column.key: column for column in page.table.model.columns}
    return sorted(tuple(shown[key].text(row) for key in keys) for row in page.table.model.visible)


def test_a_dropped_folder_is_judged_file_by_file(qtbot: QtBot, window: Window, office: Office, folder: Path) -> None:
    office.believe([keys().authority])
    window.go("group")  # anywhere on the window, on any page
    seen: set[str] = set()
    office.queue.altered.connect(lambda: seen.update(row[0] for row in cells(page_of(window), "decision")))
    with qtbot.waitSignal(office.idle, timeout=LONG):
        assert drop(window, folder)
        assert window.place == "inbox"
        assert [row[0] for row in cells(page_of(window), "decision")] == ["Waiting"] * 3
    assert "Verifying…" in seen
    found = cells(page_of(window), "file", "decision", "plant", "year", "signer", "equal", "rebuilt")
    assert found[0] == ("a.pdf", "Accepted", "Test plant 测试工厂", "2023", "Li Na", "Equal", "Equal")
    assert found[1][:3] == ("b.pdf", "Accepted", "Second plant")
    assert found[2][:2] == ("c.pdf", "Rejected")
    assert cells(page_of(window), "trusted", "intact", "whole")[-1] == ("–", "–", "–"), "known when somebody looks"
    notice = window.notices.notice
    assert isinstance(notice, Notice)
    assert notice.level == "warning"
    assert notice.sentence.startswith("Files judged: 3 (accepted 2, rejected 1). “c.pdf”: ")
    assert notice.action is not None
    notice.action[1]()
    row = page_of(window).table.current_record()
    assert row is not None
    assert row.name == "c.pdf"


def test_the_inspector_tells_everything_and_after_a_restart_too(
    qtbot: QtBot, window: Window, office: Office, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.believe([keys().authority])
    with qtbot.waitSignal(office.idle, timeout=LONG):
        drop(window, folder / "a.pdf")
    page = page_of(window)
    page.table.view.go(0, 0)
    window.show_inspector(True)
    qtbot.waitUntil(lambda: "equal to the last digit" in words(window.inspector))
    told = words(window.inspector)
    assert "Li Na, Test Group" in told
    assert "Issued by Test Office" in told
    assert "Covers the whole file" in told
    assert "exactly what the data say" in told
    assert "opinion" not in told and "Proofs inside" not in told, "nobody audited it"
    out = tmp_path / "again.pdf"
    monkeypatch.setattr("gui.inbox.report_acts.QFileDialog.getSaveFileName", lambda *_a: (str(out), ""))
    page.acts.save_original()
    assert out.read_bytes() == report()
    window.show_inspector(False)
    office.receipts.clear()  # as after a restart
    page.refresh()
    with qtbot.waitSignal(office.examined, timeout=LONG):
        page.table.view.go(0, 0)
        window.show_inspector(True)
    qtbot.waitUntil(lambda: "Issued by Test Office" in words(window.inspector))


def test_without_trust_the_page_asks_for_it_and_files_wait(
    qtbot: QtBot, window: Window, office: Office, folder: Path
) -> None:
    page = page_of(window)
    qtbot.waitUntil(lambda: "Nobody is trusted yet" in words(page))
    assert drop(window, folder / "a.pdf")
    assert cells(page, "file", "decision") == [("a.pdf", "Waiting")]
    assert window.notices.notice is not None
    assert window.notices.notice.level == "warning"
    with qtbot.waitSignal(office.idle, timeout=LONG):
        assert drop(window, keys().authority)  # the certificate itself can be dropped
    assert cells(page, "file", "decision") == [("a.pdf", "Accepted")]
    qtbot.waitUntil(lambda: "Nobody is trusted yet" not in words(page))


def test_a_file_that_is_no_certificate_is_told(window: Window, office: Office, tmp_path: Path) -> None:
    bad = tmp_path / "x.pem"
    bad.write_text("hello")
    drop(window, bad)
    assert office.trust is None
    assert window.notices.notice is not None
    assert window.notices.notice.level == "bad"


def test_what_is_no_report_is_not_taken(window: Window, tmp_path: Path) -> None:
    (tmp_path / "x.docx").touch()
    assert not drop(window, tmp_path / "x.docx")


def test_an_empty_folder_is_told(window: Window, office: Office, tmp_path: Path) -> None:
    office.believe([keys().authority])
    (tmp_path / "empty").mkdir()
    drop(window, tmp_path / "empty")
    assert window.notices.notice is not None
    assert window.notices.notice.sentence == "There is no PDF file in it."


def test_an_audited_report_says_what_came_of_it_and_gives_its_proofs_out(
    qtbot: QtBot, window: Window, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received, out, asked = tmp_path / "audited.pdf", tmp_path / "out.pdf", list[str]()
    received.write_bytes(audited_report())
    office.believe([keys().authority])
    with qtbot.waitSignal(office.idle, timeout=LONG):
        drop(window, received)
    page = page_of(window)
    page.table.view.go(0, 0)
    window.show_inspector(True)
    qtbot.waitUntil(lambda: "账单 January.pdf" in words(window.inspector), timeout=LONG)
    told = words(window.inspector)
    assert "Concluded · Limited assurance · Unmodified opinion" in told
    assert f"Bill, 2.0 kB, SHA-256 {hashlib.sha256(PROOF).hexdigest()[:12]}…" in told
    receipt = office.receipts[office.filed[0].sha256]
    assert receipt.proofs and not receipt.verification.attachments, "many receipts are kept, their proofs are not"

    def ask(_parent: QWidget, _title: str, name: str) -> tuple[str, str]:
        asked.append(name)
        return str(out), ""

    monkeypatch.setattr("gui.inbox.report_acts.QFileDialog.getSaveFileName", ask)
    save = next(
        one
        for one in window.inspector.findChildren(QPushButton)
        if one.accessibleName() == "Save as…: 账单 January.pdf"
    )
    save.click()
    qtbot.waitUntil(out.exists, timeout=LONG)
    assert out.read_bytes() == PROOF and asked == ["账单 January.pdf"]
    qtbot.waitUntil(lambda: window.notices.notice is not None and "Written: out.pdf" in window.notices.notice.sentence)


def test_full_it_can_be_read_and_operated_in_any_window(
    qtbot: QtBot, office: Office, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.believe([keys().authority])
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.receive([folder])
    small, narrow, large = (1280, 800), (960, 640), (1920, 1080)
    for lang, size in (("en", small), ("en", narrow), ("zh", narrow), ("long", narrow), ("long", large)):
        set_language("zh" if lang == "zh" else "en")
        with stretched(monkeypatch) if lang == "long" else nullcontext():
            window = Window(office, settings, discover("office"))
            qtbot.addWidget(window)
            window.resize(*size)
            window.show()
            page = page_of(window)
            page.table.view.go(0, 0)
            window.show_inspector(True)
            for part in (page, window.inspector):
                assert clipped(part) == [], (lang, size)
                assert nameless(part) == [] and (size == narrow or out_of_order(part) == []), (lang, size)
            assert lang == "long" or beyond(window) == [], (lang, size)
            window.close()


def test_the_empty_page_begins_with_a_button(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(window)
    asked: list[str] = []

    def ask(_parent: QWidget, title: str, *_rest: str) -> tuple[list[str], str]:
        asked.append(title)
        return [], ""

    monkeypatch.setattr("gui.inbox.report_acts.QFileDialog.getOpenFileNames", ask)
    buttons = [b for b in page.table.findChildren(QPushButton) if b.isVisibleTo(page)]
    assert [b.text() for b in buttons] == ["Choose files…"]
    buttons[0].click()
    assert asked == ["Choose files"]


def test_a_new_group_does_not_send_anybody_for_a_coffee(qtbot: QtBot, window: Window) -> None:
    page = page_of(window)
    qtbot.waitUntil(lambda: {step.key for step in page.next.steps} == {"group", "sites"})
    assert "coffee" not in words(page)
    step = next(step for step in page.next.steps if step.key == "group")
    page.next.wanted.emit(step.page, step.subject)
    plants = window.page("plants")
    assert window.place == "plants" and plants.form.isVisible()  # type: ignore[attr-defined]
    plants.form.reject()  # type: ignore[attr-defined]


def test_reports_are_looked_for_where_they_were_found_last(
    qtbot: QtBot, window: Window, office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b.pdf", "c.pdf"):
        (folder / name).unlink()
    office.believe([keys().authority])
    page, asked = page_of(window), list[str]()

    def ask(_parent: QWidget, _title: str, start: str, *_rest: str) -> str:
        asked.append(start)
        return str(folder)

    monkeypatch.setattr("gui.choosing.QFileDialog.getExistingDirectory", ask)
    for _again in range(2):
        with qtbot.waitSignal(office.idle, timeout=LONG):
            page.acts.choose_folder()
    assert asked == [str(office.path.parent), str(folder)]


# ---------------------------------------------------------------------- what a person decides


def tabs(page: InboxPage) -> list[str]:
    return [page.counts.tabText(place) for place in range(page.counts.count())]


def test_reports_are_counted_and_shown_by_decision(qtbot: QtBot, window: Window, office: Office, folder: Path) -> None:
    (folder / "b.pdf").unlink()
    (folder / "a.pdf").write_bytes(report(year=2022, kwh="60000"))
    (folder / "d.pdf").write_bytes(report())
    office.believe([keys().authority])
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.receive([folder])
    page = page_of(window)
    current = page.table.current_record()
    assert current is not None and current.state == "held", "what came in and waits is selected"
    assert tabs(page) == ["All 3", "Held 1", "Accepted 1", "Rejected 1", "Superseded 0", "On their way 0"]
    page.counts.choose("held")
    assert cells(page, "file", "decision") == [("d.pdf", "Held for a decision")]
    page.counts.choose("accepted")
    notice = window.notices.notice
    assert notice is not None and notice.action is not None
    assert notice.sentence == "Files judged: 3 (accepted 1, held for a decision 1, rejected 1)."
    notice.action[1]()  # what waits for a person comes before what was refused, and this tab does not show it
    row = page.table.current_record()
    assert row is not None and row.name == "d.pdf" and page.counts.key == "held"


def test_files_that_came_before_are_counted_with_the_others(
    qtbot: QtBot, window: Window, office: Office, folder: Path
) -> None:
    (folder / "c.pdf").unlink()
    office.believe([keys().authority])
    with qtbot.waitSignal(office.idle, timeout=LONG):
        drop(window, folder / "a.pdf")
    with qtbot.waitSignal(office.idle, timeout=LONG):
        drop(window, folder)
    notice = window.notices.notice
    assert notice is not None
    assert (notice.level, notice.sentence) == ("good", "Files judged: 2 (accepted 1, received before 1).")


@ONE_HELD
def test_a_row_says_how_much_was_reported_and_how_far_it_moved(
    qtbot: QtBot, window: Window, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    was, now = (next(f for f in office.filed if f.name == name) for name in ("a.pdf", "d.pdf"))
    assert was.totals and now.totals
    change = (total_of(now) / total_of(was) - 1) * 100
    found = cells(page_of(window), "file", "total", "moved")
    assert found == [("a.pdf", tonnes(total_of(was)), ""), ("c.pdf", "", ""),
                     ("d.pdf", tonnes(total_of(now)), f"+{change:.1f}")]  # fmt: skip


def test_when_it_came_is_told_by_the_clock_on_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    filed = Filed("a" * 64, "a.pdf", "2026-03-01T20:30:00+00:00", "accepted")
    with monkeypatch.context() as clock:
        clock.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        shown = received(Row(filed.sha256, filed.name, filed.state, filed))
    time.tzset()
    assert shown == "2026-03-02 04:30"


@THREE_HELD
def test_one_decision_leads_to_the_next_by_keys_alone(
    qtbot: QtBot, window: Window, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window)
    window.go("inbox")
    page.counts.choose("held")
    order = [row.id for row in page.table.model.visible]
    assert len(order) == 3
    page.table.view.setFocus()
    page.table.view.go(1, 0)
    asked = list[str]()

    def give(title: str, *_rest: object) -> str:
        asked.append(title)
        return "A second hall was opened"

    monkeypatch.setattr("gui.inbox.report_acts.ask_reason", give)
    QTest.keyClick(page.table.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    current = page.table.current_record()
    assert current is not None and current.id == order[2]
    assert page.table.view.hasFocus()
    notice = window.notices.notice
    assert notice is not None and notice.sentence.endswith("; still held: 2")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.table.view, Qt.Key.Key_Return, both)
    current = page.table.current_record()
    assert current is not None and current.id == order[0], "after the last one the first that still waits"
    QTest.keyClick(page.table.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    states = {f.sha256: f.state for f in office.filed}
    assert [states[key] for key in order] == ["accepted", "accepted", "rejected"]
    assert [title.split()[0] for title in asked] == ["Accept", "Reject", "Accept"]


@THREE_HELD
def test_several_are_decided_with_one_reason(
    qtbot: QtBot, window: Window, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window)
    page.counts.choose("held")
    page.table.view.selectAll()
    asked = list[tuple[str, str]]()

    def give(title: str, explained: str, *_rest: object) -> str:
        asked.append((title, explained))
        return "Price list of the grid"

    monkeypatch.setattr("gui.inbox.report_acts.ask_reason", give)
    page.acts.accept()
    ((title, explained),) = asked
    assert title == "Accept 3 reports" and all(name in explained for name in ("North", "East", "West"))
    assert {f.state for f in office.filed} == {"accepted"}
    assert {one.reason for one in office.register.held(Decision)} == {"Price list of the grid"}
    notice = window.notices.notice
    assert notice is not None and notice.sentence == "Reports accepted: 3"


@ONE_HELD
def test_the_way_to_what_is_held_shows_only_that(qtbot: QtBot, window: Window, office: Office) -> None:
    page = page_of(window)
    qtbot.waitUntil(lambda: any(step.key == "held" for step in page.next.steps))
    step = next(step for step in page.next.steps if step.key == "held")
    page.next.wanted.emit(step.page, step.subject)
    row = page.table.current_record()
    assert page.counts.key == "held" and row is not None and row.id == step.subject


@ONE_HELD
def test_a_held_report_shows_before_and_now_and_is_decided(
    qtbot: QtBot, window: Window, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window)
    held = next(f for f in office.filed if f.state == "held")
    before = next(f for f in office.filed if f.state == "accepted")
    window.go("inbox", held.sha256)
    window.show_inspector(True)
    told = words(window.inspector)
    assert "Against 2022" in told and "A person has to decide" in told
    assert held.totals is not None and before.totals is not None
    for one in (held, before):
        assert tonnes((one.totals or {})["scope2_location"]) in told
    change = (held.totals["scope2_location"] / before.totals["scope2_location"] - 1) * 100
    assert f"+{change:.1f} %" in told
    asked: list[str] = []

    def give(title: str, *_rest: object) -> str:
        asked.append(title)
        return "" if len(asked) == 1 else "A second hall was opened"

    monkeypatch.setattr("gui.inbox.report_acts.ask_reason", give)
    press(window, "Accept…")
    assert office.filed[0].state == "held", "without a reason nothing is decided"
    press(window, "Accept…")
    assert asked == ["Accept “d.pdf”"] * 2
    assert [f.state for f in office.filed if f.sha256 == held.sha256] == ["accepted"]
    qtbot.waitUntil(lambda: "Accepted by decision" in words(window.inspector))
    told = words(window.inspector)
    assert "A second hall was opened" in told and "Wang Wei, " in told
    assert not [b for b in window.inspector.findChildren(QPushButton) if b.text() == "Accept…" and b.isVisible()]
    assert page.acts.may_decide is False


@ONE_HELD
def test_a_held_report_is_rejected_by_a_person_for_good(
    qtbot: QtBot, window: Window, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = next(f for f in office.filed if f.state == "held")
    window.go("inbox", held.sha256)
    monkeypatch.setattr("gui.inbox.report_acts.ask_reason", lambda *_a: "The meter was read wrongly")
    (reject,) = [one for one in page_of(window).commands() if one.title == "Reject…"]
    assert reject.possible
    reject.run()
    assert not reject.possible
    with qtbot.waitSignal(office.idle, timeout=LONG):
        page_of(window).acts.judge_all_again()
    assert {f.name: f.state for f in office.filed} == {"a.pdf": "accepted", "c.pdf": "rejected", "d.pdf": "rejected"}


@ONE_HELD
def test_an_earlier_revision_and_its_decision_are_told(qtbot: QtBot, window: Window, office: Office) -> None:
    held = next(f for f in office.filed if f.state == "held")
    case = case_of(Row(held.sha256, held.name, held.state, held), office)
    assert case.to_decide and [one.before.year for one in case.beside] == [2022]
    later = replace(held, sha256="0" * 64, revision=2, name="e.pdf")
    earlier = replace(held, state="superseded")
    found = beside(later, (later, earlier, *office.filed), office.same_plant)
    assert [one.title for one in found] == ["Against revision 1, filed before", "Against 2022"]
    assert found[0].before == earlier


def test_what_another_report_names_too_is_shown(qtbot: QtBot, window: Window, office: Office, tmp_path: Path) -> None:
    """The same file proves something in two plants."""
    one, other = audited_report(), audited_report("Second plant")
    (tmp_path / "one.pdf").write_bytes(one)
    (tmp_path / "other.pdf").write_bytes(other)
    office.believe([keys().authority])
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.receive([tmp_path / "one.pdf", tmp_path / "other.pdf"])
    assert [f.state for f in office.filed if f.state != "rejected"], "both are good in themselves"
    window.go("inbox", hashlib.sha256(other).hexdigest())
    window.show_inspector(True)
    told = words(window.inspector)
    assert "Used more than once" in told and "账单 January.pdf" in told


# ---------------------------------------------------------------------- stopping, watching


def test_what_was_stopped_can_be_resumed_or_cleared(qtbot: QtBot, window: Window, office: Office, folder: Path) -> None:
    office.believe([keys().authority])
    page = page_of(window)
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.receive([folder])
        office.cancel()
    assert "Stopped before they were judged: 3 files." in words(page)
    assert {row[0] for row in cells(page, "decision")} == {"Stopped"}
    assert window.notices.notice is not None and window.notices.notice.action is not None
    with qtbot.waitSignal(office.idle, timeout=LONG):
        window.notices.notice.action[1]()
    assert len(office.filed) == 3 and "Stopped before" not in words(page)
    with qtbot.waitSignal(office.idle, timeout=LONG):
        (folder / "e.pdf").write_bytes(report("Third plant"))
        office.receive([folder])
        office.cancel()
    (clear,) = [b for b in page.strips.stopped.findChildren(QPushButton) if b.text() == "Clear"]
    clear.click()
    assert office.incoming == ()


def test_a_folder_is_watched_until_somebody_stops_it(
    qtbot: QtBot, window: Window, office: Office, folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.believe([keys().authority])
    page = page_of(window)
    monkeypatch.setattr("gui.inbox.report_acts.QFileDialog.getExistingDirectory", lambda *_a: str(folder))
    page.acts.choose_watched()
    assert settings.watched_folder(office.path) == folder
    assert str(folder) in words(page.strips)
    qtbot.waitUntil(lambda: not Job.any_running(), timeout=LONG)
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.watcher.look()
    assert len(office.filed) == 3
    (stop,) = [b for b in page.strips.watched.findChildren(QPushButton) if b.text() == "Stop watching"]
    stop.click()
    assert settings.watched_folder(office.path) is None and office.watcher.folder is None
    assert str(folder) not in words(page.strips)


def test_the_folder_is_watched_again_when_the_group_is_opened(
    qtbot: QtBot, office: Office, folder: Path, settings: Settings
) -> None:
    settings.watch_folder(office.path, folder)
    again = Window(office, settings, discover("office"))
    qtbot.addWidget(again)
    page_of(again)
    assert office.watcher.folder == folder
    qtbot.waitUntil(lambda: not Job.any_running(), timeout=LONG)


def press(window: Window, name: str) -> None:
    (found,) = [b for b in window.inspector.findChildren(QPushButton) if b.text() == name and b.isVisibleTo(window)]
    found.click()
