"""The share of answers, and the own declaration that follows from those of suppliers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from core.ledger import Ledger, MineralDeclaration, Register, Supplier
from core.ledger.records import Record
from core.minerals import response_share, rollup
from core.minerals.plain import examined_to_plain, own_to_plain
from core.minerals.share import band
from core.minerals.status import examine
from core.minerals.templates import template_of
from tests.core.minerals.declared import ALPHA, COMPANY, LISTS, SUPPLIERS, TODAY, answers_for, cmrt, emrt, smelter

BETA = smelter("tin", "Beta Refinery", "CID000200", "Peru")
UNKNOWN = smelter("tin", "Smelter not yet identified", name="", country="")
FIRST = cmrt(verdict="accepted", smelters=(ALPHA, BETA))
SECOND = cmrt(
    id="md00002", supplier="su00002", company="Sensor GmbH", verdict="accepted",
    answers=answers_for("tin", "gold", q3_gold="yes"), smelters=(BETA, smelter("gold", "Gamma Gold", "CID000300")),
)  # fmt: skip


def ledger(*records: Record) -> Ledger:
    return Ledger.of((*SUPPLIERS, *LISTS, *records))


def test_the_share_counts_suppliers_of_minerals_that_answered_in_time() -> None:
    assert response_share(ledger(), TODAY) == (0, 2)
    assert response_share(ledger(FIRST), TODAY) == (1, 2)
    assert response_share(ledger(FIRST), TODAY, "EMRT") == (0, 2)
    assert response_share(ledger(replace(FIRST, verdict="")), TODAY) == (1, 2)
    assert response_share(ledger(replace(FIRST, verdict="sent_back")), TODAY) == (0, 2)
    assert response_share(ledger(replace(FIRST, effective="2024-01-01")), TODAY) == (0, 2)
    assert response_share(ledger(replace(FIRST, effective="2024-01-01")), date(2024, 12, 31)) == (1, 2)
    assert response_share(ledger(replace(FIRST, effective="")), TODAY) == (0, 2)
    assert response_share(ledger(replace(FIRST, supplier="su00003")), TODAY) == (0, 2)
    gone = Supplier("su00004", "Gone", minerals=True, until="2025-08-31")
    assert response_share(ledger(FIRST, gone), TODAY) == (1, 2)
    assert response_share(ledger(FIRST, replace(gone, until="2025-09-01")), TODAY) == (1, 3)
    assert response_share(Register.of((*SUPPLIERS, FIRST)), TODAY) == (1, 2)


def test_bands_have_sharp_edges() -> None:
    shares = (band(0, 0), band(1, 2), band(51, 100), band(75, 100), band(76, 100), band(90, 100), band(91, 100))
    assert shares == ("none", "to_50", "over_50", "over_50", "over_75", "over_75", "over_90")


def test_two_accepted_declarations_make_the_own_one() -> None:
    own = rollup(ledger(FIRST, SECOND), TODAY).by("CMRT")
    assert own is not None
    assert (own.edition, own.answered, own.asked, own.silent, own.waiting) == ("6.5", 2, 2, (), ())
    assert own.answers["1 tin"] == own.answers["1 gold"] == "yes"
    assert own.answers["1 tantalum"] == "no"
    assert "3 tantalum" not in own.answers
    assert (own.answers["3 gold"], own.answers["3 tin"]) == ("yes", "no")
    assert (own.answers["6 tin"], own.answers["7 tin"], own.answers["8 tin"]) == ("100", "yes", "yes")
    assert own.open == tuple("ABCDEFGH")
    assert [(one.smelter.mineral, one.smelter.id, one.suppliers) for one in own.smelters] == [
        ("gold", "CID000300", ("su00002",)),
        ("tin", "CID000100", ("su00001",)),
        ("tin", "CID000200", ("su00001", "su00002")),
    ]
    assert [one.smelter.standing.key for one in own.smelters] == ["conformant", "conformant", "active"]


def test_what_a_silent_supplier_leaves_open() -> None:
    own = rollup(ledger(FIRST), TODAY).by("CMRT")
    assert own is not None
    assert [one.id for one in own.silent] == ["su00002"]
    assert own.answers["1 tin"] == "yes"
    assert "1 gold" not in own.answers
    assert {"1 gold", "2 gold", "1 tungsten"} <= set(own.open)
    assert (own.answers["3 tin"], own.answers["6 tin"], own.answers["7 tin"]) == ("unknown", "to_50", "no")


def test_an_unknown_smelter_of_one_is_one_of_all() -> None:
    second = replace(SECOND, smelters=(*SECOND.smelters, UNKNOWN), answers=answers_for("tin", "gold", q7_tin="yes"))
    own = rollup(ledger(FIRST, second), TODAY).by("CMRT")
    assert own is not None
    assert (own.answers["7 tin"], own.answers["7 gold"]) == ("no", "yes")
    assert [one.smelter.kind for one in own.smelters if one.smelter.mineral == "tin"] == [
        "named", "named", "unidentified",
    ]  # fmt: skip


def test_only_accepted_ones_count_and_of_a_supplier_the_newest() -> None:
    newer = replace(FIRST, id="md00003", effective="2025-08-01", smelters=(ALPHA,))
    own = rollup(ledger(newer, FIRST, SECOND), TODAY).by("CMRT")
    assert own is not None
    assert [one.id for one in own.used] == ["md00003", "md00002"]
    undecided = rollup(ledger(FIRST, replace(newer, verdict=""), SECOND), TODAY).by("CMRT")
    assert undecided is not None
    assert [one.id for one in undecided.used] == ["md00001", "md00002"]
    assert [one.id for one in undecided.waiting] == ["md00003"]
    refused = rollup(ledger(FIRST, replace(newer, verdict="sent_back"), SECOND), TODAY).by("CMRT")
    assert refused is not None
    assert (len(refused.used), refused.waiting) == (2, ())
    assert rollup(ledger(), TODAY).templates == ()
    assert rollup(ledger(replace(FIRST, effective="2020-01-01")), TODAY).templates == ()


def test_contradictions_are_named_with_whom_they_come_from() -> None:
    wrong = smelter("gold", "Beta Gold", "CID000200")
    second = replace(SECOND, smelters=(wrong, smelter("tin", "Alpha Tin Smelting", "CID000999")))
    mine = cmrt(id="md00009", supplier="", company="We", answers=(*answers_for("tin", q1_gold="no"), *COMPANY))
    own = rollup(ledger(FIRST, second, mine), TODAY).by("CMRT")
    assert own is not None
    said = [str(one.message) for one in own.contradictions]
    assert said == [
        "CID000200 stands for several minerals: Gold (Sensor GmbH), Tin (Weld Wire Ltd).",
        "“Alpha Tin Smelting” has several numbers: CID000100 (Weld Wire Ltd), CID000999 (Sensor GmbH).",
        "Question 1, Added on purpose, Gold: the own declaration says the opposite of what follows from: Sensor GmbH.",
    ]
    assert own.answers["A"] == "yes"
    assert own.open == ()


def test_each_template_has_its_own_declaration() -> None:
    cobalt = emrt({"cobalt": "yes", "nickel": "no"}, verdict="accepted")
    own = rollup(ledger(FIRST, SECOND, cobalt), TODAY)
    assert [one.template.key for one in own.templates] == ["CMRT", "EMRT"]
    found = own.by("EMRT")
    assert found is not None
    assert found.minerals == ("cobalt", "nickel")
    assert (found.answers["1 cobalt"], found.answers["5 cobalt"]) == ("yes", "to_50")
    assert found.answers["1 nickel"] == "unknown"
    assert own.by("AMRT") is None


def test_a_smelter_of_a_mineral_that_is_not_there_is_left_out() -> None:
    odd = replace(FIRST, smelters=(ALPHA, smelter("gold", "Gamma Gold", "CID000300")))
    own = rollup(ledger(odd, replace(SECOND, answers=answers_for("tin"), smelters=(BETA,))), TODAY).by("CMRT")
    assert own is not None
    assert {one.smelter.mineral for one in own.smelters} == {"tin"}
    assert own.answers["1 gold"] == "no"


def test_everything_is_plain_json() -> None:
    own = rollup(ledger(FIRST, SECOND), TODAY)
    names = {one.id: one.name for one in SUPPLIERS}
    plain = json.loads(json.dumps(own_to_plain(own, names, "en")))
    assert plain["templates"][0]["smelters"][2]["suppliers"] == ["Weld Wire Ltd", "Sensor GmbH"]
    assert plain["templates"][0]["minerals"]["tin"] == "Tin"
    bad = examine(cmrt(smelters=()), LISTS, SUPPLIERS, TODAY)
    told = json.loads(json.dumps(examined_to_plain(cmrt(), bad, "en")))
    assert told["status"] == "incomplete"
    assert told["problems"][0]["rule"] == "smelters"


def test_declarations_survive_the_journal() -> None:
    held = ledger(FIRST, emrt({"cobalt": "yes"}))
    again = Ledger.from_plain(json.loads(json.dumps(held.to_plain())))
    assert again.held(MineralDeclaration) == held.held(MineralDeclaration)


def test_what_not_all_have_said_is_told_without_names() -> None:
    mine = cmrt(id="md00009", supplier="", company="We")
    own = rollup(ledger(FIRST, mine), TODAY).by("CMRT")
    assert own is not None and len(own.silent) == 1
    said = [str(one.message) for one in own.contradictions]
    assert said == [
        "Question 7, All smelters identified, Tin: the own declaration says yes, and not all suppliers have said so "
        "yet.",
        "Question 8, All smelters reported here, Tin: the own declaration says yes, and not all suppliers have said so "
        "yet.",
    ]
    assert all("wait for the answers" in str(one.remedy) for one in own.contradictions)


def test_a_single_place_of_origin_is_named_with_whom_it_comes_from() -> None:
    cobalt = emrt({"cobalt": "yes"}, "1.3", id="md00007", supplier="su00001", verdict="accepted")
    answers = dict(cobalt.answers)
    key = next(one.key for one in template_of("EMRT", "1.3").questions if one.about == "areas")
    theirs = replace(cobalt, answers=tuple({**answers, f"{key} cobalt": "drc_only"}.items()))
    mine = replace(cobalt, id="md00009", supplier="", answers=tuple({**answers, f"{key} cobalt": "no"}.items()))
    own = rollup(ledger(theirs, mine), TODAY).by("EMRT")
    assert own is not None
    assert any("the opposite of what follows from: Weld Wire Ltd" in str(one.message) for one in own.contradictions)
