"""Parts of the page of the checklist: tiles, words, what names a kept file, how an action begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.disclosures.checklist import checked_of
from core.disclosures.maps import all_maps
from core.disclosures.readiness import Count
from core.disclosures.value import PointValue
from core.i18n import T
from core.ledger import Answer, ExternalAudit, Ledger, Record, Register, Supplier, Undertaking, kind_of
from gui.audit_findings.because import because_words, draft_about
from gui.checklist import words
from gui.checklist.areas import ALL, AreaTiles, Tile
from gui.checklist.audits import open_findings
from gui.checklist.inspector import plant_words
from gui.checklist.state import naming
from gui.session import Session
from tests.gui.checking import CERTIFICATE, PROOF, answer, keep

TILES = (
    Tile(ALL, "All topics", Count(3, 12), Count(1, 12)), Tile("ethics", "Ethics", Count(3, 8), Count(1, 8)),
    Tile("safety", "Safety", Count(0, 4), Count(0, 4)),
)  # fmt: skip


@pytest.fixture
def tiles(qtbot: QtBot) -> AreaTiles:
    made = AreaTiles()
    qtbot.addWidget(made)
    made.resize(900, 80)
    made.show_tiles(TILES)
    made.show()
    return made


def test_arrow_keys_go_from_tile_to_tile(tiles: AreaTiles) -> None:
    picked: list[str] = []
    tiles.picked.connect(picked.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(tiles, key)
    assert picked == ["ethics", "safety", "ethics"] and tiles.key == "ethics"


def test_new_counts_keep_what_was_chosen_and_pick_nothing(tiles: AreaTiles) -> None:
    tiles.choose("safety")
    picked: list[str] = []
    tiles.picked.connect(picked.append)
    tiles.show_tiles([*TILES[:2], replace(TILES[2], answered=Count(2, 4))])
    assert tiles.key == "safety" and picked == []
    assert tiles.item(2).toolTip() == "Safety. Answered 2 of 4. Proven 0 of 4."


def test_tiles_that_have_no_room_beside_each_other_stand_in_rows(tiles: AreaTiles) -> None:
    one_row = tiles.height()
    tiles.resize(300, one_row)
    assert tiles.height() > one_row
    tiles.resize(900, tiles.height())
    assert tiles.height() == one_row


def test_what_is_painted_shows_both_counts(tiles: AreaTiles) -> None:
    """The tile with something answered differs from the empty one where the bar is."""
    image = tiles.grab().toImage()

    def inks(row: int) -> set[int]:
        room = tiles.visualItemRect(tiles.item(row))
        line = room.bottom() - 8 - 1
        return {image.pixel(x, line) for x in range(room.left() + 9, room.right() - 9)}

    assert len(inks(1)) == 3 and len(inks(2)) == 1


def test_a_statement_that_is_only_a_proof_is_said_to_be_one() -> None:
    assert words.answer_words(PointValue("check.V1", value="", evidence=("e1",))) == "with proof"
    assert words.answer_words(PointValue("check.V1", value="")) == "without proof"
    assert words.answer_words(PointValue("check.V1", missing=T("Nobody."))) == ""


def test_questions_of_frameworks_are_grouped_and_what_no_map_names_follows() -> None:
    every = {one.question.code: one for area in checked_of({}) for one in area.questions}
    assert words.frameworks_words(every["G3"], all_maps()) == "RBA C1; ISO 14001"
    assert words.frameworks_words(every["S1"], all_maps()) == "NQC SAQ 8"
    assert words.frameworks_words(every["S1"], {}) == ""


def test_what_a_plant_says_stands_with_its_proof() -> None:
    assert plant_words(None) == "not reported"
    assert plant_words(PointValue("check.G1", missing=T("Nobody."))) == "Not answered"
    assert plant_words(PointValue("check.G1", "yes", expired=True)) == "Answer expired"
    assert plant_words(PointValue("check.G1", "yes")) == "Yes, without proof"


@pytest.mark.parametrize("rows", [(), ((),), (("a",),), (("a", "", "2024-01-01"),)])
def test_findings_of_any_length_are_read(rows: tuple[tuple[str, ...], ...]) -> None:
    held = open_findings(ExternalAudit("ea1", "cdp", "CDP", date(2024, 1, 1), findings=rows))
    assert held == ([] if not rows or len(rows[0]) == 3 else [((*rows[0], "")[0], "")])


@pytest.mark.parametrize("kind", [Ledger, Register])
def test_a_kept_file_leads_to_what_names_it(kind: type[Ledger] | type[Register]) -> None:
    paper = Undertaking("un1", "su1", "ilo", "1", date(2024, 1, 1), evidence=(PROOF.id,))
    supplier = Supplier("su1", "Hebei Steel")
    policy = Answer("2024 policy.env", "policy.env", 2024, date(2024, 1, 1), "x", evidence=(PROOF.id,))
    checked = answer("G1", "yes", evidence=(PROOF.id,))

    def page(*records: Record) -> tuple[str, str]:
        held: dict[str, dict[str, Record]] = {key: {} for key in kind.KINDS}
        for one in records:
            held[kind_of(one)][one.id] = one
        return naming(kind(held), PROOF.id)

    assert page() == ("", "")
    assert page(supplier, paper) == ("suppliers", "un1")
    assert page(supplier, paper, CERTIFICATE) == ("checklist", CERTIFICATE.id)
    assert page(paper, CERTIFICATE, policy) == ("disclosures", policy.id)
    assert page(checked) == ("checklist", checked.id)


def test_an_action_begins_with_the_question_and_the_answer(bare: Session) -> None:
    keep(bare, answer("G3", "partly"))
    draft = draft_about(bare, "check.G3")
    assert (draft.point, draft.kind, draft.year) == ("check.G3", "nonconformity", 2024)
    assert draft.title == "Are legal environmental duties listed and checked?"
    assert draft.description == "Checklist G3: Partly"
    assert draft_about(bare, "check.G1").description == "Checklist G1: Not answered"
    other = draft_about(bare, "policy.env")
    assert (other.title, other.point, other.description) == ("Environmental policy", "policy.env", "")
    assert because_words("check.G3").startswith("G3: Are legal") and because_words("policy.env") == other.title
    assert because_words("gone") == "gone"
