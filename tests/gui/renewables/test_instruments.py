"""The ledger of instruments in the window: judgement beside each, import, export, proofs, inspector."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.ledger import Evidence, Instrument
from gui.entering import part as entering
from gui.entering.lots import LotsImport
from gui.jobs import Job
from gui.renewables import words as said
from gui.renewables.instruments import NAME, InstrumentsPart
from gui.session import Session
from gui.settings import Settings
from gui.widgets import letters
from tests.core.exchange.books import csv_of
from tests.core.exchange.instruments.exports import GEC, GEC_ROW
from tests.gui.renewing import certificates, fill, opened, told, words


@pytest.fixture
def filled(bare: Session) -> Session:
    fill(bare)
    return bare


@pytest.fixture
def part(qtbot: QtBot, filled: Session, settings: Settings) -> InstrumentsPart:
    window, page = opened(qtbot, filled, settings, said.INSTRUMENTS)
    page.instruments.kept_window = window  # type: ignore[attr-defined]
    return page.instruments


def cell(part: InstrumentsPart, key: str, column: str) -> str:
    columns = {one.key: one for one in part.table.model.columns}
    record = next(one for one in part.table.model.records if one.id == key)
    return columns[column].text(record)


def test_judgement_and_what_is_left_stand_beside_each(part: InstrumentsPart) -> None:
    assert [cell(part, "i00001", key) for key in ("judgement", "allocated", "left")] == ["In order", "3.000", "2.000"]
    assert [cell(part, "i00002", key) for key in ("judgement", "allocated", "left")] == ["Stop", "1.000", "4.000"]
    marks = part._marks(next(one for one in part.table.model.records if one.id == "i00002"))
    assert marks["judgement"].level == "bad" and marks["judgement"].text
    assert not part._marks(next(one for one in part.table.model.records if one.id == "i00001"))


def test_what_stops_is_sorted_first(part: InstrumentsPart) -> None:
    column = next(one for one in part.table.model.columns if one.key == "judgement")
    assert column.sort is not None
    assert [one.id for one in sorted(part.table.model.records, key=column.sort)] == ["i00002", "i00001"]


def test_the_inspector_names_rule_source_allocations_and_proofs(qtbot: QtBot, part: InstrumentsPart) -> None:
    part.table.show_record("i00002")
    shown = part.inspect()
    assert shown is not None
    qtbot.addWidget(shown)
    shown.show()
    seen = words(shown)
    stop = next(one for one in part.judged["i00002"] if one.level == "stop")
    assert stop.message.in_language("en") in seen and stop.remedy.in_language("en") in seen
    assert "GHG Protocol Scope 2 Guidance" in seen
    assert "1,000 kWh" in seen and "No file is kept." in seen


def test_the_inspector_of_one_in_order(qtbot: QtBot, part: InstrumentsPart) -> None:
    part.table.show_record("i00001")
    shown = part.inspect()
    assert shown is not None
    qtbot.addWidget(shown)
    shown.show()
    assert "retirement.txt" in words(shown)


def test_nothing_selected_has_nothing_to_inspect(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, bare, settings, said.INSTRUMENTS)
    assert page.inspect() is None
    assert not page.instruments.attach_button.isEnabled()


# ---------------------------------------------------------------------- files


def test_an_export_of_a_registry_is_looked_at_and_taken_up_as_one_change(
    part: InstrumentsPart, filled: Session, tmp_path: Path
) -> None:
    path = tmp_path / "gec.csv"
    path.write_bytes(csv_of(GEC_ROW, head=GEC))
    before = len(filled.ledger.held(Instrument))
    part.read_table(path)
    dialog = part.importing
    assert isinstance(dialog, LotsImport)
    assert "Recognised as" in words(dialog) and "1 rows become 1 instruments" in words(dialog)
    assert len(filled.ledger.held(Instrument)) == before
    notices = told(part.page)
    dialog.accept()
    assert len(filled.ledger.held(Instrument)) == before + 1
    assert notices[-1].level == "good" and notices[-1].action is not None
    filled.undo()
    assert len(filled.ledger.held(Instrument)) == before


def test_the_same_rows_again_are_told_apart(part: InstrumentsPart, filled: Session, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    part.write_table(path)
    part.read_table(path)
    assert "2 rows are held already" in words(part.importing)
    assert part.importing.go_on.isHidden()


def test_what_cannot_be_read_is_told(part: InstrumentsPart, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("Nothing,Of this\n1,2\n")
    notices = told(part.page)
    part.read_table(path)
    assert notices[-1].level == "bad"


def test_a_proof_is_kept_and_the_instrument_counts(
    qtbot: QtBot, part: InstrumentsPart, filled: Session, tmp_path: Path
) -> None:
    path = tmp_path / "cancellation.pdf"
    path.write_bytes(b"Cancelled for Test, GEC-I00002-0001 to 0005")
    part.table.show_record("i00002")
    notices = told(part.page)
    assert len(part.proof_menu().actions()) == 3
    part.attach([path], "certificate")
    qtbot.waitUntil(lambda: bool(notices))
    found = filled.ledger.get("instrument", "i00002")
    assert isinstance(found, Instrument) and len(found.evidence) == 1
    kept = filled.ledger.get("evidence", found.evidence[0])
    assert isinstance(kept, Evidence) and kept.name == "cancellation.pdf"
    assert filled.file.blob(kept.sha256) == path.read_bytes()
    assert cell(part, "i00002", "judgement") != "Stop"
    filled.undo()
    assert filled.ledger.get("instrument", "i00002") == certificates("i00002", evidence=())


def test_a_quantity_typed_is_judged_anew(part: InstrumentsPart, filled: Session) -> None:
    keys = [one.key for one in part.table.model.columns]
    row = [one.id for one in part.table.model.visible].index("i00001")
    part.table.model.setData(part.table.model.index(row, keys.index("quantity")), "2")
    changed = filled.ledger.get("instrument", "i00001")
    assert isinstance(changed, Instrument)
    assert changed.quantity in (Decimal(2), Decimal(5))
    assert cell(part, "i00001", "left") == f"{changed.quantity - 3:,.3f}".replace("-", "−")


def test_a_large_export_is_read_in_a_job(
    qtbot: QtBot, part: InstrumentsPart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty thousand rows take seconds: meanwhile the window goes on, and the bottom line says what is done."""
    worked: list[str] = []
    part.page.working.connect(lambda _job, doing: worked.append(doing))
    path = tmp_path / "gec.csv"
    path.write_bytes(csv_of(*(GEC_ROW for _ in range(10)), head=GEC))
    monkeypatch.setattr(entering, "QUICK", path.stat().st_size - 1)
    part.read_table(path)
    assert worked == ["Reading “gec.csv”"] and not hasattr(part, "importing")
    qtbot.waitUntil(lambda: hasattr(part, "importing"), timeout=20_000)
    assert part.importing._found.refused


