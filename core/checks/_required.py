"""Which kept files an audit asks for, as data; and which records have none of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from core.checks._types import HUNDRED, Review, Series, Setting
from core.i18n import Name
from core.inventory.evidence import CLASSES
from core.ledger import Activity
from core.library import EXACT


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row of ``resources/audit/evidence.toml``."""

    key: str
    what: Name
    """What is asked for, in words."""
    kinds: tuple[str, ...]
    """Kinds of proof, of which one is enough."""
    share: Decimal
    """From which share of the total a source must have it; 0: always. [%]"""
    source: str
    methods: tuple[str, ...] = ()
    """Empty: all."""
    items: tuple[str, ...] = ()
    """Empty: all."""
    parameters: tuple[str, ...] = ()
    """Asked only of records that state one of these; empty: of all."""
    covered: bool = False
    """Asked of the instruments that are allocated to a record; a file linked to the record will do too."""

    def concerns(self, record: Activity) -> bool:
        """Whether it is asked of a record, whatever its share."""
        return (
            (not self.methods or record.method in self.methods)
            and (not self.items or record.item in self.items)
            and (not self.parameters or any(key in self.parameters for key, _ in record.parameters))
        )


@dataclass(frozen=True, slots=True)
class Lacking:
    """Records of one series that have no file of the kinds that are asked for."""

    requirement: Requirement
    series: Series
    records: tuple[Activity, ...]
    """At least one, in the order of their days."""


def read_requirements(text: str) -> tuple[Requirement, ...]:
    """The rows of a file.

    Raises
    ------
    ValueError, KeyError
        for a row that is not complete, a kind that does not exist, or a key that stands twice.
    """
    found = tuple(_requirement(row) for row in tomllib.loads(text)["require"])
    if len({one.key for one in found}) != len(found):
        raise ValueError("a key stands twice")
    return found


def _requirement(row: Mapping[str, Any]) -> Requirement:
    kinds = tuple(str(kind) for kind in row["kinds"])
    if not kinds or not set(kinds) <= set(CLASSES) or not row["source"]:
        raise ValueError(f"{row['key']}: kinds and source")
    conditions = {name: tuple(str(one) for one in row.get(name, ())) for name in ("methods", "items", "parameters")}
    if not any(conditions.values()):
        raise ValueError(f"{row['key']}: of which records")
    share = Decimal(str(row["share"]))
    covered = bool(row.get("covered", False))
    return Requirement(
        row["key"], Name(row["en"], row["zh"]), kinds, share, row["source"], **conditions, covered=covered
    )


@cache
def requirements() -> tuple[Requirement, ...]:
    """Every row, in the order of the file."""
    return read_requirements((files("resources") / "audit" / "evidence.toml").read_text("utf-8"))


def lacking(review: Review) -> tuple[Lacking, ...]:
    """What an audit of the year asks for and nobody has kept; nothing as long as nobody audits it."""
    if review.inventory.engagement is None:
        return ()
    without = [one for _, found in review.each(_without) for one in found]
    return tuple(
        one
        for one in (*without, *_instruments_without(review))
        if not one.requirement.share or _share(review, one.series.source) >= one.requirement.share
    )


def _instruments_without(review: Review) -> Iterator[Lacking]:
    """Records covered by an instrument of which the file is not kept; both change by themselves, so nothing is
    remembered."""
    covers = review.inventory.covers
    asked = [one for one in requirements() if one.covered] if covers else []
    kinds = {one.id: one.kind for one in review.inventory.evidence}
    for one in asked:
        bare = {
            key for key, own in covers.items()
            if not all(any(kinds.get(proof) in one.kinds for proof in cover.instrument.evidence) for cover in own)
        }  # fmt: skip
        for series in review.series if bare else ():
            if silent := _silent(series, one, [a for a in series.records if a.id in bare and one.concerns(a)]):
                yield Lacking(one, series, silent)


def _without(setting: Setting, series: Series) -> tuple[Lacking, ...]:
    """Records of a series without the files that are asked of them, whatever its share."""
    found = []
    for one in requirements():
        asked = [] if one.covered else [record for record in series.records if one.concerns(record)]
        if silent := _silent(series, one, asked):
            found.append(Lacking(one, series, silent))
    return tuple(found)


def _silent(series: Series, one: Requirement, asked: Sequence[Activity]) -> tuple[Activity, ...]:
    """Those without a linked file of the kinds that are asked for."""
    if not asked:
        return ()
    proven = {id_ for proof in series.proofs if proof.kind in one.kinds for id_ in proof.activities}
    return tuple(record for record in asked if record.id not in proven)


def _share(review: Review, source: str) -> Decimal:
    """Of a source in the total, location-based; all of it where nothing is emitted. [%]"""
    if not review.total:
        return HUNDRED
    return EXACT.divide(EXACT.multiply(review.tonnes(source), HUNDRED), review.total)
