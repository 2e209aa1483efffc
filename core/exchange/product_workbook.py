"""Footprints as a workbook: an overview, one row for each contribution, how sources were shared, what to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from core.errors import UserError
from core.exchange.book import Sheet, Value, write_book
from core.exchange.stated_footprints import VIEW_WORDS
from core.i18n import Name, T, Text
from core.library import EXACT
from core.methods import exact_sum
from core.products import GATE, KEY_TITLES, STAGE_TITLES, UNIT_TITLES, Contribution, Footprint, Footprints
from core.products.making import per_unit

OVERVIEW = Name("Footprints", "产品碳足迹")
CONTRIBUTIONS = Name("Contributions", "构成明细")
SHARING = Name("Allocation", "分摊")
NOTES = Name("Notes", "说明")
_HUNDRED, _SHARE = Decimal(100), Decimal("0.01")
_OF_OVERVIEW: tuple[Text, ...] = (
    T("Product"), T("Product number"), T("Declared unit"), T("Quantity made"), T("From"), T("To"),
    T("Footprint [kg CO₂e/unit]"), *(T("{stage} [kg CO₂e/unit]", stage=title) for title in STAGE_TITLES.values()),
    T("Biogenic CO₂, apart [kg CO₂/unit]"), T("Primary data [%]"),
)  # fmt: skip
_OF_CONTRIBUTIONS: tuple[Text, ...] = (
    T("Product"), T("Stage"), T("What"), T("t CO₂e"), T("kg CO₂e/unit"), T("Share of the footprint [%]"),
    T("Biogenic CO₂, apart [t CO₂]"), T("Primary data"), T("Source of the factor"), T("Records"),
)  # fmt: skip
_OF_SHARING = (T("Source"), T("Stage"), T("Shared by"), T("Reason"), T("Product"), T("t CO₂e"))


def write_footprints(path: Path, footprints: Footprints, language: str = "both") -> None:
    """All footprints of a year.

    Parameters
    ----------
    path
        ``.xlsx`` to write.
    footprints
        of the year; those in whose way something stands are missing, and the last sheet says why.
    language
        of headings and own words: ``en``, ``zh`` or ``both``.

    Raises
    ------
    UserError
        for another ending of the file, or when it cannot be written.

    Notes
    -----
    No cell is run as a formula.
    """
    if path.suffix.casefold() != ".xlsx":
        raise UserError(T("“{file}” is not an .xlsx file.", file=path.name), T("End the name with .xlsx."))
    widths = (26, 16, 14, 14, 12, 12, 14, *(16 for _stage in STAGE_TITLES), 16, 12)
    lists = [
        Sheet(OVERVIEW, _OF_OVERVIEW, widths, _overview(footprints)),
        Sheet(CONTRIBUTIONS, _OF_CONTRIBUTIONS, (26, 24, 32, 16, 16, 14, 16, 12, 48, 32), _contributions(footprints)),
        Sheet(SHARING, _OF_SHARING, (32, 24, 20, 40, 26, 16), _sharing(footprints)),
        Sheet(NOTES, (T("What"), T("Text")), (20, 120), _notes(footprints)),
    ]
    write_book(path, lists, language)


def _overview(footprints: Footprints) -> Iterator[Sequence[Value]]:
    period = footprints.period
    assert period is not None
    for one in footprints.footprints:
        product = one.product
        yield (product.name, product.number, UNIT_TITLES.get(product.unit, product.unit), one.quantity, period.start,
               period.end, one.per_unit, *(kg for _stage, kg in one.stages), one.biogenic_per_unit,
               one.primary_share)  # fmt: skip


def _contributions(footprints: Footprints) -> Iterator[Sequence[Value]]:
    for one in footprints.footprints:
        whole = exact_sum(part.tonnes for part in one.contributions if part.stage in GATE)
        for part in one.contributions:
            yield _contribution(one, part, whole)


def _contribution(one: Footprint, part: Contribution, whole: Decimal) -> Sequence[Value]:
    share = None  # the way out is no part of the footprint
    if part.stage in GATE and whole:
        share = EXACT.quantize(EXACT.divide(EXACT.multiply(part.tonnes, _HUNDRED), whole), _SHARE)
    return (one.product.name, STAGE_TITLES[part.stage], part.what, part.tonnes, per_unit(part.tonnes, one.quantity),
            share, part.biogenic, T("yes") if part.primary else T("no"), part.factor,
            "; ".join(part.records))  # fmt: skip


def _sharing(footprints: Footprints) -> Iterator[Sequence[Value]]:
    names = {one.product.id: one.product.name for one in footprints.footprints}
    for one in footprints.sources:
        said = (one.source, STAGE_TITLES[one.stage], KEY_TITLES.get(one.key, one.key), one.reason)
        for product, tonnes in one.parts or (("", one.tonnes),):
            yield *said, names.get(product, product), tonnes


def _notes(footprints: Footprints) -> Iterator[Sequence[Value]]:
    sums = T("Shared among the products: {shared} t CO₂e; apart: {apart} t CO₂e; together what the plant emitted.",
             shared=footprints.shared, apart=footprints.apart)  # fmt: skip
    for text in footprints.problems:
        yield T("In the way"), text
    for text in (VIEW_WORDS[footprints.view], sums, *footprints.notes):
        yield T("To know"), text
