"""What people ask about a field: ``resources/help/fields.toml``, by the field's title in either language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from core.i18n import catalogue
from gui.help.texts import folder
from gui.language import language

_UNIT = re.compile(r"\s*[\[(（［][^\])）］]*[\])）］]\s*$")


def field_help(title: str) -> str:
    """What a field is for, in the language of the window; empty where nobody asks."""
    found = _titles().get(title) or _titles().get(_UNIT.sub("", title))
    return found[language()] if found is not None else ""


@cache
def fields() -> Mapping[str, Mapping[str, str]]:
    """What is said of each field, by its English title."""
    found: Mapping[str, Mapping[str, str]] = tomllib.loads((folder() / "fields.toml").read_text(encoding="utf-8"))[
        "fields"
    ]
    return found


@cache
def _titles() -> Mapping[str, Mapping[str, str]]:
    """The same by titles in both languages."""
    chinese = catalogue("zh")
    named = _record_names()
    found = dict(fields())
    for title, said in fields().items():
        for other in (chinese.gettext(title), *named.get(title, ())):
            found.setdefault(_UNIT.sub("", other), said)
    return found


@cache
def _record_names() -> Mapping[str, tuple[str, ...]]:
    """Chinese names of fields of records by their English ones, units left out."""
    rooms: Mapping[str, Mapping[str, Any]] = tomllib.loads(
        (files("resources") / "records.toml").read_text(encoding="utf-8")
    )
    found: dict[str, tuple[str, ...]] = {}
    for room, names in rooms.items():
        for name in names.values() if room != "kinds" else ():
            english = _UNIT.sub("", name["en"])
            found[english] = (*found.get(english, ()), _UNIT.sub("", name["zh"]))
    return found
