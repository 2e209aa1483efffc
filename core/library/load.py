"""Reads ``resources/factors``, ``gwp``, ``items`` and ``units.toml``. A new file in one of the folders adds its data.

Factor files are csv: first lines ``# key: value`` for the publication, then a header and one row per number. See
CONTRIBUTING.md for the columns.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from core.errors import UserError
from core.i18n import Name, T
from core.library.factors import Factor, FactorSet
from core.library.gwp import GASES, Gwp, Species
from core.library.items import Item
from core.library.library import Library
from core.library.shelves import Sheet, Shelves, first_cells
from core.library.units import Unit, Units

AMOUNTS = ("CO2", "CH4", "N2O", "CO2e")
"""Columns of a factor file that carry amounts of a gas."""


@cache
def load_library() -> Library:
    """The library this program was shipped with. Read once; immutable."""
    resources = files("resources")
    units = read_units((resources / "units.toml").read_text("utf-8"))
    gwp = {g.key: g for g in (read_gwp(f.name, f.read_text("utf-8")) for f in _csv_files(resources / "gwp"))}
    items = {i.key: i for f in _csv_files(resources / "items") for i in read_items(f.name, f.read_text("utf-8"))}
    sheets = tuple(read_sheet(f.name, f.read_text("utf-8")) for f in _csv_files(resources / "factors"))
    return Library(units, gwp, items, Shelves(sheets))


def _csv_files(folder: Traversable) -> list[Traversable]:
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".csv")), key=lambda f: f.name)
    if not found:
        raise RuntimeError(f"{folder} holds no data: the installation is incomplete")
    return found


def read_units(text: str) -> Units:
    """Units from the text of ``units.toml``."""
    table = tomllib.loads(text)
    return Units(
        (
            Unit(key, dimension, Fraction(one["to_base"]), Name(one.get("en", key), one.get("zh", key))),
            tuple(one.get("aliases", ())),
        )
        for dimension, units in table.items()
        for key, one in units.items()
    )


def _head(text: str) -> tuple[dict[str, str], int, list[str]]:
    """Header lines ``# key: value``, how many they are, and all lines."""
    lines = text.splitlines()
    meta: dict[str, str] = {}
    start = 0
    while start < len(lines) and lines[start].startswith("#"):
        key, _, value = lines[start].lstrip("# ").partition(":")
        meta[key.strip()] = value.strip()
        start += 1
    return meta, start, lines


def _cells(name: str, columns: Sequence[str], number: int, cells: Sequence[str]) -> dict[str, str]:
    """One row by column, as a person counts rows."""
    if len(cells) != len(columns):
        raise UserError(
            T("{file}, row {row}: the number of columns differs from the header.", file=name, row=number),
            T("Correct this place in the file, then repeat."),
        )
    return {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}


def _table(name: str, text: str) -> tuple[dict[str, str], Iterator[tuple[int, dict[str, str]]]]:
    """Header lines ``# key: value`` and the numbered rows below."""
    meta, start, lines = _head(text)
    reader = csv.reader(lines[start:], strict=True)
    columns = next(reader, [])
    rows = (cells for cells in reader if cells)
    return meta, ((number, _cells(name, columns, number, cells)) for number, cells in enumerate(rows, start + 2))


