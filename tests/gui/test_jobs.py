from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6.Shiboken import delete

from core.errors import UserError
from core.i18n import T, Text
from gui.garbage import sweep
from gui.jobs import Job, Progress

Asked = Callable[[], bool]


def heard(job: Job) -> list[str]:
    """The names of the signals the job emits, in order."""
    names: list[str] = []
    for name in ("done", "failed", "crashed", "stopped", "ended"):
        getattr(job, name).connect(lambda *_args, name=name: names.append(name))
    return names


def test_a_job_returns_its_value_on_the_gui_thread(qtbot: QtBot) -> None:
    threads: list[bool] = []

    def work(progress: Progress, cancelled: Asked) -> int:
        threads.append(threading.current_thread() is threading.main_thread())
        return 42

    job = Job(work)
    names = heard(job)
    job.done.connect(lambda _v: threads.append(QThread.currentThread().isMainThread()))
    with qtbot.waitSignal(job.ended), qtbot.waitSignal(job.done) as done:
        job.start()
    assert done.args == [42]
    assert threads == [False, True]
    assert names == ["done", "ended"]
    assert not job.running


def test_progress_arrives_in_order_and_before_the_result(qtbot: QtBot) -> None:
    seen: list[tuple[float, str]] = []

    def work(progress: Progress, cancelled: Asked) -> str:
        for step in range(5):
            progress(step / 5, T("Step {n}", n=step))
        return "ready"

    job = Job(work)
    job.progressed.connect(lambda share, text: seen.append((share, str(text))))
    job.done.connect(lambda value: seen.append((1.0, value)))
    with qtbot.waitSignal(job.ended):
        job.start()
    assert seen == [*((n / 5, f"Step {n}") for n in range(5)), (1.0, "ready")]


def test_the_persons_error_is_told_from_ours(qtbot: QtBot) -> None:
    def wrong(progress: Progress, cancelled: Asked) -> None:
        raise UserError(T("The key does not open."), T("Type the passphrase again."))

    def broken(progress: Progress, cancelled: Asked) -> None:
        raise KeyError("x")

    job = Job(wrong)
    with qtbot.waitSignal(job.failed) as failed:
        job.start()
    assert failed.args is not None
    assert failed.args[0].text("en") == "The key does not open. Type the passphrase again."
    job = Job(broken)
    names = heard(job)
    with qtbot.waitSignal(job.ended), qtbot.waitSignal(job.crashed) as crashed:
        job.start()
    assert crashed.args is not None
    assert "KeyError: 'x'" in crashed.args[0]
    assert names == ["crashed", "ended"]


def test_cancel_stops_at_the_next_progress(qtbot: QtBot) -> None:
    started, go_on = threading.Event(), threading.Event()
    after: list[str] = []

    def work(progress: Progress, cancelled: Asked) -> None:
        started.set()
        go_on.wait(5)
        assert cancelled()
        progress(0.5, Text("half"))
        after.append("went on")

    job = Job(work)
    names = heard(job)
    job.start()
    assert started.wait(5)
    with qtbot.waitSignal(job.ended):
        job.cancel()
        go_on.set()
    assert names == ["stopped", "ended"]
    assert after == []


def test_what_was_finished_before_the_cancel_is_done(qtbot: QtBot) -> None:
    job = Job(lambda progress, cancelled: "written")
    names = heard(job)
    with qtbot.waitSignal(job.ended):
        job.start()
        job.cancel()
    assert names == ["done", "ended"]


def test_a_job_outlives_its_widget_and_its_variable(qtbot: QtBot) -> None:
    go_on, finished = threading.Event(), threading.Event()

    class Owner(QWidget):
        def begin(self) -> None:
            def work(progress: Progress, cancelled: Asked) -> None:
                go_on.wait(5)
                finished.set()

            job = Job(work)
            job.done.connect(self.close)
            job.start()

    owner = Owner()
    owner.begin()
    owner.deleteLater()
    qtbot.wait(10)
    del owner
    sweep()
    go_on.set()
    qtbot.waitUntil(lambda: not Job._running)
    assert finished.is_set()


class Witness:
    """Stands for a widget that the work of a job holds: notes on which thread it ends."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        self.ends = ends

    def __del__(self) -> None:
        self.ends.append(threading.current_thread())


def test_what_the_work_holds_ends_on_the_gui_thread(qtbot: QtBot) -> None:
    """Also when nobody else holds the job: its thread is over before its last word is heard."""
    ends: list[threading.Thread] = []
    alive: list[bool] = []

    def begin() -> None:
        witness = Witness(ends)
        job = Job(lambda _progress, _cancelled: witness is None)
        job.done.connect(lambda _value: alive.append(any(one.name == "job" for one in threading.enumerate())))
        job.start()

    for _ in range(50):
        begin()
        qtbot.waitUntil(lambda: not Job._running)
    assert alive == [False] * 50
    qtbot.waitUntil(lambda: len(ends) == 50)
    assert set(ends) == {threading.main_thread()}


def test_a_job_that_outlives_the_program_is_silent(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt takes the signals away when the program ends, whatever still works."""
    go_on, heard = threading.Event(), list[object]()
    monkeypatch.setattr(threading, "excepthook", heard.append)
    jobs = [Job(lambda _progress, _cancelled: go_on.wait(5)), Job(lambda progress, _cancelled: go_on.wait(5) and 1 / 0)]
    for job in jobs:
        job.start()
        Job._running.discard(job)
        delete(job)
    go_on.set()
    for job in jobs:
        job._thread.join()
    assert heard == []


def test_cancel_all_delivers_the_last_words(qtbot: QtBot) -> None:
    def work(progress: Progress, cancelled: Asked) -> None:
        while True:
            progress(0.1, Text("turning"))

    jobs = [Job(work) for _ in range(3)]
    names = [heard(job) for job in jobs]
    for job in jobs:
        job.start()
    assert Job.cancel_all()
    assert names == [["stopped", "ended"]] * 3


def test_ten_thousand_signals_do_not_end_the_interpreter(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 lost a reference to True and None with each of these."""

    class Bell(QObject):
        rang = Signal(bool)
        told = Signal(object)

    bell = Bell()
    count = 0

    def hear(_value: object) -> None:
        nonlocal count
        count += 1

    bell.rang.connect(hear)
    bell.told.connect(hear)
    for _ in range(10_000):
        bell.rang.emit(True)
        bell.told.emit(None)
    assert count == 20_000


def test_an_answer_for_a_page_is_not_waited_for(qtbot: QtBot) -> None:
    """The window may be made anew meanwhile: a page that goes needs no answer."""
    go_on = threading.Event()
    for answers in (True, False):
        go_on.clear()
        job = Job(lambda _progress, _cancelled: go_on.wait(10), answers=answers)
        with qtbot.waitSignal(job.ended, timeout=10_000):
            job.start()
            assert Job.any_running()
            assert Job.any_to_wait_for() is not answers
            go_on.set()


def test_at_the_end_work_is_cancelled_and_says_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Job, "_silent", False)
    said: list[object] = []

    def work(progress: Progress, _cancelled: object) -> None:
        while True:
            progress(0.5, T("Reading"))

    job = Job(work)
    job.progressed.connect(lambda *told: said.append(told))
    job.start()
    Job.fall_silent()
    assert not job._thread.is_alive()
    qtbot.wait(20)
    said.clear()
    qtbot.wait(20)
    assert said == []
    Job._running.discard(job)
