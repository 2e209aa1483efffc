"""What travels with a report for those who ask: answers, suppliers, products; no word about people outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.inventory import build, compile_inventory, read
from core.inventory.asking import ASKED
from core.inventory.audited import PLANNED, audited
from core.ledger import (
    AllocationKey,
    Answer,
    Audit,
    Component,
    DataRequest,
    Evidence,
    ExternalAudit,
    Ledger,
    Leg,
    MineralDeclaration,
    Output,
    Product,
    QuestionDecision,
    Record,
    SmelterList,
    Supplier,
    Undertaking,
    canonical,
)
from core.library import load_library
from core.products import footprints_of
from tests.core.samples import CHOICES, ISSUE, PLANT, activity

LIBRARY = load_library()
AUDIT = Audit("2023", date(2023, 1, 1), date(2023, 12, 31))
DAY = date(2024, 2, 1)
SUPPLIER = Supplier("su1", "Rubber Works", "DE", minerals=True, contact="anna@rubber.example")
DECLARATION = MineralDeclaration(
    "md1", "CMRT", "6.5", "Rubber Works", "2023-11-01", "su1",
    header=(("scope_text", "all"), ("contact", "Anna"), ("contact_mail", "anna@rubber.example"), ("authoriser", "Bo")),
    answers=(("1 tin", "yes"),), smelters=(("tin", "Smelter", "Smelter", "CN"),), evidence=("e-md",),
)  # fmt: skip
PRODUCT = Product("pr1", "Damper", "D-1", mass=Decimal(3))
ASKING: list[Record] = [
    Answer("2023 policy.env", "policy.env", 2023, DAY, "yes", evidence=("e-policy",)),
    QuestionDecision("2023 cdp_2025 3.5.2", "cdp_2025", "3.5.2", 2023, "no", "no scheme"),
    ExternalAudit("xa1", "iso14001", "ISO 14001", DAY, result="certified", evidence=("e-iso",)),
    Undertaking("un1", "su1", "ungc", "2024", DAY, evidence=("e-signed",)),
    PRODUCT,
    Output("ou1", "pr1", date(2023, 1, 1), date(2023, 12, 31), Decimal(1000)),
    Component("co1", "pr1", "Tube", Decimal(2), "kg", item="steel"),
    Leg("le1", "pr1", "Lorry", "outbound", "truck", Decimal(300)),
    AllocationKey("ak1", key="pieces"),
]
PROOFS: list[Record] = [
    Evidence(key, f"{key}.pdf", "other", f"{number:064x}", 1)
    for number, key in enumerate(("e-policy", "e-iso", "e-signed", "e-md", "e-not"))
]


def part(*records: Record) -> Ledger:
    return audited(Ledger.of([PLANT, AUDIT, activity(), *records]), CHOICES.period, AUDIT)


def ids(ledger: Ledger, kind: str) -> list[str]:
    return sorted(ledger.records[kind])


def test_what_was_answered_travels_with_its_proofs() -> None:
    found = part(SUPPLIER, DECLARATION, *ASKING, *PROOFS)
    for one in ASKING:
        assert one in [held for kind in found.records.values() for held in kind.values()], one
    assert ids(found, "evidence") == ["e-iso", "e-md", "e-policy", "e-signed"]


def test_nobody_outside_is_named() -> None:
    found = part(SUPPLIER, DECLARATION)
    assert found.held(Supplier) == (replace(SUPPLIER, contact=""),)
    (declared,) = found.held(MineralDeclaration)
    assert declared == replace(DECLARATION, header=(("scope_text", "all"),), smelters=())
    assert b"rubber.example" not in canonical(found.to_plain())


def test_of_an_answer_the_latest_up_to_the_year_travels() -> None:
    answers = [
        Answer(f"{year} {point}", point, year, date(year, 12, 1), "yes")
        for point, years in (("policy.env", (2021, 2022)), ("policy.hr", (2022, 2023, 2024)), ("gov.board", (2024,)))
        for year in years
    ]
    assert ids(part(*answers), "answer") == ["2022 policy.env", "2023 policy.hr"]


def test_other_years_and_what_is_only_of_the_plant_stay() -> None:
    found = part(
        QuestionDecision("2022 cdp_2025 1", "cdp_2025", "1", 2022, "no", "then"),
        PRODUCT,
        Output("ou2", "pr1", date(2022, 1, 1), date(2022, 12, 31), Decimal(5)),
        SmelterList("sl1", "List", DAY),
        SUPPLIER,
        DataRequest("dr1", "su1", 2023, DAY),
    )
    kinds = ("question_decision", "output", "smelter_list", "data_request")
    assert [ids(found, kind) for kind in kinds] == [[], [], [], []]


def test_no_emission_follows_from_it() -> None:
    assert not ASKED & PLANNED
    bare, asked = part(), part(SUPPLIER, DECLARATION, *ASKING, *PROOFS)
    assert compile_inventory(bare, CHOICES, LIBRARY) == compile_inventory(asked, CHOICES, LIBRARY)


def test_head_office_comes_to_the_same_footprints_from_the_report_alone() -> None:
    """The factors of what a product is made of, and of how it travels, are inside."""
    ledger = part(*ASKING)
    package = read(canonical(build(ledger, AUDIT, (), LIBRARY, ISSUE)))
    here = footprints_of(ledger, compile_inventory(ledger, CHOICES, LIBRARY), LIBRARY)
    there = footprints_of(package.ledger, package.inventory(), package.library)
    assert here.footprints and not here.problems
    assert there == here
