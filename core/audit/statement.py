"""The text of the audit statement, from what the ledger and its inventory say; the words follow the level of assurance.

ISO 14064-3:2019, 9.2 and 9.3 say what an opinion is called and what it must contain; reasonable assurance is worded
positively, limited assurance negatively, and agreed-upon procedures give no opinion at all (annex C).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.inventory import Inventory
from core.ledger import Engagement, Ledger, Opinion, Person

UNMODIFIED, MODIFIED, ADVERSE, DISCLAIMED = "unmodified", "modified", "adverse", "disclaimed"
FINDINGS_ONLY = "findings_only"
"""Of agreed-upon procedures: findings are reported and no opinion is given."""
OPINIONS: Mapping[str, Text] = {
    UNMODIFIED: T("Unmodified opinion"),
    MODIFIED: T("Modified opinion"),
    ADVERSE: T("Adverse opinion"),
    DISCLAIMED: T("Disclaimed opinion"),
    FINDINGS_ONLY: T("Report of findings without opinion"),
}
REASONABLE, LIMITED, AGREED = "reasonable", "limited", "agreed_procedures"
ASSURANCE: Mapping[str, Text] = {
    REASONABLE: T("Reasonable assurance"),
    LIMITED: T("Limited assurance"),
    AGREED: T("Agreed-upon procedures"),
}
_TONNE = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One part of the statement."""

    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class _Said:
    """What the sentences are made of."""

    plant: Text
    criteria: Text
    inventory: Inventory
    engagement: Engagement
    opinion: Opinion

    @property
    def figures(self) -> dict[str, Decimal]:
        totals = self.inventory.totals
        return {"location": totals.location.quantize(_TONNE), "market": totals.market.quantize(_TONNE)}


def statement(ledger: Ledger, inventory: Inventory, year: int) -> tuple[Paragraph, ...]:
    """The statement of a concluded, or soon to be concluded, audit.

    Parameters
    ----------
    ledger
        with engagement, opinion and people.
    inventory
        verified, of the year.
    year
        of the audit.

    Raises
    ------
    UserError
        when nothing was agreed or no opinion was decided yet.
    """
    engagement, opinion, audit = ledger.engagement(year), ledger.get("opinion", str(year)), ledger.audit(year)
    if engagement is None or not isinstance(opinion, Opinion):
        raise UserError(
            T("There is no opinion about {year} yet.", year=str(year)), T("Decide it on the page “Conclusion”.")
        )
    plant = ledger.plant
    said = _Said(
        plant=verbatim(" – ".join(part for part in (plant.organisation, plant.name) if part)),
        criteria=verbatim("GHG Protocol; ISO 14064-1" if audit is None else audit.criteria),
        inventory=inventory,
        engagement=engagement,
        opinion=opinion,
    )
    parts = [_subject(said), _responsibilities(said), _work(said, ledger, year), _conclusion(said)]
    if opinion.kind not in (UNMODIFIED, FINDINGS_ONLY) or opinion.basis:
        parts.append(Paragraph(T("Basis"), verbatim(opinion.basis)))
    if opinion.emphasis:
        parts.append(Paragraph(T("Emphasis of matter"), verbatim(opinion.emphasis)))
    return (*parts, _people(ledger, said))


def _subject(said: _Said) -> Paragraph:
    period = said.inventory.choices.period
    text = T(
        "{client} engaged us to examine the greenhouse gas statement of {plant} from {start} to {end}: {location} t "
        "CO₂e location-based and {market} t CO₂e market-based ({gwp}). Scope: {scope} Objectives: {objectives}",
        client=verbatim(said.engagement.client),
        plant=said.plant,
        start=period.start,
        end=period.end,
        gwp=said.inventory.choices.gwp_set,
        scope=verbatim(said.engagement.scope),
        objectives=verbatim(said.engagement.objectives),
        **said.figures,
    )
    return Paragraph(T("Subject"), text)


def _responsibilities(said: _Said) -> Paragraph:
    return Paragraph(
        T("Responsibilities"),
        T(
            "The plant is responsible for the statement and for its preparation in accordance with {criteria}. We are "
            "responsible for our conclusion, which we give in accordance with ISO 14064-3:2019.",
            criteria=said.criteria,
        ),
    )


