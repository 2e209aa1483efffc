"""What kind of thing stands in each column: moments, times of day, numbers, words; and in which row values begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.exchange.cells import Cell, is_blank, plain_text
from core.exchange.series.looking import Look, is_moment
from core.exchange.series.values import MISSING

SEARCHED = 60
"""Rows in which the first row of values is looked for."""
TESTED = 40
"""Rows that must look alike."""
_CLOCK = re.compile(r" *(?:[0-9]{1,2}[:.][0-9]{2}|[0-9]{1,2} ?[时點点]).*")
_NUMBER = re.compile(r" *[-+−]?[0-9][0-9.,'’ \u00a0\u202f]*(?:[eE][-+]?[0-9]{1,3})? *")
_MONEY = re.compile(r"-? ?[$€£¥￥] ?-?[0-9.,]+|[0-9.,]+ ?(?:[$€£¥￥]|元|EUR|USD|CNY)")


@dataclass(frozen=True, slots=True)
class Kinds:
    """The columns of the rows of values, by what stands in most of their cells."""

    first: int
    """Number of the first row of values, as a spreadsheet program shows it."""
    rows: tuple[list[Cell], ...]
    """Rows of values that were looked at, those from further back behind the others."""
    near: int
    """How many of them follow each other."""
    head: tuple[list[Cell], ...]
    """Rows before the first row of values."""
    kinds: tuple[str, ...]
    """``moment``, ``day`` (without a time), ``month``, ``clock``, ``number``, ``money``, ``word`` or empty."""

    def of(self, *kinds: str) -> list[int]:
        """Columns of these kinds."""
        return [place for place, kind in enumerate(self.kinds) if kind in kinds]

    def cells(self, column: int, *, near: bool = False) -> list[Cell]:
        """What stands in a column, blank cells left out; with ``near`` only rows that follow each other."""
        rows = self.rows[: self.near] if near else self.rows
        return [row[column] for row in rows if column < len(row) and not is_blank(row[column])]


def kinds_of(look: Look) -> Kinds | None:
    """Find the first row of values, and what each column holds; None where there is no such row."""
    rows = [(number, cells) for number, cells in look.rows if any(not is_blank(cell) for cell in cells)]
    for place, (number, cells) in enumerate(rows[:SEARCHED]):
        tested = [other for _, other in rows[place : place + TESTED]]
        if _begins(cells, tested):
            near = [other for _, other in rows[place:]]
            own = (*near, *look.later)
            head = tuple(other for _, other in rows[:place])
            return Kinds(number, own, len(near), head, _kinds(own[:200], look.columns, head))
    return None


def _begins(cells: Sequence[Cell], tested: list[list[Cell]]) -> bool:
    """Whether a row has a moment and a number, and so have most of the next ones in the same columns."""
    moments = [p for p, cell in enumerate(cells) if kind_of(cell) in ("moment", "day", "month")]
    numeric = [p for p, cell in enumerate(cells) if kind_of(cell) == "number"]
    if not moments:
        moments, numeric = numeric[:1], numeric[1:]
        if not all(_is_numeric_moment(row[moments[0]]) for row in tested if moments and moments[0] < len(row)):
            return False
    if not moments or not numeric:
        return False
    like = sum(1 for row in tested if moments[0] < len(row) and not is_blank(row[moments[0]]) and (
        kind_of(row[moments[0]]) in ("moment", "day", "month", "number")))  # fmt: skip
    return like >= 0.8 * len(tested)


def _is_numeric_moment(cell: Cell) -> bool:
    """Seconds or milliseconds since 1970, or days as Excel counts them."""
    return order_of_number(cell) != ""


def order_of_number(cell: Cell) -> str:
    """How a number could be a moment: ``epoch``, ``epoch_ms``, ``serial`` or not at all."""
    text = plain_text(cell).strip().replace(",", ".")
    if not re.fullmatch(r"[0-9]{5,13}(?:\.[0-9]{1,15})?", text):
        return ""
    number = float(text)
    for order, low, high in (("epoch", 631e6, 4.2e9), ("epoch_ms", 631e9, 4.2e12), ("serial", 32_874, 73_415)):
        if low <= number < high:
            return order
    return ""


def kind_of(cell: Cell) -> str:
    """Of one cell."""
    if cell is None or is_blank(cell):
        return ""
    if isinstance(cell, datetime):
        return "moment"
    if isinstance(cell, date):
        return "day"
    if isinstance(cell, (time, timedelta)):
        return "clock"
    if isinstance(cell, (int, float)):
        return "number"
    text = cell.strip()
    if text.casefold() in MISSING:
        return "missing"
    if _MONEY.fullmatch(text):
        return "money"
    if _NUMBER.fullmatch(text) and not _looks_like_date(text):
        return "number"
    if is_moment(text):
        return _kind_of_moment(text)
    return "clock" if _CLOCK.match(text) and is_moment(text, clock=True) else "word"


def _looks_like_date(text: str) -> bool:
    """``05.03.2024`` is no number, ``20240305`` can be one."""
    return text.count(".") == 2 and is_moment(text)


def _kind_of_moment(text: str) -> str:
    if ":" in text or re.search(r"[时點点]|[0-9]t[0-9]", text.casefold()):
        return "moment"
    parts = re.findall(r"[0-9]+", text)
    return "month" if len(parts) == 2 and not re.search("[a-zA-Z]", text) else "day"


def _kinds(rows: Sequence[Sequence[Cell]], columns: int, head: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    found = []
    for column in range(columns):
        counts = Counter(kind for row in rows if column < len(row) and (kind := kind_of(row[column])))
        known = Counter({kind: count for kind, count in counts.items() if kind != "missing"})
        if known["moment"] and known["day"]:
            known["moment"] += known.pop("day")  # at midnight some programs write the day alone
        best = known.most_common(1)
        found.append(best[0][0] if best and best[0][1] >= 0.8 * known.total() else ("word" if best else ""))
    return tuple(found)
