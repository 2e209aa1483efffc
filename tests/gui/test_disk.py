"""The window when its disk is full, goes away or cannot be written: it says what to do, loses nothing, and goes on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from core.cli import main
from core.i18n import T
from core.ledger import Change, Step
from core.store import PlantFile
from core.store.connection import Connection
from gui.app import Program
from gui.jobs import Job
from gui.session import Session
from gui.start import StartWindow

FUTURE = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture
def plant(demo_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "p.plant"
    path.write_bytes(demo_file.read_bytes())
    return path


def session(program: Program) -> Session:
    assert isinstance(program.desk, Session)
    return program.desk


def said(program: Program) -> str:
    assert program.window is not None and program.window.notices.notice is not None
    return program.window.notices.notice.sentence


class Gone:
    """A connection to a file on a stick that was pulled out."""

    in_transaction = False

    def execute(self, *_: object) -> sqlite3.Cursor:
        raise sqlite3.OperationalError("disk I/O error")


@contextmanager
def gone(held: Session) -> Iterator[None]:
    opened = held.file._opened
    real, opened.db = opened.db, Connection(Gone())  # type: ignore[arg-type]
    yield
    opened.db = real


def rename(held: Session, name: str) -> None:
    before = held.ledger.plant
    held.edit(T("Renamed"), (Step("plant", before.id, before, replace(before, name=name)),))


def test_work_goes_on_when_the_stick_is_back(program: Program, plant: Path) -> None:
    program.open(plant)
    held = session(program)
    before, entries = held.ledger.plant.name, held.file.entries
    with gone(held):
        told = caught(lambda: rename(held, "Lost"))
        assert "does not answer" in told and "Nothing was changed" in told and "Connect it again" in told
        assert held.ledger.plant.name == before
    rename(held, "Found again")
    program.close_file()
    with PlantFile.open(plant) as file:
        assert file.health.sound and file.entries == entries + 1 and file.ledger.plant.name == "Found again"


def caught(act: Callable[[], object]) -> str:
    from core.errors import UserError

    with pytest.raises(UserError) as refused:
        act()
    return refused.value.text("en")


def test_what_reading_meets_then_is_said_too(program: Program, plant: Path) -> None:
    program.open(plant)
    held = session(program)
    with gone(held):
        told = caught(held.undo)
    assert "cannot be opened" in told and "Connect it again" in told
    assert held.undo() is not None


def test_a_disk_that_went_away_is_no_bug(program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise OSError(errno.EIO, "Input/output error")
    except OSError as error:
        program.bug(type(error), error, error.__traceback__)
    assert said(program).startswith("Something could not be read or written") and "Connect it again" in said(program)
    assert capsys.readouterr().err == ""


def test_a_job_that_meets_it_fails_with_what_to_do(dressed: QApplication, qtbot: QtBot) -> None:
    def work(*_: object) -> object:
        raise sqlite3.OperationalError("database or disk is full")

    job = Job(work)
    with qtbot.waitSignal(job.failed) as failed:
        job.start()
    assert "no space left" in failed.args[0].text("en") and "Make room" in failed.args[0].text("en")


def test_a_file_that_closes_on_a_full_disk_says_what_to_keep(
    program: Program, plant: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.open(plant)
    rename(session(program), "Kept")
    opened = session(program).file._opened
    real = opened.db
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: told.append(args[2]))
    opened.db = Connection(Full(real.conn))  # type: ignore[arg-type]
    program.close_file()
    real.conn.close()
    assert isinstance(program.window, StartWindow) and program.desk is None
    assert len(told) == 1 and "Nothing is lost" in told[0] and "p.plant-wal" in told[0]
    with PlantFile.open(plant) as file:
        assert file.writable and file.health.sound and file.ledger.plant.name == "Kept"


class Full:
    """A connection that cannot bring its log into the file."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        if "wal_checkpoint" in sql:
            raise sqlite3.OperationalError("database or disk is full")
        return self._conn.execute(sql, *values)  # type: ignore[arg-type]

    def close(self) -> None:
        """As when it could not: the log stays."""


def test_a_protected_file_says_that_it_is(program: Program, plant: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.holding.os.access", lambda *_: False)
    program.open(plant)
    assert not session(program).writable
    assert "write-protected" in said(program) and "copy the file to another folder" in said(program)


def test_window_and_command_line_on_one_file(
    program: Program, plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program.open(plant)
    rename(session(program), "From the window")
    words = ["describe", str(plant), "--name", "From the terminal", "--person", "Li Na"]
    assert main(["--ui-lang", "en", *words]) == 2
    assert "another program holds it" in capsys.readouterr().err
    assert main(["--ui-lang", "en", "history", str(plant)]) == 0, "reading is nobody's harm"
    program.close_file()
    assert main(["--ui-lang", "en", *words]) == 0
    with PlantFile.open(plant) as file:
        assert file.health.sound and file.ledger.plant.name == "From the terminal"


def test_a_clock_that_was_set_back_is_told_and_the_order_holds(program: Program, plant: Path) -> None:
    with PlantFile.open(plant) as file:
        before = file.ledger.plant
        later = replace(before, name="From a later day")
        file.append(Change("Li Na", FUTURE, T("Renamed"), (Step("plant", before.id, before, later),)))
    program.open(plant)
    assert "clock of this computer is behind" in said(program) and "2099-01-01 00:00" in said(program)
    rename(session(program), "From today")
    session(program).undo()
    assert session(program).ledger.plant.name == "From a later day"
    program.close_file()
    with PlantFile.open(plant) as file:
        numbers = [entry.number for entry in file.journal(3)]
        assert file.health.sound and numbers == sorted(numbers, reverse=True)
        assert file.changed_after(datetime(2100, 1, 1, tzinfo=UTC)) is None
