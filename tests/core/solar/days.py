"""A PV system of which everything is known: sun, temperature, generation in equal steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.series import Series
from core.solar.performance import Measured

BERLIN, SHANGHAI, PLAIN = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai"), ZoneInfo("UTC")
P0, GAMMA = 100.0, -0.0035


def at(year: int, month: int = 1, day: int = 1) -> int:
    """[s since 1970-01-01 UTC]"""
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


@dataclass(frozen=True)
class Sunny:
    """Days that are all alike but for the temperature of the season."""

    start: int = at(2023)
    days: int = 365
    step: int = 3600
    efficiency: float = 0.85
    """PR at 25 °C."""

    @property
    def hours(self) -> NDArray[np.float64]:
        """Middle of each interval since the beginning. [h]"""
        return (np.arange(self.days * 86_400 // self.step) + 0.5) * self.step / 3600

    @property
    def sun(self) -> NDArray[np.float64]:
        """[W/m2]"""
        return 900.0 * np.maximum(np.sin((self.hours % 24 - 6) / 12 * np.pi), 0.0)

    @property
    def temperature(self) -> NDArray[np.float64]:
        """[°C]"""
        return 15.0 + 12.0 * np.sin((self.hours / 8760 - 0.3) * 2 * np.pi) + 0.03 * self.sun

    @property
    def energy(self) -> NDArray[np.float64]:
        """[kWh]"""
        warm = 1 + GAMMA * (self.temperature - 25)
        return P0 * self.sun / 1000 * warm * self.efficiency * self.step / 3600

    def series(self, values: NDArray[np.float64]) -> Series:
        return Series(self.start, self.step, values)

    def measured(self, **changes: object) -> Measured:
        fields: dict[str, object] = {
            "energy": self.series(self.energy),
            "dc_power": P0,
            "ac_power": 80.0,
            "irradiance": self.series(self.sun),
            "temperature": self.series(self.temperature),
            "expected": self.series(self.energy / 0.95),
            "gamma": GAMMA,
        }
        return Measured(**(fields | changes))  # type: ignore[arg-type]
