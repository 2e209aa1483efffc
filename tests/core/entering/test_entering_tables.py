"""Tables of records in and out: everything comes back, twice is once, and a refused cell is named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.entering.keeping import keeping
from core.entering.plant import FORMS
from core.entering.tables import columns_of, read_table, same, taking_up, write_table
from core.errors import UserError
from core.ledger import EarlierYear, Instrument, Ledger, Milestone
from tests.core.entering.filled import BEGUN, FILLED, GIVEN, WIND


def taken(path: Path, kind: str, ledger: Ledger) -> Ledger:
    return ledger.apply(taking_up(read_table(path, ledger, FORMS, kind), ledger, FORMS).steps)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_everything_is_written_and_taken_up_again_alike(tmp_path: Path, suffix: str) -> None:
    order = ["action_area", *(kind for kind in FORMS if kind not in ("action_area", "scenario", "resolution")),
             "scenario", "resolution"]  # what is named first  # fmt: skip
    fresh = BEGUN
    for kind in order:
        path = tmp_path / f"{kind}{suffix}"
        write_table(path, FILLED, FORMS[kind])
        fresh = taken(path, kind, fresh)
        assert taking_up(read_table(path, fresh, FORMS, kind), fresh, FORMS).steps == (), f"{kind} twice adds nothing"
    assert fresh.to_plain() == FILLED.to_plain()


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_headings_in_one_language_are_enough(tmp_path: Path, kind: str, lang: str) -> None:
    path = tmp_path / "a.csv"
    write_table(path, FILLED, FORMS[kind], lang)
    found = read_table(path, FILLED, FORMS, kind)
    assert found.ignored == ()
    assert taking_up(found, FILLED, FORMS).steps == ()


@pytest.mark.parametrize("kind", FORMS)
def test_no_heading_means_two_columns(kind: str) -> None:
    columns = columns_of(FORMS[kind])
    for lang in ("en", "zh"):
        heads = [one.name.in_language(lang) for one in columns]
        assert len(heads) == len(set(heads))


def test_a_table_alters_what_it_names_and_adds_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "instruments.csv"
    path.write_text(
        "Instrument,Kind,Market,From,To,MWh,Scheme,Serial number,Evidence\n"
        "wind 2023,Certificates,中国,2023,2023,2,GEC,GEC-A0001-GEC-A0500,\n"
        'Sun 2023,certificate,CN,2023-01,2023-06,"1,000",I-REC,,contract.pdf\n',
        "utf-8",
    )
    after = taken(path, "instrument", FILLED)
    assert after.get("instrument", "i00001") == replace(WIND, name="wind 2023", quantity=Decimal(2),
                                                        serials="GEC-A0001-GEC-A0500")  # fmt: skip
    new = after.get("instrument", "i00002")
    assert isinstance(new, Instrument)
    assert (new.start.isoformat(), new.end.isoformat(), new.quantity) == ("2023-01-01", "2023-06-30", Decimal(1000))
    assert new.evidence == ("e00001",)
    assert taking_up(read_table(path, after, FORMS, "instrument"), after, FORMS).steps == ()


def test_rows_with_one_name_stay_two_records(tmp_path: Path) -> None:
    path = tmp_path / "milestones.csv"
    path.write_text("Action,Name,Due\nHeat pump,Meeting,2024-01-05\nHeat pump,Meeting,2024-02-05\n", "utf-8")
    after = taken(path, "milestone", FILLED)
    days = [one.due.isoformat() for one in after.held(Milestone) if one.name == "Meeting"]
    assert days == ["2024-01-05", "2024-02-05"]
    assert taking_up(read_table(path, after, FORMS, "milestone"), after, FORMS).steps == ()


def test_actions_may_name_actions_further_down(tmp_path: Path) -> None:
    path = tmp_path / "actions.csv"
    path.write_text("Name,Area of action,Part,Effective from,Life,Excludes\nA,heat,scope1,2025,10,B\n"
                    "B,heat,scope1,2025,10,A; Heat pump\n", "utf-8")  # fmt: skip
    after = taken(path, "action", FILLED)
    named = {one.name: one.excludes for one in after.records["action"].values()}  # type: ignore[union-attr]
    assert (named["A"], named["B"]) == (("ac00004",), ("ac00003", "ac00001"))


def test_refused_cells_are_named_by_row_and_column_and_nothing_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "earlier.csv"
    path.write_text(
        "Year,Part of the emissions,Tonnes,Report that states it,Evidence\n2019,scope1,5,Report,\n"
        "2018,scope9,5,Report,\n1950,scope1,5,Report,\n2017,scope1,few,Report,\n2016,scope1,5,,\n2015,scope1,5,R,x.pdf\n"
        "2019,scope1,6,Again,\n",
        "utf-8",
    )
    found = read_table(path, FILLED, FORMS, "earlier_year")
    said = [(one.row, "" if one.column is None else one.column.en) for one in found.refused]
    assert said == [(3, "Part of the emissions"), (4, "Year"), (5, "Tonnes [t CO₂e]"), (6, "Report that states it"),
                    (7, "Evidence"), (8, "Part of the emissions")]  # fmt: skip
    assert all(one.remedy for one in found.refused)
    assert "Row 3, Part of the emissions: “scope9” is not in the list." in str(found.refused[0].message)
    assert found.rows == ()
    with pytest.raises(UserError):
        taking_up(found, FILLED, FORMS)


def test_what_lacks_a_heading_is_told_which(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Name\nA\n", "utf-8")
    with pytest.raises(UserError, match="lacks the column"):
        read_table(path, FILLED, FORMS, "target")


def test_many_lines_and_long_serials_are_one_cell(tmp_path: Path) -> None:
    serials = "; ".join(f"GEC-{number:06d}" for number in range(0, 2000, 2))
    long = replace(WIND, id="i00002", name="Many", serials=serials, note="one\ntwo;three")
    ledger = FILLED.apply(keeping(FILLED, FORMS, long).steps)
    for suffix in ("csv", "xlsx"):
        path = tmp_path / f"a.{suffix}"
        write_table(path, ledger, FORMS["instrument"])
        after = taken(path, "instrument", BEGUN)
        kept = next(one for one in after.held(Instrument) if one.name == "Many")
        assert (kept.serials, kept.note) == (serials, "one\ntwo;three")


def test_the_same_record_is_known_whatever_its_id() -> None:
    assert same(FILLED, FORMS["instrument"], replace(WIND, id="", quantity=Decimal(9))) == WIND
    assert same(FILLED, FORMS["instrument"], replace(WIND, name="Other")) is None
    policy = next(one for one in GIVEN if one.id == "policy")
    assert same(FILLED, FORMS["base_policy"], policy) == policy


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_the_order_of_rows_does_not_matter(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    years = data.draw(st.lists(st.tuples(st.integers(1990, 2020), st.sampled_from(["scope1", "scope3", "scope3:4"])),
                               unique=True, min_size=1, max_size=6))  # fmt: skip
    shuffled = data.draw(st.permutations(years))
    folder = tmp_path_factory.mktemp("order")
    results = []
    for place, rows in enumerate((years, shuffled)):
        path = folder / f"{place}.csv"
        lines = [f"{year},{part},{year % 7},Report" for year, part in rows]
        path.write_text("\n".join(["year,part,tonnes,source", *lines]), "utf-8")
        after = taken(path, "earlier_year", BEGUN)
        results.append({(one.year, one.part, one.tonnes) for one in after.held(EarlierYear)})
    assert results[0] == results[1]
    assert len(results[0]) == len(years)
