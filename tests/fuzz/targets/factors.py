"""Emission factors of others: workbooks of publishers, and files of factors that a plant or head office takes up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache

from core.exchange.factor_import import importing, preview_factors
from core.exchange.factor_sets import library_of, read_set, taking, with_files
from core.exchange.publishers import open_book, reader_of
from core.group.out.factors import factors_in
from core.ledger import Ledger
from core.library import load_library
from core.library.write import to_csv
from tests.core.exchange.books import EMPTY
from tests.core.exchange.publishers import workbooks
from tests.core.exchange.publishers.test_hostile import sound
from tests.fuzz import signed
from tests.fuzz.parts import parts_of, whole_of
from tests.fuzz.target import Target, shown

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = ("ghg-conversion-factors-2025-flat-format.xlsx", "full-set.xlsx", "ghg-emission-factors-hub-2024.xlsx",
         "egrid2023_data_rev2.xlsx", "AIB-2023-residual-mix-results.xlsx")  # fmt: skip


def published(data: bytes, number: int) -> None:
    """Every row is numbers or a reason, and what is taken up is a library that can be read."""
    name, library = NAMES[number % len(NAMES)], load_library()
    book = open_book(data, name)
    assert all(sound(row) for row in reader_of(book).read(book).rows)
    seen = preview_factors(data, library, EMPTY, name=name)
    shown(seen.summary)
    for left in (*seen.unmapped, *seen.refused, *seen.skipped):
        shown(left.reason)
    taken = importing(seen, EMPTY, library, "Li Na", WHEN)
    after, blobs = EMPTY.apply(taken.change.steps), {taken.file.sha256: taken.data[0]}
    assert Ledger.from_plain(after.to_plain()) == after
    assert len(library_of(after, blobs.__getitem__, library).sets) == len(library.sets) + 1


def own_set(data: bytes) -> None:
    """Factors that head office may sign: a plant reads the same ones out of what is written, and can ask for them."""
    library = load_library()
    found, rows = factors_in(signed.SET, data, library)
    again = read_set(signed.SET, to_csv(found, rows).encode())
    assert [(one.key, one.amounts, one.value) for one in again] == [(one.key, one.amounts, one.value) for one in rows]
    taken = taking(data.decode(), signed.SET, EMPTY, library, "Li Na", WHEN, name="x.factors", origin="signed")
    held = with_files(library, [(taken.file, data)])
    assert signed.SET in held.sets


@cache
def _books() -> tuple[bytes, ...]:
    made: tuple[Callable[[], bytes], ...] = (
        workbooks.flat, workbooks.full, workbooks.hub, workbooks.egrid, workbooks.aib,
    )  # fmt: skip
    return tuple(bytes([number]) + parts_of(one()) for number, one in enumerate(made))


def _sets() -> Iterable[bytes]:
    yield signed.start("grid.csv")


TARGETS = (
    Target(
        "publishers",
        lambda data: published(whole_of(data[1:]), data[0] if data else 0),
        _books,
        longest=120_000,
        runs=80,
    ),
    Target("publishers_csv", lambda data: published(data, 0), lambda: [workbooks.flat_csv()]),
    Target("factor_sets", own_set, _sets),
)
