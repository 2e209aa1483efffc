"""The opinion follows from misstatements and missing evidence; people decide it, with a reason where they differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.materiality import threshold
from core.audit.opinion import deciding_opinion, kinds_for, proposed
from core.audit.statement import ADVERSE, DISCLAIMED, FINDINGS_ONLY, MODIFIED, OPINIONS, UNMODIFIED, statement
from core.errors import UserError
from core.i18n import show
from core.inventory import Inventory
from core.ledger import AuditFinding, Engagement, Ledger, Opinion, Person, Record, Sample, TestSheet
from tests.core.samples import PLANT, compiled, year_of_bills

DAY = date(2024, 3, 1)
BILLS = year_of_bills(quantity=100_000)
INVENTORY = compiled(BILLS)
ENGAGEMENT = Engagement(
    "2023", "Client", "Site", "Verify the year.", "Scopes 1 and 2.", "limited", team=("pe1",), reviewer="pe2"
)
PEOPLE = (Person("pe1", "Li Na", ("team_lead",)), Person("pe2", "Wang Fang", ("reviewer",)))
SAMPLE = Sample("sa1", 2023, "First", "judgement", (), 2, "", "0" * 64, ("m01", "m02"), reason="Largest")
TESTED = (
    TestSheet("te1", 2023, "m01", "traced", "agrees", "pe1", DAY),
    TestSheet("te2", 2023, "m02", "traced", "agrees", "pe1", DAY),
)
AGREED = threshold(ENGAGEMENT, INVENTORY)
MATERIALITY = max(AGREED.location, AGREED.market)
"""Everything is electricity, so an effect falls whole on the larger total and in proportion on the other."""


def ledger(
    *more: Record, engagement: Engagement = ENGAGEMENT, tested: tuple[Record, ...] = (SAMPLE, *TESTED)
) -> Ledger:
    return Ledger.of([PLANT, *BILLS, *PEOPLE, engagement, *tested, *more])


def misstatement(effect: Decimal | None, **more: object) -> AuditFinding:
    closed = AuditFinding(
        "fi1",
        2023,
        "misstatement",
        "Bill",
        "Wrong by a factor",
        DAY,
        "pe1",
        activities=("m01",),
        effect=effect,
        status="closed",
        treatment="uncorrected",
    )
    return replace(closed, **more)  # type: ignore[arg-type]


def kind(*more: Record, inventory: Inventory = INVENTORY) -> str:
    return proposed(ledger(*more), inventory, 2023).kind


def test_nothing_stands_against_an_unmodified_opinion() -> None:
    assert kind() == UNMODIFIED
    assert kind(misstatement(MATERIALITY / 2)) == UNMODIFIED


@pytest.mark.parametrize("sign", [1, -1])
def test_what_is_left_is_held_against_materiality_and_twice_of_it(sign: int) -> None:
    gram = Decimal("0.000001")
    assert kind(misstatement(sign * (MATERIALITY - gram))) == UNMODIFIED
    assert kind(misstatement(sign * (MATERIALITY + gram))) == MODIFIED
    assert kind(misstatement(sign * (2 * MATERIALITY + gram))) == ADVERSE


def test_what_was_corrected_leaves_nothing() -> None:
    assert kind(misstatement(3 * MATERIALITY, treatment="corrected")) == UNMODIFIED


def test_a_misstatement_without_tonnes_is_no_unmodified_opinion() -> None:
    assert kind(misstatement(None)) == MODIFIED


def test_nothing_tested_means_no_opinion() -> None:
    assert proposed(ledger(tested=()), INVENTORY, 2023).kind == DISCLAIMED
    assert proposed(ledger(tested=(SAMPLE, TESTED[0])), INVENTORY, 2023).kind == DISCLAIMED


def test_evidence_that_could_not_be_had_counts_by_its_tonnes() -> None:
    finding = AuditFinding("fi2", 2023, "nonconformity", "Lost", "Bill lost", DAY, "pe1", status="closed")
    lost = replace(TESTED[1], result="not_possible", finding="fi2")
    one_of_twelve = proposed(ledger(finding, tested=(SAMPLE, TESTED[0], lost)), INVENTORY, 2023)
    assert one_of_twelve.kind == MODIFIED  # 8.3 % of the total against 5 %
    both = replace(TESTED[0], result="not_possible", finding="fi2")
    assert proposed(ledger(finding, tested=(SAMPLE, both, lost)), INVENTORY, 2023).kind == DISCLAIMED
    again = replace(TESTED[1], id="te3")
    assert proposed(ledger(finding, again, tested=(SAMPLE, TESTED[0], lost)), INVENTORY, 2023).kind == UNMODIFIED


def test_a_difference_without_a_finding_is_no_unmodified_opinion() -> None:
    differs = replace(TESTED[1], result="differs", effect=Decimal(1))
    unnamed = ledger(tested=(SAMPLE, TESTED[0], differs))
    assert proposed(unnamed, INVENTORY, 2023).kind == MODIFIED
    named = ledger(misstatement(Decimal(1), id="fi9"), tested=(SAMPLE, TESTED[0], replace(differs, finding="fi9")))
    assert proposed(named, INVENTORY, 2023).kind == UNMODIFIED


def test_agreed_procedures_give_no_opinion() -> None:
    agreed = replace(ENGAGEMENT, assurance="agreed_procedures")
    held = ledger(misstatement(9 * MATERIALITY), engagement=agreed)
    assert proposed(held, INVENTORY, 2023).kind == FINDINGS_ONLY
    assert kinds_for("agreed_procedures") == (FINDINGS_ONLY,)
    with pytest.raises(UserError, match="level of assurance"):
        deciding_opinion(held, INVENTORY, 2023, UNMODIFIED, "", "", "pe1", DAY)


@given(st.decimals(0, 100, places=3), st.decimals(0, 100, places=3))
def test_a_larger_misstatement_never_gives_a_better_opinion(one: Decimal, other: Decimal) -> None:
    weight = [UNMODIFIED, MODIFIED, ADVERSE]
    small, large = sorted((one, other))
    assert weight.index(kind(misstatement(small))) <= weight.index(kind(misstatement(large)))


def test_nobody_audits_the_year() -> None:
    with pytest.raises(UserError, match="Nobody audits 2022"):
        proposed(ledger(), INVENTORY, 2022)


def test_deciding_as_proposed_needs_no_reason_and_otherwise_does() -> None:
    (step,) = deciding_opinion(ledger(), INVENTORY, 2023, UNMODIFIED, "", "", "pe1", DAY).steps
    assert step.after == Opinion("2023", UNMODIFIED, UNMODIFIED, "", "pe1", DAY)
    with pytest.raises(UserError, match="reason is missing"):
        deciding_opinion(ledger(), INVENTORY, 2023, MODIFIED, "  ", "", "pe1", DAY)
    material = ledger(misstatement(2 * MATERIALITY - 1))
    with pytest.raises(UserError, match="reason is missing"):
        deciding_opinion(material, INVENTORY, 2023, UNMODIFIED, "", "", "pe1", DAY)
    (against,) = deciding_opinion(material, INVENTORY, 2023, UNMODIFIED, "Settled later", "", "pe1", DAY).steps
    assert isinstance(against.after, Opinion)
    assert (against.after.kind, against.after.proposed) == (UNMODIFIED, MODIFIED)


def test_no_opinion_while_a_finding_is_open() -> None:
    with pytest.raises(UserError, match="still open: 1"):
        deciding_opinion(
            ledger(misstatement(Decimal(1), status="answered")), INVENTORY, 2023, UNMODIFIED, "", "", "pe1", DAY
        )


def test_the_same_decision_twice_changes_nothing() -> None:
    decided = ledger().apply(deciding_opinion(ledger(), INVENTORY, 2023, UNMODIFIED, "", "", "pe1", DAY).steps)
    with pytest.raises(UserError, match="Nothing changes"):
        deciding_opinion(decided, INVENTORY, 2023, UNMODIFIED, "", "", "pe1", DAY)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("assurance", ["limited", "reasonable"])
@pytest.mark.parametrize("opinion", [UNMODIFIED, MODIFIED, ADVERSE, DISCLAIMED])
def test_every_statement_names_plant_figures_basis_and_people(opinion: str, assurance: str, lang: str) -> None:
    decided = Opinion("2023", opinion, opinion, "Bills of March are lost.", "pe1", DAY, "Coal ended.")
    held = ledger(decided, engagement=replace(ENGAGEMENT, assurance=assurance))
    parts = statement(held, INVENTORY, 2023)
    text = "\n".join(f"{p.title.in_language(lang)}: {p.text.in_language(lang)}" for p in parts)
    for word in ("Zhangjiakou", "Li Na", "Wang Fang", "Bills of March are lost.", "Coal ended."):
        assert word in text
    assert OPINIONS[opinion].in_language(lang) in text
    assert show(INVENTORY.totals.market, lang) in text


def test_limited_assurance_is_worded_negatively_and_reasonable_positively() -> None:
    decided = Opinion("2023", UNMODIFIED, UNMODIFIED, "", "pe1", DAY)
    limited = str(statement(ledger(decided), INVENTORY, 2023)[3].text)
    sure = ledger(decided, engagement=replace(ENGAGEMENT, assurance="reasonable"))
    reasonable = str(statement(sure, INVENTORY, 2023)[3].text)
    assert "nothing has come to our attention" in limited
    assert reasonable.startswith("In our opinion")


def test_no_statement_without_an_opinion() -> None:
    with pytest.raises(UserError, match="no opinion about 2023"):
        statement(ledger(), INVENTORY, 2023)
