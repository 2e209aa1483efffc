"""Figures of performance as rows, and the loss tree as bars that close."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.solar.indices import INDICES
from core.solar.losstree import close
from gui.solar.figures import TOTAL, columns, explained, month_rows, reasons, waterfall, year_rows
from gui.solar.words import percent, shown
from gui.solar.work import subject_of, years_of
from tests.gui.solar.test_work import FANGSHAN, ZHANGJIAKOU, answer, plant_of, system_of
from tests.gui.solar.test_work import YEAR as PERIOD


def test_every_month_and_the_whole_have_a_row_that_adds_up() -> None:
    rows = month_rows(answer(ZHANGJIAKOU))
    assert [row.id for row in rows] == [f"2025-{month:02d}" for month in range(1, 13)] + [TOTAL]
    assert sum(row.energy or 0 for row in rows[:-1]) == rows[-1].energy
    assert all(row.coverage == 1.0 for row in rows)


def test_every_index_has_a_column_and_three_ratios_are_three() -> None:
    found = {column.key: column for column in columns("Month")}
    assert set(INDICES) <= set(found)
    assert len({found[key].heading for key in found}) == len(found)
    whole = month_rows(answer(ZHANGJIAKOU))[-1]
    ratios = [found[key].text(whole) for key in INDICES if key.startswith("performance_ratio")]
    assert ratios == [shown(whole.value(key), 3) for key in INDICES if key.startswith("performance_ratio")]
    assert len(set(ratios)) == 3
    assert found["energy"].text(whole) == "2,644.8"
    assert whole.availability is not None
    assert found["time_available"].text(whole) == percent(whole.availability.time)
    assert found["energy"].value(whole) == "2644.76"


def test_what_cannot_be_said_carries_each_reason_once() -> None:
    whole = month_rows(answer(FANGSHAN))[-1]
    found = {why: names for names, why in reasons(whole)}
    assert found["The irradiance on the modules was not measured."].startswith("Reference yield, PR, PR at 25 °C")
    assert "There is no expected yield to compare with." in found
    column = next(one for one in columns("Month") if one.key == "performance_ratio")
    assert column.text(whole) == "–"
    assert column.sort is not None
    assert column.sort(whole) == 0.0


def test_years_leave_out_what_depends_on_the_age_of_the_model() -> None:
    ledger, blob = plant_of(ZHANGJIAKOU)
    rows = year_rows(years_of(subject_of(ledger, system_of(ZHANGJIAKOU), PERIOD), ledger, blob))
    assert [row.id for row in rows] == ["2024", "2025"]
    assert rows[1].energy == Decimal(2_644_760)
    assert all("performance_index" not in row.figures for row in rows)
    ratio = month_rows(answer(ZHANGJIAKOU))[-1].value("performance_ratio")
    assert rows[1].value("performance_ratio") == pytest.approx(ratio)


def test_the_waterfall_goes_from_the_label_to_the_meter_without_a_gap() -> None:
    observed = answer(ZHANGJIAKOU).observed
    assert observed is not None
    assert observed.tree is not None
    data = waterfall(observed.tree)
    ends, *losses = data.series
    steps = [sum((one.values[place] for one in losses), Decimal(0)) for place in range(1, len(data.categories) - 1)]
    assert ends.values[0] + sum(steps) == ends.values[-1] == Decimal("2644.76")
    level = ends.values[0]
    for place, step in enumerate(steps, start=1):
        assert data.bases[place] == level
        level += step
    assert data.categories[-2] == "Unexplained"
    assert len(data.labels) == len(data.categories) == len(data.bases)
    assert 0 < data.floor < min(ends.values[0], ends.values[-1])


def test_measured_assumed_and_unexplained_are_told_apart() -> None:
    tree = close(1000.0, [("temperature", 60.0, True), ("soiling", 20.0, False), ("outage", 0.0, True)], 950.0)
    data = waterfall(tree)
    assert data.categories == (
        "At the label, in the light measured", "Temperature of the modules", "Soiling", "Unexplained", "At the meter",
    )  # fmt: skip
    by_name = {one.name: one.values for one in data.series}
    assert by_name["Loss measured"][1] == Decimal("-0.060")
    assert by_name["Loss assumed by the model"][2] == Decimal("-0.020")
    assert by_name["Unexplained"][3] == Decimal("0.030")  # the explanations took away too much
    assert data.labels[3] == "+0.030 (+3.0 %)"


def test_the_inspector_has_equation_source_and_coverage(qtbot: QtBot) -> None:
    made = explained(month_rows(answer(ZHANGJIAKOU))[4])
    qtbot.addWidget(made)
    said = [one.text() for one in made.findChildren(QLabel)]
    assert "PR = Yf / Yr" in said
    assert "NREL/TP-5200-57991 (2013), weather-corrected performance ratio" in said
    assert "known in 100.0 % of the time, 100.0 % of the light" in said
