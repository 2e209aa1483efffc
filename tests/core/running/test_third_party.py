from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.cli import main
from core.running import third_party as module
from core.running.third_party import OWN, Component, licence_texts, third_party

INSIDE = {"CPython", "OpenSSL", "SQLite", "PDFium", "HarfBuzz"}
"""What tells its licence in the texts of the package it lies in, or of Python."""


def test_whatever_is_inside_tells_its_licence() -> None:
    assert len(third_party()) > 40
    for one in third_party():
        texts = licence_texts(one)
        assert texts or one.name in INSIDE, f"{one.name} has no text"
        assert not texts or sum(len(text) for _, text in texts) > 500, one.name
        assert one.licence and (one.home or one.note)


def test_qt_shows_the_lgpl_and_the_gpl_that_it_builds_on() -> None:
    (one,) = (each for each in third_party() if each.name == "pyside6-essentials")
    names, texts = zip(*licence_texts(one), strict=True)
    assert names == ("LGPL-3.0.txt", "GPL-3.0.txt")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in texts[0] and "GNU GENERAL PUBLIC LICENSE" in texts[1]


def test_what_comes_without_text_is_in_the_list() -> None:
    assert OWN.keys() <= {one.name for one in third_party()}


def test_an_installed_program_reads_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "licences" / "PySide6_Addons" / "deep").mkdir(parents=True)
    (tmp_path / "licences" / "PySide6_Addons" / "deep" / "LICENSE").write_text("as installed", encoding="utf-8")
    monkeypatch.setattr(module, "files", lambda _: tmp_path / "resources")
    assert licence_texts(Component("pyside6-addons", "1", "MIT", "", "")) == (("deep/LICENSE", "as installed"),)


def test_the_terminal_lists_them_and_shows_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["about", "--licences"]) == 0
    assert "reportlab" in capsys.readouterr().out
    assert main(["about", "--licences", "--json"]) == 0
    assert {one["name"] for one in json.loads(capsys.readouterr().out)} == {one.name for one in third_party()}
    assert main(["about", "--licences", "qt"]) == 0
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in capsys.readouterr().out
    assert main(["about", "--licences", "nothing"]) == 2
    assert "about --licences" in capsys.readouterr().err
