"""Each registry's layout: what a row becomes, and what is refused with row, column, reason and remedy."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from core.errors import UserError
from core.exchange.instruments import FoundLots, all_layouts, read_instruments
from core.exchange.instruments.layouts._words import SCHEMES, TECHNOLOGIES, country_of, technology_of
from core.instruments import parse_serials
from core.ledger import Instrument, Ledger
from tests.core.exchange.books import EMPTY, csv_of, xlsx_of
from tests.core.exchange.instruments import exports as x
from tests.core.exchange.instruments.exports import changed, export


def read(data: bytes, ledger: Ledger = EMPTY) -> FoundLots[Instrument]:
    return read_instruments(data, ledger, "export.csv")


def only(data: bytes) -> Instrument:
    found = read(data)
    assert found.refused == (), [str(one.message) for one in found.refused]
    (one,) = found.records
    return one


def reason(data: bytes) -> tuple[str, str]:
    """Column and reason of the one refused cell; its remedy is never empty."""
    (one,) = read(data).refused
    assert one.row == 2 and str(one.remedy)
    return "" if one.column is None else one.column.en, str(one.reason)


# ---------------------------------------------------------------------- one row of each


def test_gec() -> None:
    one = only(export(x.GEC, x.GEC_ROW))
    assert (one.scheme, one.market, one.kind, one.technology) == ("GEC", "CN", "certificate", "wind")
    assert (one.start, one.end, one.quantity) == (date(2024, 5, 1), date(2024, 5, 31), Decimal(1))
    assert (one.generator, one.commissioned) == ("北山风电场", "2021-06-30")
    assert (one.retired, one.beneficiary, one.purpose) == ("2024-08-01", "甲公司", "自愿消费")
    assert one.serials == x.GEC_ROW[0] and one.name == "GEC 北山风电场 2024-05, 2024-08-01"


def test_gec_with_english_headings_that_may_not_be_traded() -> None:
    one = only(export(x.GEC_EN, x.GEC_EN_ROW))
    assert (one.scheme, one.technology, one.quantity) == ("GEC-NT", "solar", Decimal(250))
    assert one.serials == "GEC-NT-000001–GEC-NT-000250"


@pytest.mark.parametrize(
    ("head", "value", "mwh"),
    [
        ("电量（兆瓦时）", "2", "2"),
        ("电量(千瓦时)", "2,500", "2.5"),
        ("电量（万千瓦时）", "0.25", "2.5"),
        ("电量 [kWh]", "1", "0.001"),
        ("Electricity (GWh)", "1.5", "1500"),
        ("电量 MWh", "3", "3"),
        ("绿证数量（个）", "1", "1"),
    ],
)
def test_units_of_the_heading_are_exact(head: str, value: str, mwh: str) -> None:
    one = only(export((x.GEC[0], head, *x.GEC[2:]), changed(x.GEC, x.GEC_ROW, c1=value)))
    assert one.quantity == Decimal(mwh)


def test_a_quantity_without_a_unit_is_refused_and_one_with_a_column_of_units_is_not() -> None:
    head = (x.GEC[0], "电量", *x.GEC[2:])
    assert reason(export(head, x.GEC_ROW)) == ("Electricity", "The heading “Electricity” does not say the unit.")
    with_unit = only(export((*head, "单位"), (*changed(x.GEC, x.GEC_ROW, c1="1500"), "千瓦时")))
    assert with_unit.quantity == Decimal("1.5")
    assert "“bottles” is not known" in reason(export((*head, "单位"), (*x.GEC_ROW, "bottles")))[1]


def test_i_rec() -> None:
    one = only(export(x.IREC, x.IREC_ROW))
    assert (one.scheme, one.market, one.technology, one.generator) == ("I-REC", "CN", "wind", "Longmen Wind")
    assert (one.start, one.end, one.quantity) == (date(2024, 5, 1), date(2024, 5, 31), Decimal(12))
    assert (one.retired, one.beneficiary, one.purpose) == ("2024-08-31", "Plant Ltd", "2024 consumption")
    (numbers,) = parse_serials(one.serials)
    assert numbers.count == 12 and one.serials == "0000001234567000–0000001234567011"


def test_i_rec_numbers_with_and_without_decimals_are_the_same() -> None:
    """The watt hours behind the point belong to whole certificates; the groups of digits are one number."""
    row = changed(x.IREC, x.IREC_ROW, c0="0000-0012-3456-7000", c1="0000-0012-3456-7011")
    assert only(export(x.IREC, row)) == only(export(x.IREC, x.IREC_ROW))
    carried = changed(x.IREC, x.IREC_ROW, c0="0000-0012-3456-9995.000000", c1="0000-0012-3457-0006.999999")
    assert parse_serials(only(export(x.IREC, carried)).serials)[0].count == 12


CODE = "12345678901234567" + "202405"
"""The project and the month of a GEC."""


@pytest.mark.parametrize("between", [" - ", "-", "~", "～", " 至 ", " – "])
def test_a_range_of_gec_codes_is_named_one_by_one(between: str) -> None:
    """Their last two places are classes: what lies between two codes as numbers are no certificates."""
    row = changed(x.GEC, x.GEC_ROW, c0=f"{CODE}000000811{between}{CODE}000001111", c1=4)
    one = only(export(x.GEC, row))
    assert one.serials == "; ".join(f"{CODE}{n:07d}11" for n in (8, 9, 10, 11))
    ends = ("起始绿证编号", "终止绿证编号", *x.GEC[1:])
    assert only(export(ends, (f"{CODE}000000811", f"{CODE}000001111", 4, *x.GEC_ROW[2:]))) == one


def test_gec_codes_in_one_cell() -> None:
    row = changed(x.GEC, x.GEC_ROW, c0=f"{CODE}000000811、{CODE}000000911；GEC-7", c1=3)
    assert only(export(x.GEC, row)).serials == f"{CODE}000000811; {CODE}000000911; GEC-7"


def test_european_guarantees() -> None:
    one = only(export(x.AIB, x.AIB_ROW))
    assert (one.scheme, one.market, one.technology, one.quantity) == ("GO", "NO", "hydro", Decimal(500))
    assert (one.start, one.end, one.retired) == (date(2024, 4, 1), date(2024, 4, 30), "2025-01-15")
    assert one.serials == f"{x.AIB_ROW[5]}–{x.AIB_ROW[6]}"


def test_rego_days_are_british_and_the_counted_digits_stand_last() -> None:
    one = only(export(x.REGO, x.REGO_ROW))
    assert (one.scheme, one.market, one.technology) == ("REGO", "GB", "wind")
    assert one.retired == "2024-07-01", "01/07/2024 is the first of July"
    assert (one.start, one.end, one.quantity) == (date(2024, 4, 1), date(2024, 4, 30), Decimal(9468))
    assert one.generator == "Glen Wind (G09999NWSC)" and one.beneficiary == "Plant UK Ltd"
    (numbers,) = parse_serials(one.serials)
    assert numbers.count == 9468 and numbers.prefix == "G09999NWSC-010424300424GEN-"


def test_rego_output_period_of_two_days_and_a_report_with_lines_above() -> None:
    row = changed(x.REGO, x.REGO_ROW, c7="01/04/2024 - 30/04/2024")
    above = b"All Certificates\nPeriod of Generation :,Apr 2024\nTotal certificates:,9468\n\n"
    one = only(above + export(x.REGO, row))
    assert (one.start, one.end) == (date(2024, 4, 1), date(2024, 4, 30))


def test_rego_rows_of_other_schemes_and_withdrawn_ones_are_passed_over() -> None:
    found = read(
        export(
            x.REGO,
            x.REGO_ROW,
            changed(x.REGO, x.REGO_ROW, c3="RO"),
            changed(x.REGO, x.REGO_ROW, c13="Revoked"),
        )
    )
    assert [one.row for one in found.passed] == [3, 4] and found.possible and len(found.records) == 1


def test_rego_that_is_only_issued_is_not_retired() -> None:
    one = only(export(x.REGO, changed(x.REGO, x.REGO_ROW, c13="Issued")))
    assert (one.retired, one.beneficiary) == ("", "")


def test_m_rets() -> None:
    one = only(export(x.MRETS, x.MRETS_ROW))
    assert (one.scheme, one.market, one.technology, one.quantity) == ("REC", "US", "wind", Decimal(250))
    assert one.serials == "M123-04-2024-MN-K7QD-1–M123-04-2024-MN-K7QD-250"
    assert (one.start, one.end, one.retired) == (date(2024, 4, 1), date(2024, 4, 30), "2025-01-20")
    assert only(export(x.MRETS, changed(x.MRETS, x.MRETS_ROW, c7="Manitoba"))).market == "CA"


def test_wregis() -> None:
    one = only(export(x.WREGIS, x.WREGIS_ROW))
    assert (one.scheme, one.market, one.technology, one.quantity) == ("REC", "US", "solar", Decimal(40))
    assert one.serials == "4711-CA-98765-1–4711-CA-98765-40" and one.generator == "Mesa Solar (W4711)"
    assert (one.beneficiary, one.purpose, one.retired) == ("Plant Inc", "Green pricing", "2025-02-03")


def test_the_own_table() -> None:
    one = only(export(x.OWN, x.OWN_ROW))
    assert (one.name, one.kind, one.scheme, one.market, one.technology) == (
        "Roof lease", "direct_line", "", "CN", "solar",
    )  # fmt: skip
    assert (one.quantity, one.price, one.currency, one.contract) == (Decimal("1200.5"), Decimal("31.5"), "CNY", "DL-7")
    assert (one.start, one.end, one.serials) == (date(2024, 1, 1), date(2024, 12, 31), "")


def test_the_own_table_in_chinese() -> None:
    head = ("名称", "类型", "市场", "发电起始日", "电量 [千瓦时]", "证书种类", "证书编号")
    one = only(export(head, ("甲", "绿证", "中国", "2024年5月", "5000", "可交易绿证", "1 – 5")))
    assert (one.name, one.kind, one.scheme, one.quantity, one.serials) == (
        "甲",
        "certificate",
        "GEC",
        Decimal(5),
        "1–5",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(encoding: str, separator: str) -> None:
    assert only(export(x.GEC, x.GEC_ROW, encoding=encoding, separator=separator)).generator == "北山风电场"


def test_a_workbook_with_real_days_and_numbers() -> None:
    row = list(
        changed(x.GEC, x.GEC_ROW, c1=1, c3=datetime(2024, 5, 1), c6=datetime(2024, 8, 1, 10, 22), c9=date(2021, 6, 30))
    )
    (one,) = read_instruments(xlsx_of(row, head=x.GEC), EMPTY, "gec.xlsx").records
    assert (one.retired, one.commissioned, one.quantity) == ("2024-08-01", "2021-06-30", Decimal(1))


# ---------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("head", "row", "column", "words"),
    [
        (x.GEC, changed(x.GEC, x.GEC_ROW, c0=""), "", "no serial number"),
        (x.GEC, changed(x.GEC, x.GEC_ROW, c0="!!"), "", "is not a serial number"),
        (x.GEC, changed(x.GEC, x.GEC_ROW, c0="1.23457E+31"), "GEC number", "has shortened the number"),
        (x.GEC, changed(x.GEC, x.GEC_ROW, c1="=1+1"), "Electricity", "is not a number"),
        (x.GEC, changed(x.GEC, x.GEC_ROW, c1="0"), "", "not above zero"),
        (x.GEC, changed(x.GEC, x.GEC_ROW, c1="-4"), "", "not above zero"),
        (x.GEC, changed(x.GEC, x.GEC_ROW, c1=""), "", "quantity is missing"),
        (x.GEC, changed(x.GEC, x.GEC_ROW, c3="spring"), "Month of generation", "is not a date"),
        (x.GEC, changed(x.GEC, x.GEC_ROW, c4="煤电"), "", "no technology"),
        (x.GEC, changed(x.GEC, x.GEC_ROW, c5="也许"), "", "neither 可交易 nor 不可交易"),
        (x.GEC, changed(x.GEC, x.GEC_ROW, c6="05/04/2024"), "Retired on", "two meanings"),
        (x.GEC, changed(x.GEC, x.GEC_ROW, c6="2024-08"), "Retired on", "is no single day"),
        (x.GEC, changed(x.GEC, x.GEC_ROW, c0=f"{CODE}000000811-{CODE}000001112"), "", "not the ends"),
        (x.GEC, changed(x.GEC, x.GEC_ROW, c0=f"{CODE}000000811-{CODE}999999911"), "", "more than 50,000 certificates"),
        (x.GEC_EN, changed(x.GEC_EN, x.GEC_EN_ROW, c2="251"), "", "name 250 certificates, the row says 251"),
        (x.IREC, changed(x.IREC, x.IREC_ROW, c1="0000-0012-3456-7011.500000"), "", "cuts a certificate"),
        (x.IREC, changed(x.IREC, x.IREC_ROW, c2="11"), "", "name 12 certificates, the row says 11"),
        (x.IREC, changed(x.IREC, x.IREC_ROW, c1="0000-0012-3456-6000.999999"), "", "not the ends of one range"),
        (x.IREC, changed(x.IREC, x.IREC_ROW, c1="0000-0012-3456-7011"), "", "not the ends of one range"),
        (x.IREC, changed(x.IREC, x.IREC_ROW, c3=""), "Redemption date", "empty"),
        (x.IREC, changed(x.IREC, x.IREC_ROW, c7="Atlantis"), "", "is no country"),
        (x.IREC, changed(x.IREC, x.IREC_ROW, c8="Coal"), "", "no technology"),
        (x.IREC, changed(x.IREC, x.IREC_ROW, c10="2024-04-30"), "", "lies before the start"),
        (x.AIB, changed(x.AIB, x.AIB_ROW, c7="499"), "", "name 500 certificates, the row says 499"),
        (x.AIB, changed(x.AIB, x.AIB_ROW, c8="15.01.25"), "Cancellation date", "only two digits"),
        (x.REGO, changed(x.REGO, x.REGO_ROW, c8="9467.5"), "No. Of Certificates", "no whole number"),
        (x.REGO, changed(x.REGO, x.REGO_ROW, c10="G09999NWSC0000009467010524310524GEN"), "", "not the ends"),
        (x.REGO, changed(x.REGO, x.REGO_ROW, c9="G1"), "", "not the ends"),
        (x.MRETS, changed(x.MRETS, x.MRETS_ROW, c2="one"), "", "not the ends"),
        (x.WREGIS, changed(x.WREGIS, x.WREGIS_ROW, c4="all of them"), "", "not a range"),
        (x.OWN, changed(x.OWN, x.OWN_ROW, c1="gift"), "", "is not known here"),
        (x.OWN, changed(x.OWN, x.OWN_ROW, c1=""), "", "kind of the instrument is missing"),
        (x.OWN, changed(x.OWN, x.OWN_ROW, c1="certificate"), "", "scheme of the certificates is missing"),
        (x.OWN, changed(x.OWN, x.OWN_ROW, c2="XYZ"), "", "is not known here"),
    ],
)  # fmt: skip
def test_each_fault_is_named(head: tuple[str, ...], row: tuple[object, ...], column: str, words: str) -> None:
    found = reason(export(head, row))
    assert found[0] == column and words in found[1]
    assert not read(export(head, row)).possible


def test_the_order_of_days_is_taken_from_the_column() -> None:
    """One 31/08/2024 tells what 05/04/2024 is; where the column tells both, the day is refused."""
    british = [
        changed(x.IREC, x.IREC_ROW),
        changed(x.IREC, x.IREC_ROW, c0="0000-0012-3456-8000", c1="0000-0012-3456-8011", c3="05/04/2024"),
    ]
    assert {one.retired for one in read(export(x.IREC, *british)).records} == {"2024-08-31", "2024-04-05"}
    american = [changed(x.IREC, one, c3=str(one[3]).replace("31/08", "08/31")) for one in british]
    assert {one.retired for one in read(export(x.IREC, *american)).records} == {"2024-08-31", "2024-05-04"}
    third = changed(x.IREC, british[1], c0="0000-0012-3456-9000", c1="0000-0012-3456-9011", c3="08/31/2024")
    both = [*british, third]
    (refused,) = read(export(x.IREC, *both)).refused
    assert refused.row == 3 and "two meanings" in str(refused.reason)


def test_numbers_that_a_spreadsheet_program_took_for_numbers_are_refused() -> None:
    row = list(changed(x.GEC, x.GEC_ROW, c0=12345678901234567890.0, c1=1))
    (refused,) = read_instruments(xlsx_of(row, head=x.GEC), EMPTY, "gec.xlsx").refused
    assert "shortened" in str(refused.reason) and "without opening it" in str(refused.remedy)
    row[0] = 123456
    assert read_instruments(xlsx_of(row, head=x.GEC), EMPTY, "gec.xlsx").records[0].serials == "123456"


def test_a_formula_without_its_value_is_an_empty_cell() -> None:
    row = list(changed(x.IREC, x.IREC_ROW, c2="=6+6"))
    (refused,) = read_instruments(xlsx_of(row, head=x.IREC), EMPTY, "i.xlsx").refused
    assert refused.column is not None and refused.column.en == "Volume"


def test_texts_kept_by_a_formula_are_read() -> None:
    assert only(export(x.GEC, changed(x.GEC, x.GEC_ROW, c0='="000123"'))).serials == "000123"


# ---------------------------------------------------------------------- recognition


def test_an_unknown_file_is_refused_with_the_headings_that_are_wanted() -> None:
    with pytest.raises(UserError, match="no registry that is known") as error:
        read(b"Colour,Weight\nred,3\n")
    remedy = str(error.value.remedy)
    assert all(str(one.title) in remedy for one in all_layouts().values())
    assert "Generated from" in remedy and "Quantity [MWh]" in remedy


@pytest.mark.parametrize(
    ("head", "row", "without", "name", "lacks"),
    [
        (x.GEC, x.GEC_ROW, 3, "Chinese green", "Month of generation"),
        (x.IREC, x.IREC_ROW, 6, "I-REC", "Production device"),
        (x.AIB, x.AIB_ROW, 1, "European", "Country of production"),
        (x.REGO, x.REGO_ROW, 11, "UK REGO", "MWh Per Certificate"),
        (x.MRETS, x.MRETS_ROW, 0, "M-RETS", "Serial Number Base"),
        (x.WREGIS, x.WREGIS_ROW, 3, "WREGIS", "Vintage"),
    ],
)
def test_a_file_that_lacks_a_column_is_told_which(
    head: tuple[str, ...], row: tuple[object, ...], without: int, name: str, lacks: str
) -> None:
    cut = [tuple(cell for place, cell in enumerate(line) if place != without) for line in (head, row)]
    with pytest.raises(UserError, match="looks like") as error:
        read(export(*cut))
    assert name in str(error.value) and lacks in str(error.value)


EXAMPLES = {
    "gec": (x.GEC, x.GEC_ROW),
    "irec": (x.IREC, x.IREC_ROW),
    "aib_go": (x.AIB, x.AIB_ROW),
    "rego": (x.REGO, x.REGO_ROW),
    "mrets": (x.MRETS, x.MRETS_ROW),
    "wregis": (x.WREGIS, x.WREGIS_ROW),
    "own": (x.OWN, x.OWN_ROW),
}


def test_every_layout_has_an_example() -> None:
    assert EXAMPLES.keys() == all_layouts().keys()


@pytest.mark.parametrize("key", EXAMPLES)
def test_each_example_is_recognised_as_itself(key: str) -> None:
    assert read(export(*EXAMPLES[key])).layout == all_layouts()[key].title


@pytest.mark.parametrize("language", ["en", "zh", "both"])
@pytest.mark.parametrize("key", EXAMPLES)
def test_the_names_of_the_columns_are_headings_in_both_languages(key: str, language: str) -> None:
    """A file with the headings that a refusal names is read, in either language and both at once."""
    layout = all_layouts()[key]
    plain = read(export(*EXAMPLES[key])).records
    named = []
    for head in EXAMPLES[key][0]:
        one = next((f for f in layout.fields if head in (f.name.en, f.name.zh, *f.aliases)), None)
        if one is None or head != one.name.en or one.form == "energy":
            named.append(head)
        else:
            named.append(f"{one.name.zh} / {one.name.en}" if language == "both" else one.name.in_language(language))
    assert read(export(tuple(named), EXAMPLES[key][1])).records == plain


@pytest.mark.parametrize("key", EXAMPLES)
def test_no_layout_has_one_heading_for_two_columns(key: str) -> None:
    words = [
        word
        for one in all_layouts()[key].fields
        for word in {spelling.casefold() for spelling in (one.name.en, one.name.zh, *one.aliases)}
    ]
    twice = {word for word in words if words.count(word) > 1}
    assert twice == set()


# ---------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("光伏发电", "solar"), ("Photovoltaic", "solar"), ("T010100", "solar"), ("T020001", "wind"),
        ("海上风电", "wind"),
        ("Off-shore Wind", "wind"), ("Hydro 20MW DNC or less", "hydro"), ("水电", "hydro"), ("Landfill Gas", "biomass"),
        ("生物质发电", "biomass"), ("Renewable: Solar: PV", "solar"), ("核电", "nuclear"), ("Wind (onshore)", "wind"),
    ],
)  # fmt: skip
def test_technologies(word: str, key: str) -> None:
    assert technology_of(word) == key


@pytest.mark.parametrize("word", ["coal", "natural gas", "T050000", "煤电", "fossil"])
def test_what_is_not_renewable_is_refused(word: str) -> None:
    with pytest.raises(UserError, match="no technology"):
        technology_of(word)


def test_every_technology_and_scheme_is_its_own_word() -> None:
    assert [technology_of(name.zh) for name in TECHNOLOGIES.values()] == list(TECHNOLOGIES)
    assert [technology_of(name.en) for name in TECHNOLOGIES.values()] == list(TECHNOLOGIES)
    head, row = EXAMPLES["own"]
    for scheme in SCHEMES:
        assert only(export(head, changed(head, row, c1="certificate", c2=scheme))).scheme == scheme


def test_countries() -> None:
    assert [country_of(word) for word in ("de", "Germany", "德国", "UK", "Wales", "USA", "China")] == [
        "DE", "DE", "DE", "GB", "GB", "US", "CN",
    ]  # fmt: skip


@pytest.mark.parametrize("built", ["1985-06-30", "1985年6月30日"])
def test_a_dam_older_than_the_first_inventory_is_taken_up(built: str) -> None:
    """Hydro power is often older than 1990; the days of the certificates themselves are not."""
    assert only(csv_of((*x.GEC_ROW[:9], built), head=x.GEC)).commissioned == "1985-06-30"
    refused = read(csv_of((*x.GEC_ROW[:6], built, *x.GEC_ROW[7:]), head=x.GEC)).refused
    assert ["1990 to 2099" in str(one.message) for one in refused] == [True]


@pytest.mark.parametrize("name", ["GEC", "GEC_EN", "IREC", "AIB", "REGO", "MRETS", "WREGIS", "OWN"])
def test_any_cell_may_be_empty(name: str) -> None:
    """A row of certificates without its month ended the import with a traceback."""
    head, row = getattr(x, name), getattr(x, f"{name}_ROW")
    for place in range(len(head)):
        found = read(export(head, (*row[:place], "", *row[place + 1 :])))
        assert found.records or found.refused or found.passed, head[place]
