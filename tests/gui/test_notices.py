from __future__ import annotations

import threading

from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.i18n import T
from gui.jobs import Job, Progress
from gui.notices import Elided, Notice, NoticeBar, of_error


def shown(qtbot: QtBot) -> NoticeBar:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.show()
    return bar


def words(bar: NoticeBar) -> str:
    return " ".join(label.text() for label in bar.findChildren(QLabel) if label.isVisible() and label.text())


def test_the_newest_notice_is_shown_and_spoken(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    bar.tell(Notice("info", "Opened."))
    bar.tell(Notice("warning", "The chain is broken.", details="At entry 7."))
    assert words(bar) == "The chain is broken."
    spoken = [label for label in bar.findChildren(QLabel) if label.accessibleName() == "The chain is broken."]
    assert [label.accessibleDescription() for label in spoken] == ["At entry 7."]


def test_problems_stay_and_good_news_leaves(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    bar.tell(Notice("good", "Saved."))
    assert bar._timer.isActive()
    bar.tell(of_error(UserError(T("No such file."), T("Choose another."))))
    assert not bar._timer.isActive()
    assert words(bar) == "No such file. Choose another."
    bar.clear()
    assert words(bar) == ""
    assert bar.notice is None


def test_the_action_acts_once(qtbot: QtBot) -> None:
    bar, acted = shown(qtbot), []
    bar.tell(Notice("good", "3 records deleted.", action=("Undo", lambda: acted.append("undo"))))
    button = next(b for b in bar.findChildren(QPushButton) if b.text() == "Undo")
    button.click()
    assert acted == ["undo"]
    assert not button.isVisible()


def test_a_job_is_followed_and_can_be_cancelled(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    told = threading.Event()

    def work(progress: Progress, cancelled: object) -> None:
        progress(0.4, T("Drawing charts"))
        told.set()
        while True:
            progress(0.5, T("Drawing tables"))

    job = Job(work)
    bar.follow(job, "Writing the report")
    job.start()
    qtbot.waitUntil(lambda: words(bar) == "Drawing tables")
    gauge = bar.findChild(QProgressBar)
    assert isinstance(gauge, QProgressBar)
    assert gauge.isVisible()
    bar.clear()
    assert words(bar) == "Drawing tables"
    cancel = next(b for b in bar.findChildren(QPushButton) if b.text() == "Cancel")
    with qtbot.waitSignal(job.ended):
        cancel.click()
    assert words(bar) == "Cancelled. Nothing was changed."
    assert not gauge.isVisible()
    assert cancel.isEnabled()


def test_failures_of_a_job_are_told(qtbot: QtBot) -> None:
    bar = shown(qtbot)

    def wrong(progress: Progress, cancelled: object) -> None:
        raise UserError(T("The key does not open."))

    def broken(progress: Progress, cancelled: object) -> None:
        raise ZeroDivisionError("by zero")

    for work, sentence in ((wrong, "The key does not open."), (broken, "ZeroDivisionError: by zero")):
        job = Job(work)
        bar.follow(job, "Working")
        with qtbot.waitSignal(job.ended):
            job.start()
        assert bar.notice is not None
        assert bar.notice.level == "bad"
        assert sentence in words(bar)


def test_success_empties_the_line_unless_its_owner_speaks(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    job = Job(lambda progress, cancelled: None)
    bar.follow(job, "Working")
    with qtbot.waitSignal(job.ended):
        job.start()
    assert words(bar) == ""

    job = Job(lambda progress, cancelled: progress(0.9, T("Nearly there")))
    job.done.connect(lambda _value: bar.tell(Notice("good", "Signed")))
    bar.follow(job, "Working")
    with qtbot.waitSignal(job.ended):
        job.start()
    assert words(bar) == "Signed"
    gauge = bar.findChild(QProgressBar)
    assert isinstance(gauge, QProgressBar)
    assert not gauge.isVisible()


def test_what_can_be_pressed_has_a_name(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    bar.tell(Notice("bad", "x", action=("Show", lambda: None)))
    for button in (*bar.findChildren(QPushButton), *bar.findChildren(QToolButton)):
        assert button.accessibleName() or button.text()


def test_a_sentence_too_long_for_the_line_is_elided_and_stays_whole_for_who_asks(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.resize(500, bar.height())
    bar.show()
    sentence = "This sentence is far too long for a window of this width. " * 4
    bar.tell(Notice("bad", sentence))
    line = bar.findChild(Elided)
    assert isinstance(line, Elided)
    assert not line.fits
    assert line.text() == line.toolTip() == sentence
    end = line.grab().toImage()
    width = line.fontMetrics().horizontalAdvance("…") // 2
    empty = end.pixelColor(0, 0)
    assert all(
        end.pixelColor(x, y) == empty for x in range(end.width() - width, end.width()) for y in range(end.height() // 3)
    )
    bar.tell(Notice("bad", "Short."))
    assert line.fits
