"""Measures kept and taken away as one change; their tables read from files as people write them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook

from core.blob import FileBlob
from core.errors import UserError
from core.exchange.measure_tables import read_measure_table, template
from core.exchange.measures import keeping, next_measure_id, taking_away
from core.exchange.proofs import proof_of
from core.ledger import Evidence, Ledger, Measure
from core.library import load_library
from core.savings import Kind, all_kinds, parse, savings_of
from tests.core.savings.measures import PLANT, measure

WHEN = datetime(2026, 3, 2, tzinfo=UTC)
LIBRARY = load_library()
BASELINE = all_kinds()["baseline"]
SOLAR = all_kinds()["solar_hot_water"]
DRAFT = replace(measure("lighting"), id="", name="Hall 1")


def kept(ledger: Ledger, draft: Measure, **more: object) -> tuple[Ledger, Measure, tuple[bytes | FileBlob, ...]]:
    made = keeping(draft, ledger, LIBRARY, "Li Na", WHEN, **more)  # type: ignore[arg-type]
    return ledger.apply(made.change.steps), made.measure, made.data


def test_a_measure_is_kept_with_table_and_proofs_and_taken_away_with_them() -> None:
    draft = replace(measure("baseline"), id="", name="Boiler house")
    table, proof = BASELINE.example_data.encode(), proof_of("meter.pdf", b"%PDF a meter")
    ledger, made, data = kept(Ledger.of([PLANT]), draft, table=table, proofs=(proof,))
    assert made.id == "s00001" and made.evidence == ("e00001",) and set(data) == {table, b"%PDF a meter"}
    assert made.data == hashlib.sha256(table).hexdigest()
    (found,) = savings_of(ledger, LIBRARY, blob={made.data: table}.__getitem__).savings
    assert found.kwh > 0
    gone = taking_away(ledger, made.id, "Li Na", WHEN)
    assert str(gone.why) == "Measure “Boiler house” removed"
    after = ledger.apply(gone.steps)
    assert after.held(Measure) == () and after.evidence == ()


def test_altering_keeps_table_proofs_and_place() -> None:
    draft = replace(measure("baseline"), id="", name="Boiler house")
    table, proof = BASELINE.example_data.encode(), proof_of("meter.pdf", b"%PDF a meter")
    ledger, first, _ = kept(Ledger.of([PLANT]), draft, table=table, proofs=(proof,))
    ledger, second, data = kept(ledger, replace(first, name="Boilers"), proofs=(proof,))
    assert (second.data, second.evidence, data) == (first.data, first.evidence, ())
    assert [one.name for one in ledger.held(Measure)] == ["Boilers"]
    _, third, _ = kept(ledger, replace(DRAFT, id=second.id, data=second.data))
    assert third.data == ""  # lighting has no table


def test_a_proof_that_proves_more_stays() -> None:
    proof = proof_of("meter.pdf", b"%PDF a meter")
    ledger, one, _ = kept(Ledger.of([PLANT]), DRAFT, proofs=(proof,))
    ledger, other, data = kept(ledger, replace(DRAFT, name="Hall 2"), proofs=(proof,))
    assert data == () and other.evidence == one.evidence and other.id == "s00002"
    ledger = ledger.apply(taking_away(ledger, one.id, "Li Na", WHEN).steps)
    assert len(ledger.evidence) == 1
    assert next_measure_id(ledger) == "s00003"


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (replace(DRAFT, id="s00009"), "has no measure s00009"),
        (replace(DRAFT, evidence=("e7",)), "no kept file with the id e7"),
        (replace(DRAFT, note="x" * 3000), "more than 2000 letters"),
        (replace(DRAFT, parameters=()), "Luminaires before"),
        (replace(DRAFT, kind="magic"), "Unknown kind"),
    ],
)
def test_what_cannot_be_kept_is_refused(draft: Measure, words: str) -> None:
    with pytest.raises(UserError, match=words):
        keeping(draft, Ledger.of([PLANT]), LIBRARY, "Li Na", WHEN)


def test_a_table_that_cannot_be_read_again_is_refused() -> None:
    with pytest.raises(UserError, match="not a column"):
        keeping(replace(measure("baseline"), id=""), Ledger.of([PLANT]), LIBRARY, "x", WHEN, table=b"a,b\n1,2\n")
    with pytest.raises(UserError, match="has no measure s1"):
        taking_away(Ledger.of([PLANT]), "s1", "x", WHEN)


def test_evidence_of_activity_data_is_never_let_go() -> None:
    held = Evidence("e00001", "m.pdf", "bill", "0" * 64, 3, activities=("a1",))
    ledger = Ledger.of([PLANT, held, replace(DRAFT, id="s1", evidence=("e00001",))])
    assert len(taking_away(ledger, "s1", "x", WHEN).steps) == 1


# ---------------------------------------------------------------------- tables


@pytest.mark.parametrize("kind", [BASELINE, SOLAR], ids=lambda kind: kind.key)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_template_can_be_read_again(kind: Kind, lang: str) -> None:
    found = read_measure_table(template(kind, lang), kind)
    assert found.data == kind.example_data.encode() and not found.refused and not found.ignored


def test_months_bring_their_last_day_and_german_numbers_are_read() -> None:
    text = "First day;Energy used;Mean air temperature (°C);Meter\n2024-01;1.234,5;-3,5;A\n2024-02;2.345,75;0,5;A\n"
    found = read_measure_table(text.encode(), BASELINE)
    assert found.data.decode() == (
        "start,energy,temperature,end\n2024-01-01,1234.5,-3.5,2024-01-31\n2024-02-01,2345.75,0.5,2024-02-29\n"
    )
    assert found.ignored == ("Meter",) and found.rows == 2


def test_an_empty_last_day_of_a_month_is_filled_in() -> None:
    found = read_measure_table(b"start,end,energy\n2024-01,,5\n2024-02-01,2024-02-10,6\n2024-03-01,,7\n", BASELINE)
    assert found.data.decode().splitlines()[1:] == [
        "2024-01-01,2024-01-31,5", "2024-02-01,2024-02-10,6", "2024-03-01,,7",
    ]  # fmt: skip


def test_hours_of_a_workbook_are_read() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["A title above the headings"])
    sheet.append(["start", "energy", "phase", "temperature"])
    sheet.append([datetime(2024, 1, 1, 13), 5.25, "baseline", -3])
    sheet.append(["2024/1/1 14:00", 6, "", -2.5])
    stream = BytesIO()
    book.save(stream)
    found = read_measure_table(stream.getvalue(), BASELINE)
    assert found.data.decode().splitlines()[1] == "2024-01-01T13:00,baseline,5.25,-3"
    table = parse(found.data, BASELINE.columns)
    assert table.rows[1].numbers["temperature"] == Decimal("-2.5") and table.rows[1].moments["start"].hour == 14


def test_each_wrong_cell_is_told_with_the_row_of_the_file_and_nothing_is_taken() -> None:
    text = "Meter of hall 1\nstart,end,energy,phase\n2024-13,,1,\n2024-02,,-1,\n\n2024-03,,x,maybe\n2024-04,,,\n"
    found = read_measure_table(text.encode(), BASELINE)
    assert found.data == b""
    assert [(one.row, one.column) for one in found.refused] == [(3, "start"), (6, "phase"), (6, "energy")]
    ranged = read_measure_table(b"start,energy\n\n2024-02,-1\n2024-03,\n", BASELINE)
    assert [(one.row, one.column) for one in ranged.refused] == [(3, "energy"), (4, "energy")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a,b\n1,2\n", "lacks the column “First day”"),
        (b"start,temperature\n2024-01,1\n", "lacks the column “Energy used”"),
        (b"start,energy\n", "no rows"),
        (b"\xd0\xcf\x11\xe0", "old Excel file"),
    ],
)
def test_a_file_without_the_columns_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read_measure_table(data, BASELINE)
