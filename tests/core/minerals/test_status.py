"""One fault a declaration: what is found, how grave it is, and that nothing else is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.errors import UserError
from core.ledger import Ledger, MineralDeclaration, SmelterList
from core.minerals import Examined, deciding, examine
from core.minerals.standing import Standings
from tests.core.minerals.declared import (
    ALPHA,
    LISTS,
    SUPPLIERS,
    TODAY,
    answers_for,
    cmrt,
    emrt,
    head,
    smelter,
)


def found(declaration: MineralDeclaration, today: date = TODAY) -> Examined:
    return examine(declaration, LISTS, SUPPLIERS, today)


def rules(examined: Examined) -> set[tuple[str, str]]:
    return {(one.level, one.rule) for one in examined.problems}


def test_a_complete_one() -> None:
    examined = found(cmrt())
    assert (examined.status, examined.problems) == ("complete", ())
    (one,) = examined.smelters
    assert (one.kind, one.standing.key, one.standing.source) == ("named", "conformant", "sl00001")


def test_nothing_of_anything_is_complete_too() -> None:
    examined = found(cmrt(answers=answers_for(), smelters=()))
    assert examined.status == "complete"


UNKNOWN = smelter("tin", "Smelter not yet identified", name="", country="")
UNLISTED = smelter("tin", "Smelter not listed", name="Backyard", country="China")
FAULTS: Mapping[str, tuple[dict[str, Any], set[tuple[str, str]]]] = {
    "no company": ({"company": ""}, {("incomplete", "head")}),
    "no contact": ({"header": head(contact="")}, {("incomplete", "head")}),
    "the same": ({"header": head(authoriser="same")}, {("incomplete", "same_person")}),
    "no mail": ({"header": head(contact_mail="ask me")}, {("review", "mail")}),
    "scope of its own": ({"scope": "C"}, {("incomplete", "scope_text")}),
    "products": ({"scope": "B", "products": (("", "nameless", ""),)}, {("incomplete", "products")}),
    "no date": ({"effective": ""}, {("incomplete", "effective")}),
    "unreadable date": ({"effective": "", "header": head(effective_text="soon")}, {("incomplete", "effective")}),
    "future": ({"effective": "2025-09-02"}, {("rejected", "future")}),
    "old": ({"effective": "2024-09-01"}, {("rejected", "old")}),
    "question 3 open": ({"answers": answers_for("tin", q3_tin="")}, {("incomplete", "answer")}),
    "question 1 open": ({"answers": answers_for("tin", q1_gold="")},
                        {("incomplete", "answer"), ("incomplete", "smelters")}),
    "other word": ({"answers": answers_for("tin", q3_tin="?maybe")}, {("incomplete", "answer_word")}),
    "impossible": ({"answers": answers_for("tin", q7_tin="unknown")}, {("incomplete", "answer_word")}),
    "company question": ({"answers": answers_for("tin", qD="")}, {("incomplete", "answer")}),
    "policy without address": ({"answers": answers_for("tin", qB="yes")}, {("incomplete", "remark")}),
    "other form not said": ({"answers": answers_for("tin", qE="yes_other")}, {("incomplete", "remark")}),
    "no smelters": ({"smelters": ()}, {("incomplete", "smelters")}),
    "foreign mineral": ({"smelters": (ALPHA, smelter("cobalt", "Kobold", "CID000900"))},
                        {("incomplete", "smelter_other")}),
    "no mineral": ({"smelters": (ALPHA, smelter("", "Lost", "CID000200"))}, {("incomplete", "smelter_mineral")}),
    "no smelter": ({"smelters": (ALPHA, smelter("tin", "", ""))}, {("incomplete", "smelter_choice")}),
    "short id": ({"smelters": (ALPHA, smelter("tin", "Beta Refinery", "CID00020"))},
                 {("incomplete", "smelter_id"), ("review", "smelter_without_id")}),
    "unlisted without country": (
        {"smelters": (ALPHA, smelter("tin", "Smelter not listed", name="Backyard", country=""))},
        {("incomplete", "smelter_details"), ("review", "smelter_without_id")},
    ),
    "unlisted": ({"smelters": (ALPHA, UNLISTED)}, {("review", "smelter_without_id")}),
    "look-up failed": ({"smelters": (ALPHA, smelter("tin", "Beta", "CID000200", country="!"))},
                       {("incomplete", "smelter_lookup")}),
    "unknown and yet all known": ({"smelters": (ALPHA, UNKNOWN)},
                                  {("rejected", "contradiction_identified"), ("review", "smelter_unknown")}),
    "unknown": ({"smelters": (ALPHA, UNKNOWN), "answers": answers_for("tin", q7_tin="no", q8_tin="no")},
                {("review", "smelter_unknown")}),
    "twice": ({"smelters": (ALPHA, ALPHA)}, {("review", "smelter_twice")}),
    "two names": ({"smelters": (ALPHA, smelter("tin", "Alpha Works", "CID000100"))}, {("review", "smelter_names")}),
    "two metals": (
        {"smelters": (ALPHA, smelter("gold", "Alpha Tin Smelting", "CID000100")),
         "answers": answers_for("tin", "gold")},
        {("review", "smelter_minerals"), ("review", "smelter_other_mineral")},
    ),
    "two numbers": ({"smelters": (ALPHA, smelter("tin", "Alpha Tin Smelting", "CID000200"))},
                    {("review", "smelter_ids"), ("review", "smelter_other_name")}),
    "on no list": ({"smelters": (ALPHA, smelter("tin", "Omega", "CID009999"))}, {("review", "smelter_absent")}),
    "not conformant": ({"smelters": (ALPHA, smelter("tin", "Delta Tin", "CID000400"))},
                       {("review", "smelter_not_conformant")}),
    "other name": ({"smelters": (smelter("tin", "Omega", "CID000100"),)}, {("review", "smelter_other_name")}),
    "smelters of what is not there": (
        {"smelters": (ALPHA, smelter("gold", "Gamma Gold", "CID000300"))}, {("rejected", "smelters_without")}
    ),
    "not added, yet there": ({"answers": answers_for("tin", q2_gold="yes")}, {("review", "contradiction_remains")}),
    "all known, few answered": ({"answers": answers_for("tin", q6_tin="over_75")},
                                {("review", "contradiction_identified")}),
    "all known, not all here": ({"answers": answers_for("tin", q8_tin="no")}, {("review", "contradiction_reported")}),
    "mine in a covered country": ({"smelters": (smelter("tin", "Alpha Tin Smelting", "CID000100", origin="Rwanda"),)},
                                  {("review", "contradiction_covered")}),
    "not recycled alone": (
        {"answers": answers_for("tin", q5_tin="yes"),
         "smelters": (smelter("tin", "Alpha Tin Smelting", "CID000100", recycled="No"),)},
        {("review", "contradiction_recycled")},
    ),
    "unknown supplier": ({"supplier": "su00009"}, {("review", "supplier")}),
    "other supplier": ({"company": "Somebody Else SA"}, {("review", "company")}),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_alone(name: str) -> None:
    changed, expected = FAULTS[name]
    examined = found(cmrt(**changed))
    assert rules(examined) == expected
    worst = min(("rejected", "incomplete", "review").index(level) for level, _ in expected)
    assert examined.status == ("rejected", "incomplete", "review")[worst]
    for one in examined.problems:
        for said in (one.place, one.message, one.remedy):
            assert said.in_language("en")
            assert "{" not in said.in_language("en")


def test_the_decision_of_a_person_stands_beside() -> None:
    examined = found(cmrt(smelters=(), verdict="accepted"))
    assert (examined.status, examined.verdict) == ("incomplete", "accepted")


def test_age_counts_whole_months() -> None:
    assert found(cmrt(effective="2024-09-02")).status == "complete"
    assert examine(cmrt(effective="2025-06-01"), LISTS, SUPPLIERS, TODAY, months=3).status == "rejected"


def test_an_own_declaration_has_no_supplier_to_compare() -> None:
    assert found(cmrt(supplier="", company="We")).status == "complete"


def test_questions_of_emrt_follow_their_editions() -> None:
    assert found(emrt({"cobalt": "yes", "mica": "no"}, "1.3")).status == "complete"
    only = emrt({"cobalt": "yes", "mica": "no"}, "1.3")
    answers = tuple((key, "drc_only" if key == "3 cobalt" else said) for key, said in only.answers)
    assert found(replace(only, answers=answers)).status == "complete"
    newer = replace(emrt({"cobalt": "yes", "nickel": "unknown"}), answers=answers)
    assert rules(found(newer)) == {("incomplete", "answer_word"), ("incomplete", "answer"), ("incomplete", "smelters")}
    assert found(emrt({"cobalt": "yes", "nickel": "not_declaring", "mica": "unknown"})).status == "complete"
    assert rules(found(emrt({"nickel": "not_applicable"}))) >= {("incomplete", "answer_word")}


def test_emrt_asks_c_for_each_mineral_that_stays() -> None:
    whole = emrt({"cobalt": "yes", "nickel": "yes"})
    answers = tuple((key, said) for key, said in whole.answers if key != "C nickel")
    (one,) = found(replace(whole, answers=answers)).problems
    assert (one.rule, str(one.place)) == ("answer", "Question C, Suppliers must use audited smelters")
    assert "Nickel" in str(one.message)
    assert "Cobalt" not in str(one.message)


def test_emrt_needs_a_choice_of_minerals() -> None:
    whole = emrt({"cobalt": "no"})
    examined = found(replace(whole, header=head()))
    assert rules(examined) == {("incomplete", "head")}
    assert "minerals of the declaration" in str(examined.problems[0].message)


def amrt(minerals: Mapping[str, tuple[str, str]], **changed: Any) -> MineralDeclaration:
    answers = tuple((f"{number} {mineral}", said) for mineral, both in minerals.items()
                    for number, said in enumerate(both, 1) if said)  # fmt: skip
    found = cmrt(template="AMRT", edition="1.3", answers=answers, header=head(minerals=";".join(minerals)), smelters=())
    return replace(found, **changed)


def test_amrt_asks_two_questions_and_smelters_only_of_a_full_share() -> None:
    assert found(amrt({"zinc": ("yes", "over_50"), "osmium": ("no", "")})).status == "complete"
    assert rules(found(amrt({"zinc": ("yes", "100")}))) == {("incomplete", "smelters")}
    assert rules(found(amrt({"zinc": ("yes", "")}))) == {("incomplete", "answer")}
    assert rules(found(amrt({"zinc": ("yes", "not_surveyed")}))) == {("incomplete", "remark")}
    said = amrt({"zinc": ("yes", "not_surveyed")}, remarks=(("2 zinc", "no budget"),))
    assert found(said).status == "complete"
    many = {f"mineral {number}": ("no", "") for number in range(11)}
    assert rules(found(amrt(many))) == {("incomplete", "most_minerals")}


def test_published_lists_newest_of_a_name_best_of_a_day() -> None:
    row = ("CID000100", "Tin", "Alpha", "China", "Active")
    active = SmelterList("sl00002", "Active", date(2025, 8, 1), smelters=(row,))
    again = SmelterList("sl00003", "conformant", date(2025, 8, 20), smelters=(("CID000300", "Gold", "", "", ""),))
    both = Standings.of((*LISTS, active))
    assert both.standing("tin", "cid000100").key == "conformant"
    assert both.standing("gold", "CID000300").key == "conformant"
    replaced = Standings.of((*LISTS, active, again))
    assert replaced.standing("tin", "CID000100").key == "active"
    assert replaced.standing("tin", "CID000200").key == "absent"
    assert replaced.standing("gold", "CID000300").key == "other"
    assert replaced.standing("gold", "CID000100").minerals == ("tin",)
    assert Standings.of(()).standing("tin", "CID000100").key == "no_list"


def test_names_in_other_letters_are_not_compared() -> None:
    examined = found(cmrt(smelters=(smelter("tin", "阿尔法锡业", "CID000100"),), company="焊丝有限公司"))
    assert examined.status == "complete"


def test_many_smelters_are_told_by_the_first_of_them() -> None:
    rows = tuple(smelter("tin", f"Works {number}", f"CID{number:06d}") for number in range(900, 1200))
    (one,) = found(cmrt(smelters=rows)).problems
    assert len(one.rows) == 300
    assert "292 more" in str(one.message)


def test_a_decision_needs_its_reason() -> None:
    good, bad = cmrt(), cmrt(id="md00002", smelters=())
    records = Ledger.of((*SUPPLIERS, good, bad))
    _, steps = deciding(records, "md00001", "accepted", "", "Li", found(good))
    assert steps[0].after == replace(good, verdict="accepted", by="Li")
    for key, verdict, reason in (
        ("md00002", "accepted", " "),
        ("md00001", "sent_back", ""),
        ("md00001", "sent_back", "x" * 2001),
        ("md00001", "", ""),
        ("md00009", "accepted", ""),
    ):
        with pytest.raises(UserError) as caught:
            deciding(records, key, verdict, reason, "Li", found(bad))
        assert caught.value.remedy is not None
    why, steps = deciding(records, "md00002", "accepted", "known to us", "Li", found(bad))
    assert str(why) == "Declaration accepted: CMRT 6.5 Weld Wire Ltd"
    back = deciding(records.apply(steps), "md00002", "", "", "Li", found(bad))
    assert back[1][0].after == bad
