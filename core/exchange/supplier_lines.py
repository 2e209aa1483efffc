"""The lines of a request for scope 3 data: what is asked, what comes back, and what each cell must keep to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import UserError
from core.exchange.tables import CellError
from core.i18n import Localised, Name, T, Text
from core.ledger.codec import read_decimal
from core.library import load_library
from core.methods import all_methods

GOODS = frozenset({"material", "commodity", "product", "service", "water"})
"""Kinds of items that are bought."""
OTHER_ITEM = "purchased_product"
"""Item of a line that names none."""
SUPPLIER_SPECIFIC, FREIGHT = "supplier_specific", "freight"
"""Methods of what comes of an answer."""
MOST_LINES = 200
LONGEST_WHAT = 120
LONGEST = 300
"""Characters of what a supplier writes in a cell."""
MOST_FOOTPRINT = Decimal(1_000_000)
"""Of one unit. [kg CO2e]"""
MOST_DISTANCE = Decimal(50_000)
"""More than once around the world. [km]"""
MOST_MASS = Decimal(1_000_000)
"""Of one unit. [kg]"""
TO_GATE, TO_PLANT, OWN_WORKS = "cradle_to_gate", "cradle_to_plant", "gate_to_gate"
BOUNDARIES: Mapping[str, Name] = {
    TO_GATE: Name("Cradle to our gate", "从摇篮到我方大门"),
    TO_PLANT: Name("Cradle to your plant (delivery included)", "从摇篮到贵厂（含运输）"),
    OWN_WORKS: Name("Our own works only", "仅我方厂内"),
}
"""What a supplier's footprint takes in; a footprint of the own works alone is kept and never counted."""
MODES = (
    "van", "truck", "truck_articulated", "rail_freight", "container_ship", "barge", "air_freight",
)  # fmt: skip
"""Items of the library by which goods arrive."""
STANDARDS = (
    "ISO 14067", "GHG Protocol Product Standard", "PACT", "Catena-X PCF Rulebook", "ISO 14025 (EPD)", "GB/T 24067",
)  # fmt: skip
"""Offered for choosing; another one may be written."""
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Column:
    """One cell of each line."""

    key: str
    name: Name
    form: str = "text"
    """``text`` or ``number``."""
    required: bool = False
    width: int = 16
    """In the workbook. [characters]"""


ASKED = (
    Column("number", Name("Line", "行号"), width=8),
    Column("what", Name("What is bought", "采购内容"), required=True, width=36),
    Column("item", Name("Item of the library", "因子库项目")),
    Column("quantity", Name("Quantity bought", "采购数量"), "number", required=True, width=16),
    Column("unit", Name("Unit of quantity", "数量单位"), required=True, width=12),
)
"""The cells of a line that is asked, in the order in which a record keeps them."""
ANSWERED = (
    Column("number", Name("Line", "行号"), required=True, width=8),
    Column("footprint", Name("Footprint of one unit [kg CO₂e]", "单位产品碳足迹 [kg CO₂e]"), "number", width=18),
    Column("boundary", Name("System boundary", "系统边界"), width=30),
    Column("primary", Name("Share of primary data [%]", "初级数据比例 [%]"), "number", width=14),
    Column("standard", Name("Standard", "标准"), width=22),
    Column("verified", Name("Verified by", "核查机构"), width=22),
    Column("mode", Name("Delivered by", "运输方式"), width=24),
    Column("distance", Name("Distance [km]", "运输距离 [km]"), "number", width=12),
    Column("mass", Name("Mass of one unit [kg]", "单位质量 [kg]"), "number", width=14),
    Column("comment", Name("Comment", "备注"), width=36),
)
"""The cells of an answer, in the order in which a record keeps them."""
PLACES: Mapping[str, int] = {one.key: place for place, one in enumerate(ANSWERED)}
LIMITS: Mapping[str, Decimal] = {
    "footprint": MOST_FOOTPRINT, "primary": Decimal(100), "distance": MOST_DISTANCE, "mass": MOST_MASS,
}  # fmt: skip
_ABOVE_ZERO = frozenset({"footprint", "distance", "mass"})


def modes() -> Mapping[str, Name]:
    """Means of transport by their keys."""
    items = load_library().items
    return {key: items[key].name for key in MODES}


def item_named(said: str) -> str:
    """The key of an item that is bought, from its key or name; nothing stays nothing.

    Raises
    ------
    UserError
        for what the library does not have among goods.
    """
    if not said.strip():
        return ""
    library = load_library()
    if (known := library.items.get(said.strip())) is not None and known.kind in GOODS:
        return known.key
    found = library.recognise(said, GOODS)
    if found is None:
        raise UserError(
            T("Unknown item “{item}”.", item=said.strip()[:40]),
            T("Use a material or product of the library, or leave it empty."),
        )
    return found.key


