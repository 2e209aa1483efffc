"""From an export to one change: lots, what is known, what is refused, in whatever order rows and files come."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.instruments import FoundLots, layouts, read_instruments, taking_up
from core.exchange.instruments.lots import MOST_TEXT
from core.exchange.instruments.taking import period_of
from core.instruments import parse_serials
from core.instruments.serials import MOST
from core.ledger import Instrument, Ledger, inverse
from tests.core.exchange.books import EMPTY
from tests.core.exchange.instruments import exports as x
from tests.core.exchange.instruments.exports import changed, export
from tests.counted import LINEAR, calls

HEAD = ("绿证编号", "电量 [MWh]", "项目名称", "电量生产年月", "能源类型", "核销日期", "核销主体")
Row = tuple[object, ...]


def row(number: object, **other: object) -> Row:
    """A certificate of one lot; keys as in ``changed``."""
    return changed(HEAD, (number, 1, "北山风电场", "2024-05", "风电", "2024-08-01", "甲公司"), **other)


def read(rows: Sequence[Row], ledger: Ledger = EMPTY, name: str = "gec.csv") -> FoundLots[Instrument]:
    return read_instruments(export(HEAD, *rows), ledger, name)


def take(rows: Sequence[Row], ledger: Ledger = EMPTY, name: str = "gec.csv") -> Ledger:
    return ledger.apply(taking_up(read(rows, ledger, name), ledger).steps)


def facts(ledger: Ledger) -> list[Instrument]:
    """Instruments up to ids."""
    return sorted((replace(one, id="", evidence=()) for one in ledger.held(Instrument)), key=repr)


# ---------------------------------------------------------------------- lots


def test_consecutive_certificates_of_a_lot_are_one_record() -> None:
    after = take([row(f"A{n:04d}") for n in (3, 1, 2, 7)])
    (one,) = after.held(Instrument)
    assert one.id == "i00001" and one.serials == "A0001–A0003; A0007" and one.quantity == Decimal(4)
    (kept,) = after.evidence
    assert one.evidence == (kept.id,) and kept.kind == "import" and kept.name == "gec.csv"


@pytest.mark.parametrize(
    "other", [{"c2": "南山"}, {"c3": "2024-06"}, {"c4": "光伏"}, {"c5": "2024-08-02"}, {"c5": ""}, {"c6": "乙公司"}]
)
def test_what_differs_is_another_lot(other: dict[str, object]) -> None:
    after = take([row("A1"), row("A2"), row("A3", **other)])
    assert [(one.serials, one.quantity) for one in sorted(after.held(Instrument), key=lambda o: o.serials)] == [
        ("A1–A2", Decimal(2)),
        ("A3", Decimal(1)),
    ]


def test_ids_follow_the_days_and_not_the_rows() -> None:
    months = ["2024-07", "2024-05", "2024-06"]
    after = take([row(f"A{n}", c3=month) for n, month in enumerate(months)])
    held = sorted(after.held(Instrument), key=lambda one: one.id)
    assert [one.start for one in held] == [date(2024, month, 1) for month in (5, 6, 7)]


def test_tradable_and_not_share_their_numbers() -> None:
    head, plain = (*HEAD, "是否可交易"), row("A1")
    after = EMPTY.apply(taking_up(read_instruments(export(head, (*plain, "是")), EMPTY, "a"), EMPTY).steps)
    (refused,) = read_instruments(export(head, (*plain, "否")), after, "b").refused
    assert "Scheme is “GEC” and here “GEC-NT”" in str(refused.reason)


def test_a_lot_with_more_numbers_than_a_record_may_name_is_cut() -> None:
    """Codes of GECs end in their class, so that certificates that follow each other are 100 apart."""
    singly = [row(f"12345678901234567202405{n:07d}11") for n in range(2500)]
    held = take(singly).held(Instrument)
    assert facts(take([row(f"{singly[0][0]} - {singly[-1][0]}", c1=2500)])) == facts(take(singly))
    assert sum(one.quantity for one in held) == Decimal(2500) and len(held) == 3
    assert len({one.name for one in held}) == 3, "forms and tables know them apart"
    for one in held:
        assert len(parse_serials(one.serials)) <= MOST and len(one.serials) <= MOST_TEXT
        assert one.quantity == len(parse_serials(one.serials))


# ---------------------------------------------------------------------- known and refused


def test_the_same_file_twice_is_noticed_until_it_is_undone() -> None:
    found = read([row("A1")])
    change = taking_up(found, EMPTY)
    after = EMPTY.apply(change.steps)
    again = read([row("A1")], after)
    assert again.already == after.evidence[0] and not again.possible
    with pytest.raises(UserError, match="already imported"):
        taking_up(again, after)
    undone = after.apply(inverse(change.steps))
    assert undone == EMPTY and read([row("A1")], undone).possible


def test_it_is_one_change_with_its_file() -> None:
    found = read([row("A1"), row("B1", c3="2024-06")])
    change = taking_up(found, EMPTY)
    assert "Import of 2 rows from “gec.csv”" in str(change.why)
    assert change.data == (found.data,) and len(change.steps) == 3


def test_rows_that_are_there_add_nothing() -> None:
    after = take([row("A1"), row("A2")])
    found = read([row("A2"), row("A1")], after)
    assert [(one.row, one.id) for one in found.known] == [(2, "i00001"), (3, "i00001")]
    assert found.rows == () and found.records == () and not found.possible and found.already is None
    with pytest.raises(UserError, match="holds all 2 rows"):
        taking_up(found, after)


def test_new_rows_beside_known_ones_let_the_lot_grow() -> None:
    after = take([row("A1"), row("A2")])
    found = read([row(f"A{n}") for n in (1, 2, 3)], after, "more.csv")
    assert len(found.known) == 2 and len(found.rows) == 1
    grown = after.apply(taking_up(found, after).steps)
    (one,) = grown.held(Instrument)
    assert (one.id, one.serials, one.quantity) == ("i00001", "A1–A3", Decimal(3))
    assert len(one.evidence) == 2, "both files prove it"


def test_a_record_that_was_altered_by_hand_stays_as_it_is() -> None:
    after = take([row("A1")])
    priced = replace(after.held(Instrument)[0], price=Decimal(5), currency="CNY", name="Cheap ones", note="talk to Li")
    ledger = Ledger.of([*(one for one in after.evidence), priced])
    found = read([row("A1"), row("A2")], ledger, "more.csv")
    assert len(found.known) == 1, "price and note are no facts of the registry"
    held = ledger.apply(taking_up(found, ledger).steps).held(Instrument)
    assert priced in held and sorted(one.serials for one in held) == ["A1", "A2"]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"c2": "南山"}, "Generating plant is “北山风电场” and here “南山”"),
        ({"c3": "2024-06"}, "Generated from is “2024-05-01” and here “2024-06-01”"),
        ({"c4": "光伏"}, "Technology is “wind” and here “solar”"),
        ({"c5": ""}, "Retired on is “2024-08-01” and here “–”"),
        ({"c6": "乙公司"}, "Beneficiary is “甲公司” and here “乙公司”"),
        ({"c1": 2}, "holds the same with 1, here it is 2"),
    ],
)
def test_the_same_certificates_told_differently_are_refused(other: dict[str, object], words: str) -> None:
    after = take([row("A1")])
    found = read([row("A1", **other)], after)
    (refused,) = found.refused
    assert refused.row == 2 and words in str(refused.reason) and "i00001" in str(refused.reason) and str(refused.remedy)
    with pytest.raises(UserError, match="1 rows are refused"):
        taking_up(found, after)


def test_a_row_that_is_there_in_part_is_refused() -> None:
    after = take([row("A5 – A8", c1=4)])
    for numbers in ("A1 – A5", "A8 – A9", "A1 – A9", "A6; B1"):
        (refused,) = read([row(numbers, c1=1)], after).refused
        assert "in the ledger already: i00001" in str(refused.reason), numbers
    assert len(read([row("A6 – A7", c1=2)], after).known) == 1
    assert read([row("A9"), row("A4")], after).possible


def test_rows_of_one_file_that_name_the_same_certificates_are_refused() -> None:
    found = read([row("A1 – A9", c1=9), row("B1"), row("A4", c2="南山"), row("A9 – A12", c1=4)])
    assert [(one.row, str(one.reason)) for one in found.refused] == [
        (4, "The row names certificates that row 2 names too."),
        (5, "The row names certificates that row 2 names too."),
    ]


def test_certificates_of_different_schemes_do_not_meet() -> None:
    after = take([row("643002406111111111000000000001")])
    line = changed(x.AIB, x.AIB_ROW, c6="643002406111111111000000000003", c7="3")
    assert read_instruments(export(x.AIB, line), after, "go.csv").possible


def test_lots_that_would_be_called_the_same_are_numbered() -> None:
    after = take([row("A1"), row("A2", c6="乙公司")])
    assert sorted(one.name for one in after.held(Instrument)) == [
        "GEC 北山风电场 2024-05, 2024-08-01",
        "GEC 北山风电场 2024-05, 2024-08-01 (2)",
    ]
    grown = take([row("A3"), row("A4", c6="乙公司")], after, "more.csv")
    assert sorted((one.serials, one.beneficiary) for one in grown.held(Instrument)) == [
        ("A1; A3", "甲公司"),
        ("A2; A4", "乙公司"),
    ]


def test_contracts_are_known_by_their_number_and_days() -> None:
    after = EMPTY.apply(taking_up(read_instruments(export(x.OWN, x.OWN_ROW), EMPTY, "own"), EMPTY).steps)
    spaced = changed(x.OWN, x.OWN_ROW, c0="other name", c8="dl-７")
    assert len(read_instruments(export(x.OWN, spaced), after, "o").known) == 1
    (refused,) = read_instruments(export(x.OWN, changed(x.OWN, x.OWN_ROW, c6="7")), after, "o").refused
    assert "holds the same with 1,200.5, here it is 7" in str(refused.reason)
    assert read_instruments(export(x.OWN, changed(x.OWN, x.OWN_ROW, c8="DL-8")), after, "o").possible
    (refused,) = read_instruments(export(x.OWN, x.OWN_ROW, spaced), EMPTY, "o").refused
    assert (refused.row, str(refused.reason)) == (3, "The row is the same as row 2.")


def test_a_plant_that_grew_since_the_preview_is_noticed() -> None:
    found = read([row("A1")])
    after = take([row("A1"), row("A2")], name="other.csv")
    with pytest.raises(UserError, match="holds some rows of"):
        taking_up(found, after)


def test_one_refused_row_stops_the_file_and_all_are_shown() -> None:
    found = read([row("A1"), row("A2", c3="spring"), row("A3", c1="x")])
    assert [one.row for one in found.refused] == [3, 4] and [number for number, _ in found.rows] == [2]
    with pytest.raises(UserError, match="2 rows are refused"):
        taking_up(found, EMPTY)


def test_a_file_with_headings_alone_is_refused() -> None:
    with pytest.raises(UserError, match="no rows"):
        taking_up(read([]), EMPTY)


def test_names_of_periods() -> None:
    assert period_of(date(2024, 1, 1), date(2024, 12, 31)) == "2024"
    assert period_of(date(2024, 1, 1), date(2024, 3, 31)) == "2024-01-01–2024-03-31"
    assert period_of(date(2024, 1, 5), date(2024, 1, 5)) == "2024-01-05"


# ---------------------------------------------------------------------- laws

CERTIFICATES = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(["A", "B-"]), st.booleans()),
    min_size=1,
    max_size=14,
    unique_by=lambda c: c[:2],
)


def rows_of(certificates: Sequence[tuple[int, str, bool]]) -> list[Row]:
    """A certificate's lot is a fact of it, whichever file names it."""
    return [row(f"{prefix}{n:03d}", c3="2024-05" if first else "2024-06") for n, prefix, first in certificates]


