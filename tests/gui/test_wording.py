from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import load_library
from core.methods import TraceStep
from gui.chart_data import BarData, Series
from gui.explain import breakable
from gui.language import set_language
from gui.wording import (
    clauses,
    formula_of,
    listed,
    minus,
    named,
    region_name,
    said,
    shortened,
    shown_percent,
    some_of,
    status_name,
    tonnes,
    unit_words,
)


def test_units_and_gases_are_written_as_people_write_them() -> None:
    library = load_library()
    assert unit_words(library, "t CO2/e4m3") == "t CO₂/10⁴ m³"
    assert unit_words(library, "kg CO2e/kWh") == "kg CO₂e/kWh"
    assert unit_words(library, "kg HFC-134a") == "kg HFC-134a"
    assert unit_words(library, "kg/l") == "kg/L"


def test_numbers_of_a_formula_have_thousands_apart() -> None:
    numbers = ((Decimal("12345.5"), "e4m3"), (Decimal("389.31"), "GJ/e4m3"))
    step = TraceStep(T("Energy"), "{0} × {1}", numbers, Decimal(1), "GJ")
    assert formula_of(load_library(), step) == "12,345.5 10⁴ m³ × 389.31 GJ/10⁴ m³"


def test_status_and_region_are_words() -> None:
    assert status_name("VERIFIED") == "Verified"
    assert status_name("SOMETHING_NEW") == "SOMETHING_NEW"
    assert region_name("CN-HE") == "Hebei"
    assert region_name("??") == "??"
    set_language("zh")
    assert status_name("VERIFIED") not in ("VERIFIED", "Verified")
    assert region_name("CN") == "中国"


def test_a_long_key_may_be_broken_and_is_whole() -> None:
    assert breakable("a-b/c").replace("\u200b", "") == "a-b/c"
    assert breakable("a-b/c").count("\u200b") == 2


def test_negative_numbers_have_a_minus_sign_and_no_hyphen() -> None:
    assert minus("-1.5") == "−1.5" and minus("1-2") == "1-2" and minus("") == ""
    assert [tonnes(Decimal(text)) for text in ("-1234.56", "-1.234", "-0.01234")] == ["−1,234.6", "−1.23", "−0.0123"]
    assert [shown_percent(Decimal(text)) for text in ("-100", "-0.01", "0.01")] == ["−100.0", "> −0.1", "< 0.1"]


def test_what_stands_between_words_is_that_of_the_language() -> None:
    pair = (T("The year is not closed."), T("The year is not closed."))
    assert listed(("GO", "I-REC")) == "GO, I-REC" and clauses(("a, b", "c")) == "a, b; c"
    assert named("GO", "3 MWh") == "GO: 3 MWh"
    assert said(*pair) == "The year is not closed. The year is not closed."
    set_language("zh")
    try:
        assert listed(("GO", "I-REC")) == "GO、I-REC" and clauses(("a、b", "c")) == "a、b；c"
        assert named("GO", "3 MWh") == "GO：3 MWh"
        assert said(*pair) == "该年未封账。该年未封账。"
        bars = tuple(Series(name, (Decimal(1),), "#000000") for name in ("锅炉", "叉车"))
        assert BarData("排放", ("1月",), bars, "t", "排放").spoken(0).startswith("1月：锅炉 1.0、叉车 1.0、")
    finally:
        set_language("en")


def test_of_many_names_the_first_stand_and_the_others_are_counted() -> None:
    names = [f"Plant {n}" for n in range(9)]
    assert some_of(names[:4], 3) == "Plant 0, Plant 1, Plant 2, Plant 3", "one more costs no more room than its number"
    assert some_of(names, 3) == "Plant 0, Plant 1, Plant 2 and 6 more"
    whole = T("Not in the register and counted wholly: {names}.", names=names)
    assert str(shortened(whole, 2)) == "Not in the register and counted wholly: Plant 0, Plant 1 and 7 more."
    assert shortened(whole, 8) is whole
    plain = T("The report “{file}” was filed without its lines and does not count; import it again.", file="a.pdf")
    assert shortened(plain, 2) is plain
