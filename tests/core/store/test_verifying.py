"""Everything that is kept is read and held against its hash; what is wrong is named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from core.i18n import T
from core.ledger import KINDS as RECORDS
from core.ledger import Change, Closing, Evidence, FactorFile, Measure, Meter, Record, Step, WeatherFile
from core.series.keep import intervals_of, merge
from core.series.series import Series
from core.store import PlantFile, Unsound, verify_blobs
from tests.core.store.conftest import NOW, adding

CONTENTS = [f"what is kept {n}".encode() * (n + 1) for n in range(7)]
HASHES = [hashlib.sha256(one).hexdigest() for one in CONTENTS]


def records() -> list[Record]:
    """One of each kind that names bytes."""
    sizes = [len(one) for one in CONTENTS]
    day = date(2025, 3, 1)
    return [
        Evidence("e00001", "bill March.pdf", "bill", HASHES[0], sizes[0]),
        Closing("2024", HASHES[1], sizes[1], 2, day, "audited", previous=HASHES[5]),
        FactorFile("own", "set.csv", HASHES[2], sizes[2], "Ministry", "1", "publisher"),
        WeatherFile("w1", "site.epw", "epw", HASHES[3], sizes[3], Decimal(40), Decimal(116)),
        Measure("m1", "LED", "baseline", day, day, "electricity", data=HASHES[4]),
    ]


@pytest.fixture
def filled(path: Path) -> Path:
    with PlantFile.open(path) as plant:
        plant.append(adding(*records()), CONTENTS)
    return path


def found(path: Path) -> tuple[Unsound, ...]:
    with PlantFile.open(path, read_only=True) as plant, plant.reader() as reader:
        return verify_blobs(reader, plant.ledger)


def test_what_is_as_it_was_is_not_named_and_progress_is_told(filled: Path) -> None:
    told: list[int] = []
    with PlantFile.open(filled) as plant, plant.reader() as reader:
        assert verify_blobs(reader, plant.ledger, told.append) == ()
    assert told == sorted(told) and told[-1] == sum(map(len, CONTENTS))


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (0, "evidence", "Proof e00001 “bill March.pdf”"),
        (1, "closing", "Package of the closed year 2024"),
        (2, "factor_file", "Factor set own “set.csv”"),
        (3, "weather", "Weather w1 “site.epw”"),
        (4, "measure", "Table of the measure “LED”"),
        (5, "closing", "Package of an earlier closing of 2024"),
        (6, "", "Kept for undo"),
    ],
)
@pytest.mark.parametrize("sql", ["cast('x' || substr(data, 2) as blob)", "zeroblob(3)", "'text'", "12"])
def test_what_was_altered_is_named(
    filled: Path, tamper: Callable[[str], None], number: int, kind: str, words: str, sql: str
) -> None:
    tamper(f"update blob set data = {sql} where sha256 = '{HASHES[number]}'")
    (one,) = found(filled)
    assert (one.sha256, one.kind) == (HASHES[number], kind)
    assert str(one.what).startswith(words) and "not those that were kept" in str(one.problem)


def test_what_is_missing_is_named(filled: Path, tamper: Callable[[str], None]) -> None:
    tamper(f"delete from blob where sha256 in ('{HASHES[0]}', '{HASHES[4]}', '{HASHES[6]}')")
    gone = found(filled)
    assert [(one.kind, one.id) for one in gone] == [("evidence", "e00001"), ("measure", "m1")]
    assert all("missing" in str(one.problem) for one in gone)


def test_a_wrong_size_is_named(filled: Path, tamper: Callable[[str], None]) -> None:
    tamper(f"update blob set size = size + 1 where sha256 = '{HASHES[3]}'")
    (one,) = found(filled)
    assert one.kind == "weather" and "another size" in str(one.problem)
    tamper(f"update blob set size = size - 1 where sha256 = '{HASHES[3]}'")
    with PlantFile.open(filled) as plant:
        proof = plant.ledger.evidence[0]
        plant.append(Change("Li Na", NOW, T("Wrong"), (Step("evidence", proof.id, proof, replace(proof, size=1)),)))
    (one,) = found(filled)
    assert one.id == "e00001" and "another size" in str(one.problem)


@pytest.mark.parametrize("path", ["plain"], indirect=True)
def test_pages_spoilt_on_the_disk_are_found(filled: Path) -> None:
    at = filled.read_bytes().find(CONTENTS[2])
    assert at > 0
    spoilt = bytearray(filled.read_bytes())
    spoilt[at + 3] ^= 1
    filled.write_bytes(spoilt)
    assert [one.id for one in found(filled)] == ["own"]


def test_a_block_of_interval_data_is_named_by_its_meter(path: Path, tamper: Callable[[str], None]) -> None:
    values = np.arange(96, dtype=np.float64)
    kept = merge(None, Series(1_704_067_200, 900, values), ZoneInfo("Asia/Shanghai"), lambda _key: b"", overwrite=False)
    data = intervals_of("m00001", kept, [])
    with PlantFile.open(path) as plant:
        plant.append(adding(Meter("m00001", "Main", "electricity", "import", "kWh"), data), kept.blobs)
    assert found(path) == ()
    block = hashlib.sha256(kept.blobs[0]).hexdigest()
    assert block != data.sha256
    tamper(f"update blob set data = zeroblob(size) where sha256 = '{block}'")
    (one,) = found(path)
    assert (one.sha256, one.kind, one.id) == (block, "intervals", "m00001")
    tamper(f"delete from blob where sha256 = '{block}'")
    (one,) = found(path)
    assert (one.id, str(one.problem)) == ("m00001", "The bytes are missing.")


def test_every_record_that_names_bytes_is_known() -> None:
    """Whoever adds a kind of record with a hash has to say here what it is called."""
    with_hash = {kind for kind, cls in RECORDS.items() if "sha256" in cls.__dataclass_fields__}
    assert with_hash == {"evidence", "closing", "factor_file", "map_file", "weather", "intervals"}
