from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.i18n import Name, Text
from gui.commands import Command, menu_titles
from gui.language import _, set_language
from gui.palette.box import Palette, Source
from gui.settings import Settings

Key = Qt.Key


class Done:
    """What was done."""

    def __init__(self) -> None:
        self.what: list[str] = []

    def act(self, what: str) -> Callable[[], None]:
        return lambda: self.what.append(what)


@pytest.fixture
def done() -> Done:
    return Done()


def command(done: Done, title: str, **more: object) -> Command:
    return Command(title, done.act(title), **more)  # type: ignore[arg-type]


@pytest.fixture
def under(qtbot: QtBot) -> QWidget:
    """The window below the box."""
    window = QWidget()
    window.resize(1000, 700)
    qtbot.addWidget(window)
    window.show()
    return window


def box(
    under: QWidget, settings: Settings, *commands: Command, explain: Callable[[Command], bool] | None = None
) -> Palette:
    made = Palette(Source(commands, settings, explain=explain), under)
    made.show_over(under)
    return made


def titles(made: Palette) -> list[str]:
    return [row.title for row in made.rows]


def test_without_a_word_commands_stand_in_groups(under: QWidget, settings: Settings, done: Done) -> None:
    made = box(under, settings, command(done, "Quit now", menu="file"), command(done, "Fold"),
               command(done, "Walk", menu="go"))  # fmt: skip
    assert titles(made) == ["On this page", "Fold", "Go", "Walk", "File", "Quit now"]
    assert made.row is not None
    assert made.row.title == "Fold", "a heading is never chosen"


def test_what_was_used_last_stands_on_top_and_survives_a_change_of_language(
    under: QWidget, settings: Settings, done: Done
) -> None:
    made = box(under, settings, command(done, _("Undo"), menu="edit"), command(done, _("Redo"), menu="edit"))
    QTest.keyClicks(made.line, "redo")
    QTest.keyClick(made.line, Key.Key_Return)
    assert done.what == ["Redo"]
    set_language("zh")
    again = box(under, settings, command(done, _("Undo"), menu="edit"), command(done, _("Redo"), menu="edit"))
    assert titles(again)[1] == Text("Redo").in_language("zh") != "Redo"
    assert len(titles(again)) == 4, "it is listed once"


def test_words_of_the_other_language_find_a_command(under: QWidget, settings: Settings, done: Done) -> None:
    chinese = Text("Undo").in_language("zh")
    made = box(under, settings, command(done, _("Undo")), command(done, "Fold"))
    made.line.setText(chinese)
    assert titles(made) == ["Undo"]
    set_language("zh")
    other = box(under, settings, command(done, _("Undo")), command(done, "转到某处", also=Name("Go to X", "转到某处")))
    other.line.setText("undo")
    assert titles(other) == [chinese]
    other.line.setText("go to x")
    assert titles(other) == ["转到某处"]


def test_the_best_fit_comes_first_and_what_cannot_be_done_last_with_its_reason(
    under: QWidget, settings: Settings, done: Done
) -> None:
    made = box(
        under, settings, command(done, "Export plan"), command(done, "Plan a walk"),
        command(done, "Plan", enabled=lambda: False, why_not=lambda: "Nothing to plan."),
    )  # fmt: skip
    made.line.setText("plan")
    assert titles(made) == ["Plan a walk", "Export plan", "Plan"]
    QTest.keyClick(made.line, Key.Key_PageDown)
    QTest.keyClick(made.line, Key.Key_Return)
    assert (done.what, made.isVisible(), made.hint.text()) == ([], True, "Nothing to plan.")


def test_a_command_without_a_reason_has_a_plain_one(done: Done) -> None:
    assert command(done, "Plan", enabled=lambda: False).reason == "Not possible at the moment."
    assert command(done, "Plan").reason == ""


def test_arrows_pass_over_headings(under: QWidget, settings: Settings, done: Done) -> None:
    made = box(under, settings, command(done, "Fold"), command(done, "Quit now", menu="file"))
    QTest.keyClick(made.line, Key.Key_Down)
    assert made.row is not None
    assert made.row.title == "Quit now"
    QTest.keyClick(made.line, Key.Key_Down)
    QTest.keyClick(made.line, Key.Key_Up)
    QTest.keyClick(made.line, Key.Key_Return)
    assert done.what == ["Fold"]


def test_help_about_a_command_opens_or_is_said_to_be_none(under: QWidget, settings: Settings, done: Done) -> None:
    asked: list[str] = []

    def explain(one: Command) -> bool:
        asked.append(one.title)
        return one.title == "Fold"

    made = box(under, settings, command(done, "Fold"), command(done, "Knock"), explain=explain)
    made.line.setText("knock")
    QTest.keyClick(made.line, Key.Key_F1)
    assert made.hint.text() == "There is no help about this command."
    made.line.setText("fold")
    QTest.keyClick(made.line, Key.Key_F1)
    assert asked == ["Knock", "Fold"]
    assert (made.isVisible(), done.what) == (False, [])


def test_a_name_that_nothing_has_is_said(under: QWidget, settings: Settings, done: Done) -> None:
    made = box(under, settings, command(done, "Fold"))
    made.line.setText("xyzzy")
    assert (titles(made), made.hint.text()) == ([], "Nothing contains all of these words.")
    QTest.keyClick(made.line, Key.Key_Return)
    assert done.what == []


def test_in_a_file_that_can_only_be_read_that_is_the_reason(under: QWidget, settings: Settings, done: Done) -> None:
    commands = (
        command(done, "Add", enabled=lambda: False),
        command(done, "Adorn", enabled=lambda: False, why_not=lambda: "No paint."),
        command(done, "Adopt"),
    )
    made = Palette(Source(commands, settings, why_not="Read-only."), under)
    assert {row.title: row.reason for row in made.rows[1:]} == {"Add": "Read-only.", "Adorn": "No paint.", "Adopt": ""}


def test_groups_are_called_as_the_menus_without_their_letters(under: QWidget, settings: Settings, done: Done) -> None:
    menus = menu_titles()
    every = [command(done, key.title(), menu=key) for key in menus]
    set_language("zh")
    headings = [row.title for row in box(under, settings, *every).rows if row.is_heading]
    assert len(headings) == len(menus)
    assert Text("On this page").in_language("zh") not in headings
    assert not any("&" in one or "(" in one for one in headings)
