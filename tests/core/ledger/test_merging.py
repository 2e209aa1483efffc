"""What joins by itself when two copies meet, what is asked, and what a record is called afterwards."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from core.errors import UserError
from core.exchange.ids import next_ids
from core.i18n import T
from core.ledger import (
    KINDS,
    REFERENCES,
    Activity,
    Audit,
    Change,
    Closing,
    Declaration,
    Driver,
    Engagement,
    Entry,
    Evidence,
    IntervalData,
    Judgement,
    Ledger,
    Merged,
    Meter,
    OwnFactor,
    Person,
    Reading,
    Record,
    Rename,
    Scenario,
    Step,
    TestSheet,
)
from core.ledger.changes import Decided
from core.ledger.journal import change_from_plain, change_to_plain
from core.ledger.merging_parts import NATURAL, SETS, TOGETHER, WHOLE, parts_of
from core.ledger.merging_past import Past
from core.ledger.merging_threads import Threads, Told
from tests.core.ledger.merging_model import NOW, Copy, nobody, ours, theirs
from tests.core.samples import activity

BILL = activity("a00001")
BASE = Copy.new(BILL)


def both(a: Copy, b: Copy) -> Ledger:
    """What both directions come to, without a question."""
    one, other = a.merge(b), b.merge(a)
    assert one.ledger == other.ledger
    assert one.verified() and other.verified()
    assert one.merge(other) is one, "then there is nothing left to merge"
    return one.ledger


def bill(ledger: Ledger, key: str = "a00001") -> Activity:
    found = ledger.get("activity", key)
    assert isinstance(found, Activity)
    return found


# ---------------------------------------------------------------------- fields


def test_different_fields_of_one_record_join() -> None:
    a, b = BASE.put(replace(BILL, note="seen")), BASE.put(replace(BILL, evidence="B 7"))
    assert bill(both(a, b)) == replace(BILL, note="seen", evidence="B 7")


def test_the_same_change_on_both_is_no_question() -> None:
    same = replace(BILL, quantity=Decimal(7))
    assert bill(both(BASE.by("A").put(same), BASE.by("B").put(same))) == same


def test_the_same_field_changed_differently_is_asked_with_who_and_when() -> None:
    a = BASE.by("A").put(replace(BILL, quantity=Decimal(7)))
    b = BASE.by("B").put(replace(BILL, quantity=Decimal(8))).put(replace(BILL, quantity=Decimal(9)))
    (one,) = a.compared(b).conflicts
    assert (one.key, one.fields) == (("activity", "a00001", "quantity"), ("quantity",))
    assert [side["quantity"] for side in (one.base, one.ours, one.theirs) if side] == ["1000", "7", "9"]
    assert (one.ours_by, one.theirs_by) == (("A", a.line[-1].change.when), ("B", b.line[-1].change.when))
    assert bill(a.merge(b, ours).ledger).quantity == 7
    assert bill(a.merge(b, theirs).ledger).quantity == 9


def test_what_only_makes_sense_together_is_one_question() -> None:
    a = BASE.put(replace(BILL, quantity=Decimal("1"), unit="MWh"))
    b = BASE.put(replace(BILL, quantity=Decimal("990")))
    (one,) = a.compared(b).conflicts
    assert one.fields == ("quantity", "unit")
    assert (bill(a.merge(b, theirs).ledger).quantity, bill(a.merge(b, theirs).ledger).unit) == (Decimal(990), "kWh")


def test_an_undecided_merge_gives_no_change() -> None:
    a, b = BASE.put(replace(BILL, note="a")), BASE.put(replace(BILL, note="b"))
    with pytest.raises(UserError, match="nobody decided: 1"):
        a.compared(b).steps({})


def test_what_was_undone_is_no_change() -> None:
    a = BASE.put(replace(BILL, note="a")).undo()
    b = BASE.put(replace(BILL, note="b"))
    assert bill(both(a, b)).note == "b"


def test_undoing_what_the_other_copy_has_is_a_change() -> None:
    base = BASE.put(replace(BILL, note="a"))
    a, b = base.undo(), base.put(replace(BILL, note="b"))
    assert [one.part for one in a.compared(b).conflicts] == ["note"]


# ---------------------------------------------------------------------- records


def test_a_record_deleted_on_one_side_alone_is_deleted() -> None:
    assert both(BASE.drop(BILL), BASE.put(activity("a00002"))).get("activity", "a00001") is None


def test_deleted_here_and_changed_there_is_asked_of_the_whole_record() -> None:
    a, b = BASE.drop(BILL), BASE.put(replace(BILL, note="b"))
    (one,) = a.compared(b).conflicts
    assert (one.part, one.ours, one.fields) == ("", None, ("note",))
    assert a.merge(b, ours).ledger.activities == ()
    assert a.merge(b, theirs).ledger.activities == (replace(BILL, note="b"),)
    assert b.merge(a, theirs).ledger.activities == ()


def test_one_id_given_to_two_things_keeps_both_whoever_merges() -> None:
    a, b = BASE.put(activity("a00002", quantity=5)), BASE.put(activity("a00002", quantity=6))
    merged = both(a, b)
    (other,) = {one.id for one in merged.activities} - {"a00001", "a00002"}
    assert other.startswith("a00002-") and len(other) == len("a00002-") + 8
    assert {one.quantity for one in merged.activities} == {1000, 5, 6}
    assert next_ids(merged, 1) == ("a00003",)


def test_what_was_made_alike_on_both_is_one_record() -> None:
    made = activity("a00002")
    assert len(both(BASE.by("A").put(made), BASE.by("B").put(made)).activities) == 2


def test_made_alike_and_changed_once_is_one_record() -> None:
    made = activity("a00002")
    changed = replace(made, note="seen")
    assert bill(both(BASE.by("A").put(made), BASE.by("B").put(made).put(changed)), "a00002") == changed


def test_false_is_not_the_same_as_nothing_said() -> None:
    own = OwnFactor("f00001", "Gas", "supplier", "S", "1", "p. 1", "gas", "combustion", "kg/m3", (("CO2", "2"),),
                    date(2023, 1, 1), date(2023, 12, 31), "e1")  # fmt: skip
    assert len(both(BASE.put(own), BASE.put(replace(own, general=False))).own_factors) == 2


def test_links_follow_the_record_on_their_own_side_alone() -> None:
    proof = Evidence("e00001", "bill.pdf", "bill", "ab" * 32, 1, activities=("a00002",))
    a = BASE.put(activity("a00002", quantity=5), proof)
    b = BASE.put(activity("a00002", quantity=6), replace(proof, sha256="cd" * 32))
    merged = both(a, b)
    linked = {one.sha256[:2]: bill(merged, one.activities[0]).quantity for one in merged.evidence}
    assert linked == {"ab": 5, "cd": 6}


def test_one_proof_of_different_records_is_two_proofs() -> None:
    """Word by word the same, and yet about something else."""
    sheet = TestSheet("te00001", 2023, "a00002", "traced", "agrees", "pe1", date(2024, 1, 1))
    a = BASE.put(activity("a00002", quantity=5), sheet)
    b = BASE.put(activity("a00002", quantity=6), sheet)
    tested = {bill(both(a, b), one.activity).quantity for one in both(a, b).held(TestSheet)}
    assert tested == {5, 6}


def test_a_factor_asked_for_by_name_follows() -> None:
    own = OwnFactor("f00001", "Gas", "supplier", "S", "1", "p. 1", "gas", "combustion", "kg/m3", (("CO2", "2"),),
                    date(2023, 1, 1), date(2023, 12, 31), "e1")  # fmt: skip
    using = activity("a00002", parameters=(("factor", "f00001"),))
    a = BASE.put(own, using)
    b = BASE.put(replace(own, name="Oil"), replace(using, id="a00003"))
    merged = both(a, b)
    names = {one.id: one.name for one in merged.own_factors}
    asked = {key: names[dict(bill(merged, key).parameters)["factor"]] for key in ("a00002", "a00003")}
    assert asked == {"a00002": "Gas", "a00003": "Oil"}


def test_another_growth_in_a_scenario_stays_with_its_driver() -> None:
    """Two drivers got the same number on two copies: each scenario still speaks of its own one."""

    def made(name: str, growth: str, scenario: str) -> list[Record]:
        driver = Driver("dr001", name, "production", "piece", ("scope1",))
        return [driver, Scenario(scenario, name, growth=(("dr001", growth), ("gone", "1")))]

    merged = both(BASE.put(*made("Cars", "2", "sc001")), BASE.put(*made("Trucks", "-3", "sc002")))
    names = {one.id: one.name for one in merged.held(Driver)}
    assert sorted(names.values()) == ["Cars", "Trucks"]
    for scenario in merged.held(Scenario):
        (driver, growth), unknown = scenario.growth
        assert names[driver] == scenario.name and unknown == ("gone", "1")
        assert growth == {"Cars": "2", "Trucks": "-3"}[scenario.name]


def test_scenarios_made_alike_of_different_drivers_are_two() -> None:
    """What an id means belongs to the content: the same words about another driver are another scenario."""
    scenario = Scenario("sc001", "More", growth=(("dr001", "5"),))
    drivers = [Driver("dr001", name, "production", "piece", ("scope1",)) for name in ("Cars", "Trucks")]
    merged = both(*(BASE.put(driver, scenario) for driver in drivers))
    assert len(merged.held(Scenario)) == 2
    assert {one.growth[0][0] for one in merged.held(Scenario)} == {one.id for one in merged.held(Driver)}
    alike = both(BASE.put(drivers[0], scenario), BASE.put(drivers[0], scenario))
    assert len(alike.held(Scenario)) == len(alike.held(Driver)) == 1


def test_ids_that_name_a_record_follow_it() -> None:
    """Interval data are called like their meter, a declaration like its person, a dismissal like what it is about."""

    def made(name: str) -> list[Record]:
        return [
            Meter("m00001", name, "electricity", "import", "kWh"),
            IntervalData("m00001", name[0] * 64, 1, date(2023, 1, 1), date(2023, 1, 2), 2),
            Judgement("finding:gap:m00001@2023", 2023, "finding:gap:m00001", "dismissed", name),
            Person("pe00001", name, ("auditor",)),
            Declaration("2023:pe00001", 2023, "pe00001", name, date(2024, 1, 1)),
        ]  # fmt: skip

    merged = both(BASE.put(*made("aaa")), BASE.put(*made("bbb")))
    meters = {one.id: one.name for one in merged.held(Meter)}
    assert {meters[one.id]: one.sha256[0] for one in merged.held(IntervalData)} == {"aaa": "a", "bbb": "b"}
    for judged in merged.held(Judgement):
        meter = judged.about.removeprefix("finding:gap:")
        assert judged.id == f"{judged.about}@2023"
        assert meters[meter] == judged.reason
    people = {one.id: one.name for one in merged.held(Person)}
    assert {one.id: people[one.person] for one in merged.held(Declaration)} == {
        f"2023:{key}": name for key, name in people.items()
    }


def test_one_person_entered_under_two_ids_is_one_person() -> None:
    a = BASE.put(Person("pe00001", "Li", ("auditor",)), Person("pe00002", "Gao", ("auditor",)))
    b = BASE.put(Person("pe00001", "Gao", ("auditor",)))
    assert [one.name for one in both(a, b).held(Person)].count("Gao") == 1


def test_an_id_given_again_after_deleting_does_not_inherit() -> None:
    """One copy deletes the record and the next gets its id; in the other a proof was linked to the old one."""
    proof = Evidence("e00001", "bill.pdf", "bill", "ab" * 32, 1, activities=("a00001",))
    new = activity("a00001", quantity=3)
    a, b = BASE.drop(BILL).put(new), BASE.put(proof)
    merged = both(a, b)
    assert merged.activities == (new,)
    assert merged.evidence[0].activities != ("a00001",)


def test_the_same_choices_made_on_both_are_one_record_asked_by_field() -> None:
    audit = Audit("2023", date(2023, 1, 1), date(2023, 12, 31), preparer="Li Na")
    a, b = BASE.put(audit), BASE.put(replace(audit, gwp_set="AR5", boundary="Site"))
    assert [one.part for one in a.compared(b).conflicts] == ["gwp_set", "boundary"]


# ---------------------------------------------------------------------- sets


def test_what_each_added_and_took_off_a_set_holds() -> None:
    proof = Evidence("e00001", "bill.pdf", "bill", "ab" * 32, 1, activities=("a1", "a2", "a3"))
    base = BASE.put(proof)
    a = base.put(replace(proof, activities=("a0", "a1", "a3")))
    b = base.put(replace(proof, activities=("a1", "a2", "a9")))
    assert both(a, b).evidence[0].activities == ("a0", "a1", "a9")


def test_a_set_that_one_copy_changed_stays_in_its_order() -> None:
    proof = Evidence("e00001", "bill.pdf", "bill", "ab" * 32, 1, activities=("a2",))
    base = BASE.put(proof)
    assert both(base.put(replace(proof, activities=("a2", "a1"))), base.put(activity("a00002"))).evidence[
        0
    ].activities == ("a2", "a1")


def test_the_team_joins_and_its_lead_is_one() -> None:
    engaged = Engagement("2023", "C", "S", "O", "All", team=("pe1", "pe2"))
    base = BASE.put(engaged)
    a, b = base.put(replace(engaged, team=("pe2", "pe1"))), base.put(replace(engaged, team=("pe1", "pe2", "pe3")))
    assert both(a, b).engagement(2023) == replace(engaged, team=("pe2", "pe1", "pe3"))
    c = base.put(replace(engaged, team=("pe4", "pe1", "pe2")))
    (one,) = a.compared(c).conflicts
    assert one.part == "lead"
    found = a.merge(c, theirs).ledger.engagement(2023)
    assert found is not None and found.team == ("pe4", "pe1", "pe2")


# ---------------------------------------------------------------------- signed and closed


def test_of_two_closings_the_later_is_proposed() -> None:
    closed = Closing("2023", "a" * 64, 1, 1, date(2024, 3, 1), "Done")
    again = Closing("2023", "b" * 64, 1, 2, date(2024, 4, 1), "Restated", previous="a" * 64)
    base = BASE.put(closed)
    a, b = base.put(again), base.put(replace(closed, reason="Other words"))
    assert [(one.part, one.proposed) for one in a.compared(b).conflicts] == [("*", "ours")]
    assert [(one.part, one.proposed) for one in b.compared(a).conflicts] == [("*", "theirs")]


def test_two_reports_signed_on_two_laptops_are_one_question_without_a_proposal() -> None:
    audit = Audit("2023", date(2023, 1, 1), date(2023, 12, 31))
    base = BASE.put(audit)
    a = base.put(replace(audit, revision=1, previous="a" * 64))
    b = base.put(replace(audit, revision=1, previous="b" * 64))
    (one,) = a.compared(b).conflicts
    assert (one.part, one.fields, one.proposed) == ("revision", ("previous",), "")


# ---------------------------------------------------------------------- histories


def test_copies_of_two_plants_are_refused() -> None:
    with pytest.raises(UserError, match="not two copies of one plant"):
        Copy.new(BILL).by("A").compared(Copy().by("B").put(activity("a00009")))


def test_a_merge_is_final_and_old_hashes_stay() -> None:
    merged = BASE.put(activity("a00002")).merge(BASE.put(activity("a00003")))
    entry = merged.line[-1]
    assert entry.final
    assert change_from_plain(change_to_plain(entry.change)) == entry.change
    assert "merges" not in change_to_plain(merged.line[0].change)


def test_a_decision_holds_in_later_merges() -> None:
    a, b = BASE.by("A").put(replace(BILL, note="a")), BASE.by("B").put(replace(BILL, note="b"))
    c = BASE.by("C").put(replace(BILL, evidence="c"))
    decided = a.merge(b, theirs)
    assert bill(both(decided, b)).note == "b"
    assert bill(both(decided, a)).note == "b", "the copy that lost takes it over"
    assert bill(both(decided, c)) == replace(BILL, note="b", evidence="c")


def test_two_different_decisions_meet_again() -> None:
    a, b = BASE.by("A").put(replace(BILL, note="a")), BASE.by("B").put(replace(BILL, note="b"))
    one, other = a.merge(b, ours), b.merge(a, ours)
    assert [c.part for c in one.compared(other).conflicts] == ["note"]


def test_exchanging_copies_comes_to_an_end() -> None:
    a, b = BASE.put(activity("a00002")), BASE.put(activity("a00003"))
    a = a.merge(b)
    b = b.merge(a)
    assert a.merge(b) is a and b.merge(a) is b


def past_of(copy: Copy) -> Past:
    past = Past()
    for told in copy.told():
        past.add(told)
    return past


def test_authors_are_those_of_both_copies_and_whoever_decided() -> None:
    a, b = BASE.by("A").put(replace(BILL, note="a")), BASE.by("B").put(replace(BILL, note="b", source="Other"))
    found = past_of(a.by("M").merge(b, theirs))
    assert found.authors("activity", "a00001") == {"Li Na", "A", "B", "M"}
    assert past_of(a.by("M").merge(BASE.by("B").put(activity("a00002")))).authors("activity", "a00002") == {"B"}


def test_corrections_of_both_copies_are_told_by_the_names_of_now() -> None:
    a = BASE.put(activity("a00002", quantity=5))
    b = BASE.by("B").put(activity("a00002", quantity=6)).put(activity("a00002", quantity=7), because="fi00001")
    merged = a.merge(b)
    (one,) = past_of(merged).corrections()
    assert bill(merged.ledger, one.id).quantity == 7
    assert isinstance(one.before, Activity)
    assert (one.before.id, one.before.quantity, one.entry, one.who) == (one.id, Decimal(6), 0, "B")


def test_an_entry_that_follows_nothing_is_refused() -> None:
    told = BASE.put(activity("a00002")).told()
    web = Threads()
    with pytest.raises(ValueError, match="is missing"):
        web.add(told[-1])
    web.add(told[0])
    unknown: dict[str, object] = {"kind": "activity", "id": "a9", "before": {}, "after": None}
    with pytest.raises(ValueError, match="was never made"):
        web.add(Told(2, told[0].hash, "x", {"who": "", "undoes": 0, "redoes": 0, "steps": [unknown]}))


def test_a_merge_survives_the_journal() -> None:
    merges = Merged("a" * 64, "b" * 64, 3, (Rename(False, "activity", "a1", "a1-0"),),
                    (Decided("activity", "a1-0", "note", "ours"),))  # fmt: skip
    change = Change("Li Na", NOW, T("Merged"), (), merges=merges)
    assert change_from_plain(change_to_plain(change)) == change
    assert Entry(1, change, "", "").final


# ---------------------------------------------------------------------- tables


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_kind_is_decided_once(kind: str) -> None:
    names = [one.name for one in fields(KINDS[kind]) if one.name != "id"]
    decided = [name for part in parts_of(kind).values() for name in part] + list(SETS.get(kind, ()))
    assert sorted(decided) == sorted(names)
    assert not (kind in WHOLE and (kind in TOGETHER or kind in SETS))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(NATURAL)))
def test_ids_of_every_other_kind_are_numbers(kind: str) -> None:
    assert next_ids(Ledger(), 1, kind)


@pytest.mark.parametrize(("kind", "field"), [(k, f) for k, names in REFERENCES.items() for f in names])
def test_every_list_of_ids_is_a_set_or_part_of_one_statement(kind: str, field: str) -> None:
    types = {one.name: str(one.type) for one in fields(KINDS[kind])}
    if types[field] == "tuple[str, ...]":
        assert kind in WHOLE or field in SETS[kind]


def test_unknown_kinds_of_steps_are_told() -> None:
    reading = Reading("r1", "m1", date(2023, 1, 1), date(2023, 1, 31), Decimal(1))
    assert BASE.act(Step("reading", "r1", None, reading)).ledger.get("reading", "r1") == reading
    with pytest.raises(AssertionError, match="asked about"):
        BASE.put(replace(BILL, note="a")).merge(BASE.put(replace(BILL, note="b")), nobody)
