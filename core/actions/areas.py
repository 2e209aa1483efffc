"""The areas of the action plan: eight that the company names, which a plant may call as it likes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from core.i18n import Localised, Name, verbatim
from core.ledger import ActionArea


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the plan."""

    key: str
    name: Localised
    """As the plant calls it, else as shipped."""
    about: Localised
    """What belongs to it; the plant's own note where there is one."""
    owner: str = ""
    shipped: bool = True
    """One of the eight; False: an area of the plant itself."""


def all_areas(records: Iterable[ActionArea] = ()) -> tuple[Area, ...]:
    """Every area: the eight in their order, then the plant's own in the order of their keys.

    Parameters
    ----------
    records
        what the plant says of areas, by the key of the area.

    Examples
    --------
    >>> [area.key for area in all_areas()][:3]
    ['governance', 'renewable_electricity', 'energy_efficiency']
    >>> str(all_areas([ActionArea("heat", "Paint shop and heat")])[3].name)
    'Paint shop and heat'
    """
    said = {one.id: one for one in records}
    known = _shipped()
    own = (Area(key, verbatim(key), verbatim(""), shipped=False) for key in sorted(set(said) - {a.key for a in known}))
    return tuple(_renamed(area, said.get(area.key)) for area in (*known, *own))


def _renamed(area: Area, record: ActionArea | None) -> Area:
    if record is None:
        return area
    shipped = ("", *(area.name.in_language(lang) for lang in ("en", "zh")))  # who names only an owner renames nothing
    name = area.name if record.name.strip() in shipped else verbatim(record.name)
    about = verbatim(record.note) if record.note.strip() else area.about
    return Area(area.key, name, about, record.owner, area.shipped)


@cache
def _shipped() -> tuple[Area, ...]:
    text = (files("resources") / "rules" / "actions.toml").read_text("utf-8")
    return tuple(
        Area(key, Name(said["name_en"], said["name_zh"]), Name(said["about_en"], said["about_zh"]))
        for key, said in tomllib.loads(text).items()
    )
