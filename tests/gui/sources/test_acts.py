"""Upstream rows are added as one change, and the workbook is written."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pytestqt.qtbot import QtBot

from core.i18n import T
from core.inventory.upstream import METHODS, upstream_of
from gui.session import Session
from gui.settings import Settings
from gui.sources.upstream_dialog import UpstreamDialog
from tests.gui.sources.pages import page
from tests.gui.walk import nameless, out_of_order


def test_upstream_rows_are_added_as_one_change(qtbot: QtBot, session: Session, settings: Settings) -> None:
    held = [a for a in session.ledger.activities if a.method in METHODS and a.start.year == 2024]
    if held:
        session.remove(T("Taken out for the test"), *held)
    found = upstream_of(session.inventory)
    made = page(qtbot, session, settings)
    dialog = UpstreamDialog(found, session.library, settings)
    qtbot.addWidget(dialog)
    dialog.show()
    assert len(dialog.table.model.records) == len(found.rows) > 0
    assert nameless(dialog) == [] and out_of_order(dialog) == []
    before, count = session.inventory.totals.categories.get(3, Decimal(0)), len(session.ledger.activities)
    made.acts.add_upstream(found)
    assert len(session.ledger.activities) == count + len(found.rows)
    more = sum(line.tco2e for row in found.rows for line in row.lines)
    assert session.inventory.totals.categories[3] == before + more
    assert upstream_of(session.inventory).rows == ()
    session.undo()
    assert len(session.ledger.activities) == count


def test_the_workbook_is_written(qtbot: QtBot, session: Session, settings: Settings, tmp_path: Path) -> None:
    made = page(qtbot, session, settings)
    job = made.acts.write_gbt(tmp_path / "gbt.xlsx")
    qtbot.waitUntil(lambda: not job.running, timeout=20_000)
    assert (tmp_path / "gbt.xlsx").stat().st_size > 5000
