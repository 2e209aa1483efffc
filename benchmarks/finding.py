"""One box over ten thousand records and all that the program knows: making the index, and each letter that is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from core.ledger import Ledger
from core.library import load_library
from core.search.entries import Index
from core.search.known import factors_of, points, rules
from core.search.records import entries_of

TYPED = ("b", "bo", "boi", "boil", "boiler 7", "天然气", "BENCH-000042", "2023-06", "nothing of this kind")


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """As many records as the larger inventory has lines, with the factors, rules and data points of the program."""
    ledger, library = Ledger.of((data.PLANT, *data.records(scale.many))), load_library()
    known = Index.of([*factors_of(library), *rules(), *points("disclosures", "checklist")])
    index = Index.of(entries_of(ledger, library)).plus(known)
    plain = [haystack for haystack, _title in index.sought]
    if index.find("BENCH-000042").count != 1 or index.find(TYPED[-1]).count:
        raise RuntimeError("one bill of this number should be found, and nothing of this kind")
    yield Pair(
        f"Find in {scale.many:,} records and {len(known.entries):,} factors, rules and data points, by one more letter",
        "one pass over the same words with `in`, without order and kinds",
        timed(_typing(index.find)),
        timed(_typing(lambda words: [one for one in plain if all(word in one for word in words.casefold().split())])),
        runs=11,
    )
    yield Pair(
        f"Make the index of {scale.many:,} records, off the window's thread",
        "the same records as JSON (`Ledger.to_plain`)",
        timed(lambda: Index.of(entries_of(ledger, library))),
        timed(ledger.to_plain),
        runs=5,
    )


def _typing(find: Callable[[str], object]) -> Callable[[], None]:
    words = cycle(TYPED)

    def one() -> None:
        find(next(words))

    return one
