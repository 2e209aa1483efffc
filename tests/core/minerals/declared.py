"""Declarations that are complete, and what makes of them others that are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from core.ledger import MineralDeclaration, SmelterList, Supplier

TODAY = date(2025, 9, 1)
METALS = ("tantalum", "tin", "gold", "tungsten")
SUPPLIERS = (
    Supplier("su00001", "Weld Wire Ltd", "CN", minerals=True),
    Supplier("su00002", "Sensor GmbH", "DE", minerals=True),
    Supplier("su00003", "Paper Co", "CN"),
)
HEAD = (
    ("contact", "Wang Fang"),
    ("contact_mail", "wang@weld.example"),
    ("contact_phone", "+86 1"),
    ("authoriser", "Li Ming"),
    ("authoriser_mail", "li@weld.example"),
)
COMPANY = tuple({"A": "yes", "B": "no", "C": "yes", "D": "yes", "E": "yes_standard", "F": "yes", "G": "yes",
                 "H": "no"}.items())  # fmt: skip
LISTS = (
    SmelterList("sl00001", "Conformant", date(2025, 8, 1), smelters=(
        ("CID000100", "Tin", "Alpha Tin Smelting", "China", "Conformant"),
        ("CID000200", "Tin", "Beta Refinery", "Peru", "Active"),
        ("CID000300", "Gold", "Gamma Gold", "Japan", "Conformant"),
        ("CID000400", "Tin", "Delta Tin", "Peru", "Non-conformant"),
    )),
)  # fmt: skip


def smelter(mineral: str, chosen: str, key: str = "", country: str = "China", **other: str) -> tuple[str, ...]:
    """A row of the list of smelters."""
    columns = ("mineral", "chosen", "name", "country", "id", "source", "street", "city", "province", "contact", "mail",
               "next", "mine", "origin", "recycled", "comment")  # fmt: skip
    values = {"mineral": mineral, "chosen": chosen, "name": chosen, "country": country, "id": key} | other
    return tuple(values.get(one, "") for one in columns)


ALPHA = smelter("tin", "Alpha Tin Smelting", "CID000100")


def answers_for(*minerals: str, **changed: str) -> tuple[tuple[str, str], ...]:
    """Answers of a CMRT in which these metals are in the products and the others are not.

    ``q7_tin="no"`` answers one question otherwise; empty leaves it open.
    """
    found: dict[str, str] = {}
    usual = {"1": "yes", "2": "yes", "3": "no", "4": "no", "5": "no", "6": "100", "7": "yes", "8": "yes"}
    for metal in METALS:
        found |= {f"{number} {metal}": answer for number, answer in usual.items()} if metal in minerals else {
            f"1 {metal}": "no"}  # fmt: skip
    found |= dict(COMPANY) if minerals else {}
    found |= {_key(name): answer for name, answer in changed.items()}
    return tuple((key, answer) for key, answer in found.items() if answer)


def _key(name: str) -> str:
    first, _, metal = name.removeprefix("q").partition("_")
    return f"{first} {metal}".strip()


def cmrt(**changed: Any) -> MineralDeclaration:
    """A complete declaration of tin."""
    found = MineralDeclaration(
        "md00001",
        "CMRT",
        "6.5",
        "Weld Wire Ltd",
        "2025-06-01",
        "su00001",
        "A",
        "en",
        HEAD,
        answers_for("tin"),
        smelters=(ALPHA,),
        received="2025-06-03",
    )
    return replace(found, **changed)


def head(**changed: str) -> tuple[tuple[str, str], ...]:
    """The head with other fields; an empty one is left out."""
    return tuple((key, value) for key, value in (dict(HEAD) | changed).items() if value)


def emrt(minerals: Mapping[str, str], edition: str = "2.1", **changed: Any) -> MineralDeclaration:
    """A declaration by EMRT: of each mineral whether it is in the products."""
    answers: list[tuple[str, str]] = []
    for mineral, answer in minerals.items():
        answers.append((f"1 {mineral}", answer))
        if answer == "yes":
            usual = ("yes", "no", "no", "100", "yes", "yes")
            answers += [(f"{number} {mineral}", said) for number, said in enumerate(usual, 2)]
            answers.append((f"C {mineral}", "yes"))
    answers += [(key, said) for key, said in COMPANY if key not in "CH"]
    chosen = {"minerals": ";".join(minerals)} if edition.startswith("2") else {}
    found = MineralDeclaration(
        "md00005", "EMRT", edition, "Weld Wire Ltd", "2025-06-01", "su00001", "A", "en", head(**chosen), tuple(answers),
        smelters=tuple(smelter(one, f"{one} works", f"CID00{at}00") for at, one in enumerate(minerals, 10)
                       if minerals[one] == "yes"),
    )  # fmt: skip
    return replace(found, **changed)
