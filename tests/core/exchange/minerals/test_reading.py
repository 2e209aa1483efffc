"""Workbooks of every edition, in several languages, and what is not as it should be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from core.errors import UserError
from core.exchange.minerals import Read, all_layouts, read_declaration
from core.exchange.minerals.layouts._types import PARTS, RECALLED, VERIFIED
from core.exchange.minerals.sheet import LONGEST
from core.ledger import Ledger
from core.minerals import examine
from core.minerals.templates import template_of
from tests.core.exchange.minerals.forms import (
    ALPHA,
    CMRT_METALS,
    CMRT_QUESTIONS,
    SMELTER_HEAD,
    Form,
    amrt_1,
    amrt_3,
    cmrt,
    emrt_1,
    emrt_2,
)
from tests.core.minerals.declared import SUPPLIERS

TODAY = date(2025, 9, 1)
HELD = Ledger.of(SUPPLIERS)


def read(form: Form, name: str = "from supplier.xlsx") -> Read:
    return read_declaration(form.saved(), name, HELD)


def answers(found: Read) -> dict[str, str]:
    return dict(found.declaration.answers)


def status(found: Read) -> str:
    return examine(found.declaration, (), SUPPLIERS, TODAY).status


EDITIONS: list[tuple[Callable[[str], Form], str, str]] = [
    *((cmrt, one, "cmrt_6_01") for one in ("6.01", "6.1", "6.22", "6.31", "6.4", "6.5")),
    *((cmrt, one, "cmrt_6_6") for one in ("6.6", "6.6.1")),
    *((emrt_1, one, "emrt_1") for one in ("1.1", "1.11", "1.2", "1.3")),
    (emrt_2, "2.0", "emrt_2_0"),
    *((emrt_2, one, "emrt_2_1") for one in ("2.1", "2.11", "2.11.1")),
    *((amrt_1, one, "amrt_1_1") for one in ("1.1", "1.2")),
    *((amrt_3, one, "amrt_1_3") for one in ("1.3", "1.31", "1.31.1")),
]


@pytest.mark.parametrize(("form", "edition", "layout"), EDITIONS)
def test_every_edition(form: Callable[[str], Form], edition: str, layout: str) -> None:
    found = read(form(edition))
    assert (found.layout.key, found.declaration.edition, found.problems) == (layout, edition, ())
    assert (found.declaration.company, found.declaration.scope, found.declaration.effective) == (
        "Weld Wire Ltd", "A", "2025-06-01",
    )  # fmt: skip
    assert found.declaration.supplier == "su00001"
    assert dict(found.declaration.header) | {"minerals": ""} == {
        "number": "HRB 1", "authority": "Amtsgericht", "address": "Road 1", "contact": "Wang Fang",
        "contact_mail": "wang@weld.example", "contact_phone": "+86 1", "authoriser": "Li Ming",
        "authoriser_title": "Director", "authoriser_mail": "li@weld.example", "authoriser_phone": "+86 2",
        "minerals": "",
    }  # fmt: skip
    assert status(found) == "complete"


def test_every_known_edition_is_built_here() -> None:
    assert {(one.template, edition) for one in all_layouts().values() for edition in one.editions} == {
        (layout.split("_")[0].upper(), edition) for _, edition, layout in EDITIONS
    }


def test_layouts_fit_their_templates() -> None:
    for key, one in all_layouts().items():
        template = template_of(one.template, one.editions[-1])
        assert key == one.key
        assert [block.key for block in one.questions] == [question.key for question in template.questions]
        letters = {*one.company, *(block.key for block in one.each)}
        assert letters == {question.key for question in template.company}
        assert {block.key for block in one.each} == {question.key for question in template.company if question.each}
        assert bool(one.minerals) != template.chosen
        assert one.sure.keys() <= set(PARTS)
        assert set(one.sure.values()) <= {VERIFIED, RECALLED}
        assert ("mines" in one.sure) == (one.mines is not None)
        assert one.seen


def test_answers_of_a_cmrt() -> None:
    found = read(cmrt())
    assert answers(found) == {
        "1 tantalum": "no", "1 tin": "yes", "1 gold": "no", "1 tungsten": "no", "2 tin": "yes", "3 tin": "no",
        "4 tin": "unknown", "5 tin": "no", "6 tin": "100", "7 tin": "yes", "8 tin": "yes", "A": "yes", "B": "yes",
        "C": "yes", "D": "yes", "E": "yes_standard", "F": "yes", "G": "yes", "H": "no",
    }  # fmt: skip
    assert dict(found.declaration.remarks) == {"4 tin": "we still ask", "B": "https://weld.example/minerals"}
    assert found.declaration.smelters == ((
        "tin", "Alpha Tin Smelting", "Alpha Tin Smelting", "China", "CID000100", "RMI", "Smelter Road", "Gejiu",
        "Yunnan", "Zhao", "zhao@alpha.example", "none", "Old Mine", "Bolivia", "No", "checked",
    ),)  # fmt: skip
    assert found.declaration.language == "en"


def test_answers_of_an_emrt() -> None:
    old = answers(read(emrt_1()))
    assert (old["1 cobalt"], old["1 mica"], old["3 cobalt"], old["5 cobalt"]) == (
        "yes", "not_applicable", "drc_only", "100",
    )  # fmt: skip
    assert (old["C cobalt"], old["E"]) == ("yes_later", "yes_other")
    found = read(emrt_2())
    new = answers(found)
    assert dict(found.declaration.header)["minerals"] == "cobalt;nickel"
    assert (new["1 cobalt"], new["1 nickel"], new["5 cobalt"], new["6 cobalt"]) == (
        "yes", "not_declaring", "over_75", "no",
    )  # fmt: skip
    assert (new["C cobalt"], new["E"], new["G"]) == ("yes", "yes_standard", "no")
    assert dict(found.declaration.remarks) == {"5 cobalt": "two are late"}


def test_answers_of_an_amrt() -> None:
    old = read(amrt_1())
    assert answers(old) == {"1 osmium": "no", "1 zinc": "yes", "2 zinc": "to_50"}
    assert old.declaration.smelters == ((
        "zinc", "", "Zeta Zinc", "Canada", "CID000700", "RMI", "Street", "Trail", "BC", "Ann", "ann@zeta.example",
        "none", "Deep Mine", "Canada", "No", "fine",
    ),)  # fmt: skip
    new = read(amrt_3())
    assert dict(new.declaration.header)["minerals"] == "zinc;osmium"
    assert answers(new) == {"1 osmium": "not_declaring", "1 zinc": "yes", "2 zinc": "not_surveyed"}


def test_chosen_minerals_stand_for_rows_whose_words_were_not_stored() -> None:
    rows = ("B30", "B31", "B42", "B43", "B54", "B55", "B66", "B67", "B78", "B79", "B90", "B91", "B102", "B103", "B120",
            "B121")  # fmt: skip
    found = read(emrt_2().with_cells(dict.fromkeys(rows)))
    assert answers(found) == answers(read(emrt_2()))


CHINESE = {
    "B2": "矿产表格 (CMRT) 修订版 6.5", "D3": "中文 Chinese", "D9": "A. 公司", "B26": "钽 (*)", "B27": "锡 (*)",
    "D26": "否", "D27": "是", "D28": "否", "D29": "否", "D33": "是", "D39": "否", "D45": "未知", "D51": "否",
    "D57": "大于90%", "D63": "否", "D69": "是", "D75": "是", "D77": "否", "D79": "是", "D81": "是",
    "D83": "是，符合 IPC1755", "D85": "是", "D87": "是", "D89": "是，向SEC", "D22": "2025年6月1日", "G77": None,
}  # fmt: skip
FRENCH = {
    "D3": "Français", "D26": "Non", "D27": "Oui", "D28": "Non", "D29": "Non", "D33": "Oui", "D39": "Non",
    "D45": "Inconnu", "D51": "Non", "D57": "Plus de 90 %", "D63": "Non", "D69": "Oui", "D75": "Oui", "D77": "Non",
    "D79": "Oui", "D81": "Oui", "D83": "Oui, conformément à IPC1755", "D85": "Oui", "D87": "Oui",
    "D89": "Oui, auprès de la SEC", "G77": None,
}  # fmt: skip


@pytest.mark.parametrize(("cells", "language"), [(CHINESE, "zh"), (FRENCH, "fr")])
def test_other_languages(cells: dict[str, object], language: str) -> None:
    found = read(cmrt().with_cells(cells))
    said = answers(found)
    assert found.declaration.language == language
    assert (said["1 tin"], said["4 tin"], said["6 tin"], said["7 tin"]) == ("yes", "unknown", "over_90", "no")
    assert (said["E"], said["H"]) == ("yes_standard", "yes_sec")
    assert not [one for one in said.values() if one.startswith("?")]
    assert found.declaration.effective == "2025-06-01"
    assert found.problems == ()


def test_the_language_follows_from_the_answers_where_no_cell_says_it() -> None:
    assert read(cmrt().with_cells(FRENCH | {"D3": None})).declaration.language == "fr"


# ---------------------------------------------------------------------- edition and template


def test_the_edition_comes_from_the_sheet_then_the_history_then_the_name() -> None:
    plain = cmrt("")
    plain.history = ("Revision 6.31 of 2023", "Revision 6.4 of 2024", "Revision 6.22 of 2022")
    found = read(plain, "CMRT_6.1.xlsx")
    assert (found.declaration.edition, found.layout.key) == ("6.4", "cmrt_6_01")
    assert read(cmrt(""), "RMI_CMRT_6.6_Weld.xlsx").layout.key == "cmrt_6_6"
    unsaid = read(cmrt(""), "weld.xlsx")
    assert (unsaid.layout.template, unsaid.declaration.edition) == ("CMRT", "")
    assert [one.rule for one in unsaid.problems] == ["edition"]


def test_a_newer_edition_is_read_like_the_last_known_one_and_told() -> None:
    found = read(cmrt("6.7"))
    assert (found.layout.key, found.declaration.edition) == ("cmrt_6_6", "6.7")
    assert [one.rule for one in found.problems] == ["edition"]
    assert "6.7" in str(found.problems[0].message)


def test_a_title_is_enough_and_positions_alone_too_which_count_more() -> None:
    titled = cmrt("")
    titled.top = "Conflict Minerals Reporting form, Version 6.4"
    assert read(titled, "x.xlsx").declaration.edition == "6.4"
    wrong = cmrt()
    wrong.top = "Extended Minerals Reporting form"
    assert read(wrong).layout.template == "CMRT"
    for form, key in ((cmrt(""), "cmrt_6_6"), (emrt_1(), "emrt_1"), (emrt_2(), "emrt_2_1")):
        form.top = "A form"
        assert read(form, "x.xlsx").layout.key == key


def test_workbooks_without_stored_words_are_read_by_position_and_told() -> None:
    bare = cmrt().with_cells(dict.fromkeys((*CMRT_QUESTIONS, *CMRT_METALS)))
    found = read(bare)
    assert answers(found) == answers(read(cmrt()))
    assert [one.rule for one in found.problems] == ["labels"]
    bare.top = ""
    assert read(bare, "CMRT 6.5.xlsx").declaration.edition == "6.5"
    with pytest.raises(UserError, match="neither what it is nor which edition"):
        read(bare, "CMRT.xlsx")
    with pytest.raises(UserError, match="no CMRT, EMRT or AMRT"):
        read(bare, "form.xlsx")


def test_other_positions_are_refused_with_the_cell() -> None:
    old = cmrt("5.12").with_cells({"B67": None, "B69": "A. policy?", "B75": "D. diligence?"})
    with pytest.raises(UserError) as caught:
        read(old)
    text = caught.value.text("en")
    assert "CMRT 5.12" in text
    assert "Declaration!B69" in text
    assert "A. policy?" in text or "says “A" in text
    assert "CMRT 6.5" in text
    with pytest.raises(UserError, match="no CMRT, EMRT or AMRT"):
        read(Form("Something", {"A1": 1}), "x.xlsx")
    lost = cmrt()
    lost.without = ("Declaration",)
    with pytest.raises(UserError, match="has no sheet “Declaration”"):
        read(lost)


# ---------------------------------------------------------------------- cells


def test_days_in_every_form_and_none() -> None:
    for written in ("01-Jun-2025", "1 June 2025", "2025-06-01", 45809, "2025年6月1日", datetime(2025, 6, 1, 14, 30)):
        assert read(cmrt().with_cells({"D22": written})).declaration.effective == "2025-06-01"
    for written in ("03/04/2025", "soon", "01-Juin-2025"):
        found = read(cmrt().with_cells({"D22": written}))
        assert (found.declaration.effective, dict(found.declaration.header)["effective_text"]) == ("", written)
        assert status(found) == "incomplete"
    assert "effective_text" not in dict(read(cmrt().with_cells({"D22": None})).declaration.header)


def test_words_that_are_no_answer_stay_as_they_were_written() -> None:
    found = read(cmrt().with_cells({"D33": "maybe", "D57": "60%"}))
    assert (answers(found)["2 tin"], answers(found)["6 tin"]) == ("?maybe", "?60%")
    assert status(found) == "incomplete"


def test_failed_formulas_long_texts_and_control_characters() -> None:
    found = read(cmrt().with_cells({"G45": "x" * 3000, "D12": "#N/A", "D14": "Road\t1"}))
    assert len(dict(found.declaration.remarks)["4 tin"]) == LONGEST
    assert [(one.rule, str(one.place)) for one in found.problems] == [("long", "Declaration!G45")]
    assert "number" not in dict(found.declaration.header)
    assert dict(found.declaration.header)["address"] == "Road 1"


def test_a_formula_is_its_stored_value_or_nothing() -> None:
    found = read(cmrt().with_cells({"D8": '=HYPERLINK("http://evil")', "D15": "'=1+1"}))
    assert found.declaration.company == ""
    assert dict(found.declaration.header)["contact"] == "=1+1"


def test_rows_of_smelters() -> None:
    form = cmrt()
    form.smelters = SMELTER_HEAD | ALPHA | {
        "A6": "CID000200", "B6": "Tin", "C6": "Beta", "D6": "Beta", "F6": "CID000201",
        "E9": "China", "Q10": "a note alone",
        "B11": "锡", "C11": "Smelter not listed", "D11": "Backyard", "E11": "China",
    }  # fmt: skip
    rows = read(form).declaration.smelters
    assert [row[4] for row in rows] == ["CID000100", "CID000200 / CID000201", ""]
    assert [row[0] for row in rows] == ["tin", "tin", "tin"]
    assert status(read(form)) == "incomplete"


def test_products_and_who_asked_for_them() -> None:
    old, new = cmrt(), cmrt("6.6")
    old.products = {"B6": "P-1", "C6": "Pad", "D6": "new", "B8": 2001}
    new.products = {"B6": "P-1", "C6": "Pad", "D6": "C-7", "E6": "Their pad", "F6": "new"}
    assert read(old).declaration.products == (("P-1", "Pad", "new"), ("2001", "", ""))
    assert read(new).declaration.products == (("P-1", "Pad", "C-7; Their pad; new"),)


def test_mines_are_counted_and_gaps_told() -> None:
    form = emrt_2()
    form.more["Mine List"] = {"A5": "Cobalt", "B5": "Kobold", "C5": "Deep", "F5": "Finland", "A6": "Nickel", "C6": "X"}
    found = read(form)
    assert dict(found.declaration.header)["mines"] == "2"
    assert [(one.rule, str(one.place)) for one in found.problems] == [("mines", "Mine List")]


def test_a_missing_list_is_told() -> None:
    form = cmrt()
    form.without = ("Product List",)
    assert [one.rule for one in read(form).problems] == ["sheet"]
    form.without = ("Smelter List",)
    found = read(form)
    assert [one.rule for one in found.problems] == ["sheet"]
    assert status(found) == "incomplete"


def test_names_of_sheets_may_differ_in_spaces_and_capitals(tmp_path: Path) -> None:
    form = cmrt()
    form.more["smelter list "] = form.smelters
    form.without = ("Smelter List",)
    path = tmp_path / "CMRT.xlsx"
    path.write_bytes(form.saved())
    found = read_declaration(path, "", HELD)
    assert (found.name, len(found.declaration.smelters)) == ("CMRT.xlsx", 1)


def test_the_supplier_is_known_by_name_or_number() -> None:
    assert read(cmrt().with_cells({"D8": "WELD WIRE LTD."})).declaration.supplier == "su00001"
    assert read(cmrt().with_cells({"D8": "Nobody"})).declaration.supplier == ""
