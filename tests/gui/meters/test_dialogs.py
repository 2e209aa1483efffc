"""Every dialog about meters can be read, operated and stretched; the choices of estimates and months are honest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.i18n import T
from core.inventory.period import year_of
from core.ledger import Meter, Plant
from core.series.zones import zone_of
from gui.language import set_language
from gui.meters.activities import ActivitiesDialog
from gui.meters.estimate import LINEAR, EstimateDialog
from gui.meters.form import ExchangeDialog, MeterDialog
from gui.meters.zone import ZoneQuestion
from gui.session import Session
from gui.settings import Settings
from tests.gui.walk import clipped, nameless, out_of_order, stretched

Make = Callable[[Session, Settings], QWidget]


def meter(session: Session, key: str) -> Meter:
    found = session.metered.meter(key)
    assert found is not None
    return found


def estimate(session: Session, _settings: Settings | None = None, key: str = "m006") -> EstimateDialog:
    from core.handover.energy import problems_of

    one, series = meter(session, key), session.metered.series(key)
    assert series is not None
    gap = next(p for p in problems_of(session.metered, one, year_of(2025)) if p.check == "gaps")
    return EstimateDialog(session, one, series, gap)


def months(session: Session, settings: Settings) -> ActivitiesDialog:
    sums = session.metered.monthly("m001", date(2025, 1, 1), date(2025, 12, 31))
    return ActivitiesDialog(session, settings, meter(session, "m001"), sums, 2025)


def question(session: Session, _settings: Settings) -> ZoneQuestion:
    plant = Plant("Test", "US")
    with pytest.raises(UserError) as caught:
        zone_of(plant)
    return ZoneQuestion(caught.value, plant, writable=True)


DIALOGS: dict[str, Make] = {
    "meter": lambda session, _settings: MeterDialog(session, meter(session, "m001")),
    "new": lambda session, _settings: MeterDialog(session),
    "exchange": lambda session, _settings: ExchangeDialog(session, meter(session, "m001")),
    "estimate": estimate,
    "months": months,
    "zone": question,
}


@pytest.fixture(params=sorted(DIALOGS))
def make(request: pytest.FixtureRequest) -> Make:
    return DIALOGS[request.param]


def shown(qtbot: QtBot, made: QWidget, size: tuple[int, int] = (760, 780)) -> QWidget:
    qtbot.addWidget(made)
    made.show()
    made.resize(*size)
    for _turn in range(4):
        qtbot.wait(10)
    return made


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_dialog_can_be_read_and_operated(
    qtbot: QtBot, session: Session, settings: Settings, make: Make, lang: str
) -> None:
    set_language(lang)
    made = shown(qtbot, make(session, settings))
    assert nameless(made) == []
    assert out_of_order(made) == []
    assert clipped(made) == []


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, session: Session, settings: Settings, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        assert clipped(shown(qtbot, make(session, settings), (1200, 1000))) == []


def test_a_sensor_cannot_be_filled_from_a_total(qtbot: QtBot, session: Session) -> None:
    """A level adds up to nothing."""
    one, series = meter(session, "m008"), session.metered.series("m008")
    assert series is not None
    gap = estimate(session)._gap
    dialog = EstimateDialog(session, one, replace(series), gap)
    qtbot.addWidget(dialog)
    assert dialog.method.count() == 2


def test_a_short_gap_proposes_a_straight_line(qtbot: QtBot, session: Session) -> None:
    long = estimate(session)
    qtbot.addWidget(long)
    assert long.method.currentData() != LINEAR
    one, series = long._meter, long._series
    short = EstimateDialog(session, one, series, replace(long._gap, end=long._gap.start + 3600))
    qtbot.addWidget(short)
    assert short.method.currentData() == LINEAR


def test_an_estimate_that_cannot_be_kept_changes_nothing(qtbot: QtBot, session: Session) -> None:
    dialog = estimate(session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reason.line.setText("why")
    gone = session.ledger.get("intervals", "m006")
    assert gone is not None
    session.remove(T("x"), gone)
    entries = session.file.entries
    dialog.go.click()
    qtbot.wait(50)
    assert dialog.result() != QDialog.DialogCode.Accepted and session.file.entries == entries
    assert "has no interval data" in dialog._problem.text()


def test_months_of_scope_three_do_not_choose_the_method(qtbot: QtBot, session: Session, settings: Settings) -> None:
    """Losses and upstream energy of the same source follow from the same amounts."""
    dialog = months(session, settings)
    qtbot.addWidget(dialog)
    assert dialog.method.value == "purchased_electricity"
    assert dialog.derived is not None and len(dialog.derived.left_out) == 12
    assert not dialog.go.isEnabled()