@given(CERTIFICATES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(certificates: list[tuple[int, str, bool]], chance: object) -> None:
    rows = rows_of(certificates)
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = take(rows), take(shuffled)
    assert [replace(a, evidence=()) for a in one.held(Instrument)] == [
        replace(a, evidence=()) for a in other.held(Instrument)
    ], "ids too"


@given(CERTIFICATES, st.integers(0, 14), st.integers(0, 14))
@settings(max_examples=60)
def test_the_order_of_files_does_not_matter(certificates: list[tuple[int, str, bool]], cut: int, back: int) -> None:
    """Also where both files name the same certificates."""
    rows = rows_of(certificates)
    files = [rows[:cut], rows[max(0, cut - back) :]]
    ends = []
    for order in (files, files[::-1]):
        ledger = EMPTY
        for number, part in enumerate(order):
            if part and read(part, ledger, f"{number}.csv").possible:
                ledger = take(part, ledger, f"{number}.csv")
        ends.append(facts(ledger))
    assert ends[0] == ends[1] == facts(take(rows))


@given(CERTIFICATES)
def test_nothing_is_lost_and_nothing_is_added(certificates: list[tuple[int, str, bool]]) -> None:
    held = take(rows_of(certificates)).held(Instrument)
    assert sum(one.quantity for one in held) == len(certificates)
    assert sum(one.count for i in held for one in parse_serials(i.serials)) == len(certificates)
    assert len(held) == len({first for *_, first in certificates})


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12), st.integers(-9, 10**6)), min_size=1, max_size=4))
def test_no_file_makes_a_bug(cells: list[tuple[str, str, int]]) -> None:
    """Whatever stands in the cells: records or refusals."""
    rows = [
        (serial.replace("\x00", ""), number, word.replace("\x00", ""), "2024-05", "风电", "", "")
        for serial, word, number in cells
    ]
    try:
        found = read(rows)
    except UserError:
        return
    refused = {one.row for one in found.refused}
    assert refused.isdisjoint(number for number, _ in found.rows)
    if found.possible:
        assert take(rows).held(Instrument)


