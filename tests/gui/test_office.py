"""Head office at work: reports come in through jobs, and only this object touches the group file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.group import Arrival
from core.store import GroupFile
from gui.office import Office, reports_in
from gui.pages._inbox import InboxPage
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
    receipt = office.receipts[filed.sha256]
    assert receipt.signatures[0].covers_whole_file
    assert office.incoming == ()
    office.show_year(2023)
    assert [p.filed.plant for p in office.summary.plants] == ["Test plant 测试工厂"]
    assert office.summary.totals["scope2_location"] > 0


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
    with qtbot.waitSignal(office.examined, timeout=LONG):
        assert office.judge_again(rejected) is not None
    assert [f.state for f in office.filed] == ["accepted"]
    assert office.filed[0].received == rejected.received


def test_an_altered_report_is_rejected_and_counts_nowhere(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    office.believe([keys().authority])
    path = tmp_path / "altered.pdf"
    path.write_bytes(tampered())
    take_in(qtbot, office, path)
    assert office.filed[0].state == "rejected"
    office.show_year(2023)
    assert office.summary.plants == ()


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
    (clear,) = [one for one in page.commands() if one.title == "Clear files that could not be opened"]
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
    assert office.filed == ()
    assert office.incoming == ()


def test_cancelling_the_job_in_the_notice_line_stops_the_rest_too(qtbot: QtBot, office: Office, pdf: Path) -> None:
    office.believe([keys().authority])
    second = pdf.with_name("second.pdf")
    second.write_bytes(report("Second plant"))
    office.began.connect(lambda job: job.cancel())
    with qtbot.waitSignal(office.idle, timeout=LONG):
        office.receive([pdf, second])
    assert office.filed == ()
    assert office.incoming == ()


def test_trust_is_remembered_beside_the_group_file(office: Office, tmp_path: Path) -> None:
    office.believe([keys().authority])
    with pytest.raises(UserError, match="holds no certificate of an authority"):
        office.believe([keys().authority_key])
    again = Office(GroupFile.open(office.path), "Wang Wei")
    assert again.trust is not None
    assert len(again.trust.authorities) == 1
    again.close()


def test_the_authority_of_the_same_name_beside_the_group_is_trusted(tmp_path: Path) -> None:
    shutil.copy(keys().authority, tmp_path / "own.pem")
    made = Office(GroupFile.open(tmp_path / "own.group"))
    assert made.trust is not None
    made.close()


def test_details_of_a_report_filed_earlier_can_be_looked_up(qtbot: QtBot, office: Office, pdf: Path) -> None:
    office.believe([keys().authority])
    take_in(qtbot, office, pdf)
    office.receipts.clear()
    with qtbot.waitSignal(office.examined, timeout=LONG) as caught:
        assert office.look(office.filed[0]) is not None
    assert caught.args == [office.filed[0].sha256]
    assert office.receipts[office.filed[0].sha256].valid
    assert office.look(office.filed[0]) is None


def test_two_revisions_of_one_audit_count_once(qtbot: QtBot, office: Office, tmp_path: Path, pdf: Path) -> None:
    office.believe([keys().authority])
    other = tmp_path / "other.pdf"
    other.write_bytes(report(kwh="130000"))  # the same audit and revision with other figures
    take_in(qtbot, office, pdf, other)
    states = {f.name: f.state for f in office.filed}
    assert states == {"plant-2023.pdf": "accepted", "other.pdf": "rejected"}


def test_a_folder_gives_its_reports_sorted(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.PDF", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.pdf").touch()
    assert [p.name for p in reports_in([tmp_path, tmp_path / "b.pdf"])] == ["a.PDF", "b.pdf", "c.pdf"]
