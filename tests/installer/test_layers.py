from __future__ import annotations

import grimp
import pytest
from importlinter import Contract

from installer.layers import OnlyUser, Siblings


def graph(*imports: tuple[str, str]) -> grimp.ImportGraph:
    made = grimp.ImportGraph()
    for importer, imported in imports:
        made.add_import(importer=importer, imported=imported, line_number=7, line_contents="import")
    return made


def contract(kind: type[Contract], **options: object) -> Contract:
    return kind(name="rule", session_options={"root_packages": ["core"]}, contract_options=options)


@pytest.mark.parametrize(
    ("importer", "imported", "kept"),
    [
        ("core.methods.heat", "core.methods.power", False),
        ("core.methods.heat.deep", "core.methods.power", False),
        ("core.methods.heat.deep", "core.methods.heat.other", True),
        ("core.methods.heat", "core.methods._shared", True),
        ("core.methods._shared", "core.methods.heat", True),
        ("core.methods.heat", "core.methods", True),
        ("core.methods.heat", "core.library.units", True),
        ("core.inventory", "core.methods.heat", True),
        ("core.methods.heat", "core.methods_more.power", True),
    ],
)
def test_siblings_do_not_know_each_other(importer: str, imported: str, kept: bool) -> None:
    rule = contract(Siblings, folders=["core.methods", "core.not_yet"])

    assert rule.check(graph((importer, imported)), verbose=False).kept is kept


@pytest.mark.parametrize(
    ("importer", "kept"),
    [
        ("core.store", True),
        ("core.store.files", True),
        ("core.group.database", True),
        ("core.storeroom", False),
        ("gui.session", False),
    ],
)
def test_a_library_is_used_in_its_rooms_only(importer: str, kept: bool) -> None:
    rule = contract(OnlyUser, users=["sqlite_utils -> core.store, core.group", "unused -> core.store"])

    assert rule.check(graph((importer, "sqlite_utils")), verbose=False).kept is kept


def test_a_breach_is_shown_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    rule = contract(OnlyUser, users=["sqlite_utils -> core.store"])

    rule.render_broken_contract(rule.check(graph(("gui.session", "sqlite_utils")), verbose=False))

    assert "gui.session imports sqlite_utils (l.7)" in capsys.readouterr().out
