"""The records of an audit: who takes part, what is agreed, what is tested, what is found, what is concluded.

Terms are those of ISO 14064-3; ``docs/audit.md`` puts those of the Chinese verification guideline beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works on this plant's file. Changes name them by ``name``, which is unique in the file."""

    id: str
    name: str
    roles: tuple[str, ...]
    """``preparer``, ``auditor``, ``team_lead``, ``reviewer``, ``plant_manager``."""
    organisation: str = ""
    email: str = ""
    competence: str = ""
    """Qualification and experience that the audit needs, in words."""
    certificate: str = ""
    """SHA-256 of the certificate the person signs with, in hexadecimal; empty until the first signature."""
    active: bool = True
    """False: took part once; stays because changes name them."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Engagement:
    """What was agreed about the audit of one year, and how far it is; its id is the year, like the audit's."""

    id: str
    client: str
    site: str
    objectives: str
    scope: str
    """Boundary, gases and sources that are audited, in words; the criteria stand in the audit record."""
    assurance: str = "limited"
    """``reasonable``, ``limited`` or ``agreed_procedures``."""
    materiality: Decimal = Decimal(5)
    """Of the total. [%]"""
    scope_materiality: tuple[tuple[str, str], ...] = ()
    """Scope (``scope1``, ``scope2_location``, ``scope2_market``, ``scope3``) and its own materiality. [%]"""
    team: tuple[str, ...] = ()
    """Ids of the people who audit, the team lead first."""
    reviewer: str = ""
    """Id of the independent reviewer, who is not of the team."""
    start: str = ""
    """First day on site, as ISO date."""
    end: str = ""
    """Last day on site, as ISO date."""
    state: str = "draft"
    """A key of :data:`core.audit.STATES`."""
    number: int = 1
    """Counts how often the audit was opened: 2 after the first re-opening."""
    reason: str = ""
    """Why it was sent back or re-opened, until it moves on."""
    concluded: str = ""
    """Day of the last conclusion, as ISO date."""
    package: str = ""
    """SHA-256 of the package that was concluded last."""
    carries: str = "sampled"
    """Which evidence files travel inside the report: ``none``, ``sampled`` or ``all``; hashes always do."""
    note: str = ""
    reopened: str = ""
    """Why it was opened again the last time; unlike the reason it stays until it is opened once more."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A person's declaration of independence for one audit."""

    id: str
    """``<year>:<person>``."""
    year: int
    person: str
    text: str
    """What was declared, word by word."""
    day: date
    signature: str = ""
    """Detached CMS over the canonical declaration, in base64; empty when it was signed on paper."""
    evidence: str = ""
    """Id of the kept scan when it was signed on paper."""


@dataclass(frozen=True, slots=True)
class Communication:
    """One entry of the communication log: minutes of a meeting, a letter, a call."""

    id: str
    year: int
    day: date
    kind: str
    """``opening_meeting``, ``closing_meeting``, ``meeting``, ``interview``, ``letter``, ``mail``, ``call`` or
    ``request``."""
    subject: str
    text: str
    people: tuple[str, ...] = ()
    """Names of those who took part."""
    evidence: tuple[str, ...] = ()
    """Ids of kept files, e.g. the signed minutes."""


@dataclass(frozen=True, slots=True)
class RiskAssessment:
    """The auditor's decision about one emission source."""

    id: str
    """``<year>:<source>``."""
    year: int
    source: str
    inherent: str
    """``low``, ``medium`` or ``high``."""
    control: str
    """``low``, ``medium`` or ``high``."""
    reason: str
    """Why, where it differs from what the data propose."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Records that were chosen to be tested, and everything needed to choose the same ones again."""

    id: str
    year: int
    name: str
    method: str
    """``all``, ``monetary_unit``, ``stratified``, ``random`` or ``judgement``."""
    sources: tuple[str, ...]
    """Emission sources it is drawn from; empty: all."""
    size: int
    """How many were wanted."""
    seed: str
    """From which everything random follows; empty for ``all`` and ``judgement``."""
    frame: str
    """SHA-256 of the frame: ids, months and tonnes of what it was drawn from."""
    activities: tuple[str, ...]
    """Ids of what was drawn, in the order of drawing; drawn twice stands twice."""
    level: int = 0
    """Step of the Chinese escalation in percent (30, 50, 80, 100); 0: sized otherwise."""
    previous: str = ""
    """Id of the sample that this one widens."""
    settings: tuple[tuple[str, str], ...] = ()
    """What the size follows from: confidence, tolerable and expected misstatement, interval, strata; numbers as plain
    digits."""
    reason: str = ""
    """Of a judgement sample, and of an escalation."""


