"""A file is previewed, imported as one change or refused by its rows; template and export are written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.exchange import preview
from gui.activity.import_dialog import ImportDialog
from gui.activity.page import ActivityPage
from gui.session import Session
from gui.settings import Settings
from tests.gui.activity.grid import Heard, page_of, words


@pytest.fixture
def page(qtbot: QtBot, session: Session, settings: Settings) -> ActivityPage:
    return page_of(qtbot, session, settings)


@pytest.fixture
def empty(qtbot: QtBot, bare: Session, settings: Settings) -> ActivityPage:
    return page_of(qtbot, bare, settings)


def csv_file(folder: Path, rows: str) -> Path:
    path = folder / "bills.csv"
    path.write_text("排放源,核算方法,项目,开始日期,结束日期,数量,单位\n" + rows, "utf-8")
    return path


def test_an_import_is_previewed_in_a_job_and_accepted_as_one_change(
    empty: ActivityPage, bare: Session, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[ImportDialog] = []

    def yes(dialog: ImportDialog) -> bool:
        seen.append(dialog)
        return dialog.possible

    monkeypatch.setattr(ImportDialog, "exec", yes)
    heard = Heard(empty)
    path = csv_file(tmp_path, "锅炉,固定燃烧,天然气,2024年1月,,1200,m3\n锅炉,固定燃烧,天然气,2024年2月,,1100,m3\n")
    assert empty.takes(path)
    job = empty.files.start_import(path)
    with qtbot.waitSignal(job.ended):
        pass
    assert len(list(bare.ledger.activities)) == 2
    assert bare.ledger.evidence[0].name == "bills.csv"
    assert bare.file.blob(bare.ledger.evidence[0].sha256) == path.read_bytes()
    assert bare.file.entries == 2
    assert "2 rows" in heard.last
    again = preview(path, bare.ledger, bare.library)
    dialog = ImportDialog(again, bare.library, empty._settings)
    qtbot.addWidget(dialog)
    assert not dialog.possible
    assert "imported before" in words(dialog)
    assert heard.notices[-1].action is not None
    heard.notices[-1].action[1]()
    assert not bare.ledger.activities


def test_refused_rows_are_named_and_nothing_can_be_imported(
    empty: ActivityPage, bare: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    path = csv_file(tmp_path, "锅炉,固定燃烧,天然气,2024年1月,,many,m3\n锅炉,固定燃烧,天然气,2024年2月,,1100,m3\n")
    found = preview(path, bare.ledger, bare.library)
    dialog = ImportDialog(found, bare.library, empty._settings)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.possible
    assert [dialog.tabs.tabText(i) for i in range(dialog.tabs.count())] == [
        "Refused cells (1)",
        "Rows that can be imported (1)",
    ]
    assert [b.text() for b in dialog.findChildren(QPushButton) if b.isVisible()] == ["Close"]
    assert "A “排放源” → Source" in words(dialog)


def test_a_file_that_cannot_be_read_is_told(empty: ActivityPage, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"nothing")
    job = empty.files.start_import(path)
    with qtbot.waitSignal(job.failed):
        pass


def test_template_and_export_are_written(
    page: ActivityPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.activity.files.QFileDialog.getSaveFileName", lambda *_a: (str(tmp_path / "o.xlsx"), ""))
    page.files.save_template()
    assert (tmp_path / "o.xlsx").stat().st_size > 1000
    monkeypatch.setattr("gui.activity.files.QFileDialog.getSaveFileName", lambda *_a: (str(tmp_path / "o.csv"), ""))
    page.files.save_export()
    text = (tmp_path / "o.csv").read_text("utf-8-sig")
    assert len(text.splitlines()) >= len(session.ledger.activities) + 1
