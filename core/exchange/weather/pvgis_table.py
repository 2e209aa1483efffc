"""What the forms of PVGIS have in common: a head with the place, and a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.cells import excerpt
from core.exchange.weather.calendar import out_of_order
from core.exchange.weather.columns import Numbers, Quantity, known, numbers_of
from core.i18n import T
from core.solar.model import Site

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its head."""

    kind: str
    """``hourly``, ``typical`` or ``monthly``."""
    site: Site
    source: str
    cells: Mapping[str, Sequence[str]]
    """Columns by heading."""
    first: int
    """Number of the first line, or record, of the table."""
    plane: tuple[float, float] = (0.0, 0.0)
    """Slope, and azimuth from south to west. [°]"""
    time_offset: float | None = None
    """Moment of the light after the label. [h]"""

    def column(self, name: str, quantity: Quantity) -> Numbers | None:
        """Numbers of a column; None where it is absent or empty."""
        if name not in self.cells:
            return None
        return known(numbers_of(self.cells[name], self.first, name, quantity))

    def lacks(self, name: str) -> UserError:
        """A column that the yield cannot do without is not there."""
        return UserError(
            T("The PVGIS file has no column {column}.", column=name),
            T("Tick it when you download the file: irradiance and temperature of the air are needed."),
        )

    def times(self, name: str) -> NDArray[np.datetime64]:
        """Labels like ``20160101:0010``."""
        if name not in self.cells:
            raise self.lacks(name)
        stamps = self.cells[name]
        for place, stamp in enumerate(stamps):
            if not (len(stamp) == 13 and stamp[8] == ":" and stamp.isascii() and f"{stamp[:8]}{stamp[9:]}".isdecimal()):
                raise self._no_time(place)
        written = [f"{s[:4]}-{s[4:6]}-{s[6:8]}T{s[9:11]}:{s[11:]}" for s in stamps]
        try:
            return np.array(written, dtype="datetime64[m]")
        except ValueError as error:
            raise self._no_time(next(place for place, text in enumerate(written) if not _is_time(text))) from error

    def follow(self, times: NDArray[np.datetime64], expected: NDArray[np.datetime64]) -> None:
        """Refuse labels that are not the expected ones."""
        if np.array_equal(times, expected):
            return
        place = int(np.argmax(times != expected))
        stamps = next(self.cells[name] for name in ("time", "time(UTC)") if name in self.cells)
        raise out_of_order(self.first + place, stamps[place], str(expected[place]).replace("T", " "))

    def months(self) -> NDArray[np.int64]:
        """1 to 12, written as numbers or in English."""
        if "month" not in self.cells:
            raise self.lacks("month")
        made = []
        for place, cell in enumerate(self.cells["month"]):
            word = cell.strip().casefold()[:3]
            if word not in MONTHS and word not in _NUMBERS:
                raise UserError(
                    T("Row {row}: “{text}” is no month.", row=self.first + place, text=excerpt(cell)),
                    T("Download the weather file again."),
                )
            made.append(MONTHS.index(word) + 1 if word in MONTHS else int(word))
        return np.array(made, dtype=np.int64)

    def _no_time(self, place: int) -> UserError:
        stamp = next(self.cells[name] for name in ("time", "time(UTC)") if name in self.cells)[place]
        return UserError(
            T("Row {row}: “{text}” is no time.", row=self.first + place, text=excerpt(stamp)),
            T("Download the weather file again."),
        )


_NUMBERS = tuple(str(number) for number in range(1, 13))


def _is_time(text: str) -> bool:
    try:
        np.datetime64(text, "m")
    except ValueError:
        return False
    return True
