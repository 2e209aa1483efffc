"""The part of a library that travels in a package: what could answer the questions of one inventory."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from core.i18n import Name
from core.inventory.compile import Inventory
from core.ledger.codec import read_decimal
from core.library import GASES, Factor, FactorSet, Gwp, Item, Library, Species, Units, policy_named
from core.library.library import regions_of
from core.methods import all_methods, plain


def relevant(library: Library, inventory: Inventory, more: Collection[str] = ()) -> Library:
    """What could answer the questions of this inventory: the same items in the plant's country or the world.

    ``more`` are items that are asked for besides, what products are made of and how they travel.
    """
    applied_keys = {key for line in inventory.lines for key in line.factor.parts}
    # Some records give no line (a PV meter whose parts are known), some lines come from several records.
    items = {a.item for a in inventory.activities} | {line.activity.item for line in inventory.lines} | set(more)
    asked = items | {f.item for key in applied_keys if (f := library.factor(key)) is not None}
    policy, country = policy_named(inventory.choices.policy), inventory.plant.country
    elsewhere = policy.proxies if more or _asks_elsewhere(inventory) else ()
    regions = {*regions_of(inventory.plant), *policy.places, *elsewhere}
    factors = tuple(
        f
        for item in sorted(asked)
        for f in library.about(item)
        if f.key in applied_keys or f.region in regions or f.region.startswith(f"{country}-")
    )
    used_sets = {inventory.choices.gwp_set, *(f.set.gwp for f in factors if f.set.gwp)}
    species = {a.species for line in inventory.lines for a in line.amounts} | {"CO2", "CH4", "N2O"}
    species |= {s for key in items if key in library.items for s, _ in library.items[key].composition} | items
    gwp = {key: _only(library.gwp[key], species) for key in sorted(used_sets)}
    known = {key: library.items[key] for key in sorted(asked) if key in library.items}
    return Library(library.units, gwp, known, factors)


def _asks_elsewhere(inventory: Inventory) -> bool:
    """Only scope 3 may fall back on factors of other countries."""
    methods = all_methods()
    return any("scope3" in methods[a.method].scopes for a in inventory.activities if a.method in methods)


def _only(gwp: Gwp, species: set[str]) -> Gwp:
    kept = {key: value for key, value in gwp.species.items() if key in species}
    return Gwp(gwp.key, gwp.title, gwp.publisher, gwp.edition, gwp.year, kept)


def library_to_plain(library: Library) -> dict[str, object]:
    sets = {f.set.key: f.set for f in library.factors}
    return {
        "sets": {key: _set_to_plain(sets[key]) for key in sorted(sets)},
        "factors": {f.key: _factor_to_plain(f) for f in library.factors},
        "gwp": {key: _gwp_to_plain(g) for key, g in library.gwp.items()},
        "items": {key: _item_to_plain(i) for key, i in library.items.items()},
    }


def _name(name: Name) -> dict[str, object]:
    return {"en": name.en, "zh": name.zh}


def _name_from(value: Mapping[str, object]) -> Name:
    return Name(text(value["en"]), text(value["zh"]))


def _set_to_plain(s: FactorSet) -> dict[str, object]:
    return {
        "title": _name(s.title),
        "publisher": s.publisher,
        "edition": s.edition,
        "year": s.year,
        "published": s.published,
        "licence": s.licence,
        "gwp": s.gwp,
        "rank": s.rank,
        "note": s.note,
    }


def _factor_to_plain(f: Factor) -> dict[str, object]:
    return {
        "set": f.set.key,
        "item": f.item,
        "use": f.use,
        "region": f.region,
        "data_year": f.data_year,
        "unit": f.unit,
        "amounts": {gas: plain(value) for gas, value in f.amounts.items()},
        "value": None if f.value is None else plain(f.value),
        "place": f.place,
        "status": f.status,
        "lower": None if f.lower is None else plain(f.lower),
        "upper": None if f.upper is None else plain(f.upper),
    }


def _gwp_to_plain(g: Gwp) -> dict[str, object]:
    return {
        "title": _name(g.title),
        "publisher": g.publisher,
        "edition": g.edition,
        "year": g.year,
        "species": {
            s.key: {"gas": s.gas, "gwp": plain(s.gwp), "name": _name(s.name), "place": s.place, "status": s.status}
            for s in g.species.values()
        },
    }


def _item_to_plain(i: Item) -> dict[str, object]:
    return {
        "kind": i.kind,
        "name": _name(i.name),
        "unit": i.unit,
        "biogenic": i.biogenic,
        "basis": i.basis,
        "composition": [list(part) for part in i.composition],
    }


def library_from_plain(value: object, units: Units) -> Library:
    """The library that ``library_to_plain`` wrote, from untrusted data: what no shipped file could say is refused.

    Raises
    ------
    TypeError, KeyError, ValueError
        for another form, unknown gases or GWP sets, and factors with both or neither of gases and a value.
    """
    if not isinstance(value, dict):
        raise TypeError("library")
    sets = {key: _set_from(key, s) for key, s in value["sets"].items()}
    factors = tuple(_factor_from(key, f, sets[f["set"]]) for key, f in value["factors"].items())
    gwp = {key: _gwp_from(key, g) for key, g in value["gwp"].items()}
    items = {key: _item_from(key, i) for key, i in value["items"].items()}
    if any(bool(f.amounts) == (f.value is not None) for f in factors):
        raise ValueError("a factor needs either gases or a value")
    if any(s.gwp and s.gwp not in gwp for s in sets.values()):
        raise ValueError("unknown GWP set")
    if any(s.gas not in (*GASES, "other") for g in gwp.values() for s in g.species.values()):
        raise ValueError("unknown gas")
    return Library(units, gwp, items, factors)


def _set_from(key: str, s: Mapping[str, Any]) -> FactorSet:
    return FactorSet(
        key=key,
        title=_name_from(s["title"]),
        publisher=text(s["publisher"]),
        edition=text(s["edition"]),
        year=int(s["year"]),
        published=text(s["published"]),
        licence=text(s["licence"]),
        gwp=text(s["gwp"]),
        rank=int(s["rank"]),
        note=text(s["note"]),
    )


def _factor_from(key: str, f: Mapping[str, Any], publication: FactorSet) -> Factor:
    return Factor(
        key=key,
        set=publication,
        item=text(f["item"]),
        use=text(f["use"]),
        region=text(f["region"]),
        data_year=int(f["data_year"]),
        unit=text(f["unit"]),
        amounts={text(gas): read_decimal(amount) for gas, amount in f["amounts"].items()},
        value=None if f["value"] is None else read_decimal(f["value"]),
        place=text(f["place"]),
        status=text(f["status"]),
        lower=_limit(f.get("lower")),
        upper=_limit(f.get("upper")),
    )


def _limit(value: object) -> Decimal | None:
    """A published limit; packages of version 1.0 know none."""
    return None if value is None else read_decimal(text(value))


def _gwp_from(key: str, g: Mapping[str, Any]) -> Gwp:
    species = {s: _species_from(s, v) for s, v in g["species"].items()}
    return Gwp(key, _name_from(g["title"]), text(g["publisher"]), text(g["edition"]), int(g["year"]), species)


def _species_from(key: str, v: Mapping[str, Any]) -> Species:
    return Species(
        key, text(v["gas"]), read_decimal(v["gwp"]), _name_from(v["name"]), text(v["place"]), text(v["status"])
    )


def _item_from(key: str, i: Mapping[str, Any]) -> Item:
    return Item(
        key=key,
        kind=text(i["kind"]),
        name=_name_from(i["name"]),
        unit=text(i["unit"]),
        biogenic=bool(i["biogenic"]),
        composition=tuple((text(s), f"{read_decimal(p):f}") for s, p in i["composition"]),
        basis=text(i["basis"]),
    )


def text(value: object) -> str:
    """A string and nothing else.

    Raises
    ------
    TypeError
        for any other type.
    """
    if not isinstance(value, str):
        raise TypeError("text")
    return value
