"""Whatever breaks, wherever: the window goes on, what was confirmed is kept, and a report without data can be read."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.i18n import T
from core.running.crash import kept
from core.running.log import LOG
from core.running.places import PORTABLE, Places, places
from core.store import PlantFile
from gui.app import Program
from gui.jobs import Job
from gui.running import guard as module
from gui.running.crash_dialog import ReportDialog
from gui.running.guard import Report, details, last_lines, speaker
from gui.session import Session
from gui.settings import Settings
from gui.window import Window

SECRET = "Krosno-Glass-4711-kWh"


@pytest.fixture
def where(tmp_path: Path) -> Places:
    return places({PORTABLE: str(tmp_path / "stick")})


@pytest.fixture
def program(dressed: QApplication, where: Places, demo_file: Path, tmp_path: Path) -> Iterator[Program]:
    settings = Settings(where=where)
    settings.language, settings.theme, settings.person = "en", "light", "Wang Fang"
    made = Program(dressed, settings)
    path = tmp_path / "Krosno" / "Secret plant.plant"
    path.parent.mkdir()
    path.write_bytes(demo_file.read_bytes())
    assert made.open(path)
    made.guard.begin(made.bug)
    yield made
    made.guard.end()
    assert made.window is not None
    made.window.close()
    made.window.deleteLater()


def breaking(*_: object) -> None:
    raise KeyError(SECRET)


def notice_of(program: Program) -> str:
    assert program.window is not None
    found = program.window.notices.notice
    assert found is not None and found.action is not None
    assert found.action[0] == "Read the report…"
    return found.sentence


def only_report(where: Places) -> str:
    (path,) = kept(where.crashes)
    return path.read_text(encoding="utf-8")


def test_a_slot_that_breaks_leaves_window_and_file_as_they_were(
    program: Program, where: Places, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    session = program.desk
    assert isinstance(session, Session)
    before = session.ledger
    record = next(one for one in before.activities if one.quantity)
    session.put(T("Quantity corrected"), replace(record, quantity=record.quantity + 1))
    QTimer.singleShot(0, program, breaking)
    qtbot.waitUntil(lambda: bool(kept(where.crashes)))
    assert "Something went wrong inside the program" in notice_of(program)
    text = only_report(where)
    assert "KeyError" in text and f"  {__name__}:" in text and "window" in text
    session.undo()
    assert session.ledger.get("activity", record.id) == record, "the window goes on"
    program.close_file()
    with PlantFile.open(next((where.portable or Path()).parent.glob("Krosno/*.plant"))) as again:
        assert again.health.sound
        assert again.ledger == before
    capsys.readouterr()


def test_a_job_that_breaks_is_reported(program: Program, where: Places, qtbot: QtBot) -> None:
    job = Job(breaking)
    with qtbot.waitSignals([job.ended, program.guard.broke]):
        job.start()
    assert "KeyError" in only_report(where)
    assert notice_of(program)


def test_a_thread_that_breaks_is_reported(program: Program, where: Places, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.guard.broke):
        one = threading.Thread(target=breaking)
        one.start()
        one.join()
    assert "What happened: thread" in only_report(where)


def test_what_breaks_while_it_ends_is_noted_alone(program: Program, where: Places) -> None:
    class Ending:
        def __del__(self) -> None:
            breaking()

    Ending()
    assert "broke-while-ending error=builtins.KeyError" in LOG.recent[-1]
    assert SECRET not in LOG.recent[-1]
    assert kept(where.crashes) == []


def test_the_same_again_is_counted_and_not_written_again(program: Program, where: Places) -> None:
    heard: list[Report] = []
    program.guard.broke.connect(heard.append)
    for _ in range(3):
        try:
            breaking()
        except KeyError as error:
            program.guard.heard(error, "window")
    assert len(kept(where.crashes)) == 1
    assert len(heard) == 3
    assert program.guard.times(heard[0].crash) == 3


def test_nothing_of_the_plant_is_in_the_report(
    program: Program, where: Places, tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every text of every record, the paths and the persons are looked for."""
    session = program.desk
    assert isinstance(session, Session)
    (tmp_path / f"{SECRET}.plant").write_bytes(b"no plant")
    assert not program.open(tmp_path / f"{SECRET}.plant")
    record = next(one for one in session.ledger.activities if one.quantity)

    def act() -> None:
        values = [f"{one}" for one in session.ledger.activities]
        raise ValueError(f"{record} {session.path} {values}")

    try:
        act()
    except ValueError as error:
        program.bug(ValueError, error, error.__traceback__)
    capsys.readouterr()
    text = only_report(where) + details()
    plant = session.ledger.plant.name
    known = {str(tmp_path), session.path.stem, "Wang Fang", SECRET, plant, "Krosno", "/home", "/tmp"}
    for one in session.ledger.activities:
        known |= {one.note, str(one.quantity)}
    known |= {one.name for one in session.ledger.evidence}
    known = {word for word in known if len(word) > 4}  # a shorter one might be a count of seconds
    assert len(known) > 40
    assert {word for word in known if word in text} == set()
    assert "opened kind=gui.session.Session" in text
    assert "refused-to-open" in text