# ---------------------------------------------------------------------- size and drop-in


def singly(count: int) -> bytes:
    return export(HEAD, *(row(f"GEC{n:08d}") for n in range(count)))


def test_ten_thousand_single_rows_become_one_record() -> None:
    found = read_instruments(singly(10_000), EMPTY, "big.csv")
    change = taking_up(found, EMPTY)
    (one,) = found.records
    assert len(found.rows) == 10_000 and len(change.steps) == 2 and one.serials == "GEC00000000–GEC00009999"


def test_twice_as_many_rows_are_twice_the_work() -> None:
    few, many = (singly(count) for count in (500, 1_000))
    read_instruments(few, EMPTY, "few.csv")  # what is worked out once is there

    def take_up(data: bytes) -> None:
        taking_up(read_instruments(data, EMPTY, "a.csv"), EMPTY)

    assert calls(lambda: take_up(many)) < LINEAR * calls(lambda: take_up(few))


def test_too_many_rows_are_refused_before_they_are_read() -> None:
    line = "A1,1,p,2024-05,风电,,\n"
    with pytest.raises(UserError, match="more than 200,000 rows"):
        read_instruments((",".join(HEAD) + "\n" + line * 200_001).encode(), EMPTY, "big.csv")
    with pytest.raises(UserError, match="larger than 50 MB"):
        read_instruments(b"x" * 50_000_001, EMPTY, "big.csv")


NEW = """
from dataclasses import replace
from core.exchange.instruments.layouts import gec
from core.exchange.tables import Field
from core.i18n import Name, T

FIELDS = tuple(replace(one, name=Name(f"Penguin {one.key}", f"企鹅 {one.key}"), aliases=()) for one in gec.FIELDS)
LAYOUT = replace(gec.LAYOUT, key="penguin", title=T("Penguin registry"), fields=FIELDS)
"""


@pytest.fixture
def dropped_in(tmp_path: Path) -> Iterator[None]:
    (tmp_path / "penguin.py").write_text(NEW, encoding="utf-8")
    layouts.__path__.append(str(tmp_path))
    layouts.all_layouts.cache_clear()
    yield
    layouts.__path__.remove(str(tmp_path))
    layouts.all_layouts.cache_clear()
    sys.modules.pop("core.exchange.instruments.layouts.penguin", None)


@pytest.mark.usefixtures("dropped_in")
def test_a_new_layout_needs_nothing_but_its_file() -> None:
    head = ("Penguin serials", "Penguin count", "Penguin month")
    found = read_instruments(export(head, ("P1", "1", "2031-05")), EMPTY, "p.csv")
    assert str(found.layout) == "Penguin registry" and found.records[0].serials == "P1"
