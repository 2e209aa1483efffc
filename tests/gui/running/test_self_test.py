"""The trial of the program on a machine, with two pages instead of all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import app
from gui.app import Program
from gui.jobs import Job
from gui.language import language
from gui.pages import Place, discover
from gui.running import self_test
from gui.running.self_test import Tried
from gui.settings import Settings


@pytest.fixture
def program(dressed: QApplication, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    def few(mode: str) -> tuple[Place, ...]:
        return discover(mode)[:2]

    monkeypatch.setattr(app, "discover", few)
    settings.language, settings.theme = "en", "light"
    made = Program(dressed, settings)
    made.show()
    yield made
    assert made.window is not None
    made.close_file()
    made.window.close()
    made.window.deleteLater()


def walk(program: Program, path: Path, folder: Path, qtbot: QtBot) -> Tried:
    tried = Tried()
    for _step in self_test._walked(program, path, folder, tried):
        qtbot.wait(10)
    return tried


def test_each_page_is_drawn_when_nothing_is_calculated_any_more(
    program: Program, demo_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    plant = tmp_path / "p.plant"
    plant.write_bytes(demo_file.read_bytes())
    tried = walk(program, plant, tmp_path, qtbot)
    keys = [place.info.key for place in discover("plant")[:2]]
    assert (tried.pages, tried.wrong) == ({"plant": keys}, [])
    for key in keys:
        assert self_test.colours(QImage(str(tmp_path / f"plant-{key}.png"))) >= self_test.FEWEST_COLOURS
    assert not Job.any_running()


def test_a_new_group_is_drawn_too(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    tried = walk(program, tmp_path / "head-office.group", tmp_path, qtbot)
    assert [len(pages) for pages in tried.pages.values()] == [2]
    assert tried.wrong == []


def test_an_empty_page_is_told(program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "colours", lambda _drawn: 1)
    tried = walk(program, tmp_path / "head-office.group", tmp_path, qtbot)
    assert tried.wrong == [f"{place.info.key}: empty" for place in discover("office")[:2]]


def test_a_file_that_does_not_open_is_told(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    broken = tmp_path / "b.plant"
    broken.write_bytes(b"no database")
    assert walk(program, broken, tmp_path, qtbot).wrong == ["b.plant does not open"]


def test_a_page_that_never_rests_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Job, "any_running", lambda: True)
    monkeypatch.setattr(self_test, "MOST_STEPS", 5)
    tried = Tried()
    assert len(list(self_test._quiet(tried, "meters"))) == 5
    assert tried.wrong == ["meters: takes too long"]


def test_nothing_is_missing_here(qapp: QApplication) -> None:
    assert list(self_test._missing()) == []
    assert language() == "en"


def test_what_an_installation_lost_is_told(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "LIBRARIES", ("json", "no_such_library"))
    monkeypatch.setattr(self_test, "PICTURES", ("png", "of a kind that nobody has"))
    monkeypatch.setattr("gui.language.QTranslator.load", lambda *_asked: False)
    lost = list(self_test._missing())
    assert lost[0].startswith("no_such_library: ")
    assert lost[1:] == ["no pictures in of a kind that nobody has", "Qt's own words are not there in Chinese"]


def test_a_plain_surface_has_one_colour() -> None:
    plain = QImage(90, 90, QImage.Format.Format_RGB32)
    plain.fill(0xFFFFFF)
    assert self_test.colours(plain) == 1


@pytest.mark.parametrize("words", [[], ["a", "b"]])
def test_it_asks_for_one_folder(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert self_test.run(words) == 2
    assert "--self-test FOLDER" in capsys.readouterr().err
