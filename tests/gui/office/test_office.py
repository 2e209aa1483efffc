"""Head office at work: reports come in through jobs, and only this object touches the group file."""

from __future__ import annotations

import gc
import shutil
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.group import Arrival
from core.i18n import T
from core.ledger import Authority, Site
from core.store import GroupFile
from gui.inbox.page import InboxPage
from gui.jobs import Job, crash_error
from gui.office import queue
from gui.office.office import Office
from gui.settings import Settings
from tests.gui.trusted import keys, report, tampered

LONG = 60_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(GroupFile.open(tmp_path / "head.group"), "Wang Wei")
    yield made
    made.close()


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "plant-2023.pdf"
    path.parent.mkdir()
    path.write_bytes(report())
    return path


def take_in(qtbot: QtBot, office: Office, *paths: Path) -> None:
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.receive(paths)


def test_what_broke_while_files_were_judged_is_said_as_of_any_job(
    qtbot: QtBot, office: Office, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answers(*_asked: object) -> object:
        raise RuntimeError("the pool is gone")

    office.believe([keys().authority])
    monkeypatch.setattr(queue, "answers", answers)
    take_in(qtbot, office, pdf)
    (held,) = office.queue.held
    assert held.state == "failed" and held.error is not None
    assert held.error.text("en") == crash_error("RuntimeError: the pool is gone").text("en")


def test_a_signed_report_is_accepted_and_recalculated_equal(qtbot: QtBot, office: Office, pdf: Path) -> None:
    office.believe([keys().authority])
    arrivals: list[Arrival] = []
    office.arrived.connect(arrivals.append)
    take_in(qtbot, office, pdf)
    (arrival,) = arrivals
    assert arrival.new
    filed = office.filed[0]
    assert (filed.state, filed.plant, filed.year) == ("accepted", "Test plant 测试工厂", 2023)
    assert filed.recalculated_equal
    assert filed.rebuilt == "equal"
    assert filed.signed_by == ("Li Na",)
    assert office.incoming == ()
    office.show_year(2023)
    (counted,) = office.file.accepted(2023)
    assert counted.totals is not None and counted.totals["scope2_location"] > 0


def test_the_same_file_again_changes_nothing(qtbot: QtBot, office: Office, pdf: Path) -> None:
    office.believe([keys().authority])
    take_in(qtbot, office, pdf)
    arrivals: list[Arrival] = []
    office.arrived.connect(arrivals.append)
    take_in(qtbot, office, pdf)
    assert [a.new for a in arrivals] == [False]
    assert len(office.filed) == 1


def test_files_wait_until_somebody_is_trusted(qtbot: QtBot, office: Office, pdf: Path) -> None:
    assert office.receive([pdf]) == 1
    assert [i.state for i in office.incoming] == ["waiting"]
    assert not office.working
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.believe([keys().authority])
    assert [f.state for f in office.filed] == ["accepted"]


def test_a_report_of_strangers_is_rejected_and_accepted_once_they_are_trusted(
    qtbot: QtBot, office: Office, pdf: Path
) -> None:
    office.believe([keys().stranger])
    take_in(qtbot, office, pdf)
    rejected = office.filed[0]
    assert rejected.state == "rejected"
    assert rejected.reasons
    office.believe([keys().authority])
    with qtbot.waitSignal(office.idle, timeout=LONG):
        assert office.judge_again([rejected]) == 1
    assert [f.state for f in office.filed] == ["accepted"]
    assert office.filed[0].received == rejected.received


def test_an_altered_report_is_rejected_and_counts_nowhere(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    office.believe([keys().authority])
    path = tmp_path / "altered.pdf"
    path.write_bytes(tampered())
    take_in(qtbot, office, path)
    assert office.filed[0].state == "rejected"
    assert office.file.accepted(2023) == ()


def test_a_file_that_is_gone_is_named_and_stops_no_other(
    qtbot: QtBot, office: Office, pdf: Path, settings: Settings
) -> None:
    office.believe([keys().authority])
    take_in(qtbot, office, pdf.with_name("gone.pdf"), pdf)
    assert [f.state for f in office.filed] == ["accepted"]
    (failed,) = office.incoming
    assert failed.state == "failed"
    assert failed.error is not None
    assert "gone.pdf" in failed.error.text("en")
    page = InboxPage(office, settings)
    qtbot.addWidget(page)
    (clear,) = [one for one in page.commands() if one.title == "Clear what was not filed"]
    assert clear.possible
    clear.run()
    assert office.incoming == () and not clear.possible


def test_cancel_files_nothing_more(qtbot: QtBot, office: Office, pdf: Path) -> None:
    office.believe([keys().authority])
    second = pdf.with_name("second.pdf")
    second.write_bytes(report("Second plant"))
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.receive([pdf, second])
        office.cancel()
    assert not office.filed
    assert [one.state for one in office.incoming] == ["stopped", "stopped"]
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.resume()
    assert [f.state for f in office.filed] == ["accepted", "accepted"]
    assert office.incoming == ()


def test_cancelling_the_job_in_the_notice_line_stops_the_rest_too(qtbot: QtBot, office: Office, pdf: Path) -> None:
    office.believe([keys().authority])
    second = pdf.with_name("second.pdf")
    second.write_bytes(report("Second plant"))
    office.began.connect(lambda job: job.cancel())
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.receive([pdf, second])
    assert office.filed == ()
    assert [one.state for one in office.incoming] == ["stopped", "stopped"]
    office.queue.forget()
    assert office.incoming == ()


def test_trust_is_remembered_in_the_group_file(office: Office, tmp_path: Path) -> None:
    office.believe([keys().authority])
    assert not (tmp_path / "head.trust").exists(), "and nowhere else"
    with pytest.raises(UserError, match="holds no certificate of an authority"):
        office.believe([keys().authority_key])
    again = Office(GroupFile.open(office.path), "Wang Wei")
    assert again.trust is not None
    assert len(again.trust.authorities) == 1
    again.close()


@pytest.mark.parametrize("kept", ["own.pem", "own.trust/office.pem"])
def test_authorities_kept_beside_the_group_are_taken_over_once(tmp_path: Path, kept: str) -> None:
    (tmp_path / kept).parent.mkdir(exist_ok=True)
    shutil.copy(keys().authority, tmp_path / kept)
    made = Office(GroupFile.open(tmp_path / "own.group"), "Wang Wei")
    assert made.trust is not None and len(made.trust.authorities) == 1
    (entry,) = made.file.journal()
    assert entry.change.who == "Wang Wei"
    made.close()
    (tmp_path / kept).write_bytes(keys().stranger.read_bytes())
    again = Office(GroupFile.open(tmp_path / "own.group"), "Wang Wei")
    assert [one.name for one in again.register.held(Authority)] == ["Test Office"], "files are not asked any more"
    assert again.file.entries == 1
    again.close()


def test_what_beside_the_group_cannot_be_believed_is_left(tmp_path: Path) -> None:
    (tmp_path / "own.trust").mkdir()
    (tmp_path / "own.trust" / "a.pem").write_text("hello")
    shutil.copy(keys().authority, tmp_path / "own.trust" / "b.pem")
    made = Office(GroupFile.open(tmp_path / "own.group"), "Wang Wei")
    assert made.trust is not None and len(made.trust.authorities) == 1
    made.close()


def test_a_closed_office_goes_at_once(tmp_path: Path, qapp: QApplication) -> None:
    """It is in no circle, so that nobody has to search for what may be large."""
    made = Office(GroupFile.open(tmp_path / "x.group"), "Wang Wei")
    seen = weakref.ref(made)
    made.close()
    assert not gc.isenabled(), "else it might have been found"
    del made
    assert seen() is None


def test_a_decision_counts_at_once_and_is_final(qtbot: QtBot, office: Office, pdf: Path) -> None:
    office.believe([keys().authority])
    office.put(T("Plants"), Site("s1", "Another plant", "CN"))
    take_in(qtbot, office, pdf)
    held = office.filed[0]
    assert held.state == "held" and "no plant" in held.reasons[0].in_language("en")
    with pytest.raises(UserError, match="needs a reason"):
        office.decide(held, "accepted", "  ")
    entry = office.decide(held, "accepted", "New plant, entered next week")
    assert entry is not None and entry.change.who == "Wang Wei"
    assert office.filed[0].state == "accepted"
    with pytest.raises(UserError, match="Only a report that is held"):
        office.decide(office.filed[0], "rejected", "No")
    assert office.undo() is None
    assert office.filed[0].state == "accepted"


def test_the_register_is_undone_and_redone(office: Office) -> None:
    office.put(T("Plants"), Site("s1", "One", "CN"))
    office.put(T("Plants"), Site("s2", "Two", "CN"))
    assert office.undo() is not None
    assert [one.name for one in office.register.held(Site)] == ["One"]
    assert office.redo() is not None
    assert [one.name for one in office.register.held(Site)] == ["One", "Two"]
    assert office.redo() is None
    assert office.undo() is not None and office.undo() is not None
    assert office.register.held(Site) == (), "nothing is there from the beginning, as a plant is in its file"


def test_everything_held_and_rejected_is_judged_again_when_trust_has_changed(
    qtbot: QtBot, office: Office, pdf: Path, tmp_path: Path
) -> None:
    office.believe([keys().stranger])
    second = pdf.with_name("second.pdf")
    second.write_bytes(report("Second plant"))
    altered = pdf.with_name("altered.pdf")
    altered.write_bytes(tampered())
    take_in(qtbot, office, pdf, second, altered)
    assert [f.state for f in office.filed] == ["rejected"] * 3
    office.believe([keys().authority])
    for path in (pdf, second, altered):
        path.unlink()  # their originals are in the group file
    with qtbot.waitSignal(office.idle, timeout=LONG):
        assert office.judge_again(office.filed) == 3
    assert {f.name: f.state for f in office.filed} == {
        "plant-2023.pdf": "accepted", "second.pdf": "accepted", "altered.pdf": "rejected"
    }  # fmt: skip
    assert office.judge_again([f for f in office.filed if f.state == "accepted"]) == 0


def test_what_arrives_in_a_watched_folder_comes_in_by_itself(qtbot: QtBot, office: Office, pdf: Path) -> None:
    office.believe([keys().authority])
    office.watcher.watch(pdf.parent)
    qtbot.waitUntil(lambda: not Job.any_running(), timeout=LONG)
    assert office.incoming == (), "it might still be being copied"
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.watcher.look()
    assert [f.state for f in office.filed] == ["accepted"]
    office.watcher.look()
    qtbot.waitUntil(lambda: not Job.any_running(), timeout=LONG)
    assert office.incoming == () and len(office.filed) == 1


def test_a_watched_folder_that_is_gone_is_said_until_it_is_back(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    with qtbot.waitSignal(office.watcher.changed, timeout=LONG):
        office.watcher.watch(folder)
    qtbot.waitUntil(lambda: office.watcher.trouble is not None, timeout=LONG)
    assert "stick" in str(office.watcher.trouble)
    folder.mkdir()
    qtbot.waitUntil(lambda: not Job.any_running(), timeout=LONG)
    office.watcher.look()
    qtbot.waitUntil(lambda: office.watcher.trouble is None, timeout=LONG)
    office.watcher.stop()
    assert office.watcher.folder is None


def test_details_of_a_report_filed_earlier_can_be_looked_up(qtbot: QtBot, office: Office, pdf: Path) -> None:
    office.believe([keys().authority])
    take_in(qtbot, office, pdf)
    office.receipts.clear()
    with qtbot.waitSignal(office.examined, timeout=LONG) as caught:
        assert office.look(office.filed[0])
    assert caught.args == [office.filed[0].sha256]
    receipt = office.receipts[office.filed[0].sha256]
    assert receipt.valid and receipt.signatures[0].covers_whole_file
    assert not office.look(office.filed[0])


def test_two_revisions_of_one_audit_count_once(qtbot: QtBot, office: Office, tmp_path: Path, pdf: Path) -> None:
    office.believe([keys().authority])
    other = tmp_path / "other.pdf"
    other.write_bytes(report(kwh="130000"))  # the same audit and revision with other figures
    take_in(qtbot, office, pdf, other)
    states = {f.name: f.state for f in office.filed}
    assert states == {"plant-2023.pdf": "accepted", "other.pdf": "rejected"}
