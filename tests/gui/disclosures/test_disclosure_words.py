"""How values, differences and numbers of questions are said, and how the list of frameworks is gone through."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.disclosures.catalogue import all_points
from core.disclosures.cells import Words
from core.disclosures.maps import all_maps
from core.disclosures.readiness import Readiness, readiness_of
from core.disclosures.value import Origin, PointValue
from core.i18n import T
from gui.disclosures import words
from gui.disclosures.compared import signed
from gui.disclosures.frameworks import FrameworkList
from gui.disclosures.links import link
from gui.disclosures.origins import MOST, OriginList
from gui.disclosures.questions import natural
from gui.language import set_language
from tests.gui.disclosing import links
from tests.gui.disclosing import words as read


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (PointValue("ghg.s1", Decimal("2428.301633157"), "tCO2e"), "2,428.3 t CO₂e"),
        (PointValue("ghg.s1", Decimal("17803.2"), "tCO2e"), "17,803 t CO₂e"),
        (PointValue("energy.ren_el_pct", Decimal("0E+9"), "%"), "0 %"),
        (PointValue("org.revenue", Decimal(5), "CNY"), "5 CNY"),
        (PointValue("period.end", "2024-12-31"), "2024-12-31"),
        (PointValue("method.s2", "both"), "Location-based and market-based"),
        (PointValue("method.s2", "gone"), "gone"),
        (PointValue("ghg.s3_cat", rows=(("1", "", "5", "0"),)), "Rows: 1"),
        (PointValue("policy.env", covered=(5, 7)), "5 of 7 plants"),
        (PointValue("policy.env", evidence=("e1",)), "with proof"),
        (PointValue("policy.env", ""), ""),
        (PointValue("gov.risk", "word " * 40), f"{('word ' * 12)[:59]}…"),
        (PointValue("ghg.s1", missing=T("Nothing.")), ""),
    ],
)
def test_a_value_is_said_on_one_line(value: PointValue, said: str) -> None:
    assert words.brief(value) == said


def test_all_digits_are_said_in_the_inspector() -> None:
    assert words.full(PointValue("ghg.s1", Decimal("2428.301633157"), "tCO2e")) == "2,428.301633157 t CO₂e"


def test_days_and_cells_are_said_in_the_language() -> None:
    value = PointValue("ghg.s3_cat", rows=(("4", "", "1234.5", "0"),))
    columns = words.columns_for(value)
    set_language("zh")
    assert words.brief(PointValue("period.end", "2024-12-31")) == "2024年12月31日"
    assert words.cell(value, columns[0], "4", Words({})) != "4"
    assert words.cell(value, columns[2], "1234.5", Words({})) == "1,234.5"
    assert words.cell(value, columns[2], "none", Words({})) == "none"


def test_of_a_group_the_plants_lead_a_table() -> None:
    value = PointValue("org.countries", rows=(("North", "CN"),))
    assert [one.key for one in words.columns_for(value)] == ["plant", "country"]
    assert [one.key for one in words.columns_for(PointValue("org.countries", rows=(("CN",),)))] == ["country"]
    assert words.columns_for(PointValue("nothing.such")) == ()


@pytest.mark.parametrize(
    ("number", "places", "said"),
    [(None, None, ""), (Decimal(0), None, "0"), (Decimal("51.248"), None, "+51.248"), (Decimal("-3.81"), 1, "−3.8"),
     (Decimal(1234), 1, "+1,234.0")],
)  # fmt: skip
def test_a_difference_has_its_sign(number: Decimal | None, places: int | None, said: str) -> None:
    assert signed(number, places) == said


def test_numbers_of_questions_are_ordered_as_people_do() -> None:
    ids = ["7.30", "7.6/1", "C4", "7.6", "E1-6/44", "7.30.1", "climate-ghg"]
    assert sorted(ids, key=natural) == ["7.6", "7.6/1", "7.30", "7.30.1", "C4", "E1-6/44", "climate-ghg"]


# ---------------------------------------------------------------------- the list


def ready(values: Mapping[str, PointValue] | None = None) -> list[Readiness]:
    maps = (all_maps()[key] for key in ("cdp_2025", "china_mof_climate_2025", "hkex_part_d"))
    return [readiness_of(one, values or {}, (), 2024, "plant") for one in maps]


def test_the_list_says_both_counts_and_keeps_what_is_chosen(qtbot: QtBot) -> None:
    made = FrameworkList()
    qtbot.addWidget(made)
    chosen: list[str] = []
    made.chosen.connect(chosen.append)
    made.show_frameworks(ready())
    made.resize(200, 400)
    made.show()
    assert chosen == ["cdp_2025"] and made.key == "cdp_2025"
    said = [str(made.list.item(row).data(int(Qt.ItemDataRole.AccessibleTextRole))) for row in range(3)]
    assert "Data 0 of" in said[0] and "Proof 0 of" in said[0] and "Nothing is counted here" in said[1]
    made.list.setFocus()
    QTest.keyClick(made.list, Qt.Key.Key_Down)
    assert chosen[-1] == "china_mof_climate_2025"
    made.show_frameworks(ready({"ghg.s1": PointValue("ghg.s1", Decimal(1), "tCO2e")}))
    assert made.key == "china_mof_climate_2025" and len(chosen) == 2, "nothing else is chosen by new numbers"
    assert "Data 1 of" in made.list.item(2).toolTip()
    made.show_frameworks(ready()[:1])
    assert made.key == "cdp_2025" and chosen[-1] == "cdp_2025" and not made.choose("gone")
    assert not made.grab().isNull()


def test_a_long_link_keeps_its_words_in_the_tooltip(qtbot: QtBot) -> None:
    acted: list[int] = []
    made = link("very " * 40, lambda: acted.append(1))
    qtbot.addWidget(made)
    (button,) = links(made).values()
    assert button.text().endswith("…") and button.toolTip() == "very " * 40
    button.click()
    qtbot.waitUntil(lambda: acted == [1])


def test_many_records_unfold_and_fold_again(qtbot: QtBot) -> None:
    origin = Origin("activity", tuple(f"a{n}" for n in range(MOST + 3)), T("Records"), "activity")
    went: list[str] = []
    made = OriginList([origin], lambda one: [(key, f"Bill {key}") for key in one.ids],
                      lambda _origin, key: went.append(key))  # fmt: skip
    qtbot.addWidget(made)
    made.show()
    links(made)["Records"].click()
    qtbot.waitUntil(lambda: "and 3 more" in read(made))
    assert len(links(made)) == MOST + 1
    links(made)["Bill a2"].click()
    qtbot.waitUntil(lambda: went == ["a2"])
    links(made)["Records"].click()
    qtbot.waitUntil(lambda: "and 3 more" not in read(made))


def test_every_data_point_has_a_name_in_the_window() -> None:
    assert all(words.point_name(key) for key in all_points()) and words.point_name("gone") == "gone"
