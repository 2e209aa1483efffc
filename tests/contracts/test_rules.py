"""What every review rule must keep, the ones of tomorrow included: whoever adds one adds its example as well."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import core.checks
from core.checks import Memo, Review, all_rules, can_be_dismissed, review
from core.inventory import Inventory, build, choices_of, compile_inventory, read
from core.ledger import Audit, Ledger, Record, canonical
from core.methods import SEVERITIES, Finding
from tests.core.checks.examples import EXAMPLES, of
from tests.core.samples import ISSUE, activity

RULES = sorted(all_rules())
FOLDER = Path(core.checks.__file__).parent


def found(key: str, inventory: Inventory) -> tuple[Finding, ...]:
    return all_rules()[key].findings(Review(inventory))


def test_every_rule_has_its_example() -> None:
    assert sorted(EXAMPLES) == RULES
    assert len(RULES) >= 25


@pytest.mark.parametrize("key", RULES)
def test_it_speaks_when_it_should_and_says_what_to_do(key: str) -> None:
    rule, findings = all_rules()[key], found(key, EXAMPLES[key][0]())
    assert findings
    for finding in findings:
        assert finding.rule == key == rule.key
        assert SEVERITIES.index(finding.severity) >= SEVERITIES.index(rule.severity)
        assert finding.subject and not finding.dismissed
        for lang in ("en", "zh"):
            assert len(finding.message.in_language(lang)) > 8 and len(finding.remedy.in_language(lang)) > 4


@pytest.mark.parametrize("key", RULES)
def test_it_is_silent_when_it_should_be(key: str) -> None:
    assert found(key, EXAMPLES[key][1]()) == ()


@pytest.mark.parametrize("key", RULES)
def test_its_finding_reaches_the_review(key: str) -> None:
    inventory = EXAMPLES[key][0]()
    mine = [f for f in review(inventory) if f.rule == key]
    assert sorted(map(str, (f.message for f in mine))) == sorted(map(str, (f.message for f in found(key, inventory))))
    assert all(can_be_dismissed(f) == all_rules()[key].dismissible for f in mine)


@pytest.mark.parametrize("key", RULES)
def test_head_office_finds_the_same(key: str) -> None:
    """Whatever a rule looks at travels inside the report."""
    held = EXAMPLES[key][0]()
    period = held.choices.period
    audit = Audit("2023", period.start, period.end, base_year=held.base_year)
    records: tuple[Record, ...] = (
        *held.activities,
        *held.evidence,
        *held.own_factors,
        *held.judgements,
        *held.closings,
        *held.plan,
        *held.meters,
        *(() if held.engagement is None else (held.engagement,)),
    )
    library = held.library.with_own(())
    ledger = Ledger.of([held.plant, audit, *records])
    stated = review(compile_inventory(ledger, choices_of(audit, 2023), library))
    package = read(canonical(build(ledger, audit, stated, library, ISSUE)))
    assert any(f.rule == key for f in stated)
    assert review(package.inventory()) == stated == package.findings


@pytest.mark.parametrize("key", RULES)
def test_it_is_described(key: str) -> None:
    rule = all_rules()[key]
    assert rule.severity in SEVERITIES and rule.source and rule.title.in_language("zh")
    (ask,) = (one for one in (rule.check, rule.check_series) if one is not None)
    assert inspect.getdoc(ask) and inspect.getdoc(inspect.getmodule(ask))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_no_rule_knows_another_and_none_looks_at_clock_or_files(path: Path) -> None:
    imported = {
        name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else _names(node))
    }
    others = {name for name in imported if name.startswith("core.checks.") and "._" not in name}
    assert not others
    assert not imported & {"time", "random", "os", "pathlib", "sqlite3"}
    assert '", ".join' not in path.read_text("utf-8"), "lists are arguments of sentences"


def _names(node: ast.AST) -> list[str]:
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


NEW = '''
"""When the moon is full."""

from core.checks._types import Rule
from core.i18n import T
from core.methods import Finding


def check(setting, series):
    """Every series."""
    yield Finding("full_moon", "info", series.source, T("Full moon over {source}", source=series.source), T("Wait."))


RULE = Rule("full_moon", "info", T("Full moon"), "Almanac", check_series=check)
'''


@pytest.fixture
def rediscovered() -> Iterator[None]:
    all_rules.cache_clear()
    yield
    all_rules.cache_clear()


def test_a_new_rule_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rediscovered: None) -> None:
    memo, inventory = Memo(), of(activity())()
    before = review(inventory, memo)
    all_rules.cache_clear()
    (tmp_path / "full_moon.py").write_text(NEW, "utf-8")
    monkeypatch.setattr(core.checks, "__path__", [*core.checks.__path__, str(tmp_path)])
    more = [f for f in review(inventory, memo) if f not in before]
    assert [(f.rule, f.subject) for f in more] == [("full_moon", "Main meter")]


def test_a_rule_lives_under_its_own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rediscovered: None) -> None:
    (tmp_path / "new_moon.py").write_text(NEW, "utf-8")
    monkeypatch.setattr(core.checks, "__path__", [str(tmp_path)])
    with pytest.raises(RuntimeError, match=r"lives in new_moon\.py"):
        all_rules()


def test_an_empty_folder_does_not_start(monkeypatch: pytest.MonkeyPatch, rediscovered: None) -> None:
    monkeypatch.setattr(core.checks, "__path__", [])
    with pytest.raises(RuntimeError, match="nothing found"):
        review(of()())
