"""Reports that somebody with a good key made to do harm: true signatures around data that no program wrote."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from core.ledger import canonical
from core.signing import Identity
from tests.core.signing import pdfs
from tests.core.signing.forging import force

Plain = dict[str, Any]
HUGE = "9" * 400
VALUES: tuple[object, ...] = (
    "", "0", "-1", "1E+999999", "1E-999999", "NaN", "Infinity", HUGE, "0." + HUGE, "١٢", "1_000", " 1", "0001-01-01",
    "9999-12-31", "2024-02-30", "2024-W01-1", "\u0000", "\u202e", "x" * 70_000, "../../etc/passwd", "{0.__class__}",
    0, -1, 2**53 - 1, True, None, [], {}, [[]], {"": ""}, [None] * 1000, ["x"] * 3,
)  # fmt: skip
"""What is put in the place of something sensible."""


def signed_with(package: bytes, identity: Identity) -> bytes:
    """Any bytes as the data of a report, with a good signature."""
    return force(pdfs.report(package).build(), identity)


def sealed(plain: Plain) -> bytes:
    """Canonical bytes whose ledger fits its hash again."""
    plain["ledger_sha256"] = hashlib.sha256(canonical(plain["ledger"])).hexdigest()
    return canonical(plain)


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where every value inside stands."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key)
        yield from places(one, (*path, key))


def put(plain: Plain, path: tuple[Any, ...], value: object) -> None:
    """Put another value into its place."""
    where: Any = plain
    for key in path[:-1]:
        where = where[key]
    where[path[-1]] = value


def disturbed(package: bytes, chance: random.Random) -> bytes:
    """The data with one to three values that do not belong there."""
    plain = json.loads(package)
    for _ in range(chance.randint(1, 3)):
        put(plain, chance.choice(list(places(plain))), json.loads(json.dumps(chance.choice(VALUES))))
    try:
        return sealed(plain)
    except (TypeError, KeyError):
        return canonical(plain)


def _flip(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.choices(range(len(data)), k=2))
    return data[:start] + data[min(end, start + 5_000) :]


def _double(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.choices(range(len(data)), k=2))
    return data[:end] + data[start:end][:50_000] + data[end:]


_TOKENS = (b"/JavaScript", b"/Launch", b"1 0 R", b"99999999999999999999", b"<<" * 99, b"[" * 99, b"(" * 99, b"endobj",
           b"stream", b"/Length -1", b"/Prev 0", b"startxref\n0\n%%EOF\n", b"xref\n0 99999999\n")  # fmt: skip


def _insert(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.choice(_TOKENS) + data[place:]


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _cut, _double, _insert)


def damaged(report: bytes, chance: random.Random) -> bytes:
    """A signed report after somebody without a key was at it; never the same bytes."""
    changed = report
    while changed == report:
        for _ in range(chance.randint(1, 2)):
            changed = chance.choice(_WAYS)(changed, chance)
    return changed