def _work(said: _Said, ledger: Ledger, year: int) -> Paragraph:
    """Each number is what the records of the year bear out; what was not done is not claimed."""
    from core.audit.procedures import AGREES, DIFFERS, NOT_POSSIBLE, result_of
    from core.ledger import AuditFinding, Sample, TestSheet

    samples = [one for one in ledger.held(Sample) if one.year == year]
    tests = [one for one in ledger.held(TestSheet) if one.year == year]
    findings = [one for one in ledger.held(AuditFinding) if one.year == year and one.status != "withdrawn"]
    results = [result_of(one for one in tests if one.activity == key) for key in {one.activity for one in tests}]
    text = T(
        "Level of assurance: {assurance}. Materiality: {materiality} % of the total. {risks} Samples: {samples}, of "
        "which drawn at random with a recorded seed: {seeded}; records tested: {records}; records that could not be "
        "tested: {impossible}; procedures: {tests}; findings, without those withdrawn: {findings}.",
        assurance=ASSURANCE[said.engagement.assurance],
        materiality=said.engagement.materiality,
        risks=_risks(said, ledger, year),
        samples=len(samples),
        seeded=sum(bool(one.seed) for one in samples),
        records=sum(one in (AGREES, DIFFERS) for one in results),
        impossible=results.count(NOT_POSSIBLE),
        tests=len(tests),
        findings=len(findings),
    )
    return Paragraph(T("Work performed"), text)


def _risks(said: _Said, ledger: Ledger, year: int) -> Text:
    """Of which sources somebody decided the risk: a proposal that nobody looked at is no assessment."""
    from core.ledger import RiskAssessment

    sources = {one.source for one in said.inventory.activities}
    assessed = {one.source for one in ledger.held(RiskAssessment) if one.year == year}
    if sources <= assessed:
        return T("The auditors assessed the risk of every emission source.")
    return T(
        "Emission sources whose risk the auditors assessed: {assessed} of {sources}; of the others the risk proposed "
        "from the data was taken.",
        assessed=len(sources & assessed),
        sources=len(sources),
    )


def _conclusion(said: _Said) -> Paragraph:
    form = LIMITED if said.engagement.assurance == LIMITED else REASONABLE
    wording = _WORDS.get((form, said.opinion.kind)) or _WORDS["", said.opinion.kind]
    return Paragraph(OPINIONS[said.opinion.kind], wording(said))


def _people(ledger: Ledger, said: _Said) -> Paragraph:
    def name(key: str) -> str:
        found = ledger.get("person", key)
        return found.name if isinstance(found, Person) else key

    text = T(
        "Team: {team}. Independent reviewer: {reviewer}. Decided on {day} by {lead}.",
        team=[name(key) for key in said.engagement.team],
        reviewer=verbatim(name(said.engagement.reviewer)),
        day=said.opinion.day,
        lead=verbatim(name(said.opinion.by)),
    )
    return Paragraph(T("People"), text)


def _positive(said: _Said) -> Text:
    return T(
        "In our opinion the greenhouse gas statement of {plant} is, in all material respects, a fair presentation of "
        "the data and prepared in accordance with {criteria}.",
        plant=said.plant,
        criteria=said.criteria,
    )


def _negative(said: _Said) -> Text:
    return T(
        "On the basis of our procedures and the evidence we obtained, nothing has come to our attention that causes "
        "us to believe that the greenhouse gas statement of {plant} is not, in all material respects, a fair "
        "presentation of the data or not prepared in accordance with {criteria}.",
        plant=said.plant,
        criteria=said.criteria,
    )


def _positive_but(said: _Said) -> Text:
    return T(
        "In our opinion, except for the effects of the matters described under “Basis”, the greenhouse gas statement "
        "of {plant} is, in all material respects, a fair presentation of the data and prepared in accordance with "
        "{criteria}.",
        plant=said.plant,
        criteria=said.criteria,
    )


def _negative_but(said: _Said) -> Text:
    return T(
        "On the basis of our procedures and the evidence we obtained, except for the effects of the matters "
        "described under “Basis”, nothing has come to our attention that causes us to believe that the greenhouse "
        "gas statement of {plant} is not, in all material respects, a fair presentation of the data or not prepared in "
        "accordance with {criteria}.",
        plant=said.plant,
        criteria=said.criteria,
    )


def _adverse(said: _Said) -> Text:
    return T(
        "Because of the weight of the matters described under “Basis”, the greenhouse gas statement of {plant} is "
        "not a fair presentation of the data and is not prepared in accordance with {criteria}.",
        plant=said.plant,
        criteria=said.criteria,
    )


def _disclaimed(said: _Said) -> Text:
    return T(
        "Because of the matters described under “Basis” we could not obtain sufficient appropriate evidence. We "
        "therefore give no opinion on the greenhouse gas statement of {plant}.",
        plant=said.plant,
    )


def _findings_only(said: _Said) -> Text:
    return T(
        "We carried out the procedures that were agreed and report what we found. We give no assurance and no "
        "opinion on the greenhouse gas statement of {plant}.",
        plant=said.plant,
    )


_WORDS: Mapping[tuple[str, str], Callable[[_Said], Text]] = {
    (REASONABLE, UNMODIFIED): _positive,
    (LIMITED, UNMODIFIED): _negative,
    (REASONABLE, MODIFIED): _positive_but,
    (LIMITED, MODIFIED): _negative_but,
    ("", ADVERSE): _adverse,
    ("", DISCLAIMED): _disclaimed,
    ("", FINDINGS_ONLY): _findings_only,
}
"""By level of assurance, empty where it makes no difference, and kind of opinion."""
