"""What a bar chart shows, as plain values: the same for the picture, the CSV and the screen reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gui.language import _
from gui.theme import tokens
from gui.wording import listed, named


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of bars."""

    name: str
    values: tuple[Decimal, ...]
    """One for each category."""
    colour: str
    """``#rrggbb``."""


@dataclass(frozen=True, slots=True)
class BarData:
    """A whole chart."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    """Stacked upon each other in this order."""
    unit: str
    value_title: str
    """Of the axis with the numbers."""
    category_title: str = ""
    """Of the other axis; empty where the names say it themselves, like months."""
    lying: bool = False
    """Bars from left to right, first category on top."""
    places: int = 1
    """Decimals shown."""
    marks: tuple[tuple[float, str], ...] = ()
    """Lines across upright bars: where, counted in categories (2.5 lies between the third and the fourth), and what."""
    bases: tuple[Decimal, ...] = ()
    """Where the bars of each category begin; empty: all at zero."""
    labels: tuple[str, ...] = ()
    """Words at the end of the bars of each category; empty: none."""
    floor: Decimal = Decimal(0)
    """Where the axis begins, when small steps between large totals would not be seen from zero."""
    beside: bool = False
    """The series of a category stand beside each other in place of upon each other."""

    @property
    def empty(self) -> bool:
        """Nothing but zeros."""
        return not any(value for series in self.series for value in series.values)

    def spoken(self, category: int) -> str:
        """Everything about one category, in words."""
        parts = [
            f"{one.name} {number(one.values[category], self.places)}" for one in self.series if one.values[category]
        ]
        whole = sum((one.values[category] for one in self.series), Decimal(0))
        if len(self.series) > 1 and not self.bases and not self.beside:
            parts.append(_("total {number}", number=number(whole, self.places)))
        return named(self.categories[category], listed(parts or ["0"]) + f" {self.unit}")

    def described(self) -> str:
        """The chart for those who cannot see it: every value."""
        lines = [f"{self.title}. {self.value_title}, {self.unit}."]
        lines += [what for _where, what in self.marks]
        lines += [self.spoken(place) for place in range(len(self.categories))]
        return "\n".join(lines)

    def rows(self) -> list[list[str]]:
        """All values with all digits, headings first."""
        head = [self.category_title or self.title, *(f"{one.name} ({self.unit})" for one in self.series)]
        body = [
            [name, *(f"{one.values[place]:f}" for one in self.series)] for place, name in enumerate(self.categories)
        ]
        return [head, *body]


def stacked(sums: Mapping[str, Sequence[Decimal]], others: str, most: int = 6) -> tuple[Series, ...]:
    """Series in the theme's colours, largest first; what exceeds the colours becomes one grey rest."""
    ranked = sorted(sums.items(), key=lambda pair: (-sum(pair[1], Decimal(0)), pair[0]))
    keep = ranked if len(ranked) <= most else ranked[: most - 1]
    series = [
        Series(name, tuple(values), tokens().series[place % len(tokens().series)])
        for place, (name, values) in enumerate(keep)
    ]
    rest = ranked[len(keep) :]
    if rest:
        sums_of_rest = tuple(sum(column, Decimal(0)) for column in zip(*(v for _n, v in rest), strict=True))
        series.append(Series(others, sums_of_rest, tokens().edge))
    return tuple(series)


def number(value: Decimal, places: int) -> str:
    """For reading: thousands apart, few decimals."""
    return f"{value:,.{places}f}"


def short(value: float) -> str:
    """A number at an axis."""
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.6g}"
