"""Factors of the grid by the hour come in like the values of a sensor, whatever unit their publisher writes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from core.cli import main
from core.series.metered import Metered
from core.store import PlantFile


@pytest.mark.parametrize(("unit", "scale"), [("gCO2/kWh", 1000.0), ("tCO2/MWh", 1.0), ("kg CO2e/MWh", 1000.0)])
def test_a_column_of_factors_becomes_a_sensor_in_kilograms(tmp_path: Path, unit: str, scale: float) -> None:
    moments = [datetime(2024, 1, 1) + timedelta(hours=hour) for hour in range(48)]
    rows = [f"{moment:%Y-%m-%d %H:%M};{(0.4 + moment.hour / 100) * scale:.2f}" for moment in moments]
    data, plant = tmp_path / "grid.csv", tmp_path / "a.plant"
    data.write_text("\n".join([f"Time;Grid ({unit})", *rows]), encoding="utf-8")
    assert main(["new", str(plant), "--name", "Hillside", "--country", "CN"]) == 0
    assert main(["meter", "import", str(plant), str(data), "--new", "--set", "label=left", "--set", "clock=local"]) == 0
    with PlantFile.open(plant, read_only=True) as opened:
        metered = Metered(opened.ledger, opened.blob)
        (meter,) = metered.meters
        assert (meter.medium, meter.unit, meter.direction) == ("grid_factor", "kg/kWh", "sensor")
        series = metered.series(meter.id, date(2024, 1, 2), date(2024, 1, 2))
        assert series is not None
        assert series.values.tolist() == pytest.approx([0.4 + hour / 100 for hour in range(24)])
