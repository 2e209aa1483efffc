"""Letters about findings: they hold what was said, fit on their pages, and are the same for the same moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pypdfium2
import pytest

from core.errors import UserError
from core.ledger import Audit, AuditFinding, Evidence, Ledger, Sample, Step
from core.report.letters import KINDS, LETTER, LIST, SHEETS, finding_letters
from tests.core.audit.finding_samples import finding, inventory_of, ledger_of

WHEN = datetime(2024, 3, 25, 9, 0, tzinfo=UTC)
ANSWERED = finding(
    "fi00002", kind="nonconformity", title="Gas meter without calibration", effect=None, status="closed",
    root_cause="The reminder went to somebody who had left.", correction="Calibrated on 12 March.",
    corrective_action="Two recipients.", answered_by="pe00001", closed_by="pe00003", closed="2024-03-20",
    closing_note="Certificate seen.", proof=("e00001",), owner="pe00004",
)  # fmt: skip
CAREFUL = finding(
    "fi00003", title="柴油领用单缺失", effect=Decimal("-1.25"), status="closed", treatment="conservative",
    conservative=Decimal("1.5"), closed_by="pe00003", closed="2024-03-21", closing_note="按全年最高月估计。", due="",
)  # fmt: skip


def written(kind: str, *findings: AuditFinding, language: str = "en", only: tuple[str, ...] = ()) -> bytes:
    ledger = ledger_of(*findings)
    ledger = ledger.apply([Step("audit", "2023", None, Audit("2023", date(2023, 1, 1), date(2023, 12, 31)))])
    return letter(kind, ledger, language, only)


def letter(kind: str, ledger: Ledger, language: str = "en", only: tuple[str, ...] = ()) -> bytes:
    return finding_letters(kind, ledger, inventory_of(ledger), 2023, language=language, when=WHEN, only=only)


def pages(pdf: bytes) -> list[str]:
    """The text of each page, white space as single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_a_sheet_holds_the_finding_and_places_to_answer_and_sign() -> None:
    (text,) = pages(written(SHEETS, finding()))
    for words in (
        "Misstatement 2023-01", "Bill of March ten times too high", "The record says 10,000 kWh", "GB/T 32150, 5.3",
        "Wang Wei", "Li Na", "2024-03-15", "+5.864 t CO", "m03: Main meter", "2023-03", "bill.pdf", "Root cause",
        "Corrective action", "Conservative estimate", "For the plant: name, signature, date",
        "Auditor: name, signature, date", "1 / 1",
    ):  # fmt: skip
        assert words in text


def test_samples_and_days_are_said_as_people_say_them() -> None:
    sample = Sample("sa00001", 2023, "Bills of spring", "judgement", (), 1, "", "0" * 64, ("m03",))
    ledger = ledger_of(finding(sample=sample.id), sample)
    (text,) = pages(letter(SHEETS, ledger))
    assert "Bills of spring" in text and "2023-01-01 – 2023-12-31" in text
    (listed,) = pages(letter(LIST, ledger, "zh"))
    assert "2023年1月1日 – 2023年12月31日" in listed


def test_each_finding_has_a_page_of_its_own_with_what_was_answered() -> None:
    found = pages(written(SHEETS, finding(), ANSWERED, CAREFUL))
    assert len(found) == 3
    assert "Nonconformity 2023-02" in found[1] and "Two recipients." in found[1] and "Zhao Min" in found[1]
    assert "Certificate seen." in found[1] and "Answer accepted" in found[1]
    assert "Conservative estimate: +1.500 t CO" in found[2] and "柴油领用单缺失" in found[2]


