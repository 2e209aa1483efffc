"""What the cells of derived tables mean: they hold keys, so that plants of any language add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from core.actions.areas import all_areas
from core.actions.timeline import STATUS_TITLES
from core.audit.key_figures import figure_title
from core.audit.statement import ASSURANCE
from core.disclosures.undertakings import TEXTS
from core.i18n import Localised, T, Text, verbatim
from core.instruments.words import KINDS, SCHEMES, TECHNOLOGIES
from core.inventory.views import CATEGORY_TITLES, NATURE_TITLES
from core.inventory.views.titles import APPROACH_TITLES
from core.inventory.waterfall import TITLES
from core.ledger import ActionArea
from core.library import Item, load_library
from core.library.places import countries
from core.methods import SCOPE_TITLES, all_methods
from core.minerals import STANDING_NAMES, STATUS_NAMES
from core.minerals.words import mineral_name
from core.products import UNIT_TITLES
from core.targets.parts import PARTS, part_title
from core.targets.words import STATED, STATUSES

SEPARATOR = "; "
"""Between several keys of one cell."""
YES_NO: Mapping[str, Text] = {"yes": T("yes"), "no": T("no"), "unknown": T("not known")}
PURPOSES: Mapping[str, Localised] = {
    "stationary": NATURE_TITLES["stationary"],
    "mobile": NATURE_TITLES["mobile"],
    "chp": T("Combined heat and power"),
    "process": T("Welding and cutting"),
}
"""What fuel is burned for."""
CARRIERS: Mapping[str, Text] = {"electricity": T("Electricity"), "heat": T("Heat")}
KINDS_OF_TARGET: Mapping[str, Text] = {"absolute": T("Absolute"), "intensity": T("Intensity")}
DECLARED: Mapping[str, Localised] = {
    **STATUS_NAMES,
    "accepted": T("accepted"),
    "sent_back": T("sent back"),
    "received": T("received"),
    "silent": T("not answered"),
}
"""States of a supplier's declaration of minerals."""
SUMS: Mapping[str, Localised] = {
    **SCOPE_TITLES,
    "location": T("Total, location-based"),
    "market": T("Total, market-based"),
}
LEFT_OUT: Mapping[str, Text] = {
    "missing_factor": T("no factor is published"),
    "ambiguous_energy": T("net or gross calorific value is not said"),
    "not_understood": T("the record cannot be understood"),
    "contradiction": T("the record contradicts itself"),
    "stock_contradicts": T("the stock contradicts itself"),
    "solar_use_unknown": T("own use and feed-in are not known"),
}
"""Why a record is not in the totals, by the rule that says so."""
Said = Callable[[str, "Words"], Localised]


class Words:
    """What the keys of one plant's tables may mean besides those that every plant has."""

    def __init__(self, items: Mapping[str, Item] | None = None, areas: Iterable[ActionArea] = ()) -> None:
        self._items = load_library().items if items is None else items
        self._areas = {one.key: one.name for one in all_areas(areas)}

    def item(self, key: str) -> Localised:
        """What something that is burned, bought or measured is called."""
        found = self._items.get(key)
        return verbatim(key) if found is None else found.name

    def area(self, key: str) -> Localised:
        """An area of action."""
        return self._areas.get(key, verbatim(key))


def cell_words(point: str, column: str, cell: str, words: Words) -> Localised:
    """What a cell of a table says.

    Parameters
    ----------
    point, column
        keys of the data point and of its column.
    cell
        as the value has it.
    words
        of the plant; those of the program are enough for most.

    Returns
    -------
    Localised
        the cell itself where it is no key: a number, a name, what a person typed.

    Examples
    --------
    >>> str(cell_words("base.s3", "category", "4", Words({})))
    'Inbound and paid transport'
    >>> cell_words("target.list", "scopes", "scope1; scope3", Words({})).in_language("zh")
    '范围一、范围三'
    """
    say = _SAID.get((point, column))
    parts = cell.split(SEPARATOR) if say is not None and cell else ()
    if say is None or not parts:
        return verbatim(cell)
    if len(parts) == 1:
        return say(parts[0], words)
    return T("{parts}", parts=[say(part, words) for part in parts])


