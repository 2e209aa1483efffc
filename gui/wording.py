"""Words that several pages use for the same thing, and how the window writes numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from core.i18n import Localised, T, Text, labelled, places_read, show, show_number
from core.library import Library
from core.library.places import countries, grids, regions
from core.methods import SCOPE_TITLES, TraceStep, all_methods
from gui.language import _, language, say
from gui.notices import Level

TONNES = "t CO₂e"
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
SCOPES = SCOPE_TITLES
SEVERITIES: dict[str, tuple[Level, Text]] = {
    "error": ("bad", T("Error")),
    "warning": ("warning", T("Warning")),
    "info": ("info", T("Note")),
}
"""Level and word of each severity."""
GASES = {"CO2": "CO₂", "CH4": "CH₄", "N2O": "N₂O", "SF6": "SF₆", "NF3": "NF₃"}
"""How formulas are written; the other gases are written as they are."""


def minus(number: str) -> str:
    """A negative number with a minus sign in the place of a hyphen."""
    return f"−{number[1:]}" if number.startswith("-") else number


def tonnes(value: Decimal) -> str:
    """For reading: three significant digits or one decimal; the full value stands in the inspector."""
    return minus(show_number(value, places_read(value))) if value else "0"


def shown_percent(value: Decimal | None) -> str:
    """For reading: a dash where nobody knows, and never a zero that is none."""
    if value is None:
        return "–"
    if not value:
        return "0"
    if abs(value) < Decimal("0.05"):
        return "< 0.1" if value > 0 else "> −0.1"
    return minus(show_number(round(value, 1), 1))


def signed_percent(value: Decimal | None) -> str:
    """With its sign, for a change; nothing where there is none to tell."""
    return "" if value is None else ("+" if value > 0 else "") + shown_percent(value)


def item_name(library: Library, key: str) -> str:
    """Name of an item in the language of the window; the key where it is unknown."""
    item = library.items.get(key)
    return say(item.name) if item else key


def method_name(key: str) -> str:
    """Title of a method; the key where it is unknown."""
    method = all_methods().get(key)
    return say(method.title) if method else key


def unit_name(library: Library, text: str) -> str:
    """Name of a unit; the text as it is where it is unknown."""
    unit = library.units.find(text)
    return say(unit.name) if unit else text


STATUSES: dict[str, Text] = {
    "VERIFIED": T("Verified"),
    "VERIFIED_SECONDARY": T("Verified in a secondary source"),
    "DERIVED": T("Derived"),
    "RECALLED": T("From memory"),
    "SEEN_WEAK": T("Seen in a weak source"),
    "USER": T("Entered by the plant"),
}
"""Of factors: how sure their number is."""


def status_name(status: str) -> str:
    """Status of a factor in words; the key where it is unknown."""
    return say(STATUSES[status]) if status in STATUSES else status


def region_name(code: str) -> str:
    """Name of a country, region or grid; the code where it has none."""
    if code == "World":
        return say(T("World"))
    name = countries().get(code) or regions().get(code) or grids().get(code)
    return say(name) if name else code


def unit_words(library: Library, text: str) -> str:
    """A compound unit as people write it: ``t CO2/e4m3`` becomes ``t CO₂/10⁴ m³``."""
    return _WORD.sub(lambda found: _spelled(library, found[0]), text)


def _spelled(library: Library, word: str) -> str:
    if word.removesuffix("e") in GASES:
        return GASES[word.removesuffix("e")] + ("e" if word.endswith("e") else "")
    unit = library.units.all.get(word)
    # In formulas only keys that nobody writes are replaced: kWh and t are read in both languages.
    return unit.name.en if unit and unit.name.en != word else word


def formula_of(library: Library, step: TraceStep) -> str:
    """``12,500 t × 42.652 GJ/t``: the step's numbers and units as everywhere else."""
    shown = (f"{show_number(value)} {unit_words(library, unit)}".rstrip() for value, unit in step.numbers)
    return step.form.format(*shown)


def said(*texts: Localised) -> str:
    """Sentences one after the other; Chinese ones end in a full stop that brings its own air."""
    return in_turn(say(text) for text in texts)


def in_turn(sentences: Iterable[str]) -> str:
    """The same with sentences that are in the language of the window already."""
    return ("" if language() == "zh" else " ").join(filter(None, sentences))


def listed(words: Iterable[str]) -> str:
    """Words of one list, apart as the language writes them."""
    return ("、" if language() == "zh" else ", ").join(words)


def some_of(names: Sequence[str], most: int) -> str:
    """The first names of many, and how many more there are; a single one more is named too."""
    if len(names) <= most + 1:
        return listed(names)
    return _("{names} and {count} more", names=listed(names[:most]), count=len(names) - most)


def shortened(text: Text, most: int = 6) -> Text:
    """A sentence whose lists name only the first of many; the same object where none is long."""
    short = {
        key: some_of([show(one, language()) for one in value], most)
        for key, value in text.args.items()
        if isinstance(value, Sequence) and not isinstance(value, str) and len(value) > most + 1
    }
    return Text(text.msgid, {**text.args, **short}) if short else text


def named(what: str, value: str) -> str:
    """What something is, with the colon of the language."""
    return labelled(what, value, language())


def clauses(words: Iterable[str]) -> str:
    """Parts of one sentence, each of which may hold a comma itself."""
    return ("；" if language() == "zh" else "; ").join(words)
