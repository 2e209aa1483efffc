"""What units of key figures are called; the units of activity data have their names in the library."""

from __future__ import annotations

from collections.abc import Mapping

from core.i18n import Name

UNITS: Mapping[str, Name] = {
    "piece": Name("piece", "件"),
    "person": Name("person", "人"),
    "persons": Name("persons", "人"),
    "m2": Name("m²", "m²"),
    "person_hour": Name("h", "小时"),
    "case": Name("case", "起"),
}
"""By how they are kept; all others read alike in both languages. Of two that are called alike the first is meant."""


def unit_title(unit: str) -> Name:
    """A unit, or the unit of a ratio, as people read it.

    Examples
    --------
    >>> unit_title("kWh/piece").zh, unit_title("t/m2").en, unit_title("K·d").zh
    ('kWh/件', 't/m²', 'K·d')
    """
    names = [UNITS.get(part.strip(), Name(part, part)) for part in unit.split("/")]
    return Name("/".join(one.en for one in names), "/".join(one.zh for one in names))


def unit_kept(text: str) -> str:
    """The unit that a text means: what :func:`unit_title` shows is read back.

    Examples
    --------
    >>> unit_kept("件"), unit_kept("kWh/m²"), unit_kept("doors")
    ('piece', 'kWh/m2', 'doors')
    """
    spelled = {word: key for key in reversed(tuple(UNITS)) for word in (UNITS[key].en, UNITS[key].zh)}
    return "/".join(spelled.get(part.strip(), part) for part in text.split("/"))
