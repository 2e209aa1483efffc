"""Garbage is searched for by the window's thread alone, and windows among it go from the outermost inwards."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.garbage import EVERY_MS, Collector, sweep
from gui.jobs import Job


class Part(QWidget):
    """A widget that can hold what it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.held: object = None


def dropped_window() -> list[weakref.ref[Part]]:
    """A window that hangs on its innermost part; the parts are older than the window, as those of a form are."""
    part, inner = Part(), Part()
    inner.setParent(part)
    window = Part()
    part.setParent(window)
    part.held, inner.held = part, window
    return [weakref.ref(one) for one in (window, part, inner)]


class Circle:
    """Garbage that only a search finds; notes on which thread it is let go."""

    def __init__(self, threads: list[threading.Thread]) -> None:
        self.threads = threads
        self.me = self

    def __del__(self) -> None:
        self.threads.append(threading.current_thread())


@pytest.fixture
def soon(qapp: QApplication) -> Iterator[None]:
    """Every look finds enough to search for."""
    before = gc.get_threshold()
    gc.set_threshold(1, 1, 1)
    yield
    gc.set_threshold(*before)


def test_a_window_that_hangs_on_its_own_part_goes_whole(qapp: QApplication) -> None:
    """Taken apart by Python itself, the part is freed twice."""
    seen = [one for _ in range(20) for one in dropped_window()]
    assert all(one() is not None for one in seen), "else there is nothing to find"
    sweep()
    assert [one() for one in seen if one() is not None] == []


def test_what_somebody_holds_stays(qapp: QApplication) -> None:
    window = Part()
    inner = Part()
    inner.setParent(window)
    window.held = inner.held = window
    sweep()
    window.setWindowTitle("here")
    assert inner.parentWidget() is window and window.windowTitle() == "here"
    window.held = inner.held = None


def test_circles_without_widgets_go_too(qapp: QApplication) -> None:
    threads: list[threading.Thread] = []
    Circle(threads)
    sweep()
    assert threads == [threading.main_thread()]


def test_a_look_searches_only_when_enough_was_made(qapp: QApplication, soon: None) -> None:
    threads: list[threading.Thread] = []
    collector = Collector(qapp)
    Circle(threads)
    for never in (10**9, 0):
        gc.set_threshold(never, 1, 1)
        collector.look()
    assert threads == []
    gc.set_threshold(1, 1, 1)
    collector.look()
    assert len(threads) == 1
    collector.deleteLater()


def test_windows_wait_for_the_search_among_all(qapp: QApplication, soon: None) -> None:
    """Most looks search among what is young; then nothing is taken apart that Qt still shows, nor what is in it."""
    collector = Collector(qapp)
    threads: list[threading.Thread] = []
    sweep()
    seen = dropped_window()
    Circle(threads)
    gc.set_threshold(1, 100, 100)
    collector.look()
    assert len(threads) == 1
    assert all(one() is not None for one in seen)
    gc.set_threshold(1, 1, 1)
    looks = 0
    while any(one() is not None for one in seen):
        looks += 1
        assert looks < 100
        Circle(threads)
        collector.look()
    collector.deleteLater()


def test_a_job_leaves_garbage_to_the_window(qtbot: QtBot, soon: None) -> None:
    """Of a page that is gone, while a job makes as much as would start a search anywhere else."""
    threads: list[threading.Thread] = []
    collector = Collector(QApplication.instance() or QObject())

    def work(_progress: object, _cancelled: object) -> int:
        made = [Circle(threads) for _ in range(2_000)]
        return len(made)

    seen = dropped_window()
    job = Job(work)
    with qtbot.waitSignal(job.done) as done:
        job.start()
    assert done.args == [2_000]
    qtbot.waitUntil(lambda: len(threads) == 2_000, timeout=20 * EVERY_MS)
    assert set(threads) == {threading.main_thread()}
    sweep()
    assert [one() for one in seen] == [None] * 3
    collector.deleteLater()
