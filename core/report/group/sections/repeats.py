"""What counts once only: eliminated between own plants, and what more than one plant claims."""

from __future__ import annotations

from typing import Any

from core.i18n import T, Text
from core.report.data import SCOPE_NAMES, exact, tonnes
from core.report.flow import Block, Remark, heading, lead, note
from core.report.group.data import ZERO, GroupData
from core.report.style import BODY, SIGNAL, SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Counted once")
ORDER = 60
_KINDS: dict[str, Text] = {
    "certificate": T("Certificate of attributes"),
    "contract": T("Contract"),
    "meter": T("Meter"),
    "evidence": T("Evidence"),
}
_MOST = 200


def story(data: GroupData, lang: str) -> list[Any]:
    """Always: that nothing counts twice is a statement, too."""
    return [
        lead(data.tr(T("Energy and goods between own plants, and proofs that may be used by one plant only."), lang)),
        heading(data.tr(T("Eliminated between own plants"), lang), f"eliminated-{lang}"),
        *_eliminated(data, lang),
        heading(data.tr(T("Claimed by more than one plant"), lang), f"repeats-{lang}"),
        *_repeats(data, lang),
    ]


def _eliminated(data: GroupData, lang: str) -> list[Any]:
    found = data.contents.eliminated
    if not found:
        words = T("Nothing was eliminated: no plant delivers to another one, as far as head office says.")
        return [Block(data.tr(words, lang), BODY)]
    columns = [
        Column(data.tr(T("Made by"), lang), 1.0, most=3),
        Column(data.tr(T("Reported again by"), lang), 1.0, most=3),
        Column(data.tr(T("Source there"), lang), 1.0, most=3),
        Column("%", 38, "right", fixed=True),
        Column(data.tr(T("Scope"), lang), 1.0, most=3),
        Column("t CO2e", 74, "right", fixed=True),
    ]
    rows = [
        Row((one.seller, one.buyer, one.source, exact(one.percent, 2),
             data.tr(SCOPE_NAMES[one.scope], lang) if one.scope in SCOPE_NAMES else one.scope, tonnes(one.tonnes)))
        for one in found
    ]  # fmt: skip
    location = sum((one.tonnes for one in found if one.scope in ("scope1", "scope2_location", "scope3")), ZERO)
    whole = Row((data.tr(T("Total, location-based"), lang), "", "", "", "", tonnes(location)), "total")
    said = T("Taken away from the buyer; the seller's emissions stay where they arise.")
    return [Table(columns, [*rows, whole], SMALL_CELL, pad=2.6, after=4), note(data.tr(said, lang))]


def _repeats(data: GroupData, lang: str) -> list[Any]:
    found = data.contents.repeats
    if not found:
        return [Block(data.tr(T("No certificate, contract, meter or proof is claimed by two plants."), lang), BODY)]
    columns = [
        Column(data.tr(T("Kind"), lang), 84, fixed=True, most=3),
        Column(data.tr(T("Number or SHA-256"), lang), 1.0, most=3),
        Column(data.tr(T("Plants"), lang), 1.2, most=6),
        Column(data.tr(T("Amount"), lang), 74, "right", fixed=True, most=3),
        Column(data.tr(T("Remark"), lang), 1.2, most=6),
    ]
    rows = [
        Row((data.tr(_KINDS[one.kind], lang) if one.kind in _KINDS else one.kind, one.value, "\n".join(one.plants),
             one.amount or "–", data.tr(one.note, lang) if one.note is not None else ""))
        for one in found[:_MOST]
    ]  # fmt: skip
    words = T("These claims stand in signed reports. They are not corrected here: the plants concerned restate.")
    return [Remark(data.tr(words, lang), BODY, SIGNAL), Table(columns, rows, SMALL_CELL, pad=2.6)]
