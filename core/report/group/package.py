"""What a report of the group says, as plain values: it travels inside the report as ``group.json``, and every page
follows from it alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import cast

from core.errors import UserError
from core.i18n import T, Text
from core.ledger import Register, canonical
from core.ledger.canonical import parse
from core.library import GASES
from core.methods import BIOGENIC, OTHER, SCOPES
from core.report.group.asked import Asked
from core.report.group.plainly import from_plain, to_plain
from core.report.group.ways import Ways

ATTACHMENT = "group.json"
SCHEMA = "plant-audit-group"
MAJOR, MINOR = 1, 1
"""Minor: only additions; 1.1 added ``ways`` and ``asked``."""
_ADDED: Mapping[str, None] = {"ways": None, "asked": None}
"""What contents of 1.0 may lack."""
RENDERER = "group-2"
"""Changes whenever the same package would give other bytes."""
KINDS = (*GASES, BIOGENIC, OTHER)
"""What ``Cells.gas`` counts."""
REGISTER = ("group", "company", "site", "stake", "transfer", "site_figure", "deadline")
"""Kinds of records of head office that travel; keys and decisions stay at home."""
MOST_CELLS = 5_000_000
BILLION = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Issue:
    """Who makes the report, when, how."""

    issued: str
    """Moment, ISO time in UTC."""
    issued_by: str
    language: str
    """``zh``, ``en`` or ``both``."""
    renderer: str
    journal_head: str
    """Hash of the last entry of head office's journal."""
    journal_entries: int
    required_signatures: tuple[str, ...] = ("Auditor", "PlantManager")

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.issued)


@dataclass(frozen=True, slots=True)
class PlantYear:
    """A plant in the year."""

    key: str
    """Id in the register; of one that is not there its country and name."""
    name: str
    country: str
    business: str
    company: str
    """Name of the company that holds it; empty: the group itself."""
    known: bool
    """The register knows it."""
    shares: Mapping[str, Decimal]
    """Part that counts, by month, e.g. ``2024-01``. [-]"""


@dataclass(frozen=True, slots=True)
class Rests:
    """A report that the numbers rest on."""

    plant: int
    """Place in the list of plants."""
    sha256: str
    """Of the signed PDF as received."""
    package_sha256: str
    revision: int
    start: str
    end: str
    signed_by: tuple[str, ...]
    signed_at: str
    fingerprints: tuple[str, ...]
    """SHA-256 of the certificates, in the order of ``signed_by``."""
    recalculated_equal: bool
    rebuilt: str
    notes: tuple[Text, ...]
    """What was noticed when it was accepted."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Columns of equal length: consolidated tonnes, after shares and eliminations."""

    plant: tuple[int, ...] = ()
    scope: tuple[int, ...] = ()
    """Place in the list of scopes."""
    category: tuple[int, ...] = ()
    gas: tuple[int, ...] = ()
    month: tuple[int, ...] = ()
    """Counted from the year 0."""
    transfer: tuple[int, ...] = ()
    """0: reported; n: taken away because of transfer n."""
    billionths: tuple[str, ...] = ()
    """Whole billionths of a tonne CO2e, for they may need more than 53 bits."""

    @property
    def amounts(self) -> tuple[int, ...]:
        return tuple(map(int, self.billionths))


@dataclass(frozen=True, slots=True)
class Eliminated:
    """What was taken away because two plants report it."""

    seller: str
    buyer: str
    source: str
    percent: Decimal
    scope: str
    tonnes: Decimal
    """Negative. [t CO2e]"""


@dataclass(frozen=True, slots=True)
class SeriesYear:
    """A year as it was consolidated then, and as the group is now: ``location`` and ``market``. [t CO2e]"""

    year: int
    original: Mapping[str, Decimal]
    recalculated: Mapping[str, Decimal]
    lacking: tuple[str, ...] = ()
    """Plants of the group that worked in the year and have no report of it."""


