"""Verification of everything that is kept: every blob read once, and what is missing or altered named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.blob import Watch
from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.ledger import Closing, FactorFile, IntervalData, Ledger, MapFile, Measure, Record, WeatherFile, kind_of
from core.store.blobs import BlobReader, altered, further


@dataclass(frozen=True, slots=True)
class Unsound:
    """Bytes that are not what a record says of them."""

    sha256: str
    kind: str
    """Of the record that names them; empty when none does any more."""
    id: str
    what: Text
    """What it is, as people know it."""
    problem: Text


@dataclass(frozen=True, slots=True)
class _Named:
    sha256: str
    kind: str
    id: str
    what: Text
    size: int | None = None


def verify_blobs(reader: BlobReader, ledger: Ledger, watch: Watch | None = None) -> tuple[Unsound, ...]:
    """Read every blob and hold it against its hash.

    Parameters
    ----------
    reader
        of the plant file; used in the thread that calls.
    ledger
        whose records name what is found.
    watch
        is told the bytes that are read; raising in it stops the work.

    Returns
    -------
    tuple of Unsound
        in the order of the records: what is missing, altered, or of another size than the record says. Bytes that only
        earlier records name come last.
    """
    # Where somebody altered rows, a size may be a word, and a hash anything.
    rows: Mapping[str, object] = reader.kept()
    kept = {str(sha256): size if isinstance(size, int) else 0 for sha256, size in rows.items()}
    named, bad, done = dict[str, _Named](), dict[str, Unsound](), 0
    for one in _named(ledger):
        named.setdefault(one.sha256, one)
    for sha256, size in kept.items():
        problem = _problem(reader, sha256, size, further(watch, done))
        if problem is not None:
            bad[sha256] = _unsound(named.get(sha256), sha256, problem)
        elif (index := named.get(sha256)) is not None and index.kind == "intervals":
            named |= {block.sha256: block for block in _blocks(reader, index) if block.sha256 not in named}
        done += size
    for sha256, one in named.items():
        if sha256 not in kept:
            bad[sha256] = _unsound(one, sha256, T("The bytes are missing."))
        elif sha256 not in bad and one.size not in (None, kept[sha256]):
            bad[sha256] = _unsound(one, sha256, T("The record states another size."))
    order = {sha256: place for place, sha256 in enumerate(named)}
    found = (_unsound(named.get(u.sha256), u.sha256, u.problem) for u in bad.values())
    return tuple(sorted(found, key=lambda u: (order.get(u.sha256, len(order)), u.sha256)))


def altered_of(ledger: Ledger, sha256: str) -> UserError:
    """The error for bytes that are not there or not those of the hash, with what records call them."""
    named = next((one.what for one in _named(ledger) if one.sha256 == sha256), None)
    if named is None:
        return altered(sha256)
    return UserError(
        T("{what} is missing or was altered.", what=named),
        T("Take it from a copy of the plant file in which it is whole."),
    )


def _problem(reader: BlobReader, sha256: str, size: int, watch: Watch) -> Text | None:
    read = 0
    try:
        for piece in reader.pieces(sha256):
            read += len(piece)
            watch(min(read, size))
    except UserError:
        return T("The bytes are not those that were kept.")
    return None if read == size else T("The file states another size than the bytes have.")


def _unsound(one: _Named | None, sha256: str, problem: Text) -> Unsound:
    if one is None:
        return Unsound(sha256, "", "", T("Kept for undo ({hash})", hash=sha256[:12]), problem)
    return Unsound(sha256, one.kind, one.id, one.what, problem)


def _named(ledger: Ledger) -> Iterator[_Named]:
    """What the records of today name, the proofs first."""
    for proof in ledger.evidence:
        words = T("Proof {id} “{name}”", id=proof.id, name=verbatim(proof.name))
        yield _of(proof, proof.sha256, words, proof.size)
    for closing in ledger.held(Closing):
        yield _of(closing, closing.sha256, T("Package of the closed year {year}", year=closing.id), closing.size)
        if closing.previous:
            yield _of(closing, closing.previous, T("Package of an earlier closing of {year}", year=closing.id))
    for file in ledger.held(FactorFile):
        yield _of(file, file.sha256, T("Factor set {id} “{name}”", id=file.id, name=verbatim(file.name)), file.size)
    for map_file in ledger.held(MapFile):
        words = T("Disclosure map {id} “{name}”", id=map_file.id, name=verbatim(map_file.name))
        yield _of(map_file, map_file.sha256, words, map_file.size)
    for weather in ledger.held(WeatherFile):
        yield _of(weather, weather.sha256, T("Weather {id} “{name}”", id=weather.id, name=verbatim(weather.name)))
    for intervals in ledger.held(IntervalData):
        yield _of(intervals, intervals.sha256, T("Interval data of the meter {meter}", meter=verbatim(intervals.id)))
    for measure in ledger.held(Measure):
        if measure.data:
            yield _of(measure, measure.data, T("Table of the measure “{name}”", name=verbatim(measure.name)))


def _of(record: Record, sha256: str, what: Text, size: int | None = None) -> _Named:
    return _Named(sha256, kind_of(record), record.id, what, size)


def _blocks(reader: BlobReader, index: _Named) -> list[_Named]:
    """The blocks that an index names."""
    from core.series.index import read  # numpy, which nobody without interval data needs

    try:
        chunks = read(reader.blob(index.sha256)).chunks
    except UserError:
        return []  # it was altered before its hash was taken: whoever reads it is told
    return [_Named(chunk.sha256, index.kind, index.id, index.what, chunk.size) for chunk in chunks]
