"""What a weather file turned out to be."""

from __future__ import annotations

from dataclasses import dataclass

from core.solar.weather import Climate, Hourly


@dataclass(frozen=True, slots=True, eq=False)
class WeatherRead:
    """A weather file, understood. Either ``hourly`` or ``climate`` is there."""

    kind: str
    """``epw``, ``tmy3``, ``pvgis`` or ``monthly``."""
    hourly: Hourly | None
    climate: Climate | None
    latitude: float | None
    """None where the file does not say. [° north]"""
    longitude: float | None
    """[° east]"""
    elevation: float | None
    """[m]"""
    source: str
    """Who made the data and which edition, in the words of the file."""

    @property
    def weather(self) -> Hourly | Climate:
        """Whichever of the two is there."""
        if self.hourly is not None:
            return self.hourly
        if self.climate is None:
            raise ValueError("a weather file without weather")
        return self.climate
