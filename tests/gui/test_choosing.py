"""Where the dialogs for files open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from gui.choosing import BILLS, METERS, asked_for_file, asked_for_files
from gui.settings import Settings


def test_each_kind_of_file_is_looked_for_where_it_was_found_last(
    qtbot: QtBot, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant, loggers = tmp_path / "plants" / "a.plant", tmp_path / "loggers"
    loggers.mkdir()
    begun: list[str] = []
    given = [[str(loggers / "may.csv"), str(loggers / "june.csv")], [], [], []]

    def several(_parent: QWidget, _title: str, begin: str, _kinds: str) -> tuple[list[str], str]:
        begun.append(begin)
        return given.pop(0), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", several)
    parent = QWidget()
    qtbot.addWidget(parent)
    first = asked_for_files(parent, "Import", "*.csv", settings, METERS, plant)
    assert first == [loggers / "may.csv", loggers / "june.csv"]
    again = Settings(Path(settings.files[0]))  # the program was started anew
    assert asked_for_files(parent, "Import", "*.csv", again, METERS, plant) == []
    asked_for_files(parent, "Import", "*.csv", again, BILLS, plant)
    loggers.rmdir()
    asked_for_files(parent, "Import", "*.csv", again, METERS, plant)
    beside = str(plant.parent)
    assert begun == [beside, str(loggers), beside, beside]


def test_one_file_too(qtbot: QtBot, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(tmp_path / "bills.xlsx"), ""))
    parent = QWidget()
    qtbot.addWidget(parent)
    found = asked_for_file(parent, "Import", "*.xlsx", settings, BILLS, tmp_path / "plants" / "a.plant")
    assert found == tmp_path / "bills.xlsx" and settings.folder_of(BILLS) == tmp_path
