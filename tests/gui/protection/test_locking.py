"""After a while without input the windows are covered and the file is closed; what was being typed is there again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.passphrase import Passphrase
from core.store import GroupFile, PlantFile, forget, is_locked, protect
from core.store import unlock as open_store
from gui.app import Program
from gui.jobs import Job
from gui.office.office import Office
from gui.protection.covering import Cover
from gui.protection.locking import QUIET, Lock
from gui.protection.unlocking import UnlockDialog
from gui.session import Session
from gui.settings import LOCK_MINUTES, Settings
from gui.start import StartWindow
from gui.window import Window
from tests.gui.protection.conftest import OTHER, WORD, opened, press, problem


class Hands:
    """Clocks that stand still until they are moved: one may be set back, the other may have slept."""

    def __init__(self) -> None:
        self.steady, self.wall = 100.0, 1000.0

    def __call__(self) -> tuple[float, ...]:
        return self.steady, self.wall

    def pass_minutes(self, minutes: float) -> None:
        self.steady += 60 * minutes
        self.wall += 60 * minutes


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def locked_program(program: Program, secret: Path, qtbot: QtBot, hands: Hands) -> Iterator[Program]:
    """An encrypted plant is open; its lock goes by the hands alone."""
    opened(qtbot, program, secret)
    lock = program.protection.lock
    lock._timer.stop()
    lock._idle._clocks = hands
    lock._idle.touched()
    yield program


def window(program: Program) -> Window:
    assert isinstance(program.window, Window)
    return program.window


def lock_of(program: Program) -> Lock:
    return program.protection.lock


def close_file(lock: Lock) -> None:
    """As many looks as it takes."""
    for _look in range(QUIET):
        lock.look()


def unlock(qtbot: QtBot, program: Program, word: str = WORD) -> None:
    dialog = lock_of(program).dialog
    assert dialog is not None
    dialog.passphrase.setText(word)
    press(qtbot, dialog)


def test_it_locks_after_the_minutes_and_not_before(locked_program: Program, secret: Path, hands: Hands) -> None:
    lock = lock_of(locked_program)
    hands.pass_minutes(14.9)
    lock.look()
    assert not lock.locked
    hands.pass_minutes(0.2)
    lock.look()
    assert lock.locked and not lock.closed
    lock.look()
    assert not lock.closed, "what a page put off for a moment may still read"
    lock.look()
    assert lock.closed and is_locked(secret)
    assert [one.name for one in secret.parent.glob("works*")] == [secret.name], "closed: nobody holds it"
    with pytest.raises(UserError, match="encrypted"):
        PlantFile.open(secret)


def test_keyboard_and_mouse_put_it_off(locked_program: Program, hands: Hands) -> None:
    lock = lock_of(locked_program)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.Wheel):
        hands.pass_minutes(14)
        lock._idle.eventFilter(window(locked_program), QEvent(kind))
        hands.pass_minutes(14)
        lock.look()
        assert not lock.locked, kind
    lock._idle.eventFilter(window(locked_program), QEvent(QEvent.Type.Paint))
    hands.pass_minutes(2)
    lock.look()
    assert lock.locked, "what the program itself does is no input"


def test_input_of_the_window_with_the_focus_is_heard(locked_program: Program, hands: Hands, qtbot: QtBot) -> None:
    lock, shown = lock_of(locked_program), window(locked_program)
    with qtbot.waitExposed(shown):
        shown.show()
    lock._idle._watch(shown.windowHandle())
    hands.pass_minutes(14)
    QTest.mouseMove(shown.windowHandle(), QPoint(30, 30))
    QApplication.processEvents()
    hands.pass_minutes(14)
    lock.look()
    assert not lock.locked


def test_a_computer_that_slept_or_a_clock_set_back_makes_no_difference(
    locked_program: Program, hands: Hands, qtbot: QtBot
) -> None:
    lock = lock_of(locked_program)
    hands.wall += 3600  # the steady clock slept
    lock.look()
    assert lock.locked
    unlock(qtbot, locked_program)
    lock._timer.stop()
    lock.look()
    assert not lock.locked, "one is there again"
    hands.steady += 3600
    hands.wall -= 7200
    lock.look()
    assert lock.locked


def test_never_means_never_and_now_means_now(locked_program: Program, hands: Hands) -> None:
    lock = lock_of(locked_program)
    locked_program.settings.lock_minutes = 0
    hands.pass_minutes(10_000)
    lock.look()
    assert not lock.locked
    locked_program.protection.lock_now()
    assert lock.locked


def test_nothing_is_seen_and_everything_is_back_with_what_was_typed(
    locked_program: Program, secret: Path, qtbot: QtBot
) -> None:
    shown, lock = window(locked_program), lock_of(locked_program)
    shown.go("activity")
    form = QDialog(shown)
    typed = QLineEdit("half a bill")
    QVBoxLayout(form).addWidget(typed)
    qtbot.addWidget(form)
    form.open()
    desk, before = locked_program.desk, shown.windowTitle()
    lock.lock()
    for one in (shown, form):
        (cover,) = one.findChildren(Cover, "cover", Qt.FindChildOption.FindDirectChildrenOnly)
        assert cover.geometry() == one.rect()
        assert one.windowTitle() == "Locked – Plant Carbon Audit"
        seen = one.grab().toImage()
        corner = seen.pixelColor(5, 5)
        differing = {(x, y) for x in range(0, seen.width(), 7) for y in range(0, seen.height(), 7)
                     if seen.pixelColor(x, y) != corner}  # fmt: skip
        middle = one.rect().center()
        assert all(abs(x - middle.x()) < 40 and abs(y - middle.y()) < 40 for x, y in differing), "but for the sign"
    shown.resize(900, 640)
    (cover,) = shown.findChildren(Cover, "cover", Qt.FindChildOption.FindDirectChildrenOnly)
    assert cover.geometry() == shown.rect()
    close_file(lock)
    unlock(qtbot, locked_program, OTHER)
    assert lock.locked and "does not open" in problem(lock.dialog)  # type: ignore[arg-type]
    unlock(qtbot, locked_program)
    assert not lock.locked and not lock.closed
    assert locked_program.window is shown and locked_program.desk is desk and shown.place == "activity"
    assert shown.windowTitle() == before and shown.findChildren(Cover) == []
    assert form.isVisible() and typed.text() == "half a bill"
    form.close()
    assert isinstance(desk, Session) and desk.is_open and desk.writable
    assert desk.undo() is not None, "one goes on working"
    assert not is_locked(secret)


def test_running_work_ends_before_the_file_is_closed(locked_program: Program, secret: Path, qtbot: QtBot) -> None:
    lock = lock_of(locked_program)

    def work(_progress: object, cancelled: object) -> None:
        while not cancelled():  # type: ignore[operator]
            pass

    job = Job(work)
    job.start()
    lock.lock()
    for _look in range(5):
        lock.look()
    assert lock.locked and not lock.closed
    with qtbot.waitSignal(job.ended):
        job.cancel()
    close_file(lock)
    assert lock.closed


def test_a_dialog_that_opens_meanwhile_is_covered_too(locked_program: Program, qtbot: QtBot) -> None:
    lock = lock_of(locked_program)
    lock.lock()
    late = QDialog(window(locked_program))
    qtbot.addWidget(late)
    late.open()
    lock.look()
    assert len(late.findChildren(Cover)) == 1
    unlock(qtbot, locked_program)
    assert late.findChildren(Cover) == []
    late.close()


def test_escape_and_another_language_do_not_open_it(locked_program: Program, qtbot: QtBot) -> None:
    lock = lock_of(locked_program)
    lock.lock()
    assert lock.dialog is not None
    assert lock.dialog.styleSheet(), "it hangs over no window that it would have the theme of"
    QTest.keyClick(lock.dialog, Qt.Key.Key_Escape)
    assert lock.dialog.isVisible()
    assert not lock.dialog.windowFlags() & Qt.WindowType.WindowCloseButtonHint
    locked_program.switch_language()
    assert lock.locked and window(locked_program).findChildren(Cover), "no new window without a cover"
    locked_program.settings.language = "en"


def test_the_end_of_the_session_closes_the_file(locked_program: Program, secret: Path) -> None:
    lock = lock_of(locked_program)
    lock.lock()
    assert lock.dialog is not None and lock.dialog.close()
    assert locked_program.desk is None and not lock.locked and is_locked(secret)


def test_the_file_may_be_given_up(locked_program: Program, qtbot: QtBot) -> None:
    lock = lock_of(locked_program)
    lock.lock()
    close_file(lock)
    assert lock.dialog is not None and lock.dialog.stop.text() == "Close the file"
    lock.dialog.stop.click()
    assert locked_program.desk is None and isinstance(locked_program.window, StartWindow) and not lock.locked


def test_a_file_that_was_changed_meanwhile_is_opened_anew_and_it_is_said(
    locked_program: Program, secret: Path, qtbot: QtBot
) -> None:
    lock, desk = lock_of(locked_program), locked_program.desk
    lock.lock()
    close_file(lock)
    open_store(secret, Passphrase(WORD))
    with PlantFile.open(secret) as other:
        assert other.undo("Wang", other.entry(1).change.when) is not None
    forget()
    unlock(qtbot, locked_program)
    assert locked_program.desk is not desk and not lock.locked
    assert "opened anew" in window(locked_program).notices.notice.sentence  # type: ignore[union-attr]


def test_a_removed_stick_is_said_and_the_question_stays(locked_program: Program, secret: Path, qtbot: QtBot) -> None:
    lock = lock_of(locked_program)
    lock.lock()
    close_file(lock)
    away = secret.rename(secret.with_name("away"))
    unlock(qtbot, locked_program)
    assert lock.locked and "works.plant" in problem(lock.dialog)  # type: ignore[arg-type]
    away.rename(secret)
    unlock(qtbot, locked_program)
    assert not lock.locked


def test_head_office_locks_too_and_looks_into_no_folder_meanwhile(
    program: Program, tmp_path: Path, qtbot: QtBot, hands: Hands
) -> None:
    path, folder = tmp_path / "all.group", tmp_path / "incoming"
    folder.mkdir()
    GroupFile.open(path).close()
    protect(path, Passphrase(WORD))
    forget()
    assert not program.open(path)
    asked = program.protection.dialog
    assert isinstance(asked, UnlockDialog)
    asked.passphrase.setText(WORD)
    press(qtbot, asked)
    office, lock = program.desk, lock_of(program)
    assert isinstance(office, Office)
    lock._timer.stop()
    office.watcher.watch(folder)
    qtbot.waitUntil(lambda: not Job.any_running(), timeout=20_000)
    lock.lock()
    close_file(lock)
    assert lock.closed and not office.watcher._clock.isActive()
    unlock(qtbot, program)
    assert not lock.locked and program.desk is office and office.watcher._clock.isActive()
    assert office.file.journal() is not None and office.writable


def test_a_plain_file_is_never_locked(program: Program, plain: Path, hands: Hands) -> None:
    assert program.open(plain)
    lock = lock_of(program)
    lock._idle._clocks = hands
    hands.pass_minutes(1000)
    lock.look()
    lock.lock()
    assert not lock.locked and not lock._timer.isActive()


def test_the_minutes_are_remembered(settings: Settings, tmp_path: Path) -> None:
    assert settings.lock_minutes == 15
    for minutes in (0, *LOCK_MINUTES):
        settings.lock_minutes = minutes
        settings.sync()
        assert Settings(tmp_path / "settings.ini").lock_minutes == minutes
    settings.lock_minutes = 7
    assert settings.lock_minutes == 15, "what cannot be chosen counts as never chosen"


def test_nobody_pays_for_it_while_nothing_is_encrypted(program: Program, plain: Path) -> None:
    assert program.open(plain)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert not lock_of(program)._timer.isActive()
