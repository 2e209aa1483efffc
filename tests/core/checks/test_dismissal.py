"""A finding is dismissed with a reason, and comes back when its facts change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.checks import about, can_be_dismissed, dismissal, facts_of, open_findings, review
from core.errors import UserError
from core.i18n import T, exact_words
from core.ledger import Judgement, Record
from core.methods import Finding
from tests.core.checks.examples import EXAMPLES, changed
from tests.core.samples import activity, compiled, green


def slip(*more: Record, unit: str = "MWh") -> Finding:
    """The finding about June's unit."""
    (finding,) = (f for f in review(compiled([*changed("m06", unit=unit), *more])) if f.rule == "unit_slips")
    return finding


def test_a_dismissed_finding_stays_listed_with_its_reason() -> None:
    judged = dismissal(slip(), 2023, "  a furnace was tested ")
    assert (judged.about, judged.verdict, judged.year) == ("finding:unit_slips:m06", "dismissed", 2023)
    again = slip(judged)
    assert again.dismissed == "a furnace was tested"
    everything = review(compiled([*changed("m06", unit="MWh"), judged]))
    assert again in everything and again not in open_findings(everything)


def test_other_findings_stay_open() -> None:
    judged = dismissal(slip(), 2023, "a furnace was tested")
    found = review(compiled([*changed("m06", unit="MWh"), judged]))
    assert [f.rule for f in found if f.dismissed] == ["unit_slips"]
    assert len(open_findings(found)) == len(found) - 1 > 0


@pytest.mark.parametrize(
    "change",
    [{"unit": "e4kWh"}],
)
def test_it_returns_when_its_facts_change_and_goes_when_they_are_back(change: dict[str, str]) -> None:
    judged = dismissal(slip(), 2023, "a furnace was tested")
    other = slip(judged, **change)
    assert not other.dismissed and facts_of(other) != judged.facts
    second = dismissal(other, 2023, "tested for longer")
    assert second.id != judged.id and second.about == judged.about
    assert slip(judged, second, **change).dismissed == "tested for longer"
    assert slip(judged, second).dismissed == "a furnace was tested"


def test_facts_are_rule_subject_severity_and_message() -> None:
    finding = slip()
    assert facts_of(finding) == facts_of(replace(finding, remedy=T("x"), dismissed="y"))
    others = (replace(finding, rule="r"), replace(finding, subject="s"), replace(finding, message=T("m")))
    for other in (*others, replace(finding, severity="info")):
        assert facts_of(other) != facts_of(finding)


@pytest.mark.parametrize(
    ("rule", "read", "whole", "facts"),
    [
        ("year_on_year", "2022: 0.3000 t CO₂e then, 0.6516 t now.", "2022: 0.3 t CO₂e then, 0.6516 t now.",
         "0372298de7d82bcda2ece530e8bfab3894ab26e8b80ee09c3e3faf0bc3016be6"),
        ("base_year_change", "from 0.5000 to 0.6516 t CO₂e.", "from 0.5 to 0.6516 t CO₂e.",
         "4a1f573b24928b1507f7d913fff9c620b5507657564c2912f2bca0609c8417f0"),
        ("scope3_contradiction", "but 0.2088 t CO₂e are calculated.", "but 0.20878 t CO₂e are calculated.",
         "313c6ff8a61da9e78cb3ed617e877b2a42df10b20ba62eac800e93a41bb46926"),
    ],
)  # fmt: skip
def test_rounded_numbers_reopen_nothing(rule: str, read: str, whole: str, facts: str) -> None:
    """These hashes stand in files in which people dismissed when the sentence still told every decimal."""
    (finding,) = (f for f in review(EXAMPLES[rule][0]()) if f.rule == rule)
    assert str(finding.message).endswith(read) and exact_words(finding.message).endswith(whole)
    assert facts_of(finding) == facts


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
def test_no_reason_no_dismissal(reason: str) -> None:
    with pytest.raises(UserError, match="with a reason only"):
        dismissal(slip(), 2023, reason)
    held = replace(dismissal(slip(), 2023, "x"), reason=reason)
    assert not slip(held).dismissed


def test_a_reason_is_not_a_book() -> None:
    with pytest.raises(UserError, match="2000"):
        dismissal(slip(), 2023, "x" * 2001)


def forged(finding: Finding) -> Judgement:
    """As if somebody had written it into the file by hand."""
    return Judgement("j", 2023, about(finding), "dismissed", "because", facts_of(finding))


@pytest.mark.parametrize(
    ("records", "rule"),
    [((activity(), *green(proof=False)), "renewable_not_counted"), ((activity(quantity=-1),), "negative")],
    ids=["of the calculation", "of a rule"],
)
def test_hard_stops_cannot_be_dismissed(records: tuple[Record, ...], rule: str) -> None:
    (finding,) = (f for f in review(compiled(records)) if f.rule == rule)
    assert finding.severity == "error" and not can_be_dismissed(finding)
    with pytest.raises(UserError, match="cannot be dismissed"):
        dismissal(finding, 2023, "because")
    (again,) = (f for f in review(compiled([*records, forged(finding)])) if f.rule == rule)
    assert not again.dismissed


def test_warnings_of_the_calculation_can_be() -> None:
    record = activity(item="unobtainium")
    (finding,) = (f for f in review(compiled([record])) if f.rule == "not_understood")
    judged = dismissal(finding, 2023, "scrap, no emission")
    (again,) = (f for f in review(compiled([record, judged])) if f.rule == "not_understood")
    assert again.dismissed == "scrap, no emission"


def test_a_judgement_of_another_year_or_verdict_dismisses_nothing() -> None:
    judged = dismissal(slip(), 2023, "a furnace was tested")
    for other in (replace(judged, year=2022), replace(judged, verdict="relevant"), replace(judged, facts="")):
        assert not slip(other).dismissed
