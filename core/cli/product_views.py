"""How footprints look in a terminal and for other programs, and how they leave."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from decimal import Decimal

from core.cli.common import GOOD, NO, inventory_of_plant, library_of_plant, now, print_json, table, write
from core.cli.energy import year_ahead
from core.entering.naming import keyed
from core.entering.plant.products import OUTPUT
from core.errors import UserError
from core.exchange.cells import parse_boolean
from core.exchange.dates import parse_date
from core.exchange.numbers import parse_number
from core.exchange.stated_footprints import Declared
from core.i18n import T, show_number
from core.ledger import Ledger, Product
from core.products import KEY_TITLES, STAGE_TITLES, UNIT_TITLES, Footprint, Footprints, footprints_of, mass_of
from core.products.plain import footprints_to_plain
from core.store import PlantFile

DASH = "–"
PLACES = 3
"""Decimals of a kilogram in a terminal."""
_HEADS = (T("Product"), T("Product number"), T("Declared unit"), T("Mass [kg]"), T("Quantity made"),
          T("Footprint [kg CO₂e/unit]"), T("Primary data [%]"))  # fmt: skip


def show(arguments: argparse.Namespace) -> int:
    """One of the views, or the export."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        library = library_of_plant(plant)
        inventory = inventory_of_plant(plant, year_ahead(plant.ledger, arguments.year), library)
        ledger = plant.ledger
        found = footprints_of(ledger, inventory, library, view=arguments.view, electricity=arguments.electricity)
    views: dict[str, Callable[[Ledger, Footprints, argparse.Namespace], bool]] = {
        "list": _list, "footprint": _footprint, "export": _export,
    }  # fmt: skip
    return GOOD if views[arguments.shows](ledger, found, arguments) else NO


def _meant(ledger: Ledger, arguments: argparse.Namespace) -> tuple[str, ...]:
    """Ids of the products asked for, each by its name or id; of all of them when none is named."""
    named = [keyed(ledger, OUTPUT.field("product"), words) for words in arguments.product]
    return tuple(dict.fromkeys(named)) or tuple(one.id for one in ledger.held(Product))


# ---------------------------------------------------------------------- shown


def _list(ledger: Ledger, found: Footprints, arguments: argparse.Namespace) -> bool:
    lang, products = arguments.lang_ui, ledger.held(Product)
    if arguments.json:
        plain = footprints_to_plain(found, lang)
        plain["products"] = [_product_to_plain(one, found) for one in products]
        print_json({key: plain[key] for key in ("year", "view", "electricity", "products", "problems", "notes")})
    else:
        heads = ["", *(words.in_language(lang) for words in _HEADS)]
        write(table(heads, [_row(one, found, lang) for one in products], (4, 5, 6, 7)))
        _say(found, lang)
    return bool(products) and not found.problems


def _product_to_plain(one: Product, found: Footprints) -> dict[str, object]:
    footprint, mass = found.of(one.id), mass_of(one)
    return {
        "id": one.id, "name": one.name, "number": one.number, "unit": one.unit, "mass_kg": _text(mass),
        "quantity": _text(None if footprint is None else footprint.quantity),
        "kg_per_unit": _text(None if footprint is None else footprint.per_unit),
        "primary_share": _text(None if footprint is None else footprint.primary_share),
    }  # fmt: skip


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _row(one: Product, found: Footprints, lang: str) -> list[str]:
    footprint, mass = found.of(one.id), mass_of(one)
    unit = UNIT_TITLES[one.unit].in_language(lang) if one.unit in UNIT_TITLES else one.unit
    said = [one.id, one.name, one.number, unit, DASH if mass is None else show_number(mass)]
    if footprint is None:
        return [*said, DASH, DASH, DASH]
    return [*said, show_number(footprint.quantity), show_number(footprint.per_unit, PLACES),
            show_number(footprint.primary_share, 1)]  # fmt: skip


def _footprint(ledger: Ledger, found: Footprints, arguments: argparse.Namespace) -> bool:
    lang, wanted = arguments.lang_ui, _meant(ledger, arguments)
    footprints = [one for one in (found.of(key) for key in wanted) if one is not None]
    if arguments.json:
        plain = footprints_to_plain(found, lang)
        kept = {one.product.id for one in footprints}
        held = plain["footprints"]
        assert isinstance(held, list)
        print_json({**plain, "footprints": [one for one in held if one["product"] in kept]})
    else:
        for one in footprints:
            _print(one, lang)
        _print_sharing(found, lang)
        _say(found, lang)
    return bool(wanted) and len(footprints) == len(wanted)


