"""Every page has help in both languages, with a picture, with keys that exist, and with a way to the manual."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtWidgets import QLineEdit, QToolButton, QWhatsThis
from pytestqt.qtbot import QtBot

from gui.fields import text_field
from gui.help.keys import KeysDialog
from gui.help.manual import ManualDialog, Place
from gui.help.opening import what_is_this
from gui.help.pane import HelpPane
from gui.help.texts import folder, help_of, search
from gui.language import set_language
from gui.pages import discover
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.gui.walk import beyond, clipped, nameless, out_of_order

MEGABYTES = 6
"""Of all pictures, at most: they travel in every installer."""
KEYS = tuple(place.info.key for mode in ("plant", "office") for place in discover(mode))
EACH = [(key, language) for key in KEYS for language in ("en", "zh")]
FOLDER = Path(str(folder()))


@pytest.fixture
def window(qtbot: QtBot, session: Session, settings: Settings) -> Window:
    made = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(made)
    made.show()
    return made


def press(window: Window, keys: str) -> None:
    next(command for command in window.commands if command.shortcut == keys).run()


def pane_of(window: Window) -> HelpPane:
    (found,) = window.findChildren(HelpPane)
    return found


# ---------------------------------------------------------------------- the files


@pytest.mark.parametrize(("key", "language"), EACH)
def test_every_page_has_help_that_says_enough_and_not_too_much(key: str, language: str) -> None:
    held = help_of(key, language)
    assert held is not None
    title = next(p.info.title for m in ("plant", "office") for p in discover(m) if p.info.key == key)
    assert held.title == title.in_language(language)
    words = len(held.plain.split()) if language == "en" else len(re.findall(r"[\u4e00-\u9fff]", held.plain))
    assert 120 <= words <= (280 if language == "en" else 420)
    assert len(re.findall(r"^\d\. ", held.markdown, re.MULTILINE)) == 3
    assert held.markdown.count("\n## ") == 3


@pytest.mark.parametrize(("key", "language"), EACH)
def test_its_picture_is_there_and_its_chapter_of_the_manual(key: str, language: str) -> None:
    held = help_of(key, language)
    assert held is not None
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", held.markdown)
    assert picture == f"pictures/{key}-{language}.png"
    image = QImage(str(FOLDER / picture))
    assert not image.isNull() and image.width() > 500
    ((chapter, anchor),) = re.findall(r"\]\((\.\./\.\./docs/[^)#]+)#([^)]+)\)", held.markdown)
    text = (FOLDER / chapter).resolve().read_text(encoding="utf-8")
    headings = re.findall(r"^##+ (.+)$", text, re.MULTILINE)
    assert anchor in {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}
    assert chapter.endswith(".zh.md") == (language == "zh")


def test_pictures_stay_small_and_none_is_left_over() -> None:
    pictures = list((FOLDER / "pictures").glob("*.png"))
    assert sum(one.stat().st_size for one in pictures) < MEGABYTES * 1_000_000
    assert {one.stem for one in pictures} == {f"{key}-{language}" for key, language in EACH}
    assert {one.name for one in FOLDER.glob("*.md")} == {f"{key}.{language}.md" for key, language in EACH}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_languages_name_the_same_keys_and_steps(language: str) -> None:
    for key in KEYS:
        one, other = help_of(key, language), help_of(key, "en")
        assert one is not None and other is not None
        assert sorted(re.findall(r"`([^`]+)`", one.markdown)) == sorted(re.findall(r"`([^`]+)`", other.markdown))


def test_chinese_is_written_with_its_own_signs() -> None:
    for key in KEYS:
        held = help_of(key, "zh")
        assert held is not None
        assert not re.search(r"[\u4e00-\u9fff][,;:?!](?!\*)", held.plain), key
        assert not re.search(r"\*\*[^*]*[…。！？]\*\*[\u4e00-\u9fff]", held.markdown), "would not be set bold"


def test_every_key_that_is_named_exists(window: Window) -> None:
    from gui.help.keys import REDO_TOO, grid_keys, page_keys, pdf_keys, plot_keys

    static = [key for keys in (grid_keys(), plot_keys(), pdf_keys()) for key, _what in keys]
    known = {
        QKeySequence(k) for k in (*static, *page_keys(), REDO_TOO, *(c.shortcut for c in window.commands if c.shortcut))
    }
    for key, language in EACH:
        held = help_of(key, language)
        assert held is not None
        keys = held.markdown.rpartition("\n## ")[2]
        for named in re.findall(r"`([^`]+)`", keys):
            assert QKeySequence(named.replace("Delete", "Del").replace("Enter", "Return")) in known, (key, named)


# ---------------------------------------------------------------------- search


def test_search_finds_words_in_titles_first_and_shows_what_stands_around() -> None:
    found = search("meters", KEYS, "en")
    assert found[0].help.key == "meters"
    assert len(found) > 1 and all("meter" in hit.help.plain.casefold() for hit in found)
    assert "eter" in found[0].words
    assert search("certificate nights", KEYS, "en")
    said = [hit.help.title.casefold() for hit in search("the meters", KEYS, "en")]
    most = [sum(word in title for word in ("the", "meters")) for title in said]
    assert len(set(most)) > 1 and most == sorted(most, reverse=True), "whose title says most of the words comes first"
    assert not search("unicorn", KEYS, "en") and not search("  ", KEYS, "en")
    assert [hit.help.key for hit in search("冶炼厂", KEYS, "zh")] == ["suppliers", "group_suppliers"]


# ---------------------------------------------------------------------- the pane


def test_f1_opens_help_on_the_page_and_it_follows(window: Window) -> None:
    window.go("overview")
    press(window, "F1")
    pane = pane_of(window)
    assert pane.isVisible() and pane.key == "overview"
    assert pane.text.toPlainText().startswith("Overview")
    window.go("meters")
    assert pane.key == "meters"
    press(window, "F1")
    assert not pane.isVisible()
    window.go("solar")
    press(window, "F1")
    assert pane_of(window) is pane and pane.key == "solar"


def test_help_and_inspector_take_turns(window: Window) -> None:
    press(window, "F1")
    press(window, "F9")
    assert window.inspector.isVisible() and not pane_of(window).isVisible()
    press(window, "F1")
    assert not window.inspector.isVisible() and pane_of(window).isVisible()


def test_the_keyboard_comes_to_the_pane_and_a_button_at_the_top_opens_it(qtbot: QtBot, window: Window) -> None:
    button = next(one for one in window.topbar.findChildren(QToolButton) if one.accessibleName() == "Help on this page")
    button.click()
    pane = pane_of(window)
    assert pane.isVisible()
    seen = set()
    for _turn in range(5):
        window.cycle()
        seen.add(pane.isAncestorOf(window.focusWidget()))
    assert True in seen
    pane.closed.emit()
    assert not pane.isVisible()


def test_the_pane_is_searched_and_a_hit_leads_to_its_page(qtbot: QtBot, window: Window) -> None:
    press(window, "F1")
    pane = pane_of(window)
    pane.search.setText("duration heat map")
    qtbot.waitUntil(lambda: "heat map" in pane.text.toPlainText() or "No page" in pane.text.toPlainText())
    pane.search.setText("heat map")
    qtbot.waitUntil(lambda: pane.text.toPlainText().startswith("Meters"))
    pane.text.anchorClicked.emit(QUrl("help:meters"))
    assert pane.key == "meters" and not pane.search.text()
    pane.search.setText("unicorn")
    qtbot.waitUntil(lambda: "unicorn" in pane.text.toPlainText())
    pane.search.clear()
    qtbot.waitUntil(lambda: pane.text.toPlainText().startswith("Meters"))


def test_in_a_narrow_window_it_stands_below_the_page_and_leaves_it_most_of_the_room(window: Window) -> None:
    window.resize(960, 640)
    window.go("activity")
    press(window, "F1")
    assert beyond(window) == []
    pane, page = pane_of(window), window.page("activity")
    assert pane.mapToGlobal(QPoint(0, 0)).y() > page.mapToGlobal(QPoint(0, 0)).y()
    assert pane.height() < page.height()


def test_pictures_are_as_wide_as_the_pane(qtbot: QtBot) -> None:
    pane = HelpPane(KEYS)
    qtbot.addWidget(pane)
    pane.resize(460, 600)
    pane.show()
    pane.show_page("overview")
    image = pane.text.loadResource(2, QUrl("pictures/overview-en.png"))
    assert isinstance(image, QImage)
    assert image.width() / image.devicePixelRatio() <= pane.text.viewport().width()
    assert image.width() / image.devicePixelRatio() > 300


def test_a_chapter_opens_beside_the_work(window: Window) -> None:
    press(window, "F1")
    pane_of(window).text.anchorClicked.emit(QUrl("../../docs/guide.md#meters"))
    (manual,) = window.findChildren(ManualDialog)
    assert manual.isVisible() and manual.place == Place("guide", "en", "meters")


def test_help_speaks_the_language_of_the_window(qtbot: QtBot, session: Session, settings: Settings) -> None:
    set_language("zh")
    made = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(made)
    made.show()
    press(made, "F1")
    assert pane_of(made).text.toPlainText().startswith("概览")


def test_what_is_this_says_what_the_field_is_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QWhatsThis, "showText", lambda _at, words, _field: said.append(words))
    monkeypatch.setattr(QWhatsThis, "enterWhatsThisMode", lambda: said.append("mode"))
    field = text_field("Seed", hint="A number.")
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
    what_is_this(field)
    assert "same sample" in said[-1]
    plain = QLineEdit()
    qtbot.addWidget(plain)
    plain.show()
    plain.setFocus()
    what_is_this(plain)
    assert said[-1] == "mode"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pane_and_sheet_are_read_in_order_and_nothing_is_cut(qtbot: QtBot, window: Window, language: str) -> None:
    set_language(language)
    pane = HelpPane(KEYS)
    qtbot.addWidget(pane)
    pane.resize(460, 600)
    pane.show()
    pane.show_page("meters")
    window.go("activity")
    sheet = KeysDialog(window)
    qtbot.addWidget(sheet)
    sheet.show()
    for one in (pane, sheet):
        assert nameless(one) == [] and out_of_order(one) == []
        qtbot.waitUntil(lambda one=one: clipped(one) == [])  # type: ignore[misc]
        assert beyond(one) == []
