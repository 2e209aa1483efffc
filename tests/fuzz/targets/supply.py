"""What suppliers send back: declarations of minerals, published lists of smelters, answered requests."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from core.exchange.minerals import read_declaration, read_smelter_list, taking_up, taking_up_list
from core.exchange.supplier_requests import read_answer
from core.exchange.supplier_requests import taking_up as taking_answer
from core.ledger import Ledger
from core.library import load_library
from core.minerals import examine
from tests.core.exchange import requested
from tests.core.exchange.books import csv_of
from tests.core.exchange.minerals.forms import amrt_1, amrt_3, cmrt, emrt_1, emrt_2
from tests.core.minerals.declared import LISTS, SUPPLIERS
from tests.fuzz.parts import parts_of, whole_of
from tests.fuzz.target import Target, shown

DAY = date(2026, 2, 1)
HELD = Ledger.of((*SUPPLIERS, requested.LEDGER.plant))


def declaration(parts: bytes) -> None:
    """What was read is judged, kept and read again."""
    read = read_declaration(whole_of(parts), "from supplier.xlsx", HELD)
    examine(read.declaration, LISTS, SUPPLIERS, DAY)
    after = HELD.apply(taking_up(read, HELD, SUPPLIERS[0], DAY).steps)
    assert Ledger.from_plain(after.to_plain()) == after


def smelters(data: bytes) -> None:
    """A list is kept as it was read."""
    found = read_smelter_list(data, HELD, DAY, "conformant smelters.csv")
    for one in found.refused:
        shown(one.message)
    after = HELD.apply(taking_up_list(found, HELD).steps)
    assert Ledger.from_plain(after.to_plain()) == after


def answer(parts: bytes) -> None:
    """An answer becomes records of the plant, all or nothing."""
    answered = read_answer(whole_of(parts), requested.LEDGER, "answer.xlsx")
    for one in answered.refused:
        shown(one.message)
    taken = taking_answer(answered, requested.LEDGER, load_library(), DAY)
    after = requested.LEDGER.apply(taken.steps)
    assert Ledger.from_plain(after.to_plain()) == after


@cache
def _declarations() -> tuple[bytes, ...]:
    made = (cmrt(), emrt_1(), emrt_2(), amrt_1(), amrt_3())
    return tuple(parts_of(one.saved()) for one in made)


def _lists() -> Iterable[bytes]:
    head = ("Smelter ID", "Metal", "Standard Smelter Name", "Country Location", "Assessment Status", "Audit Cycle")
    rows = (
        ("CID000100", "Tin", "Alpha Tin Smelting", "China", "Conformant", "1 Year"),
        ("cid000200", "Tin", "Beta Refinery", "Peru", "Active", ""),
    )
    yield csv_of(*rows, head=head)
    yield csv_of(
        ("CID000100", "锡", "阿尔法", "中国", "合格"), head=("冶炼厂识别号", "金属", "冶炼厂名称", "国家", "状态")
    )


@cache
def _answers() -> tuple[bytes, ...]:
    with tempfile.TemporaryDirectory() as name:
        return (parts_of(requested.filled(requested.blank(Path(name)))),)


WORDS = ("Yes", "No", "100%", "CID000100", "Tin", "<v>", 't="inlineStr"', "RMI", '<c r="A5"', "1E999", "&#0;")
TARGETS = (
    Target("minerals", declaration, _declarations, longest=60_000, words=WORDS, runs=150),
    Target("smelters", smelters, _lists, words=WORDS),
    Target("supplier_answers", answer, _answers, longest=60_000, words=WORDS, runs=150),
)
