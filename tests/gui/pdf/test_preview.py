"""The report inside the window: pages are drawn when they are seen, and followed by strip, keys and zoom."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pdf.pages import page_sizes, pictures
from gui.pdf.preview import Preview
from tests.gui.trusted import report

LONG = 30_000


def shown(qtbot: QtBot) -> Preview:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(900, 700)
    preview.show_pdf(report())
    preview.show()
    qtbot.waitUntil(lambda: not preview.sheets.pending() and not preview.strip.pending(), timeout=LONG)
    return preview


def test_pages_become_pictures() -> None:
    pdf = report()
    sizes = page_sizes(pdf)
    assert len(sizes) > 4
    assert {tuple(sorted((round(w), round(h)))) for w, h in sizes} == {(595, 842)}
    first, third = pictures(pdf, [0, 2], 300)
    assert (first.page, third.page) == (0, 2)
    image = first.image()
    assert (image.width(), image.height()) == (300, 425)
    colours = {image.pixelColor(x, y).name() for x in range(0, 300, 7) for y in range(0, 425, 7)}
    assert len(colours) > 3  # something is on it


def test_the_stamp_of_a_signature_is_seen() -> None:
    """The strip of signatures is a form field, which PDFium draws only when asked to."""
    from core.handover import prepare, produce
    from core.library import load_library
    from tests.gui.trusted import NOW, ledger

    draft = prepare(ledger(), 2023, load_library(), language="en", issued_by="Li Na", when=NOW, journal=("ab" * 32, 3))
    unsigned = pictures(produce(draft, None), [0], 600)[0].image()
    signed = pictures(report(), [0], 600)[0].image()
    dark = [
        sum(image.pixelColor(x, y).lightness() < 120 for x in range(40, 300) for y in range(660, 800))
        for image in (unsigned, signed)
    ]
    assert dark[1] > dark[0] + 200


def test_what_is_seen_is_drawn_and_the_rest_is_not(qtbot: QtBot) -> None:
    preview = shown(qtbot)
    assert preview.showing
    assert preview.place.text().startswith("Page 1 of ")
    picture = preview.sheets.viewport().grab().toImage()
    assert QColor(picture.pixel(450, 60)) != QColor("white")
    assert len(preview.sheets._images) < 4


def test_keys_and_strip_go_to_pages(qtbot: QtBot) -> None:
    preview = shown(qtbot)
    QTest.keyClick(preview.sheets, Qt.Key.Key_End)
    last = len(page_sizes(report()))
    assert preview.place.text() == f"Page {last} of {last}"
    assert preview.strip.page == last - 1
    QTest.keyClick(preview.sheets, Qt.Key.Key_Home)
    QTest.keyClick(preview.strip, Qt.Key.Key_Down)
    assert preview.sheets.page == 1
    assert preview.sheets.accessibleDescription() == f"Page 2 of {last}"
    preview.strip.go(0)
    spot = preview.strip._rect(2).center() - QPoint(0, preview.strip.verticalScrollBar().value())
    QTest.mouseClick(preview.strip.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    assert preview.sheets.page == 2


def test_zoom_keeps_the_page_and_draws_sharp(qtbot: QtBot) -> None:
    preview = shown(qtbot)
    preview.sheets.go(3)
    before = preview.sheets._width()
    QTest.keyClick(preview.sheets, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert preview.sheets.page == 3
    assert preview.sheets._width() > before
    qtbot.waitUntil(lambda: not preview.sheets.pending(), timeout=LONG)
    assert preview.sheets._images[3].width() == preview.sheets._width()
    at = QPointF(100, 100)
    wheel = QWheelEvent(at, at, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(preview.sheets.viewport(), wheel)
    assert preview.sheets._width() == before


def test_words_stand_where_there_is_nothing_to_see(qtbot: QtBot) -> None:
    preview = shown(qtbot)
    preview.say_instead("Nothing yet")
    assert not preview.showing
    assert not preview.place.isVisible()


def test_a_preview_that_dies_early_disturbs_nobody(qtbot: QtBot) -> None:
    preview = Preview()
    preview.resize(900, 700)
    preview.show_pdf(report())
    preview.show()
    qtbot.wait(25)  # a picture is being drawn
    preview.close()
    preview.setParent(None)
    preview.deleteLater()
    qtbot.wait(300)