def _print(one: Footprint, lang: str) -> None:
    unit = UNIT_TITLES[one.product.unit].in_language(lang) if one.product.unit in UNIT_TITLES else one.product.unit
    write(T("{product}: {kg} kg CO₂e per {unit}, {share} % of it primary data", product=one.product.name,
            kg=show_number(one.per_unit, PLACES), unit=unit,
            share=show_number(one.primary_share, 1)).in_language(lang))  # fmt: skip
    heads = [words.in_language(lang) for words in (T("Stage"), T("What"), T("kg CO₂e/unit"), T("Primary data"),
                                                   T("Source of the factor"))]  # fmt: skip
    rows = []
    for part in one.contributions:
        kg = part.tonnes * 1000 / one.quantity
        said = (T("yes") if part.primary else T("no")).in_language(lang)
        rows.append([STAGE_TITLES[part.stage].in_language(lang), part.what, show_number(kg, PLACES), said, part.factor])
    write(table(heads, rows, (2,)))
    write("")


def _print_sharing(found: Footprints, lang: str) -> None:
    heads = [words.in_language(lang) for words in (T("Source"), T("Stage"), T("t CO₂e"), T("Shared by"), T("Reason"))]
    rows = [
        [one.source, STAGE_TITLES[one.stage].in_language(lang), show_number(one.tonnes, PLACES),
         KEY_TITLES[one.key].in_language(lang) if one.key in KEY_TITLES else one.key, one.reason]
        for one in found.sources
    ]  # fmt: skip
    write(table(heads, rows, (2,)))
    sums = T("Shared among the products: {shared} t CO₂e; apart: {apart} t CO₂e; together what the plant emitted.",
             shared=found.shared, apart=found.apart)  # fmt: skip
    write(sums.in_language(lang))


def _say(found: Footprints, lang: str) -> None:
    for one in found.problems:
        write(f"[{T('In the way').in_language(lang)}] {one.in_language(lang)}")
    for one in found.notes:
        write(one.in_language(lang))


# ---------------------------------------------------------------------- export


def _export(ledger: Ledger, found: Footprints, arguments: argparse.Namespace) -> bool:
    from core.exchange.catena_x import write_catena_x
    from core.exchange.pact import write_pact
    from core.exchange.product_workbook import write_footprints

    wanted, out = _meant(ledger, arguments), arguments.out
    chosen = arguments.format or ("xlsx" if out.suffix.casefold() == ".xlsx" else "pact")
    if chosen == "xlsx":
        write_footprints(out, found, arguments.lang_ui)
    elif chosen == "pact":
        write_pact(out, found, _whole(found, wanted), declared_of(arguments), now())
    else:
        write_catena_x(out, found, _only(_whole(found, wanted)), declared_of(arguments), now())
    if arguments.json:
        print_json({"written": str(out), "format": chosen, "products": list(wanted)})
    return chosen != "xlsx" or not found.problems


def _whole(found: Footprints, wanted: tuple[str, ...]) -> tuple[str, ...]:
    if not wanted:
        raise UserError(
            found.problems[0] if found.problems else T("No product is entered."),
            T("Enter a product with its parts first."),
        )
    return wanted


def _only(wanted: tuple[str, ...]) -> str:
    if len(wanted) != 1:
        raise UserError(
            T("A file for Catena-X holds one product."), T("Name it with {option}.", option="--product NAME")
        )
    return wanted[0]


def declared_of(arguments: argparse.Namespace) -> Declared:
    """What the options say.

    Raises
    ------
    UserError
        for a number, a day or a yes that cannot be read.
    """
    packaging, until = arguments.packaging, arguments.valid_until
    return Declared(
        company_ids=_said(arguments.company_id),
        domain=arguments.domain or "",
        standards=_said(arguments.standard),
        rules=_said(arguments.rule),
        exempted=_number(arguments.exempted),
        exempted_why=arguments.exempted_why or "",
        packaging=None if packaging is None else parse_boolean(packaging),
        comment=arguments.comment or "",
        legal=arguments.legal or "",
        technological=_number(arguments.technological),
        temporal=_number(arguments.temporal),
        geographical=_number(arguments.geographical),
        valid_until=None if until is None else parse_date(until, end=True),
        incineration=arguments.incineration or "",
    )


def _said(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(one.strip() for one in words if one.strip())


def _number(text: str | None) -> Decimal | None:
    return None if text is None else parse_number(text)
