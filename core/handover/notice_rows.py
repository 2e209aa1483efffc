"""What the rows of a notice may say, by its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from core.audit.benchmarks import checked
from core.disclosures.maps import COLUMNS as MAP_COLUMNS
from core.errors import UserError
from core.i18n import T
from core.instruments import parse_serials
from core.ledger import Benchmark, SerialsElsewhere
from core.ledger.codec import read_decimal
from core.methods import all_methods

Row = Mapping[str, str]
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "request": ("what", "subject", "unit", "years", "words"),
    "benchmarks": ("figure", "subject", "unit", "low", "median", "high", "plants", "year"),
    "map": MAP_COLUMNS,
    "serials": ("serials", "holder", "year"),
    "update": ("what", "words", "sha256"),
}
"""Of each kind of notice, in their order."""
ASKED = ("figure", "records", "report", "words")
"""What a request asks for: a key figure, records of a method, the signed report, or an answer in words."""
TOLD = ("version", "released", "zh", "en", "where_zh", "where_en", "installer")
"""What the rows of an update notice say: of the first two one row each, of each other at least one."""
FEWEST_PLANTS = 3
"""A benchmark of fewer plants would tell one of them."""
_YEARS = re.compile(r"(?:19|20)[0-9]{2}(?: (?:19|20)[0-9]{2})*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_COUNT = re.compile(r"[1-9][0-9]{0,5}")
_VERSION = re.compile(r"(?:0|[1-9][0-9]{0,3})(?:\.(?:0|[1-9][0-9]{0,3})){1,3}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def check_rows(kind: str, rows: Sequence[Row], longest: int) -> None:
    """Refuse rows that no plant could use.

    Raises
    ------
    UserError
        naming the row and what is wrong with it.
    """
    check = _CHECKS.get(kind)
    if check is None:
        raise UserError(
            T("“{kind}” is no kind of file for plants.", kind=kind[:40]),
            T("Correct it, then repeat; of a file that came from head office, ask for a new one."),
        )
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows, 1):
        try:
            if row.keys() != set(COLUMNS[kind]):
                raise UserError(
                    T("It needs the columns {columns}.", columns=list(COLUMNS[kind])),
                    T("Correct it, then repeat; of a file that came from head office, ask for a new one."),
                )
            if any(len(text) > longest or not text.isprintable() for text in row.values()):
                raise UserError(
                    T("A text is too long or holds signs that cannot be seen."),
                    T("Correct it, then repeat; of a file that came from head office, ask for a new one."),
                )
            question = check(row)
            if question in seen:
                raise UserError(
                    T("It repeats an earlier row."),
                    T("Correct it, then repeat; of a file that came from head office, ask for a new one."),
                )
            seen.add(question)
        except UserError as error:
            raise UserError(
                T("Row {number}: {reason}", number=number, reason=error.message),
                error.remedy or T("Correct the row and make the file again."),
            ) from error


def years_of(row: Row) -> tuple[int, ...]:
    """Years that a row of a request is about."""
    return tuple(int(year) for year in row["years"].split())


def benchmark_of(row: Row, publisher: str) -> Benchmark:
    """The record of a row of benchmarks, without id.

    Raises
    ------
    UserError
        when a number is none, or the benchmark could not be.
    """
    numbers = {}
    for name in ("low", "median", "high"):
        try:
            numbers[name] = read_decimal(row[name])
        except ValueError as error:
            raise UserError(
                T("“{text}” is no number.", text=row[name][:40]),
                T("Correct it, then repeat; of a file that came from head office, ask for a new one."),
            ) from error
    if not _COUNT.fullmatch(row["plants"]) or not _YEAR.fullmatch(row["year"]):
        raise UserError(
            T("The number of plants or the year is wrong."),
            T("Correct it, then repeat; of a file that came from head office, ask for a new one."),
        )
    if int(row["plants"]) < FEWEST_PLANTS:
        raise UserError(
            T("A benchmark rests on at least {least} plants, so that none can be told.", least=FEWEST_PLANTS),
            T("Correct it, then repeat; of a file that came from head office, ask for a new one."),
        )
    made = Benchmark(
        "", row["figure"], row["subject"], row["unit"], numbers["low"], numbers["median"], numbers["high"],
        int(row["plants"]), int(row["year"]), publisher,
    )  # fmt: skip
    if made.high == Decimal(0) or not row["figure"].strip() or not row["subject"].strip():
        raise UserError(
            T("The row says nothing."),
            T("Correct it, then repeat; of a file that came from head office, ask for a new one."),
        )
    return checked(made)


def elsewhere_of(row: Row, publisher: str) -> SerialsElsewhere:
    """The record of a row of certificates in use, without id.

    Raises
    ------
    UserError
        when it names no certificates, no plant or no year.
    """
    serials = "; ".join(one.text for one in parse_serials(row["serials"]))
    if not row["holder"].strip() or not _YEAR.fullmatch(row["year"]):
        raise UserError(
            T("The plant that uses them or the year is missing."),
            T("Correct it, then repeat; of a file that came from head office, ask for a new one."),
        )
    return SerialsElsewhere("", serials, row["holder"].strip(), int(row["year"]), publisher)


def version_number(version: str) -> tuple[int, ...]:
    """What versions are compared by: 1.10 comes after 1.9, and 1.2 is 1.2.0.

    >>> version_number("1.10.0") > version_number("1.9"), version_number("1.2") == version_number("1.2.0")
    (True, True)
    """
    numbers = [int(part) for part in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def check_update(rows: Sequence[Row]) -> None:
    """Refuse an update notice that leaves something out.

    Raises
    ------
    UserError
        naming what is missing or said twice.
    """
    counts = {what: sum(row["what"] == what for row in rows) for what in TOLD}
    for what, count in counts.items():
        if not count:
            raise UserError(T("The update notice has no row “{what}”.", what=what), T("Add it, then make it again."))
        if what in TOLD[:2] and count > 1:
            raise UserError(T("The update notice has the row “{what}” twice.", what=what), T("Keep one of them."))


def _update(row: Row) -> tuple[str, ...]:
    what, words, digest = row["what"], row["words"].strip(), row["sha256"]
    if what not in TOLD:
        raise UserError(T("“{what}” is nothing that an update notice says.", what=what[:40]),
                        T("Write one of: {choices}.", choices=list(TOLD)))  # fmt: skip
    if not words:
        raise UserError(
            T("The row says nothing."),
            T("Correct it, then repeat; of a file that came from head office, ask for a new one."),
        )
    if what == "version" and not _VERSION.fullmatch(words):
        raise UserError(T("“{text}” is no version.", text=words[:40]), T("Write it like 1.2.0."))
    if what == "released" and not _is_day(words):
        raise UserError(T("“{day}” is no day.", day=words[:40]), T("Write it like 2026-03-31."))
    if bool(_SHA256.fullmatch(digest)) != (what == "installer") or (digest and what != "installer"):
        raise UserError(
            T("An installer, and nothing else, needs its SHA-256: 64 digits from 0 to f."),
            T("Correct it, then repeat; of a file that came from head office, ask for a new one."),
        )
    return what, words


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _request(row: Row) -> tuple[str, ...]:
    what, subject, years = row["what"], row["subject"].strip(), row["years"]
    if what not in ASKED:
        raise UserError(T("“{what}” is nothing that can be asked for.", what=what[:40]),
                        T("Write one of: {choices}.", choices=list(ASKED)))  # fmt: skip
    if not _YEARS.fullmatch(years):
        raise UserError(T("“{text}” are no years.", text=years[:40]), T("Write them like 2024 2025."))
    if what in ("figure", "records") and not subject:
        raise UserError(
            T("It does not say which figure or which records."),
            T("Correct it, then repeat; of a file that came from head office, ask for a new one."),
        )
    if what == "records" and subject not in all_methods():
        raise UserError(
            T("There is no emission method “{key}”.", key=subject[:40]),
            T("Correct it, then repeat; of a file that came from head office, ask for a new one."),
        )
    if what == "words" and not row["words"].strip():
        raise UserError(
            T("The question is missing."),
            T("Correct it, then repeat; of a file that came from head office, ask for a new one."),
        )
    return what, subject, years, row["words"].strip() if what == "words" else ""


def _benchmarks(row: Row) -> tuple[str, ...]:
    benchmark_of(row, "?")
    return row["figure"], row["subject"], row["year"]


def _map(row: Row) -> tuple[str, ...]:
    """What the rest of it may say is asked of the whole map, see :func:`core.handover.notices.map_of`."""
    return (row["id"],)


def _serials(row: Row) -> tuple[str, ...]:
    made = elsewhere_of(row, "?")
    return made.serials, made.holder, row["year"]


_CHECKS: Mapping[str, Callable[[Row], tuple[str, ...]]] = {
    "request": _request,
    "benchmarks": _benchmarks,
    "map": _map,
    "serials": _serials,
    "update": _update,
}
