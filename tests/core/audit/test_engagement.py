"""What is agreed, declared and logged: the usual, what cannot be agreed, and what is signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.audit.communicating import KINDS, log_of, noting, striking
from core.audit.declaring import drafted, on_paper, signature_of, signed, to_sign, wording
from core.audit.engagement import agreeing, usual
from core.errors import UserError
from core.ledger import Communication, Ledger, Person
from tests.core.audit.party import (
    AUDITOR,
    ENGAGEMENT,
    LEAD,
    PEOPLE,
    PREPARER,
    REVIEWER,
    evidence,
    ledger_of,
    put,
    refusal,
)
from tests.core.samples import PLANT

DAY = date(2024, 3, 4)
CALL = Communication("co00001", 2023, DAY, "call", "Bills of March", "Where are they?", ("Li Na",))


def test_the_usual_agreement_names_who_is_there() -> None:
    ledger = Ledger.of([replace(PLANT, organisation="Acme"), *PEOPLE])
    made = usual(ledger, 2023, "en")
    assert (made.client, made.site, made.team, made.reviewer) == (
        "Acme",
        PLANT.name,
        (LEAD.id, AUDITOR.id),
        REVIEWER.id,
    )
    assert "2023" in made.objectives and made.scope and made.materiality == 5
    assert usual(ledger, 2023, "zh").objectives != made.objectives
    two = Ledger.of([PLANT, *PEOPLE, Person("pe00009", "Qian Bo", ("reviewer",))])
    assert usual(two, 2023, "en").reviewer == ""  # not ours to choose
    assert agreeing(ledger, made).steps[0].after == made


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"assurance": "absolute"}, "no such level"),
        ({"carries": "some"}, "no such level"),
        ({"materiality": Decimal(0)}, "more than 0 %"),
        ({"materiality": Decimal("NaN")}, "more than 0 %"),
        ({"materiality": Decimal(101)}, "more than 0 %"),
        ({"scope_materiality": (("scope9", "5"),)}, "no scope scope9"),
        ({"scope_materiality": (("scope1", "0"),)}, "more than 0 %"),
        ({"start": "yesterday"}, "no date"),
        ({"start": "2024-03-08", "end": "2024-03-04"}, "before the first"),
        ({"team": (LEAD.id, LEAD.id)}, "twice"),
        ({"objectives": "x" * 5000}, "longer than"),
    ],
)
def test_what_cannot_be_agreed_is_refused(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(UserError, match=why):
        agreeing(ledger_of(), replace(ENGAGEMENT, **changes))


def test_an_agreement_changes_with_its_reasoned_step_and_not_without_a_difference() -> None:
    ledger = ledger_of()
    done = agreeing(ledger, replace(ENGAGEMENT, materiality=Decimal(2), scope_materiality=(("scope1", "10"),)))
    assert str(done.why) == "Engagement of 2023 changed"
    assert refusal(ledger, LEAD, *done.steps) == "" != refusal(ledger, PREPARER, *done.steps)
    with pytest.raises(UserError, match="Nothing changes"):
        agreeing(ledger, replace(ENGAGEMENT, site=f" {ENGAGEMENT.site} "))


# ---------------------------------------------------------------------- independence


def test_a_declaration_says_who_where_and_for_whom_in_both_languages() -> None:
    said = wording(ledger_of(), 2023, AUDITOR.id)
    for part in ("Wang Wei", "2023", "Zhangjiakou", "Acme", "Auditor", "independent"):
        assert part in said.in_language("en")
    assert "Wang Wei" in said.in_language("zh") and "{" not in said.in_language("zh")
    with pytest.raises(UserError, match="Nobody audits 2022"):
        wording(ledger_of(), 2022, AUDITOR.id)


def test_what_is_signed_is_every_word_and_nothing_of_the_signature() -> None:
    ledger = ledger_of()
    made = drafted(ledger, 2023, AUDITOR.name, " I am independent. ", DAY)
    assert made.text == "I am independent." and made.id == "2023:pe00003"
    assert to_sign(made) == (
        b'{"day":"2024-03-04","id":"2023:pe00003","person":"pe00003","text":"I am independent.","year":2023}'
    )
    assert to_sign(replace(made, signature="x", evidence="y")) == to_sign(made)
    for other in ({"text": "I am."}, {"day": date(2024, 3, 5)}, {"year": 2024}, {"person": "pe00004"}):
        assert to_sign(replace(made, **other)) != to_sign(made)
    with pytest.raises(UserError, match="says nothing"):
        drafted(ledger, 2023, AUDITOR.id, " ", DAY)


def test_signing_binds_the_certificate_and_another_one_is_refused_later() -> None:
    ledger = ledger_of("prepared")
    made = drafted(ledger, 2023, AUDITOR.id, "I am independent.", DAY)
    done = signed(ledger, made, b"\x30\x00", "ab" * 32)
    after = ledger.apply(done.steps)
    held = after.get("declaration", made.id)
    assert held is not None and signature_of(held) == b"\x30\x00"  # type: ignore[arg-type]
    assert after.get("person", AUDITOR.id) == replace(AUDITOR, certificate="ab" * 32)
    assert refusal(ledger, AUDITOR, *done.steps) == ""
    with pytest.raises(UserError, match="another certificate"):
        signed(after, made, b"\x30\x00", "cd" * 32)


def test_a_paper_is_named_with_its_scan() -> None:
    ledger = ledger_of("prepared")
    made = drafted(ledger, 2023, REVIEWER.id, "I am independent.", DAY)
    scan = evidence("e00001", activities=())
    done = on_paper(ledger, made, scan.id, (put(ledger, scan),))
    assert [step.kind for step in done.steps] == ["evidence", "declaration"]
    assert refusal(ledger, LEAD, *done.steps) == ""
    held = ledger.apply(done.steps).get("declaration", made.id)
    assert (held.evidence, held.signature) == (scan.id, "")  # type: ignore[union-attr]


# ---------------------------------------------------------------------- log


def test_the_log_is_in_the_order_of_days() -> None:
    later = replace(CALL, id="co00002", kind="opening_meeting", day=date(2024, 3, 1))
    other = replace(CALL, id="co00003", year=2022)
    ledger = ledger_of("draft", CALL, later, other)
    assert [one.id for one in log_of(ledger, 2023)] == ["co00002", "co00001"]


def test_entries_are_tidied_changed_and_struck() -> None:
    ledger = ledger_of()
    done = noting(ledger, replace(CALL, subject=" Bills ", people=("Li Na", " ", "Li Na ")))
    made = done.steps[0].after
    assert isinstance(made, Communication) and (made.subject, made.people) == ("Bills", ("Li Na",))
    assert str(done.why) == "Call: Bills"
    held = ledger.apply(done.steps)
    with pytest.raises(UserError, match="Nothing changes"):
        noting(held, made)
    assert striking(held, made.id).steps[0].after is None
    wrongs: list[tuple[dict[str, Any], str]] = [
        ({"kind": "gossip"}, "kind gossip"),
        ({"subject": ""}, "topic is missing"),
        ({"text": "x" * 30_000}, "longer"),
    ]
    for wrong, why in wrongs:
        with pytest.raises(UserError, match=why):
            noting(ledger, replace(CALL, **wrong))
    with pytest.raises(UserError, match="no entry"):
        striking(ledger, "co00009")
    assert set(KINDS) >= {"opening_meeting", "closing_meeting"}
