"""Smelters of many declarations as one list: who is the same, which standing counts, what does not fit."""

from __future__ import annotations

from dataclasses import replace

from core.ledger import MineralDeclaration, SmelterList
from core.minerals import examine
from gui.suppliers.naming import NamedSmelter, named_smelters
from tests.core.minerals.declared import ALPHA, LISTS, SUPPLIERS, TODAY, cmrt, smelter


def listed(*declared: MineralDeclaration, lists: tuple[SmelterList, ...] = LISTS) -> tuple[NamedSmelter, ...]:
    return named_smelters([(one, examine(one, lists, SUPPLIERS, TODAY)) for one in declared])


def of(supplier: str, *rows: tuple[str, ...], verdict: str = "") -> MineralDeclaration:
    return cmrt(id=f"md-{supplier}", supplier=supplier, smelters=rows, verdict=verdict)


def test_one_number_is_one_smelter_whatever_it_is_called() -> None:
    other = smelter("tin", "Alpha Smelting Tin", "cid000100", "CN")
    (one,) = listed(of("su00001", ALPHA, ALPHA, verdict="accepted"), of("su00002", other))
    assert (one.id, one.number, one.name, one.country) == ("CID000100", "CID000100", "Alpha Tin Smelting", "China")
    assert one.suppliers == ("su00001", "su00002") and one.minerals == ("tin",) and one.accepted
    assert one.standing.key == "conformant" and not one.off_list


def test_without_a_number_name_and_country_decide() -> None:
    def village(mineral: str, country: str) -> tuple[str, ...]:
        return smelter(mineral, "Smelter not listed", name="Village Furnace", country=country)

    places = ("Peru", " peru", "Chile")
    found = listed(of("su00001", *(village("tin", one) for one in places)), of("su00002", village("gold", "Peru")))
    assert [(one.name, one.country, one.minerals) for one in found] == [
        ("Village Furnace", "Peru", ("gold",)), ("Village Furnace", "Peru", ("tin",)),
        ("Village Furnace", "Chile", ("tin",)),
    ]  # fmt: skip
    assert not any(one.number or one.off_list or one.accepted for one in found)


def test_unknown_ones_stand_together_by_mineral() -> None:
    unknown = smelter("tin", "Smelter not yet identified", name="", country="China")
    found = listed(of("su00001", unknown), of("su00002", unknown, replace_mineral(unknown, "gold")))
    assert [(one.name, one.country, one.minerals, len(one.suppliers)) for one in found] == [
        ("", "", ("gold",), 1), ("", "", ("tin",), 2),
    ]  # fmt: skip


def replace_mineral(row: tuple[str, ...], mineral: str) -> tuple[str, ...]:
    return (mineral, *row[1:])


def test_the_gravest_standing_counts_where_minerals_differ() -> None:
    (one,) = listed(of("su00001", ALPHA, smelter("gold", "Alpha Tin Smelting", "CID000100")))
    assert one.minerals == ("tin", "gold") and one.standing.key == "absent" and one.off_list
    said = [str(text) for text in one.odd]
    assert "CID000100 stands for several minerals: Tin, Gold." in said
    assert any("published under another mineral" in text for text in said)


def test_one_name_with_two_numbers_is_told_at_both() -> None:
    found = listed(of("su00001", ALPHA), of("su00002", smelter("tin", "alpha tin smelting", "CID000999")))
    assert [one.number for one in found] == ["CID000100", "CID000999"]
    assert all("has several numbers: CID000100, CID000999" in str(one.odd[-1]) for one in found)


def test_without_a_list_nothing_is_off_it() -> None:
    found = listed(of("su00001", smelter("tin", "Delta Tin", "CID000400", "Peru")), lists=())
    assert [(one.standing.key, one.off_list) for one in found] == [("no_list", False)]
    (bad,) = listed(of("su00001", smelter("tin", "Delta Tin", "CID000400", "Peru")))
    assert bad.standing.key == "not_conformant" and bad.off_list


def test_the_list_has_one_order() -> None:
    rows = [smelter("tin", "Beta", "CID000200"), ALPHA, smelter("tin", "Smelter not listed", name="Z", country="X")]
    found = listed(of("su00001", *rows))
    assert [one.number for one in found] == ["CID000100", "CID000200", ""]
    assert listed(of("su00001", *reversed(rows))) == found


def test_what_a_declaration_itself_says_does_not_fit_is_kept() -> None:
    twice = (ALPHA, smelter("tin", "Alpha Tin Smelting", "CID000100", "China", name="Quite Another"))
    (one,) = listed(replace(of("su00001"), smelters=twice))
    assert any("has several names" in str(text) for text in one.odd)