def _of(known: Mapping[str, Localised]) -> Said:
    return lambda key, _words: known.get(key, verbatim(key))


def _category(key: str, _words: Words) -> Localised:
    number = int(key) if key.isascii() and key.isdecimal() else 0
    return CATEGORY_TITLES.get(number, verbatim(key))


def _part(key: str, _words: Words) -> Localised:
    return part_title(key) if key in PARTS else verbatim(key)


def _left_out(key: str, _words: Words) -> Localised:
    return LEFT_OUT.get(key, verbatim(key))


def _method(key: str, _words: Words) -> Localised:
    found = all_methods().get(key)
    return verbatim(key) if found is None else found.title


def _country(key: str, _words: Words) -> Localised:
    return countries().get(key, verbatim(key))


def _item(key: str, words: Words) -> Localised:
    return words.item(key)


def _mains(key: str, words: Words) -> Localised:
    return words.item("water") if key == "mains" else verbatim(key)


_SAID: Mapping[tuple[str, str], Said] = {
    ("org.countries", "country"): _country,
    ("site.output", "family"): lambda key, _words: figure_title(key),
    ("boundary.reporting", "scope"): _part,
    ("boundary.reporting", "significant"): _of(YES_NO),
    ("boundary.exclusions", "source"): _part,
    ("boundary.exclusions", "reason"): _left_out,
    ("method.factors", "factor"): _item,
    ("method.approach", "approach"): _method,
    ("method.uncertainty", "category"): _of(SUMS),
    ("base.s3", "category"): _category,
    ("ghg.prev_s3", "category"): _category,
    ("ghg.s1_type", "type"): _of(NATURE_TITLES),
    ("ghg.s3_cat", "category"): _category,
    ("ghg.s3_cat", "method"): _of(APPROACH_TITLES),
    ("ghg.change", "reason"): _of(TITLES),
    ("energy.fuel_type", "fuel"): _item,
    ("energy.fuel_type", "purpose"): _of(PURPOSES),
    ("energy.fuel_type", "renewable"): _of(YES_NO),
    ("energy.heat_buy", "carrier"): _item,
    ("energy.gen", "carrier"): _of(CARRIERS),
    ("energy.contracts", "country"): _country,
    ("energy.contracts", "type"): _of(KINDS),
    ("energy.contracts", "technology"): _of(TECHNOLOGIES),
    ("energy.contracts", "tracking"): _of(SCHEMES),
    ("energy.contracts", "origin"): _country,
    ("target.list", "scopes"): _part,
    ("target.list", "kind"): _of(KINDS_OF_TARGET),
    ("target.list", "status"): _of(STATUSES),
    ("target.netzero", "scopes"): _part,
    ("target.netzero", "status"): _of(STATUSES),
    ("target.neutral_plant", "scopes"): _part,
    ("target.neutral_plant", "status"): _of(STATED),
    ("action.list", "area"): lambda key, words: words.area(key),
    ("action.list", "stage"): _of(STATUS_TITLES),
    ("assure.s1", "level"): _of(ASSURANCE),
    ("assure.s2", "level"): _of(ASSURANCE),
    ("assure.s3", "level"): _of(ASSURANCE),
    ("min.in_product", "mineral"): lambda key, _words: mineral_name(key),
    ("min.in_product", "added"): _of(YES_NO),
    ("min.in_product", "remains"): _of(YES_NO),
    ("min.supplier_cmrt", "status"): _of(DECLARED),
    ("min.smelters", "mineral"): lambda key, _words: mineral_name(key),
    ("min.smelters", "country"): _country,
    ("min.smelters", "status"): _of(STANDING_NAMES),
    ("supp.undertake", "text"): _of(TEXTS),
    ("pcf.list", "unit"): _of(UNIT_TITLES),
    ("water.withdraw", "source"): _mains,
}