def check_asked(row: Sequence[str]) -> None:
    """Refuse a line that cannot be asked, or whose answer could not be counted.

    Raises
    ------
    UserError
        saying what is wrong.
    """
    number, what, item, quantity, unit = row
    if _NUMBER.fullmatch(number) is None:
        raise UserError(T("“{text}” is no number of a line.", text=number[:20]), T("Number the lines 1, 2, 3 …"))
    if len(what) > LONGEST_WHAT:
        raise UserError(T("This is longer than {most} characters.", most=LONGEST_WHAT), T("Shorten it."))
    item_named(item)
    try:
        more_than_nothing = read_decimal(quantity) > 0
    except ValueError:
        more_than_nothing = False
    if not more_than_nothing:
        raise UserError(T("The quantity must be more than 0."), T("Correct the number."))
    library = load_library()
    if library.units.find(unit) is None:
        raise UserError(T("Unknown unit “{unit}”.", unit=unit[:40]), T("Use a unit of the list in the template."))
    if library.units.dimension(unit) not in all_methods()[SUPPLIER_SPECIFIC].dimensions:
        raise UserError(
            T("“{unit}” is no unit of something that is delivered.", unit=unit[:40]),
            T("Ask by mass, pieces, volume, energy or area."),
        )


def weighs(unit: str) -> bool:
    """Whether a quantity in this unit says what is carried.

    >>> weighs("t"), weighs("piece")
    (True, False)
    """
    return load_library().units.dimension(unit) == "mass"


# ---------------------------------------------------------------------- answers


def check_answer(row: Sequence[str], unit: str) -> None:
    """Refuse an answer that cannot be, or that says half of something.

    Parameters
    ----------
    row
        cells of :data:`ANSWERED`: numbers in plain digits, boundary and mode by their keys.
    unit
        of the line that was asked.

    Raises
    ------
    CellError
        for the first cell that is wrong.
    """
    said = dict(zip(PLACES, row, strict=True))
    for column in ANSWERED:
        if column.form == "number" and said[column.key]:
            _limits(column, _plain(column, said[column.key]))
        elif len(said[column.key]) > LONGEST:
            raise wrong(column.key, T("This is longer than {most} characters.", most=LONGEST), T("Shorten it."))
    _listed("boundary", said["boundary"], BOUNDARIES)
    _listed("mode", said["mode"], modes())
    _together(said, "footprint", "boundary")
    _together(said, "mode", "distance")
    if said["primary"] and not said["footprint"]:
        raise wrong("footprint", T("A share of primary data needs the footprint that it is a share of."),
                    T("Enter the footprint, or leave the share empty."))  # fmt: skip
    if said["mode"] and not weighs(unit) and not said["mass"] and said["boundary"] != TO_PLANT:
        raise wrong("mass", T("Without the mass of one unit the transport cannot be worked out."),
                    T("Enter what one unit weighs with its packaging."))  # fmt: skip


def wrong(key: str, reason: Text, remedy: Text) -> CellError:
    """What is wrong with one cell of an answer."""
    return CellError(ANSWERED[PLACES[key]].name, reason, remedy, reason)


def _plain(column: Column, text: str) -> Decimal:
    try:
        return read_decimal(text)
    except ValueError:
        raise wrong(column.key, T("“{text}” is not a number.", text=text[:40]), T("Correct it.")) from None


def _limits(column: Column, value: Decimal) -> None:
    most = LIMITS[column.key]
    if value < 0 or (not value and column.key in _ABOVE_ZERO):
        raise wrong(column.key, T("{number} is not more than 0.", number=value),
                    T("Enter the number; leave the cell empty where it is not known."))  # fmt: skip
    if value > most:
        raise wrong(column.key, T("{number} is more than {most}.", number=value, most=most),
                    T("Check the number and its unit."))  # fmt: skip


def _listed(key: str, said: str, known: Mapping[str, Localised]) -> None:
    if said and said not in known:
        raise wrong(key, T("“{text}” is not in the list.", text=said[:60]), choose(known.values()))


def choose(known: Iterable[Localised]) -> Text:
    """What to do about a word that is not in a list."""
    return T("Choose one of: {choices}.", choices=list(known))


def _together(said: Mapping[str, str], one: str, other: str) -> None:
    for given, lacking in ((one, other), (other, one)):
        if said[given] and not said[lacking]:
            raise wrong(lacking, T("It is empty, and “{other}” is filled in.", other=ANSWERED[PLACES[given]].name),
                        T("Fill in both or neither."))  # fmt: skip
