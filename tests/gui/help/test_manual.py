"""The manual is read in the program: chapters, links, search, the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from core.running import manual
from gui.help.document import PAUSE_MS
from gui.help.manual import PLACE, ManualDialog, Place, picture_at, readable, show_manual
from gui.help.pane import HelpPane
from tests.gui.walk import beyond, clipped, nameless, out_of_order


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[ManualDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    yield show_manual(window)


def rows(dialog: ManualDialog) -> list[QListWidgetItem]:
    return [dialog.contents.item(row) for row in range(dialog.contents.count())]


def title(dialog: ManualDialog) -> str:
    return dialog.text.document().begin().text()


def top(dialog: ManualDialog) -> str:
    """The words at the top of what is seen."""
    return dialog.text.cursorForPosition(dialog.text.viewport().rect().topLeft()).block().text()


def test_it_opens_at_the_beginning_with_all_chapters(dialog: ManualDialog) -> None:
    held = manual.chapters("en")
    assert dialog.place == Place("tutorial", "en")
    assert title(dialog) == held[0].title
    words = [item.text() for item in rows(dialog)]
    assert [one for one in words if not one.startswith(" ")] == [one.title for one in held]
    assert [one.strip() for one in words if one.startswith(" ")] == [
        part.heading for part in manual.parts(held[0]) if part.level == 2
    ]
    assert not dialog.back.isEnabled()


def test_a_heading_is_gone_to_and_back_leads_to_where_one_was(dialog: ManualDialog) -> None:
    dialog.show_place(Place("guide", "en", "meters"))
    assert title(dialog) == "Guide for auditors" and top(dialog) == "Meters"
    dialog.text.anchorClicked.emit(QUrl("head-office.md#why-it-changed"))
    assert dialog.place == Place("head-office", "en", "why-it-changed") and top(dialog) == "Why it changed"
    dialog.text.anchorClicked.emit(QUrl("head-office.zh.md"))
    assert dialog.place == Place("head-office", "zh")
    QTest.keyClick(dialog, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert top(dialog) == "Why it changed"
    dialog.go_back()
    assert title(dialog) == "Guide for auditors" and top(dialog) == "Meters"


def test_a_place_in_the_same_chapter_moves_there_alone(dialog: ManualDialog) -> None:
    dialog.show_place(Place("guide", "en"))
    dialog.text.anchorClicked.emit(QUrl("#import-a-year-of-bills"))
    assert top(dialog) == "Import a year of bills"


def test_words_are_searched_for_and_enter_opens_the_first(dialog: ManualDialog, qtbot: QtBot) -> None:
    QTest.keyClicks(dialog.search, "take up a workbook")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.place is not None and dialog.place.anchor == "take-up-a-workbook-or-a-signed-set"
    assert all(isinstance(item.data(PLACE), Place) for item in rows(dialog))
    dialog.search.setText("xyzzy-nowhere")
    qtbot.waitUntil(lambda: "xyzzy-nowhere" in dialog.told.text())
    assert dialog.told.isVisible() and not rows(dialog)
    dialog.search.clear()
    qtbot.waitUntil(lambda: len(rows(dialog)) > len(manual.CHAPTERS))


def test_a_file_that_did_not_come_along_is_told(dialog: ManualDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.fileName()))
    dialog.text.anchorClicked.emit(QUrl("../core/no_such_file.py"))
    assert opened == [] and "no_such_file.py" in dialog.told.text() and dialog.told.isVisible()
    dialog.text.anchorClicked.emit(QUrl("../core/blob.py"))
    dialog.text.anchorClicked.emit(QUrl("https://example.org/standard"))
    assert opened == ["blob.py", "standard"]


def test_a_chapter_that_did_not_come_along_is_told(dialog: ManualDialog) -> None:
    dialog.show_place(Place("cookery", "en"))
    assert "cookery" in dialog.told.text() and dialog.told.isVisible()
    assert dialog.place == Place("tutorial", "en")


def test_an_installed_program_shows_the_pictures_of_its_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert picture_at("pictures/overview-en-light.png") == manual.folder() / "pictures" / "overview-en-light.png"
    monkeypatch.setattr(manual, "folder", lambda: tmp_path)
    found = picture_at("pictures/overview-zh-dark.png")
    assert found is not None and found.name == "overview-zh.png"
    assert picture_at("pictures/no-such-page-en-light.png") is None
    assert readable("a ![x](pictures/nowhere-en-light.png) b ![y](pictures/overview-en-light.png)") == (
        "a  b ![y](pictures/overview-en-light.png)"
    )


def test_every_heading_of_the_guide_is_found_by_its_anchor(dialog: ManualDialog) -> None:
    for language in ("en", "zh"):
        dialog.show_place(Place("guide", language))
        held = manual.chapter("guide", language)
        assert held is not None
        assert [part.heading for part in manual.parts(held) if not dialog.text.go(part.anchor)] == []


def test_pictures_are_as_wide_as_there_is_room(dialog: ManualDialog) -> None:
    dialog.show_place(Place("guide", "en"))
    held = manual.chapter("guide", "en")
    assert held is not None
    names = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", held.markdown)
    assert names
    for name in names:
        picture = dialog.text.loadResource(QTextDocument.ResourceType.ImageResource.value, name)
        assert 100 < picture.width() / picture.devicePixelRatio() <= dialog.text.viewport().width()  # type: ignore[attr-defined]


def test_a_chapter_that_is_read_is_not_laid_out_again_and_again(qtbot: QtBot, dialog: ManualDialog) -> None:
    dialog.show_place(Place("guide", "en"))
    qtbot.wait(4 * PAUSE_MS)  # what the first width of the window brought with it
    changed: list[int] = []
    dialog.text.document().contentsChanged.connect(lambda: changed.append(1))
    qtbot.wait(6 * PAUSE_MS)
    assert changed == []


def test_it_is_open_once_and_the_help_leads_to_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first = show_manual(window)
    assert show_manual(window, "audit.zh.md") is first
    assert first.place == Place("audit", "zh")
    pane = HelpPane(("meters",))
    qtbot.addWidget(pane)
    pane.show_page("meters")
    with qtbot.waitSignal(pane.chapter_wanted) as heard:
        pane.text.anchorClicked.emit(QUrl("../../docs/guide.md#meters"))
    assert heard.args == ["guide.md", "meters"]


def test_it_has_names_order_and_room(dialog: ManualDialog) -> None:
    assert nameless(dialog) == [] and out_of_order(dialog) == []
    assert clipped(dialog) == [] and beyond(dialog) == []
