from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel
from pytestqt.qtbot import QtBot

from gui.app import Program
from gui.office.office import Office
from gui.plant_form import PlantForm
from gui.session import Session
from gui.window import Window


@pytest.fixture
def plant(demo_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "p.plant"
    path.write_bytes(demo_file.read_bytes())
    return path


def test_head_office_opens_its_file_or_a_new_one(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "h")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (path, ""))
    program.files.open_office()
    assert isinstance(program.desk, Office)
    assert (tmp_path / "h.group").exists()
    assert isinstance(program.window, Window)
    assert "Head office" in {label.text() for label in program.window.topbar.findChildren(QLabel)}


def test_a_new_plant_is_asked_for_created_and_opened(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(form: PlantForm) -> int:
        form.accept()
        assert form.plant is None, "a plant without name is refused"
        form.name.set("新厂")
        form.region.set("CN-HE")
        form.who.set("Wang Wei")
        form.accept()
        return form.result()

    monkeypatch.setattr(PlantForm, "exec", fill)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "新厂"), ""))
    program.files.new_plant()
    assert isinstance(program.desk, Session)
    made = program.desk.ledger.plant
    assert (made.name, made.country, made.region) == ("新厂", "CN", "CN-HE")
    assert program.desk.person == program.settings.person == "Wang Wei"
    assert program.desk.file.journal()[0].change.who == "Wang Wei"


def test_a_plant_is_described_later_as_one_change(
    program: Program, plant: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.open(plant)
    session = program.desk
    assert isinstance(session, Session)

    def fill(form: PlantForm) -> int:
        assert form.name.read() == session.ledger.plant.name
        assert not form.zone.isVisibleTo(form), "China has one time zone"
        form.country.set("MX")
        assert form.zone.isVisibleTo(form), "Mexico has several"
        form.zone.set("America/Chihuahua")
        form.accept()
        return form.result()

    monkeypatch.setattr(PlantForm, "exec", fill)
    before = session.file.entries
    program.files.describe_plant()
    assert (session.ledger.plant.country, session.ledger.plant.timezone) == ("MX", "America/Chihuahua")
    assert session.file.entries == before + 1
    session.undo()
    assert session.ledger.plant.country == "CN"


def test_the_demo_is_built_in_a_job_and_opened(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("core.cli.demo.demo_folder", lambda: tmp_path / "demo")
    program.files.open_demo()
    qtbot.waitUntil(lambda: isinstance(program.window, Window), timeout=30_000)
    assert isinstance(program.desk, Session)
    assert program.desk.path.parent == tmp_path / "demo"


def test_a_name_is_taken_by_the_open_file_too(program: Program, plant: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program.open(plant)
    for typed, good, name in (("Zhao Min", False, "Li Na"), ("  ", True, "Li Na"), (" Zhao Min ", True, "Zhao Min")):
        monkeypatch.setattr(QInputDialog, "getText", lambda *_a, said=(typed, good), **_k: said)
        program.files.ask_person()
        assert program.desk is not None
        assert program.desk.person == program.person == program.settings.person == name
