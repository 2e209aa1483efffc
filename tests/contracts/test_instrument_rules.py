"""What every rule of renewable electricity must keep: whoever adds one adds its examples as well."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import core.instruments.rules
from core.instruments import LEVELS, Judged, all_rules, covers_of, judge
from core.instruments.judging import cases_of
from core.inventory.audited import audited
from core.inventory.period import year_of
from core.ledger import Audit, Ledger
from core.library.rulebook import Rulebook, Ruling, rulebook
from tests.core.instruments.rule_examples import EXAMPLES
from tests.core.instruments.samples import BILL, allocation, gec, ledger

RULES = sorted(all_rules())
FOLDER = Path(core.instruments.rules.__file__).parent
SPEAKING = [(key, level, made) for key in sorted(EXAMPLES) for level, made in EXAMPLES[key].speaks]
SILENT = [(key, made) for key in sorted(EXAMPLES) for made in EXAMPLES[key].silent]


def said(key: str, held: Ledger) -> list[Judged]:
    """What the rule says of the instrument in question."""
    return [one for one in judge(held)["i1"] if one.rule == key]


def test_every_rule_has_examples() -> None:
    assert sorted(EXAMPLES) == RULES
    assert len(RULES) >= 20
    assert all(example.speaks and example.silent for example in EXAMPLES.values())


@pytest.mark.parametrize(("key", "level", "made"), SPEAKING, ids=[f"{key}-{level}" for key, level, _ in SPEAKING])
def test_it_speaks_when_it_should_and_says_what_to_do(key: str, level: str, made: object) -> None:
    assert callable(made)
    held = made()
    found = said(key, held)
    assert [one.level for one in found] == [level] and level in all_rules()[key].levels
    for one in found:
        assert one.subject == "i1" or one.subject in held.records["allocation"]
        for lang in ("en", "zh"):
            assert len(one.message.in_language(lang)) > 6 and len(one.remedy.in_language(lang)) > 4


@pytest.mark.parametrize(("key", "made"), SILENT, ids=[key for key, _ in SILENT])
def test_it_is_silent_when_it_should_be(key: str, made: object) -> None:
    assert callable(made)
    assert said(key, made()) == []


@pytest.mark.parametrize("key", RULES)
def test_each_level_it_may_say_has_an_example(key: str) -> None:
    levels = all_rules()[key].levels
    assert list(levels) == sorted(levels, key=LEVELS.index)
    assert {level for level, _ in EXAMPLES[key].speaks} == set(levels)


@pytest.mark.parametrize(("key", "level", "made"), SPEAKING, ids=[f"{key}-{level}" for key, level, _ in SPEAKING])
def test_what_is_stopped_covers_nothing(key: str, level: str, made: object) -> None:
    assert callable(made)
    held = made()
    mine = [cover for covers in covers_of(held).values() for cover in covers if cover.instrument.id == "i1"]
    for one in said(key, held):
        concerned = [c for c in mine if one.subject in ("i1", c.allocation.id)]
        assert all(one in cover.judged for cover in concerned)
        assert level != "stop" or not any(cover.counts for cover in concerned)


@pytest.mark.parametrize("key", RULES)
def test_it_is_described(key: str) -> None:
    rule = all_rules()[key]
    assert rule.title.in_language("zh") and rule.source
    assert inspect.getdoc(rule.check) and inspect.getdoc(inspect.getmodule(rule.check))


@pytest.mark.parametrize("key", RULES)
def test_its_parameters_are_data_with_a_source(key: str) -> None:
    rules = rulebook()
    for name in all_rules()[key].parameters:
        ruling = rules[name]
        assert ruling.source and ruling.title.en and ruling.title.zh
        assert ruling.status in ("VERIFIED", "VERIFIED_SECONDARY", "WEAK")


EVERY = [
    (key, made) for key in sorted(EXAMPLES) for made in (*(m for _, m in EXAMPLES[key].speaks), *EXAMPLES[key].silent)
]


@pytest.mark.parametrize(("key", "made"), EVERY, ids=[key for key, _ in EVERY])
def test_what_travels_with_a_report_is_enough_for_the_same_judgement(key: str, made: object) -> None:
    """Also beside a use two years later, which is in another report: a rule says of each use what concerns it."""
    assert callable(made)
    bill = replace(BILL, id="later", start=date(2027, 3, 1), end=date(2027, 3, 31))
    held = made()
    later = replace(allocation(), id="al-later", activity="later", quantity=Decimal(1))
    both = Ledger.of([*(one for own in held.records.values() for one in own.values()), bill, later])
    uses = [one for one in held.activities if one.id in covers_of(both)]
    for year in {one.start.year for one in uses}:
        audit = Audit(str(year), date(year, 1, 1), date(year, 12, 31))
        travelled = audited(both, year_of(year), audit)
        for one in uses:
            if travelled.get("activity", one.id) is not None:
                assert covers_of(travelled)[one.id] == covers_of(both)[one.id], key


class Watched(dict[str, Ruling]):
    """A rulebook that remembers what it was asked."""

    def __init__(self, rules: Rulebook) -> None:
        super().__init__(rules)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> Ruling:
        self.asked.add(key)
        return super().__getitem__(key)


@pytest.mark.parametrize("key", RULES)
def test_it_names_the_parameters_that_it_asks(key: str) -> None:
    """All of them, and no other: the screen and the report list them."""
    asked: set[str] = set()
    for made in (*(made for _, made in EXAMPLES[key].speaks), *EXAMPLES[key].silent):
        for case in cases_of(made()):
            watched = Watched(case.rules)
            list(all_rules()[key].check(replace(case, setting=replace(case.setting, rules=watched))))
            asked |= watched.asked
    assert asked == set(all_rules()[key].parameters)


def test_every_parameter_of_the_file_is_asked_by_somebody() -> None:
    asked = {name for rule in all_rules().values() for name in rule.parameters}
    root = FOLDER.parents[1]
    elsewhere = "".join(p.read_text("utf-8") for p in (*root.rglob("*.py"),) if FOLDER.parent not in p.parents)
    idle = {k for k in rulebook() if k.startswith("renewables.") and k not in asked and f'"{k}"' not in elsewhere}
    assert not idle


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_no_rule_looks_at_clock_or_files(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    assert not imported & {"time", "random", "os", "pathlib", "sqlite3"}
    assert not {name for name in imported if name.startswith("core.instruments.rules")}


NEW = '''
"""When the moon is full."""

from core.i18n import T
from core.instruments.rule import Rule, stop


def check(case):
    """Every instrument."""
    yield stop(T("Full moon over {name}", name=case.instrument.name), T("Wait."))


RULE = Rule(T("Full moon"), ("stop",), "Almanac", "1", check)
'''


@pytest.fixture
def rediscovered() -> Iterator[None]:
    all_rules.cache_clear()
    yield
    all_rules.cache_clear()


def test_a_new_rule_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rediscovered: None) -> None:
    held = ledger(gec(), allocation())
    assert [cover.counts for cover in covers_of(held)["a1"]] == [True]
    all_rules.cache_clear()
    (tmp_path / "full_moon.py").write_text(NEW, "utf-8")
    monkeypatch.setattr(core.instruments.rules, "__path__", [*core.instruments.rules.__path__, str(tmp_path)])
    assert [(one.rule, one.subject) for one in judge(held)["i1"]] == [("full_moon", "i1")]
    assert [cover.counts for cover in covers_of(held)["a1"]] == [False]


def test_an_empty_folder_does_not_start(monkeypatch: pytest.MonkeyPatch, rediscovered: None) -> None:
    monkeypatch.setattr(core.instruments.rules, "__path__", [])
    with pytest.raises(RuntimeError, match="nothing found"):
        judge(ledger(gec()))
