"""A received questionnaire: its codes are found wherever they stand, and nothing of it can do harm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from core.disclosures.maps import all_maps, maps_of
from core.errors import UserError
from core.exchange.questionnaires import LONGEST_LABEL, linking, read_questionnaire, shortened
from core.ledger import Ledger, Register
from core.ledger.disclosures import OwnQuestion
from core.ledger.filing import Records
from tests.core.exchange.books import csv_of, saved, with_members, xlsx_of

ECOVADIS = all_maps()["ecovadis_2025"]
SAQ = all_maps()["saq_5_0"]
GENERAL = (
    (1, "GEN300", "Which of our own made-up initiatives does your company endorse?", "Long guidance " * 20, "x"),
    (2, "ENV999", "Does the plant keep a made-up list of lamps?", "More guidance " * 20, ""),
    (3, "GEN300", "The same code in a row for one of its answers", "", ""),
    (4, "", "A heading without code", "", ""),
)
HEAD = ("No", "Code", "Question", "Guidance", "Answer")


def questionnaire(*sheets: tuple[str, tuple[tuple[object, ...], ...]], hidden: str = "") -> bytes:
    book = Workbook()
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if title == hidden:
            sheet.sheet_state = "hidden"
    book.remove(book.worksheets[0])
    return saved(book)


def test_known_codes_are_matched_and_the_rest_is_to_be_linked() -> None:
    found = read_questionnaire(xlsx_of(*GENERAL, head=HEAD, title="General"), ECOVADIS, "ecovadis.xlsx")
    ((question, asked),) = found.matched
    assert (question.id, asked.code, asked.sheet, asked.row) == ("GEN300", "GEN300", "General", 2)
    assert asked.label == "Which of our own made-up initiatives does your company endorse?"
    assert [(one.code, one.label, one.row) for one in found.unknown] == [
        ("ENV999", "Does the plant keep a made-up list of lamps?", 3)
    ]
    assert found.name == "ecovadis.xlsx"
    assert len(found.every) == 2


def test_codes_of_several_sheets_and_not_of_hidden_ones() -> None:
    data = questionnaire(
        ("Cover", (("Welcome",), ("Standards", "ISO9001"))),
        ("Environment", (("Code", "Words of the question"), ("ENV630", "Which tonnes were there?"))),
        (
            "Labour",
            (
                ("Words of the question", "Code"),
                ("How is the safety of work kept?", "lab100"),
            ),
        ),
        ("Old", (("ETH900", "An old question of an earlier year"),)),
        hidden="Old",
    )
    found = read_questionnaire(data, ECOVADIS)
    assert [question.id for question, _asked in found.matched] == ["ENV630", "LAB100"]
    assert found.matched[1][1].label == "How is the safety of work kept?"
    assert found.unknown == ()  # the cover has no code that the map knows


def test_code_and_words_in_one_cell() -> None:
    found = read_questionnaire(
        xlsx_of(
            ("ＧＥＮ３００ – Which initiatives are there?",), ("ENV999：Lamps",), ("GEN300X no code",), head=("Q",)
        ),
        ECOVADIS,
    )
    assert found.matched[0][1].label == "Which initiatives are there?"
    assert [(one.code, one.label) for one in found.unknown] == [("ENV999", "Lamps")]


def test_a_csv_is_read_alike() -> None:
    for separator in (",", ";", "\t"):
        found = read_questionnaire(csv_of(*GENERAL, head=HEAD, separator=separator), ECOVADIS)
        assert [question.id for question, _asked in found.matched] == ["GEN300"]
        assert [one.code for one in found.unknown] == ["ENV999"]
        assert found.unknown[0].sheet == ""


def test_ids_of_other_maps_are_known_too() -> None:
    rows = (("2b.1", "Are the made-up reports checked by others?"), ("10", "Is there a made-up policy at the plant?"))
    found = read_questionnaire(xlsx_of(*rows, head=("Question", "Words")), SAQ)
    assert [question.id for question, _asked in found.matched] == ["2b.1", "10"]
    assert found.unknown == ()


def test_codes_may_look_otherwise() -> None:
    rows = (("Q-17", "How many made-up lamps are there?"), ("Q-18", "Are made-up lamps switched off?"))
    found = read_questionnaire(xlsx_of(*rows, head=("Id", "Words")), ECOVADIS, pattern=r"Q-\d+")
    assert [one.code for one in found.unknown] == ["Q-17", "Q-18"]
    with pytest.raises(UserError, match="No column of codes"):
        read_questionnaire(xlsx_of(*rows, head=("Id", "Words")), ECOVADIS)


@pytest.mark.parametrize("pattern", ["(", "[a-", "x" * 201, "(?P<n>a)(?P<n>b)"])
def test_a_pattern_that_is_none(pattern: str) -> None:
    with pytest.raises(UserError, match="is no pattern of codes"):
        read_questionnaire(xlsx_of(*GENERAL, head=HEAD), ECOVADIS, pattern=pattern)


def test_without_codes_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "q.xlsx"
    path.write_bytes(saved(Workbook()))
    with pytest.raises(UserError, match="No column of codes was found") as refused:
        read_questionnaire(path, ECOVADIS)
    assert "say what its codes look like" in str(refused.value.remedy)


def test_received_words_are_kept_short_and_on_one_line() -> None:
    rows = (("ENV999", "Line one\nline two\x07 " + "word " * 100),)
    found = read_questionnaire(csv_of(*rows, head=("Code", "Words")), ECOVADIS)
    label = found.unknown[0].label
    assert label.startswith("Line one line two")
    assert len(label) <= LONGEST_LABEL
    assert label.endswith("…")


@given(st.text(max_size=900))
def test_a_label_is_one_short_line_whatever_was_received(text: str) -> None:
    label = shortened(text)
    assert len(label) <= LONGEST_LABEL
    assert label.isprintable()
    assert label == label.strip()


# ---------------------------------------------------------------------- hostile


def test_macros_and_links_to_other_files_are_refused() -> None:
    data = xlsx_of(*GENERAL, head=HEAD)
    with pytest.raises(UserError, match="macros"):
        read_questionnaire(with_members(data, {"xl/vbaProject.bin": b"x"}), ECOVADIS)
    with pytest.raises(UserError, match="from other files"):
        read_questionnaire(with_members(data, {"xl/externalLinks/externalLink1.xml": b"<a/>"}), ECOVADIS)


def test_what_is_no_workbook_is_refused() -> None:
    for data in (b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0old", b"\0\1\2\3"):
        with pytest.raises(UserError):
            read_questionnaire(data, ECOVADIS)


def test_too_many_sheets_and_codes_are_refused() -> None:
    many = tuple((f"S{n}", (("ENV630", "Tonnes of the made-up plant"),)) for n in range(41))
    with pytest.raises(UserError, match="more than 40 sheets"):
        read_questionnaire(questionnaire(*many), ECOVADIS)
    rows = [(f"ENV{n}", "A made-up question") for n in range(1000, 3100)]
    with pytest.raises(UserError, match="more than 2,000 codes"):
        read_questionnaire(csv_of(*rows, ("ENV630", "x"), head=("Code", "Words")), ECOVADIS)


def test_words_that_look_like_formulas_stay_words() -> None:
    found = read_questionnaire(xlsx_of(("ENV999", '=HYPERLINK("http://a")'), head=("Code", "Words")), ECOVADIS)
    assert found.unknown[0].label in ("", '=HYPERLINK("http://a")')  # a formula has the value that was stored: none


# ---------------------------------------------------------------------- linking

ASKED = read_questionnaire(xlsx_of(*GENERAL, head=HEAD), ECOVADIS, "ecovadis.xlsx")


@pytest.mark.parametrize("records", [Ledger(), Register()], ids=["plant", "group"])
def test_linking_makes_own_questions(records: Records) -> None:
    decided = linking(records, ASKED, {"ENV999": ("energy.total", "energy.total", "ghg.s1")}, "cond")
    assert str(decided.why) == "Questions of “ecovadis.xlsx” linked: 1"
    after = records.apply(decided.steps)
    assert after.held(OwnQuestion) == (
        OwnQuestion("oq00001", "ecovadis_2025", "ENV999", "Does the plant keep a made-up list of lamps?",
                    ("energy.total", "ghg.s1"), "cond"),
    )  # fmt: skip
    known = maps_of(after, lambda _sha: b"")["ecovadis_2025"]
    again = read_questionnaire(xlsx_of(*GENERAL, head=HEAD), known, "ecovadis.xlsx")
    assert again.unknown == ()
    assert [question.status for question, _asked in again.matched] == ["VERIFIED", "USER"]


def test_linking_again_changes_the_same_question() -> None:
    ledger = Ledger().apply(linking(Ledger(), ASKED, {"ENV999": ()}).steps)
    (before,) = ledger.held(OwnQuestion)
    assert before.points == ()
    assert linking(ledger, ASKED, {"ENV999": ()}).steps == ()
    (step,) = linking(ledger, ASKED, {"ENV999": ("ghg.s1",)}).steps
    assert step.after == replace(before, points=("ghg.s1",))


@pytest.mark.parametrize(
    ("links", "requirement", "words"),
    [
        ({"ENV111": ("ghg.s1",)}, "must", "has no question “ENV111”"),
        ({"ENV999": ("no.such",)}, "must", "There is no data point “no.such”"),
        ({"ENV999": ("ghg.s1",)}, "maybe", "not in the list"),
    ],
)
def test_what_cannot_be_linked(links: dict[str, tuple[str, ...]], requirement: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        linking(Ledger(), ASKED, links, requirement)
