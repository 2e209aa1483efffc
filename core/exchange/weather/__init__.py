"""Weather files: EPW, TMY3, PVGIS (hours, typical year, months) and a table of twelve months.

:func:`read_weather` tells them by their content. What it gives is :class:`core.solar.weather.Hourly` or
:class:`core.solar.weather.Climate`; missing codes are NaN, labels are turned into the beginning of their interval, and
a file whose light does not fit the sun of its place is refused.
"""

from core.exchange.weather.kept import weather_of, weather_record
from core.exchange.weather.outcome import WeatherRead
from core.exchange.weather.reading import KINDS, read_weather

__all__ = ["KINDS", "WeatherRead", "read_weather", "weather_of", "weather_record"]