def test_a_large_file_of_something_else_is_refused_in_words(
    qtbot: QtBot, part: InstrumentsPart, tmp_path: Path
) -> None:
    notices = told(part.page)
    path = tmp_path / "other.csv"
    path.write_text("a,b\n" + "1,2\n" * 50_000)
    part.read_table(path)
    qtbot.waitUntil(lambda: not Job.any_running(), timeout=20_000)
    qtbot.wait(50)
    assert not notices  # the bottom line follows the job and says it
    assert any("belong to no registry" in one.text() for one in part.window().findChildren(QLabel))


def test_the_name_takes_what_the_columns_leave_and_keeps_its_least_room(qtbot: QtBot, part: InstrumentsPart) -> None:
    window, view = part.window(), part.table.view
    window.resize(2400, 800)
    beside = sum(view.columnWidth(place) for place in range(1, view.horizontalHeader().count()))
    qtbot.waitUntil(lambda: view.columnWidth(0) + beside >= view.viewport().width() - 2 > 1800)
    wide = view.columnWidth(0)
    window.resize(900, 800)
    qtbot.waitUntil(lambda: view.columnWidth(0) < wide)
    assert view.columnWidth(0) == letters(part.table, NAME)
    assert "name" not in part.settings.column_widths("records_instrument")