@pytest.mark.parametrize("language", ["zh", "en", "both"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_the_same_moment_gives_the_same_bytes(kind: str, language: str) -> None:
    made = written(kind, finding(), ANSWERED, language=language)
    assert made == written(kind, finding(), ANSWERED, language=language)
    assert made.startswith(b"%PDF-1.7")


def test_both_languages_stand_on_one_sheet_and_one_list_and_in_two_letters() -> None:
    (sheet,) = pages(written(SHEETS, finding(), language="both"))
    assert "备注 / Remark" in sheet and "Li Na" in sheet
    assert len(pages(written(LIST, finding(), language="both"))) == 1
    chinese, english = pages(written(LETTER, finding(), language="both"))
    assert "2024年3月15日" in chinese and "2024-03-15" in english


def test_the_list_names_all_with_status_and_conclusion() -> None:
    (text,) = pages(written(LIST, finding(), ANSWERED, CAREFUL, finding("fi00004", status="withdrawn")))
    for words in ("2023-01", "2023-02", "2023-03", "To be answered", "Closed", "Closed: Conservative", "−1.25",
                  "Two recipients."):  # fmt: skip
        assert words in text
    assert "2023-04" not in text


@pytest.mark.parametrize("count", range(1, 12))
def test_nobody_signs_a_page_of_the_list_without_a_finding(count: int) -> None:
    found = [finding(f"fi{number:05}", title=f"Number {number} of them") for number in range(1, count + 1)]
    last = pages(written(LIST, *found))[-1]
    assert "Team lead: name, signature, date" in last and f"Number {count} of them" in last


def test_the_letter_counts_and_asks_until_when() -> None:
    (text,) = pages(written(LETTER, finding(), replace(finding("fi00005"), due="2024-03-10"), ANSWERED))
    assert "Findings so far: 3 (Misstatement: 2, Nonconformity: 1), of which open: 2." in text
    assert "the first one is due on 2024-03-10" in text and "GHG Protocol Corporate Standard" in text
    (closed,) = pages(written(LETTER, ANSWERED))
    assert "All findings are closed" in closed and "We ask you to" not in closed


def test_only_the_findings_that_were_asked_for() -> None:
    (text,) = pages(written(LIST, finding(), ANSWERED, only=("fi00002",)))
    assert "Gas meter" in text and "Bill of March" not in text


def test_texts_as_long_as_they_may_be_are_printed_whole_on_more_pages() -> None:
    long = "word " * 399 + "end"
    endless = replace(
        ANSWERED, description=f"D {long}", root_cause=f"R {long}", correction=f"C {long}",
        corrective_action=f"A {long}", closing_note=f"N {long}", clause="clause " * 200,
        activities=tuple(f"m{n:02}" for n in range(1, 13)),
        evidence=tuple(f"e{n:05}" for n in range(1, 40)),
    )  # fmt: skip
    files = [Evidence(f"e{n:05}", f"{n}-" + "x" * 240, "bill", "0" * 64, 1) for n in range(2, 40)]
    ledger = ledger_of(endless, *files)
    text = " ".join(pages(letter(SHEETS, ledger)))
    assert text.count("word end") == 5 and "and 6 more" in text and "and 33 more" in text
    assert pages(letter(LIST, ledger)) and pages(letter(LETTER, ledger))


def test_what_cannot_be_written_says_why() -> None:
    with pytest.raises(UserError, match="no findings"):
        written(LIST)
    with pytest.raises(UserError, match="no findings"):
        written(LIST, finding(status="withdrawn"))
    with pytest.raises(UserError, match="no such letter"):
        written("poem", finding())
    bare = Ledger({**ledger_of(finding()).records, "engagement": {}})
    with pytest.raises(UserError, match="Nobody audits 2023"):
        letter(SHEETS, bare)


def test_a_recommendation_has_no_treatment_and_an_unknown_effect_says_so() -> None:
    (advice,) = pages(written(SHEETS, finding(kind="recommendation", effect=None)))
    assert "Conservative estimate" not in advice and "Answer accepted" in advice
    (unknown,) = pages(written(SHEETS, finding(effect=None)))
    assert "cannot be quantified" in unknown