@dataclass(frozen=True, slots=True)
class Recalculation:
    """Whether the base year has to be recalculated, and why."""

    base_year: int
    threshold: Decimal
    """[%]"""
    change: Decimal
    """Of the base year's total by structure, methods and errors. [%]"""
    needed: bool
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why the total changed. [t CO2e, location-based]"""

    key: str
    title: Text
    tonnes: Decimal


@dataclass(frozen=True, slots=True)
class PlantChange:
    """By how much a plant changed. [t CO2e, location-based]"""

    name: str
    before: Decimal
    after: Decimal
    causes: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Changes:
    """From one year to another."""

    before_year: int
    before: Decimal
    after: Decimal
    causes: tuple[Cause, ...]
    plants: tuple[PlantChange, ...]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Intensity:
    """Tonnes against what was made, earned or employed."""

    plant: int
    """Place in the list of plants; -1: the group."""
    figure: str
    unit: str
    quantity: Decimal
    tonnes: Decimal
    """Location-based, as far as it counts. [t CO2e]"""
    covered: int = 1
    """How many plants it rests on."""


@dataclass(frozen=True, slots=True)
class Uncertain:
    """How sure a total is. [%, half of the 95 % interval, of the value]"""

    scope: str
    tonnes: Decimal
    percent: Decimal
    independent: Decimal
    """The same if no two plants shared a factor."""
    quantified: Decimal
    """Of the tonnes: those of which the quantity or the factor has a known uncertainty. [%]"""


@dataclass(frozen=True, slots=True)
class SharedFactor:
    """A factor that several plants use, so that their errors are one."""

    name: Text
    plants: int
    tonnes: Decimal
    percent: Decimal
    part: Decimal
    """Of the variance of the total. [%]"""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Something that may be used once and is named more than once."""

    kind: str
    value: str
    plants: tuple[str, ...]
    amount: str
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """A plant whose year is not in the numbers, or not as it should be."""

    name: str
    country: str
    state: str
    """``missing``, ``late``, ``draft``, ``held``, ``rejected``, ``outside``."""
    due: str
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything the report says."""

    issue: Issue
    year: int
    approach: str
    plants: tuple[PlantYear, ...]
    reports: tuple[Rests, ...]
    cells: Cells
    eliminated: tuple[Eliminated, ...] = ()
    series: tuple[SeriesYear, ...] = ()
    recalculation: Recalculation | None = None
    changes: Changes | None = None
    intensities: tuple[Intensity, ...] = ()
    uncertainty: tuple[Uncertain, ...] = ()
    shared_factors: tuple[SharedFactor, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    absent: tuple[Absent, ...] = ()
    notices: tuple[Text, ...] = ()
    ways: Ways | None = None
    """To renewable electricity, targets and the next tonnes."""
    asked: Asked | None = None
    """Answers to those who ask; None: nobody answers anybody."""


@dataclass(frozen=True)
class GroupPackage:
    """The data of a report of the group, as made or as read."""

    data: bytes = field(repr=False)
    """As attached."""
    contents: Contents = field(repr=False)
    register: Register = field(repr=False)
    version: str
    """Of the schema, as the data say it: what is rendered again shows that."""

    @cached_property
    def sha256(self) -> str:
        """Of the attached data."""
        return hashlib.sha256(self.data).hexdigest()


def write(contents: Contents, register: Register) -> bytes:
    """The bytes that are attached."""
    held = register.to_plain()
    plain = {
        "schema": {"name": SCHEMA, "version": f"{MAJOR}.{MINOR}", "min_reader": f"{MAJOR}.0"},
        "register": {kind: held[kind] for kind in REGISTER},
        "contents": to_plain(contents),
    }
    return canonical(plain)


def read(data: bytes) -> GroupPackage:
    """The package that :func:`write` wrote; strict, and its parts fit each other.

    Raises
    ------
    UserError
        naming what is wrong.
    """
    value = parse(data)
    if not isinstance(value, dict) or not isinstance(value.get("schema"), dict):
        raise _stranger()
    schema = value["schema"]
    if schema.get("name") != SCHEMA:
        raise _stranger()
    major, _, minor = str(schema.get("version")).partition(".")
    if major != str(MAJOR) or not minor.isascii() or not minor.isdecimal() or len(minor) > 4:
        raise UserError(
            T("The data of the group were made by another version of this program."),
            T("Update the program on both sides, then have it sent again."),
        )
    newer = int(minor) > MINOR
    if value.keys() != {"schema", "register", "contents"} and not newer:
        raise _stranger()
    try:
        said = value["contents"]
        if int(minor) < MINOR and isinstance(said, dict):
            said = {**_ADDED, **said}
        contents = cast("Contents", from_plain(Contents, said, newer=newer))
        register = Register.from_plain(_mapping(value["register"]))
        _check(contents)
    except (ValueError, TypeError, KeyError) as error:
        raise UserError(
            T("The data of the group cannot be read: {why}", why=str(error)[:200]),
            T("Do not use this file. Ask for it again, as the program wrote it."),
        ) from error
    return GroupPackage(data, contents, register, f"{MAJOR}.{minor}")


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict) or value.keys() - set(REGISTER):
        raise ValueError("register")
    return value


def _check(contents: Contents) -> None:
    """Columns of equal length that point at what is there."""
    cells, most = contents.cells, len(contents.plants)
    columns = (cells.plant, cells.scope, cells.category, cells.gas, cells.month, cells.transfer, cells.billionths)
    if len({len(column) for column in columns}) != 1 or len(cells.plant) > MOST_CELLS:
        raise ValueError("cells of unequal length")
    limits = ((cells.plant, most), (cells.scope, len(SCOPES)), (cells.category, 256), (cells.gas, len(KINDS)),
              (cells.month, 12 * 10_000), (cells.transfer, BILLION))  # fmt: skip
    for column, limit in limits:
        if column and not 0 <= min(column) <= max(column) < limit:
            raise ValueError("a cell points at nothing")
    if not all(_whole(text) for text in cells.billionths):
        raise ValueError("an amount is no number")
    if any(not 0 <= one.plant < most for one in contents.reports):
        raise ValueError("a report of no plant")
    if any(not -1 <= one.plant < most for one in contents.intensities):
        raise ValueError("an intensity of no plant")
    _ = contents.issue.moment


def _whole(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdecimal() and len(digits) <= 25 and str(int(text)) == text


def _stranger() -> UserError:
    return UserError(
        T("The file carries no data of a group that this program knows."),
        T("Do not use this file. Ask for it again, as the program wrote it."),
    )
