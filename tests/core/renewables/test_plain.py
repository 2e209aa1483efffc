"""Plain forms are JSON, say everything, and speak both languages."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from core.ledger import Record, SupplyOption
from core.library.rulebook import rulebook
from core.renewables.claim import explain_claim_rules, judge_claim
from core.renewables.plain import (
    claim_rules_to_plain,
    claim_to_plain,
    proposal_to_plain,
    shares_to_plain,
    way_to_plain,
)
from core.renewables.proposal import propose
from core.renewables.shares import shares_of, zero_carbon
from core.renewables.way import way_to
from tests.core.renewables.plants import allocation, certificate, contract, plant, roof, self_used
from tests.core.samples import year_of_bills

RECORDS: list[Record] = [
    *year_of_bills(), roof(), self_used(quantity=300), certificate(), contract(),
    certificate("i2", retired=""), allocation("al1", "i1", "m01", 1000), allocation("al2", "i9", "m02", "400.5"),
    SupplyOption("so1", "Wind", "ppa", 2024, Decimal(5), Decimal("12.5"), currency="CNY"),
    SupplyOption("so2", "Roof 2", "pv", 2024, Decimal(5)),
]  # fmt: skip


def test_shares() -> None:
    ledger, inventory = plant(RECORDS)
    shares = shares_of(ledger, inventory)
    found = json.loads(json.dumps(shares_to_plain(shares, zero_carbon(shares.year, rulebook()))))
    assert found["year"] == {
        "start": "2023-01-01",
        "end": "2023-12-31",
        "used_kwh": "12300",
        "certified_kwh": "1700.5",
        "certified_percent": "13.8",
        "traced_kwh": "700.5",
        "traced_percent": "5.6",
        "own_kwh": "300",
        "own_percent": "2.4",
        "low_carbon_kwh": "0",
        "untitled_kwh": "0",
        "uncovered_kwh": "10599.5",
    }
    assert len(found["months"]) == 12
    assert found["kinds_kwh"] == {"purchased": "11599.5", "direct_line": "400.5", "own_solar": "300"}
    assert found["instruments_kwh"] == {"i1": "1000", "i9": "400.5"}
    assert [one["reached"] for one in found["zero_carbon"]] == [False, False, False]


def test_an_empty_year_has_no_percent() -> None:
    found = shares_to_plain(shares_of(*plant([])))
    assert json.loads(json.dumps(found))["year"]["certified_percent"] is None


def test_claim() -> None:
    found = json.loads(json.dumps(claim_to_plain(judge_claim(*plant(RECORDS)))))
    assert found["holds"] is False
    assert found["percent"] == "100"
    assert [one["rule"] for one in found["judged"] if one["level"] == "stop"] == ["enough_covered"]
    assert all(one["remedy"] for one in found["judged"])


def test_rules_for_claims() -> None:
    found = json.loads(json.dumps(claim_rules_to_plain(explain_claim_rules(rulebook()))))
    assert {"main_meters", "denominator"} <= {one["rule"] for one in found}
    assert next(one for one in found if one["rule"] == "main_meters")["parameters"][0]["value"] == "2"


def test_proposal() -> None:
    ledger, inventory = plant(RECORDS)
    found = json.loads(json.dumps(proposal_to_plain(propose(ledger, inventory), ledger)))
    assert found["order"] == "expiry"
    assert found["kwh"] == "10599.5"
    assert found["allocations"][0]["name"] == "Certificates i1"
    assert found["allocations"][0]["source"] == "Main meter"
    assert found["begun_kwh"] == {"i1": "400.5"}
    assert [one["instrument"] for one in found["unfit"]] == ["i2"]
    assert found["unfit"][0]["judged"][0]["level"] == "stop"


def test_way() -> None:
    found = json.loads(json.dumps(way_to_plain(way_to(*plant(RECORDS), 2027))))
    assert found["gap_mwh"] == "12"
    assert found["mix"] == [
        {**found["mix"][0], "id": "so1", "name": "Wind", "kind": "ppa", "quantity_mwh": "5", "cost": "62.5"}
    ]
    assert [one["cost_per_mwh"] for one in found["options"]] == ["12.5", None]
    assert found["open_mwh"] == "7"
    assert found["first_year"] is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_sentences_come_in_both_languages(lang: str) -> None:
    ledger, inventory = plant(RECORDS)
    assert claim_to_plain(judge_claim(ledger, inventory), lang)["judged"]
    assert proposal_to_plain(propose(ledger, inventory), ledger, lang)["allocations"]
    assert way_to_plain(way_to(ledger, inventory, 2027), lang)["missing"]
