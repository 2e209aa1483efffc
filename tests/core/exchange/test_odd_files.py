"""Huge and empty files, and text in every encoding: the right text, or what to do; never a guess."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.blob import looked_at
from core.errors import UserError
from core.exchange import preview, write_activities
from core.exchange.measure_tables import read_measure_table
from core.exchange.proofs import load_proof
from core.exchange.series.looking import look
from core.group.inbox.filing import read_file
from core.ledger import Activity, Ledger, Plant
from core.library import load_library
from core.savings import all_kinds
from core.signing import load_certificate, load_key, load_p12, load_trust
from core.store import PlantFile
from tests.fuzz.table import all_targets

LIBRARY = load_library()
WITH_TABLE = next(kind for kind in all_kinds().values() if kind.columns)
PLANT = Plant("厂房 Ängelholm", "CN", "CN-HE")
BILL = Activity(
    "a00001", "锅炉房", "stationary_combustion", "diesel", date(2024, 1, 1), date(2024, 1, 31), Decimal("12.5"), "t",
    note="一月的柴油账单",
)  # fmt: skip
HUGE = 3_000_000_000
"""More than any importer takes. [bytes]"""
READERS: dict[str, Callable[[Path], object]] = {
    "activities": lambda path: preview(path, Ledger.of((PLANT,)), LIBRARY),
    "certificate": load_certificate,
    "interval data": look,
    "key": lambda path: load_key(path, "four words of a passphrase"),
    "key with certificate": lambda path: load_p12(path, "four words of a passphrase"),
    "plant file": PlantFile.open,
    "proof": load_proof,
    "report": read_file,
    "table of a measure": lambda path: read_measure_table(path, WITH_TABLE),
    "trust": load_trust,
}


def bytes_read() -> int:
    """By this process so far, from whatever it has open."""
    words = Path("/proc/self/io").read_text("ascii").split()
    return int(words[words.index("rchar:") + 1])


@pytest.mark.parametrize("name", READERS)
def test_a_huge_file_is_refused_before_it_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(HUGE)
    before = bytes_read() if sys.platform == "linux" else 0
    with pytest.raises(UserError) as caught:
        READERS[name](path)
    assert caught.value.remedy is not None
    if sys.platform == "linux":
        assert bytes_read() - before < 2_000_000
    path.unlink()


@pytest.mark.parametrize("name", sorted(set(READERS) - {"proof", "report"}))
def test_an_empty_file_is_refused_with_what_to_do(name: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.touch()
    with pytest.raises(UserError) as caught:
        READERS[name](path)
    assert caught.value.remedy is not None


def test_the_size_of_a_large_file_is_known_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with path.open("wb") as stream:
        stream.truncate(HUGE)
    told: list[int] = []
    assert looked_at(path, 1_000, told.append).size == HUGE and told == []


# ---------------------------------------------------------------------- encodings

CHINESE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le with its mark", "utf-16-be with its mark", "gb18030", "gbk")
MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def encoded(text: str, name: str) -> bytes:
    encoding = name.removesuffix(" with its mark")
    return MARKS.get(encoding, b"") + text.encode(encoding)


def bills(folder: Path) -> str:
    """What our own export writes of one bill, as text."""
    write_activities(folder / "bills.csv", Ledger.of((PLANT, BILL)))
    return (folder / "bills.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("name", CHINESE)
def test_bills_are_read_in_whatever_they_are_written(name: str, tmp_path: Path) -> None:
    seen = preview(encoded(bills(tmp_path), name), Ledger.of((PLANT,)), LIBRARY, "bills.csv")
    assert not seen.refused
    (ready,) = seen.ready
    assert (ready.activity.source, ready.activity.note, ready.activity.quantity) == (
        BILL.source,
        BILL.note,
        BILL.quantity,
    )


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "mixed"])
def test_lines_end_as_they_like(ends: str, tmp_path: Path) -> None:
    head, row = bills(tmp_path).splitlines()
    second = row.replace("a00001", "a00002").replace("2024-01", "2024-03")
    text = f"{head}\n{row}\r\n{second}\r\n" if ends == "mixed" else ends.join((head, row, second, ""))
    seen = preview(text.encode(), Ledger.of((PLANT,)), LIBRARY, "bills.csv")
    assert not seen.refused and len(seen.ready) == 2


@pytest.mark.parametrize(
    "data",
    [
        "来源,数量\n炉,1\n".encode("utf-16-le"),  # without its mark
        b"source,quantity\nB\xf8rre,1\n",  # cp1252
        "供給元,数量\nボイラー室のディーゼル,1\n".encode("shift_jis"),
        b"source,quantity\nboil\0er,1\n",
        b"\xff\xfe\xff",
        b"\xef\xbb\xbf\xff",
    ],
)
def test_what_could_only_be_guessed_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(UserError, match="neither xlsx nor a csv in UTF-8 or GB18030") as caught:
        preview(data, Ledger.of((PLANT,)), LIBRARY, "bills.csv")
    assert "Save it in Excel as" in caught.value.text("en")


TABLES = (
    "activities", "benchmarks", "credits", "disclosure_maps", "instruments", "key_figures", "plan", "publishers_csv",
    "questionnaires", "request_rows", "series", "smelters", "weather",
)  # fmt: skip
"""Importers of text, by their targets of ``make fuzz``, which hold what was taken against what must be true of it."""


def text_for(name: str) -> str:
    """A good file of one importer."""
    for data in all_targets()[name].seeds():
        with suppress(UnicodeDecodeError):
            if not data.startswith(b"PK") and "\0" not in (text := data.decode("utf-8-sig")):
                return text
    raise AssertionError(f"{name} reads no text")


@pytest.mark.parametrize("name", TABLES)
def test_every_importer_of_text_reads_every_encoding(name: str) -> None:
    text = text_for(name)
    for encoding in CHINESE:
        try:
            data = encoded(text, encoding)
        except UnicodeEncodeError:  # GBK has no such letter, so nobody could have written the file
            continue
        all_targets()[name].run(data)


@pytest.mark.parametrize("name", TABLES)
def test_every_importer_of_text_refuses_a_zero_byte_with_what_to_do(name: str) -> None:
    data = text_for(name).encode()
    with pytest.raises(UserError) as caught:
        all_targets()[name].run(data[: len(data) // 2] + b"\0" + data[len(data) // 2 :])
    assert caught.value.remedy is not None
