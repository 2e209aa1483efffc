"""Every file in the folder of sections keeps the contract."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.i18n import T, Text
from core.methods import Finding
from core.report import discover, sections
from core.report.data import ReportData
from core.report.discover import Section, all_sections, in_order
from core.report.flow import Flowable
from core.report.table import Table
from tests.core.report.complete import complete
from tests.core.report.sample import package


@pytest.mark.parametrize("section", all_sections(), ids=lambda s: s.key)
def test_contract(section: Section) -> None:
    assert isinstance(section.title, Text)
    assert isinstance(section.order, int)
    assert section.paper in ("cover", "upright", "wide")
    assert list(inspect.signature(section.story).parameters) == ["report", "lang"]
    assert (section.story.__doc__ or "").strip()


@pytest.mark.parametrize("section", all_sections(), ids=lambda s: s.key)
def test_stories_are_flowables_in_every_language(section: Section) -> None:
    report = ReportData(complete("both"))
    for lang in ("both",) if section.once else ("zh", "en"):
        story = section.story(report, lang)
        assert story
        assert all(isinstance(part, Flowable) for part in story)


def test_orders_differ() -> None:
    orders = [section.order for section in all_sections()]
    assert len(set(orders)) == len(orders)


def test_solar_leaves_itself_out_without_generation() -> None:
    report = ReportData(package("en", records=[], stated=()))
    assert next(s for s in all_sections() if s.key == "solar").story(report, "en") == []


@pytest.fixture
def fresh() -> Iterator[None]:
    all_sections.cache_clear()
    yield
    all_sections.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_an_empty_folder_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "__path__", [str(tmp_path)])
    with pytest.raises(RuntimeError, match="nothing found"):
        discover.all_sections()


@pytest.mark.usefixtures("fresh")
def test_a_new_section_is_one_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "extra_page.py").write_text(
        "from core.i18n import verbatim\nTITLE, ORDER = verbatim('More'), 70\ndef story(report, lang):\n    return []\n"
    )
    monkeypatch.setattr(sections, "__path__", [*sections.__path__, str(tmp_path)])
    assert "extra_page" in [section.key for section in discover.all_sections()]


def _section(key: str, order: int, once: bool = False) -> Section:
    def story(report: ReportData, lang: str) -> list[Any]:
        return []

    return Section(key, Text(key), order, once, "upright", story)


def test_what_is_printed_once_stands_before_or_after_the_languages() -> None:
    found = [_section("cover", 0, True), _section("a", 1), _section("b", 2), _section("lines", 9, True)]
    order = [(section.key, lang) for section, lang in in_order(found, ("zh", "en"), "both")]
    assert order == [("cover", "both"), ("a", "zh"), ("b", "zh"), ("a", "en"), ("b", "en"), ("lines", "both")]


def test_findings_name_what_they_are_about() -> None:
    key = ReportData(package("en")).factors[0].key
    about = tuple(Finding("r", "warning", one, T("x"), T("y")) for one in (f"{key}@2023", "scope2", "unknown"))
    report = ReportData(package("zh", stated=about))
    (found,) = [f for f in all_sections() if f.key == "findings"]
    table = next(part for part in found.story(report, "zh") if isinstance(part, Table))
    assert {row.cells[1] for row in table.rows} >= {
        f"F1\u2002{report.factors[0].title.in_language('zh')}",
        "范围二",
        "unknown",
    }


def test_a_dismissed_finding_says_why_instead_of_what_to_do() -> None:
    known = Finding("r", "warning", "inventory", T("It is high."), T("Lower it."))
    (found,) = [f for f in all_sections() if f.key == "findings"]
    for finding, said in ((known, "Lower it."), (replace(known, dismissed="a test"), "a test")):
        report = ReportData(package("en", stated=(finding,)))
        table = next(part for part in found.story(report, "en") if isinstance(part, Table))
        assert {(row.cells[1], row.cells[3]) for row in table.rows} == {("Whole inventory", said)}