def test_ctrl_c_in_the_terminal_is_no_bug(program: Program, where: Places, capsys: pytest.CaptureFixture[str]) -> None:
    program.bug(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert kept(where.crashes) == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_everything_is_as_before_when_it_ends(dressed: QApplication, where: Places) -> None:
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook, Job.broken
    one = module.Guard(where)
    one.begin(breaking)
    assert sys.excepthook is breaking
    one.end()
    assert hooks == (sys.excepthook, threading.excepthook, sys.unraisablehook, Job.broken)


@pytest.mark.qt_log_ignore("QFile::open")
def test_of_qts_warnings_the_log_keeps_who_spoke(program: Program, qtlog: object) -> None:
    qWarning(f"QFile::open: /home/li/{SECRET}.plant is locked")
    assert "qt area=default who=QFile::open" in LOG.recent[-1]
    assert SECRET not in LOG.recent[-1]
    messages = [record.message for record in qtlog.records]  # type: ignore[attr-defined]
    assert any("QFile::open" in message for message in messages), "it goes where it went before"


@pytest.mark.parametrize(
    ("message", "who"),
    [
        ("QPainter::begin: Paint device returned engine == 0", "QPainter::begin"),
        ("QObject::connect(Sender, Receiver): no such slot", "-"),
        ("Cannot open Krosno.plant", "-"),
        ("Q张家口: x", "-"),
        ("", "-"),
    ],
)
def test_who_speaks_is_a_word_of_qt(message: str, who: str) -> None:
    assert speaker(message) == who


def test_a_hard_end_is_told_at_the_next_start(program: Program, where: Places) -> None:
    where.logs.mkdir(parents=True, exist_ok=True)
    (where.logs / "plant-audit.log").write_text("2026-11-30T01:00:00Z 1 info the-last-thing\n", encoding="utf-8")
    where.crashes.mkdir(parents=True, exist_ok=True)
    gone = 2**22 + 7  # no system counts processes so far
    (where.crashes / f"running-{gone}.trace").write_text(
        f'Fatal Python error: Segmentation fault\n\nCurrent thread 0x0000 (most recent call first):\n'
        f'  File "/home/{SECRET}/gui/plots/line.py", line 7 in paint\n',
        encoding="utf-8",
    )  # fmt: skip
    program.guard.look_back()
    assert "ended unexpectedly last time" in notice_of(program)
    text = only_report(where)
    assert "Segmentation fault" in text and "gui.plots.line:7 in paint" in text and "the-last-thing" in text
    assert SECRET not in text
    assert "ended-hard-before" in (where.logs / "plant-audit.log").read_text(encoding="utf-8")


def test_last_lines_of_a_log_that_is_not_there(tmp_path: Path) -> None:
    assert last_lines(tmp_path / "none") == ()


# ---------------------------------------------------------------------- the person


def test_the_report_is_read_copied_and_saved(
    program: Program, where: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        breaking()
    except KeyError as error:
        program.guard.heard(error, "window")
    program.own.read()
    dialog = program.own.dialog
    assert isinstance(dialog, ReportDialog)
    text = only_report(where)
    assert dialog.text.toPlainText() == text
    assert dialog.text.isReadOnly()
    dialog.copy.click()
    assert QApplication.clipboard().text() == text
    out = tmp_path / "out.txt"
    monkeypatch.setattr("gui.running.crash_dialog.QFileDialog.getSaveFileName", lambda *_a, **_k: (str(out), ""))
    dialog.save.click()
    assert out.read_text(encoding="utf-8") == text
    assert dialog.told.text() == "Saved out.txt."
    monkeypatch.setattr(
        "gui.running.crash_dialog.QFileDialog.getSaveFileName", lambda *_a, **_k: (str(tmp_path / "no" / "o.txt"), "")
    )
    dialog.save.click()
    assert "cannot be written" in dialog.told.text()
    dialog.close_it.click()


def test_a_report_of_before_can_still_be_read(program: Program, where: Places) -> None:
    read = next(one for one in program.own.commands() if one.title == "What went wrong last…")
    assert not read.possible
    read.run()
    assert program.own.dialog is None
    where.crashes.mkdir(parents=True, exist_ok=True)
    (where.crashes / "crash-1.txt").write_text("of before", encoding="utf-8")
    assert read.possible
    read.run()
    assert isinstance(program.own.dialog, ReportDialog)
    assert program.own.dialog.text.toPlainText() == "of before"
    program.own.dialog.close()


def test_details_are_copied_without_a_crash(program: Program) -> None:
    program.own.copy_details()
    text = QApplication.clipboard().text()
    assert "== Surroundings" in text and "qt: 6." in text and "What happened" not in text


def test_settings_that_could_not_be_read_are_told_with_what_was_kept(dressed: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    path.write_bytes(b"[person]\nname=Li Na\n[files\nrecent=[]\n")
    one = Program(dressed, Settings(path))
    one.show()
    one.own.look_around()
    assert one.window is not None and one.window.notices.notice is not None
    assert "settings.ini.damaged" in one.window.notices.notice.sentence
    assert (tmp_path / "settings.ini.damaged").exists()
    one.window.close()
    good = Program(dressed, Settings(tmp_path / "other.ini"))
    good.show()
    good.own.look_around()
    assert good.window is not None and good.window.notices.notice is None
    good.window.close()


def test_a_disk_that_keeps_nothing_is_told_and_the_program_works(
    dressed: QApplication, tmp_path: Path, demo_file: Path
) -> None:
    (tmp_path / "blocked").write_text("a file where the folder would be")
    settings = Settings(where=places({PORTABLE: str(tmp_path / "blocked")}))
    settings.language, settings.theme = "en", "light"
    one = Program(dressed, settings)
    one.show()
    one.guard.begin(one.bug)
    try:
        one.own.look_around()
        assert one.window is not None and one.window.notices.notice is not None
        assert "Nothing can be written where the program keeps its settings" in one.window.notices.notice.sentence
        one.guard.heard(KeyError(SECRET), "window")
        one.own.read()
        assert isinstance(one.own.dialog, ReportDialog)
        one.own.dialog.close()
        plant = tmp_path / "p.plant"
        plant.write_bytes(demo_file.read_bytes())
        assert one.open(plant)
        assert settings.recent == (plant,)
    finally:
        one.guard.end()
        assert one.window is not None
        one.window.close()
        one.window.deleteLater()


def test_what_a_page_refuses_is_noted_without_what_was_filled_in(program: Program) -> None:
    def refuse() -> None:
        raise UserError(T("“{file}” exists already.", file=SECRET))

    assert isinstance(program.window, Window)
    assert program.window.page("overview").attempt(refuse) is None
    line = next(one for one in reversed(LOG.recent) if " refused " in one)
    assert "why=““{file}” exists already.”" in line
    assert SECRET not in line


def test_a_job_is_noted_with_its_duration(program: Program, qtbot: QtBot) -> None:
    def good(*_: object) -> int:
        return 1

    def refused(*_: object) -> int:
        raise UserError(T("“{file}” exists already.", file=SECRET))

    for work, end in ((good, "done"), (refused, "refused")):
        job = Job(work)
        with qtbot.waitSignal(job.ended):
            job.start()
        line = next(one for one in reversed(LOG.recent) if " job " in one)
        assert f"end={end} seconds=" in line and f"{__name__}." in line
        assert SECRET not in line