def _number(name: str, row: int, column: str, text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise UserError(
            T(
                "{file}, row {row}, column {column}: “{value}” is not a number.",
                file=name,
                row=row,
                column=column,
                value=text,
            ),
            T("Correct this place in the file, then repeat."),
        ) from error
    if not value.is_finite():
        raise UserError(
            T(
                "{file}, row {row}, column {column}: “{value}” is not a number.",
                file=name,
                row=row,
                column=column,
                value=text,
            ),
            T("Correct this place in the file, then repeat."),
        )
    return value


def _needed(name: str, meta: Mapping[str, str], key: str) -> str:
    if not meta.get(key):
        raise UserError(
            T("{file} does not say its {key}.", file=name, key=key), T("Correct this place in the file, then repeat.")
        )
    return meta[key]


def read_factors(name: str, text: str) -> tuple[Factor, ...]:
    """The factors of one file, named like its publication.

    Raises
    ------
    UserError
        naming file, row and column of what is missing or wrong.
    """
    meta, rows = _table(name, text)
    publication = _publication(name, meta)
    factors = tuple(_factor(name, number, row, publication) for number, row in rows)
    if len({f.key for f in factors}) != len(factors):
        raise UserError(
            T("{file} has two rows with the same key.", file=name), T("Correct this place in the file, then repeat.")
        )
    return factors


def read_sheet(name: str, text: str) -> Sheet:
    """One of the shipped files, whose rows are read when they are asked for; each row stands on one line."""
    meta, start, lines = _head(text)
    publication = _publication(name, meta)
    columns = next(csv.reader(lines[start : start + 1]), [""])
    if columns[0] != "item":
        raise UserError(
            T("{file}: the first column must be “item”.", file=name), T("Correct this place in the file, then repeat.")
        )
    body = [(number, line) for number, line in enumerate(lines[start + 1 :], start + 2) if line]

    def read(numbers: Sequence[int]) -> Iterator[Factor]:
        reader = csv.reader((body[n][1] for n in numbers), strict=True)
        for n, cells in zip(numbers, reader, strict=True):
            yield _factor(name, body[n][0], _cells(name, columns, body[n][0], cells), publication)

    return Sheet(publication, first_cells([line for _, line in body]), read)


def _publication(name: str, meta: Mapping[str, str]) -> FactorSet:
    return FactorSet(
        key=name.removesuffix(".csv"),
        title=Name(_needed(name, meta, "title_en"), _needed(name, meta, "title_zh")),
        publisher=_needed(name, meta, "publisher"),
        edition=_needed(name, meta, "edition"),
        year=int(_needed(name, meta, "year")),
        published=_needed(name, meta, "published"),
        licence=_needed(name, meta, "licence"),
        gwp=meta.get("gwp", ""),
        rank=int(meta.get("rank", "5")),
        note=meta.get("note", ""),
    )


def _factor(name: str, number: int, row: dict[str, str], publication: FactorSet) -> Factor:
    amounts = {gas: _number(name, number, gas, row[gas]) for gas in AMOUNTS if row.get(gas)}
    bare = _number(name, number, "value", row["value"]) if row.get("value") else None
    if bool(amounts) == (bare is not None):
        raise UserError(
            T("{file}, row {row}: give either gases or a value.", file=name, row=number),
            T("Correct this place in the file, then repeat."),
        )
    if not row.get("place"):
        raise UserError(
            T("{file}, row {row}: the place in the publication is missing.", file=name, row=number),
            T("Correct this place in the file, then repeat."),
        )
    per = row["unit"].partition("/")[2]
    parts = (publication.key, row["item"], row["use"], row["region"], row.get("year", ""), per if amounts else "")
    return Factor(
        key=".".join(part for part in parts if part),
        set=publication,
        item=row["item"],
        use=row["use"],
        region=row["region"],
        data_year=int(row.get("year") or 0),
        unit=row["unit"],
        amounts=amounts,
        value=bare,
        place=row["place"],
        status=row.get("status") or "VERIFIED",
        name=Name(row["name_en"], row["name_zh"]) if row.get("name_en") and row.get("name_zh") else None,
        lower=_number(name, number, "lower", row["lower"]) if row.get("lower") else None,
        upper=_number(name, number, "upper", row["upper"]) if row.get("upper") else None,
        note=row.get("note", ""),
    )


def read_gwp(name: str, text: str) -> Gwp:
    """One assessment report's potentials."""
    meta, rows = _table(name, text)
    species: dict[str, Species] = {}
    for number, row in rows:
        if row["gas"] not in (*GASES, "other"):
            raise UserError(
                T("{file}, row {row}: “{gas}” is not one of the seven gases.", file=name, row=number, gas=row["gas"]),
                T("Correct this place in the file, then repeat."),
            )
        species[row["species"]] = Species(
            key=row["species"],
            gas=row["gas"],
            gwp=_number(name, number, "value", row["value"]),
            name=Name(row["name_en"], row["name_zh"]),
            place=row["place"],
            status=row.get("status") or "VERIFIED",
        )
    return Gwp(
        key=_needed(name, meta, "key"),
        title=Name(_needed(name, meta, "title_en"), _needed(name, meta, "title_zh")),
        publisher=_needed(name, meta, "publisher"),
        edition=_needed(name, meta, "edition"),
        year=int(_needed(name, meta, "year")),
        species=species,
    )


def read_items(name: str, text: str) -> Iterator[Item]:
    """The things that bills name, from one file."""
    _, rows = _table(name, text)
    for number, row in rows:
        yield Item(
            key=row["key"],
            kind=row["kind"],
            name=Name(row["name_en"], row["name_zh"]),
            unit=row["unit"],
            aliases=tuple(a.strip() for a in row["aliases"].split(";") if a.strip()),
            biogenic=row.get("biogenic") == "yes",
            composition=_composition(name, number, row.get("composition", "")),
            basis=row.get("basis") or "mass",
        )


def _composition(name: str, number: int, text: str) -> tuple[tuple[str, str], ...]:
    """``50% HFC-32 + 50% HFC-125`` -> ``(("HFC-32", "0.5"), ("HFC-125", "0.5"))``."""
    parts: list[tuple[str, str]] = []
    for part in text.split(" + ") if text else ():
        share, _, species = part.partition("% ")
        parts.append((species, f"{_number(name, number, 'composition', share) / 100:f}"))
    if parts and sum((Decimal(share) for _, share in parts), Decimal(0)) != 1:
        raise UserError(
            T("{file}, row {row}: the shares do not add up to 100 %.", file=name, row=number),
            T("Correct this place in the file, then repeat."),
        )
    return tuple(parts)
