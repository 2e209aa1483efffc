"""What stands above a column: its name, its unit, and whether it counts, adds up or shows a level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from core.exchange.cells import Cell, is_blank, plain_text
from core.exchange.columns import letter

LONGEST = 200
_UNITS: dict[str, tuple[str, str]] = {
    "wh": ("energy", "Wh"), "kwh": ("energy", "kWh"), "mwh": ("energy", "MWh"), "gwh": ("energy", "GWh"),
    "gj": ("energy", "GJ"), "mj": ("energy", "MJ"), "kj": ("energy", "kJ"), "therm": ("energy", "therm"),
    "therms": ("energy", "therm"), "ccf": ("energy", "ccf"), "ft3": ("energy", "ft3"), "cf": ("energy", "ft3"),
    "度": ("energy", "kWh"), "千瓦时": ("energy", "kWh"), "兆瓦时": ("energy", "MWh"), "万千瓦时": ("energy", "e4kWh"),
    "万kwh": ("energy", "e4kWh"), "万度": ("energy", "e4kWh"), "吉焦": ("energy", "GJ"), "m3": ("energy", "m3"),
    "nm3": ("energy", "m3"), "立方米": ("energy", "m3"), "方": ("energy", "m3"), "l": ("energy", "L"),
    "t": ("energy", "t"), "吨": ("energy", "t"), "kg": ("energy", "kg"), "pcs": ("energy", "piece"),
    "w": ("power", "W"), "kw": ("power", "kW"), "mw": ("power", "MW"), "gw": ("power", "GW"), "瓦": ("power", "W"),
    "千瓦": ("power", "kW"), "兆瓦": ("power", "MW"), "m3/h": ("power", "m3/h"), "nm3/h": ("power", "m3/h"),
    "立方米/小时": ("power", "m3/h"), "t/h": ("power", "t/h"), "吨/小时": ("power", "t/h"), "kg/h": ("power", "kg/h"),
    "l/h": ("power", "L/h"),
    "w/m2": ("level", "W/m2"), "w/sqm": ("level", "W/m2"), "w/㎡": ("level", "W/m2"), "kw/m2": ("level", "kW/m2"),
    "°c": ("level", "degC"), "℃": ("level", "degC"), "degc": ("level", "degC"), "摄氏度": ("level", "degC"),
    "°f": ("level", "degF"), "cosφ": ("level", "1"), "cosphi": ("level", "1"), "pf": ("level", "1"),
    "kg/kwh": ("level", "kg/kWh"), "kgco2/kwh": ("level", "kg/kWh"), "kgco2e/kwh": ("level", "kg/kWh"),
    "t/mwh": ("level", "kg/kWh"), "tco2/mwh": ("level", "kg/kWh"), "tco2e/mwh": ("level", "kg/kWh"),
    "g/kwh": ("level", "g/kWh"), "gco2/kwh": ("level", "g/kWh"), "gco2e/kwh": ("level", "g/kWh"),
    "kg/mwh": ("level", "g/kWh"), "kgco2/mwh": ("level", "g/kWh"), "kgco2e/mwh": ("level", "g/kWh"),
    "kwh/m2": ("energy", "kWh/m2"), "wh/m2": ("energy", "Wh/m2"), "mj/m2": ("energy", "MJ/m2"),
}  # fmt: skip
_OTHERS = frozenset(
    {"%", "v", "kv", "a", "ma", "hz", "ohm", "kω", "var", "kvar", "va", "kva", "varh", "kvarh", "vah", "kvah", "wp",
     "kwp", "kwh/kwp", "h", "s", "min", "seconds", "ppm", "m/s", "rpm", "bar", "kpa", "mpa", "¥", "元", "yuan", "$",
     "€", "eur", "usd", "cny"}
)  # fmt: skip
"""Units of what no meter of the plant keeps."""
_BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]{1,20})[)\]）】]")
_LAST_BRACKETS = re.compile(r"(.*\S)\s*[(\[（【]([^()\[\]（）【】]{1,20})[)\]）】]\s*")
_COUNTERS = re.compile(
    r"total yield|gesamtertrag|total energy|total production|lifetime|cumulative|accumulated|zählerst[aä]nd"
    r"|meter reading|stan licznika|counter|register|累计|累积|总发电量|总电量|示数|表底|表码|止码|读数"
)
_OF_THE_DAY = re.compile(r"day yield|daily yield|tagesertrag|today|e-?day|当日|今日|日发电量|日电量")
_POWERS = re.compile(r"power|leistung|load|demand|功率|负荷|负载")
_ENERGIES = re.compile(r"energy|consumption|usage|verbrauch|arbeit|energie|yield|电量|用量|能耗|发电量")
_NO_NAMES = re.compile(
    r"counter|analog|zähler|mean|avg|average|mittelwert|instantaneous|[dmyhst./: -]{6,20}|value|wert|数值",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """Spaces and the ways of writing an exponent do not matter."""
    text = text.replace("²", "2").replace("³", "3").replace("㎡", "m2").replace("㎥", "m3").replace("^", "")
    return re.sub(r"\s|·|\*", "", text).casefold()


def unit_in(text: str) -> tuple[str, str] | None:
    """Quantity and unit that a heading names, ``("", "")`` for one of no meter, None where it names none.

    Examples
    --------
    >>> unit_in("PV Yield (kWh)"), unit_in("逆变器1/总有功功率(kW)"), unit_in("SOC(%)"), unit_in("Time")
    (('energy', 'kWh'), ('power', 'kW'), ('', ''), None)
    """
    parts = (*re.split(r"\s+", text)[::-1][:2], *re.split(r"[\s,;:_]+", text)[::-1][:2], text.rpartition("/")[2])
    for candidate in (*_BRACKETS.findall(text), text, *parts):
        known = tidy(candidate)
        if known in _UNITS:
            return _UNITS[known]
        if known in _OTHERS:
            return "", ""
    return None


def quantity_in(text: str) -> str:
    """What the words of a heading say: a quantity, or nothing."""
    known = text.casefold()
    if _OF_THE_DAY.search(known):
        return "day_counter"
    if _COUNTERS.search(known):
        return "counter"
    if _POWERS.search(known):
        return "power"
    return "energy" if _ENERGIES.search(known) else ""


def words_of(headings: Iterable[Sequence[Cell]], column: int) -> tuple[str, ...]:
    """All texts above a column, from the top."""
    found = []
    for row in headings:
        if column < len(row) and not is_blank(row[column]):
            found.append(" ".join(plain_text(row[column]).split())[:LONGEST])
    return tuple(dict.fromkeys(found))


def heading_of(headings: Iterable[Sequence[Cell]], column: int) -> str:
    """The lowest text above a column that names it: no bare unit, no form of dates; empty where there is none."""
    words = words_of(headings, column)
    for text in reversed(words):
        if not _NO_NAMES.fullmatch(text) and not _is_unit(text):
            return text
    return words[-1] if words else ""


def without_unit(text: str) -> str:
    """A heading without the unit in brackets at its end; as it is, where nothing else would be left.

    Examples
    --------
    >>> without_unit("Moc czynna [kW]"), without_unit("Hall (north)"), without_unit("[kWh]")
    ('Moc czynna', 'Hall (north)', '[kWh]')
    """
    found = _LAST_BRACKETS.fullmatch(text)
    return found[1] if found and tidy(found[2]) in _UNITS else text


def _is_unit(text: str) -> bool:
    bare = _BRACKETS.sub(r"\1", text)
    return tidy(bare) in _UNITS or tidy(bare) in _OTHERS


def names_of(headings: Sequence[Sequence[Cell]], width: int) -> dict[int, str]:
    """Heading of each column, or its letter where it has none."""
    return {place: heading_of(headings, place) or letter(place) for place in range(width)}
