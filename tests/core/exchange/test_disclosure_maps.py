"""Maps from csv files of this program and of spreadsheets, and the change that keeps them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.disclosures.maps import all_maps, maps_of, write_map
from core.disclosures.tables import LARGEST
from core.errors import UserError
from core.exchange.disclosure_maps import bring_map, read_map_file
from core.ledger import Ledger, MapFile, Register
from core.ledger.filing import Records

NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
EVERY = sorted(all_maps())


def in_a_spreadsheet(text: str, separator: str) -> str:
    """As a spreadsheet program saves it: the head in the first column, every row equally long."""
    width = len(next(csv.reader([next(line for line in text.splitlines() if not line.startswith("#"))])))
    made = io.StringIO(newline="")
    rows = csv.writer(made, delimiter=separator, lineterminator="\r\n")
    for line in text.splitlines():
        cells = [line] if line.startswith("#") else next(csv.reader([line]))
        rows.writerow([*cells, *[""] * (width - len(cells))])
    return made.getvalue()


@pytest.mark.parametrize("key", EVERY)
def test_what_the_program_wrote_comes_back(key: str) -> None:
    text = write_map(all_maps()[key])
    assert read_map_file(text.encode("utf-8-sig"), "x.csv") == all_maps()[key]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("key", ["cdp_2025", "china_exchanges_2024", "rba_8_0", "ecovadis_2025"])
def test_what_a_spreadsheet_saved_is_the_same_map(key: str, separator: str) -> None:
    saved = in_a_spreadsheet(write_map(all_maps()[key]), separator)
    assert read_map_file(saved.encode("utf-8-sig"), "x.csv") == all_maps()[key]
    assert read_map_file(saved.encode("gb18030"), "x.csv") == all_maps()[key]


def test_the_row_of_an_error_is_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rba_8_0.csv"
    lines = in_a_spreadsheet(write_map(all_maps()["rba_8_0"]), ";").splitlines()
    lines[8] = lines[8].replace("plant", "moon")
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(UserError, match=r"rba_8_0.csv, row 9, column level: “moon”"):
        read_map_file(path, path.name)
    path.write_text("\n".join([*lines[:6], 'a,"b', ""]), "utf-8")
    with pytest.raises(UserError, match="row 7"):
        read_map_file(path, path.name)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04", "is a workbook"),
        (b"\xd0\xcf\x11\xe0", "is a workbook"),
        (b"#" * (4 * LARGEST + 1), "is larger than"),
        (b"", "lacks the column"),
        (b"\xff\x00\x01", "neither xlsx nor a csv"),
        (b"a,b\n1,2\n", "lacks the column"),
    ],
)
def test_what_is_no_map_is_refused_with_a_remedy(data: bytes, why: str) -> None:
    with pytest.raises(UserError, match=why) as caught:
        read_map_file(data, "x.csv")
    assert caught.value.remedy is not None


@pytest.mark.parametrize("records", [Ledger, Register])
def test_a_map_is_brought_in_replaced_and_not_brought_in_twice(records: type[Records]) -> None:
    one = all_maps()["hkex_part_d"]
    text = write_map(one).replace("hkex_part_d", "hkex_2027")
    first = bring_map(records(), text.encode(), "HKEX 2027.csv", "Chen Jie", NOW)
    assert (first.change.who, str(first.change.why)) == ("Chen Jie", f"Disclosure map “{one.title}”: 7 questions")
    held = records().apply(first.change.steps)
    (kept,) = held.held(MapFile)
    assert (kept.id, kept.name, kept.signer, kept.size) == ("hkex_2027", "HKEX 2027.csv", "", len(first.data))
    assert maps_of(held, lambda _: first.data)["hkex_2027"] == first.map
    with pytest.raises(UserError, match="has this map already"):
        bring_map(held, in_a_spreadsheet(text, ";").encode(), "again.csv", "Chen Jie", NOW)
    second = bring_map(held, text.replace(",must,", ",opt,").encode(), "HKEX 2027.csv", "Chen Jie", NOW)
    (step,) = second.change.steps
    assert step.before == kept and step.after != kept
