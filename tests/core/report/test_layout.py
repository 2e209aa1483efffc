"""No data, whatever their length or size, print over the margins or into the signatures' strip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

import pytest

from core.i18n import T
from core.inventory import Package
from core.ledger import Activity
from core.methods import Finding
from core.report import SIGNATURE_STRIP, render
from tests.core.report import poppler
from tests.core.report.complete import complete, pages_of
from tests.core.report.sample import AUDIT, PLANT, activities, package

pytestmark = poppler.needs_poppler

Pages: TypeAlias = "tuple[list[tuple[float, float]], list[poppler.Word]]"

LONG = "Werk für Bremsen und Dämpfer in Jasło-Południe, Halle 7, ehemals Lackiererei 原涂装车间七号厂房 " * 6
ENDLESS = "x" * 400


def activity(quantity: str, source: str = "Boiler", item: str = "diesel", unit: str = "t", note: str = "") -> Activity:
    return Activity(
        "n1",
        source,
        "stationary_combustion",
        item,
        date(2023, 3, 1),
        date(2023, 4, 30),
        Decimal(quantity),
        unit,
        note=note,
    )


def stretched(name: str) -> Package:
    plant = replace(PLANT, name=name, organisation=name, address=name, note=name)
    audit = replace(AUDIT, boundary=name * 3, criteria=name, preparer=name)
    found = Finding(name[:60], "warning", "a000", T("Very long: {text}", text=name * 2), T("{text}", text=name))
    records = [replace(one, source=name[index % 9 :]) for index, one in enumerate(activities())]
    return package("both", plant=plant, audit=audit, records=records, stated=(found,) * 3)


def three_years() -> Package:
    """Longer than a page of months is wide."""
    audit = replace(AUDIT, id="2023", start=date(2021, 1, 1))
    return package("en", records=[*activities(), activity("12.5")], audit=audit, stated=())


def many_series() -> Package:
    """More than a table of months shows one by one."""
    held = [replace(one, source=f"{one.source} {n}") for n, one in enumerate(activities(300))]
    return package("zh", records=held, stated=())


CASES: dict[str, Callable[[], Package]] = {
    "sample": lambda: package("both"),
    "complete": lambda: complete("both"),
    "complete, Chinese": lambda: complete("zh", "gbt-32150-2025"),
    "three years": three_years,
    "many series": many_series,
    "empty": lambda: package("both", records=[], stated=(), evidence=0),
    "long": lambda: stretched(LONG),
    "endless": lambda: stretched(ENDLESS),
    "negative": lambda: package("en", records=[activity("-1234567.891"), *activities()]),
    "huge": lambda: package(
        "en", records=[replace(activity("98765432109876543.123456789"), source="Huge"), *activities()]
    ),
    "tiny": lambda: package("zh", records=[activity("0.000000123")]),
    "thousand": lambda: package("en", records=activities(1_000), stated=()),
    "no evidence": lambda: package("zh", evidence=0),
    "line feeds": lambda: stretched("first line\nsecond line\n\tthird"),
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Pages]:
    @cache
    def pages(case: str) -> Pages:
        return poppler.pages(
            pages_of("both") if case == "complete" else render(CASES[case]()), tmp_path_factory.mktemp("case")
        )

    return pages


@pytest.mark.parametrize("case", CASES)
def test_everything_stays_inside_the_margins(case: str, printed: Callable[[str], Pages]) -> None:
    sizes, words = printed(case)
    assert words
    assert poppler.outside(sizes, words) == []


@pytest.mark.parametrize("case", CASES)
def test_the_strip_of_the_signatures_is_empty_and_the_cover_is_one_page(
    case: str, printed: Callable[[str], Pages]
) -> None:
    _, words = printed(case)
    left, _, right, top = SIGNATURE_STRIP
    assert [w for w in words if w.page == 1 and w.bottom < top and w.right > left and w.left < right] == []
    captions = [w for w in words if w.page == 1 and top < w.bottom < top + 14]
    assert captions
    second = {w.text for w in words if w.page == 2}
    assert second & {"Contents", "目录"}


@pytest.mark.parametrize("case", ["sample", "long", "huge", "negative", "complete", "three years"])
def test_words_do_not_lie_on_each_other(case: str, printed: Callable[[str], Pages]) -> None:
    _, words = printed(case)
    for page, found in groupby(words, lambda w: w.page):
        assert lying_on_each_other(list(found)) == [], page


def lying_on_each_other(words: list[poppler.Word]) -> list[tuple[poppler.Word, poppler.Word]]:
    """Pairs of one page whose ink overlaps by more than it may; from the lowest line upwards, as few are compared."""
    found = []
    own = sorted(((*w.ink, w) for w in words), key=itemgetter(0))
    for index, (_, top, one) in enumerate(own):
        for bottom, other_top, two in islice(own, index + 1, None):
            if top - bottom < 0.5:
                break
            left, right = (one, two) if one.left <= two.left else (two, one)
            if other_top - bottom >= 0.5 and right.left <= left.right - 1.5:
                found.append((one, two))
    return found


def test_words_that_lie_on_each_other_are_seen() -> None:
    def word(left: float, bottom: float) -> poppler.Word:
        return poppler.Word(1, "x", left, bottom, left + 20, bottom + 10)

    lines = [word(0, 100), word(19, 100), word(40, 100), word(0, 105)]
    assert lying_on_each_other(lines) == []
    for on in (word(18, 100), word(55, 96.5), word(-18, 107)):
        assert any(on in pair for pair in lying_on_each_other([*lines, on]))


def test_every_line_is_in_the_appendix_once(tmp_path: Path) -> None:
    held = package("en", records=activities(300), stated=())
    words = poppler.text(render(held), tmp_path).rpartition("Appendix: all lines")[2].split()
    lines = held.inventory().lines
    for number in range(300):
        assert words.count(f"r{number:05d}") == sum(line.activity.id == f"r{number:05d}" for line in lines)


def test_signing_uses_the_same_strip() -> None:
    from core.signing.layout import STRIP

    assert STRIP == SIGNATURE_STRIP
