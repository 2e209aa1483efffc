from __future__ import annotations

import csv
import re

import pytest

from core.running.third_party import TABLE, Component, third_party
from installer.third_party import ALLOWED, BESIDE, LOCK, PAGE, ROOT, page, pinned, table, unallowed


def test_the_list_is_that_of_the_lock() -> None:
    """Of another lock ``make licences`` makes another list."""
    locked = {name: " / ".join(versions) for name, versions in pinned(LOCK.read_text(encoding="utf-8")).items()}
    listed = {one.name: one.version for one in third_party() if one not in BESIDE}
    assert listed == locked
    assert set(BESIDE) <= set(third_party())


def test_page_and_table_say_the_same() -> None:
    rows = list(third_party())
    assert PAGE.read_text(encoding="utf-8") == page(rows)
    assert (ROOT / "resources" / TABLE).read_text(encoding="utf-8") == table(rows)


def test_every_licence_is_allowed() -> None:
    assert {one.name: unallowed(one.licence) for one in third_party() if unallowed(one.licence)} == {}


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("MIT", ""),
        ("GPL-3.0-only OR MIT", ""),
        ("(GPL-2.0-only OR LGPL-3.0-only)", ""),
        ("MIT AND Apache-2.0", ""),
        ("GPL-3.0-only", "GPL-3.0-only"),
        ("MIT AND AGPL-3.0-only", "AGPL-3.0-only"),
        ("MIT AND (GPL-2.0-only OR SSPL-1.0)", "(GPL-2.0-only OR SSPL-1.0)"),
        ("MIT License", "MIT License"),
        ("", ""),
    ],
)
def test_what_binds_the_whole_program_is_refused(licence: str, refused: str) -> None:
    assert unallowed(licence or "MIT") == refused


def test_no_licence_is_allowed_for_nothing() -> None:
    used = {name for one in third_party() for name in re.findall(r"[A-Za-z0-9.+-]+", one.licence)}
    assert ALLOWED.keys() - used <= {"BSD-2-Clause"}
    assert all(ALLOWED.values())


def test_versions_that_depend_on_the_interpreter_stand_side_by_side() -> None:
    lock = "numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=x\nnumpy==2.5.5 ; x\na-b==1.0 \\\n"
    assert pinned(lock) == {"numpy": ["2.4.6", "2.5.5"], "a-b": ["1.0"]}


def test_a_table_reads_back() -> None:
    one = Component("a", "1", "MIT", "https://example.org", 'said, "so"')
    assert next(iter(csv.DictReader(table([one]).splitlines())))["note"] == one.note


def test_every_lock_is_looked_up_for_known_vulnerabilities() -> None:
    workflow = (ROOT / ".github" / "workflows" / "audit.yml").read_text(encoding="utf-8")
    named = re.findall(r"^ +- (requirements\S*\.lock)$", workflow, re.MULTILINE)
    assert named and sorted(named) == sorted(path.name for path in ROOT.glob("requirements*.lock"))