@dataclass(frozen=True, slots=True)
class TestSheet:
    """One procedure applied to one record."""

    __test__ = False  # no test of ours, whatever its name

    id: str
    year: int
    activity: str
    procedure: str
    """``traced``, ``recalculated``, ``rekeyed``, ``read_on_site`` or ``interview``."""
    result: str
    """``agrees``, ``differs`` or ``not_possible``."""
    by: str
    """Id of the person who tested."""
    day: date
    sample: str = ""
    """Id of the sample it belongs to; empty: tested beside the samples."""
    reported: Decimal | None = None
    """Quantity in the record when it was tested, in its unit."""
    found: Decimal | None = None
    """Quantity that the evidence shows, in the same unit."""
    effect: Decimal | None = None
    """Reported minus supported, positive when too much was reported. [t CO2e]"""
    evidence: tuple[str, ...] = ()
    finding: str = ""
    """Id of the finding that came of it."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """What the auditors found and what became of it."""

    id: str
    year: int
    kind: str
    """``misstatement``, ``nonconformity``, ``noncompliance`` or ``recommendation``."""
    title: str
    description: str
    raised: date
    raised_by: str
    """Id of the person."""
    clause: str = ""
    """Of the criteria: standard, plan or permit with its clause."""
    activities: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    sample: str = ""
    """Id of the sample in which it was found; empty: known otherwise, so not projected."""
    effect: Decimal | None = None
    """Reported minus supported, positive when too much was reported. [t CO2e]"""
    projected: bool = False
    """Whether it stands for others of the frame that were not tested."""
    owner: str = ""
    """Id of the person who answers for the plant."""
    due: str = ""
    """Day of the answer, as ISO date."""
    root_cause: str = ""
    correction: str = ""
    """What was done about this case."""
    corrective_action: str = ""
    """What was done so that it does not come again."""
    proof: tuple[str, ...] = ()
    """Ids of kept files that show it."""
    answered_by: str = ""
    status: str = "open"
    """``open``, ``answered``, ``closed`` or ``withdrawn``."""
    treatment: str = ""
    """Of a misstatement when closed: ``corrected``, ``conservative`` or ``uncorrected``."""
    conservative: Decimal | None = None
    """Added to the total in place of a correction, never taken off it. [t CO2e]"""
    closed_by: str = ""
    """Id of the person; never the one who answered."""
    closed: str = ""
    """As ISO date."""
    closing_note: str = ""
    point: str = ""
    """Key of the data point or question of the checklist that asks for the action; empty: none does."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A quantity that emissions are held against: production, revenue, people, area, degree days."""

    id: str
    name: str
    """``production``, ``revenue``, ``headcount``, ``floor_area``, ``heating_degree_days``, ``cooling_degree_days``, or
    a name of the plant's own."""
    unit: str
    start: date
    end: date
    """Last day, included."""
    quantity: Decimal
    evidence: str = ""
    """Number of the document, or id of a kept file."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """How sister plants do, as head office or a publisher states it."""

    id: str
    figure: str
    """``name`` of the key figure it is per, e.g. ``production``."""
    subject: str
    """What is divided by it: ``total``, a scope or an item, e.g. ``scope1``, ``electricity``."""
    unit: str
    """Of the ratio, e.g. ``t/pcs`` or ``kWh/pcs``."""
    low: Decimal
    median: Decimal
    high: Decimal
    plants: int
    """How many plants it rests on."""
    year: int
    publisher: str
    evidence: str = ""
    """Id of the kept file it was read from."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the auditor says about one analytical procedure; its figures follow from the data."""

    id: str
    """``<year>:<procedure>:<subject>``."""
    year: int
    procedure: str
    """``last_year``, ``production``, ``sister_plants``, ``degree_days`` or ``energy_balance``."""
    subject: str
    """Emission source, or empty for the total; with several key figures their name before it: ``production``,
    ``production:Boiler house``, ``production:scope1``."""
    threshold: Decimal
    """Beyond which a difference wants an explanation. [%]"""
    explanation: str = ""
    accepted: bool = False
    """Whether the auditor finds the explanation sufficient."""
    evidence: tuple[str, ...] = ()
    seen: Decimal | None = None
    """Difference that was explained; a later one that is further from it than the threshold is open again. [%]"""


@dataclass(frozen=True, slots=True)
class ReviewAnswer:
    """The independent reviewer's answer to one question of the checklist."""

    id: str
    """``<year>:<question>``."""
    year: int
    question: str
    """A key of the checklist."""
    answer: str
    """``yes``, ``no`` or ``not_applicable``."""
    by: str
    """Id of the person."""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The conclusion of an audit; its id is the year."""

    id: str
    kind: str
    """``unmodified``, ``modified``, ``adverse`` or ``disclaimed``."""
    proposed: str
    """What the state of the ledger proposed when it was decided."""
    basis: str
    """Why, and where it differs from the proposal why it does."""
    by: str
    """Id of the team lead who decided."""
    day: date
    emphasis: str = ""
    """What readers should know though the opinion is not modified for it."""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One line of the inventory management plan (data quality control plan): how one figure comes about."""

    id: str
    source: str
    """Emission source; empty: all sources of the item."""
    item: str
    """Empty: all items of the source."""
    method: str
    """``metered``, ``billed``, ``weighed``, ``calculated`` or ``estimated``."""
    meter: str = ""
    """Id of the meter or its number, where it is metered."""
    frequency: str = "monthly"
    """``daily``, ``monthly``, ``quarterly``, ``yearly`` or ``per_delivery``."""
    accuracy: Decimal | None = None
    """Required of the measurement. [%]"""
    calibration_months: int = 0
    """Longest time between two calibrations; 0: none is required."""
    missing: str = "highest_of_year"
    """Rule for missing values: ``highest_of_year``, ``neighbours_plus_margin``, ``design_capacity``, ``supplier``."""
    records: str = ""
    """Which documents prove it and where they are kept."""
    responsible: str = ""
    """Position, or name."""
    note: str = ""
