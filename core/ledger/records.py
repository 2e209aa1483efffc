"""The records of a plant, and all kinds of records. Every field is something an auditor can ask about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from core.ledger.auditing import (
    AuditFinding,
    Benchmark,
    Communication,
    Declaration,
    Engagement,
    Expectation,
    KeyFigure,
    Opinion,
    Person,
    PlanItem,
    ReviewAnswer,
    RiskAssessment,
    Sample,
    TestSheet,
)
from core.ledger.disclosures import Answer, ExternalAudit, MapFile, OwnQuestion, QuestionDecision, Submission
from core.ledger.energy import (
    Claim,
    IntervalData,
    Measure,
    Meter,
    MeterExchange,
    PvArray,
    PvSystem,
    Reading,
    Tariff,
    WeatherFile,
)
from core.ledger.group import (
    Authority,
    Certificate,
    Company,
    Deadline,
    Decision,
    Dispatch,
    Group,
    Site,
    SiteFigure,
    Stake,
    Transfer,
)
from core.ledger.planning import (
    Action,
    ActionArea,
    BasePolicy,
    Commitment,
    Credit,
    Driver,
    EarlierYear,
    Milestone,
    Recalculation,
    Resolution,
    Scenario,
    Target,
)
from core.ledger.products import AllocationKey, Component, Leg, Output, Product
from core.ledger.renewables import Allocation, Instrument, RuleValue, SerialsElsewhere, SupplyOption
from core.ledger.supply import DataRequest, MineralDeclaration, SmelterList, Supplier, Undertaking


@dataclass(frozen=True, slots=True)
class Plant:
    """The site itself; a ledger has exactly one, with the id ``plant``."""

    name: str
    """As it stands on the report."""
    country: str
    """ISO 3166-1 alpha-2, e.g. ``CN``; chooses the default fuel family."""
    region: str = ""
    """ISO 3166-2, e.g. ``CN-HE``; chooses the provincial grid factor. Empty: the country."""
    grid: str = ""
    """Sub-grid named by the factor publisher where ISO regions do not name it, e.g. eGRID ``US-RFCM``."""
    organisation: str = ""
    """Legal entity that operates the plant."""
    address: str = ""
    note: str = ""
    """Also says when figures are invented (demo)."""
    id: str = "plant"
    timezone: str = ""
    """IANA name, e.g. ``Asia/Shanghai``; empty: that of the country where it has only one."""


@dataclass(frozen=True, slots=True)
class Activity:
    """Activity data: one quantity of one thing over one span of days."""

    id: str
    source: str
    """Emission source as the plant calls it, e.g. ``Boiler house``."""
    method: str
    """Key of the method, the name of its file in ``core/methods``."""
    item: str
    """Key of what was used, e.g. ``diesel``."""
    start: date
    end: date
    """Last day, included."""
    quantity: Decimal
    unit: str
    """As on the bill; converted exactly by the method."""
    estimated: bool = False
    evidence: str = ""
    """Bill number or other reference as printed on the proof."""
    note: str = ""
    """For an estimate: reason and method."""
    category: int = 0
    """Scope 3 category, 1 to 15, where the method serves several; 0: the first or only one of the method."""
    parameters: tuple[tuple[str, str], ...] = ()
    """What else the method asks for, by key and in the order of the keys; numbers as plain digits."""


@dataclass(frozen=True, slots=True)
class Audit:
    """The choices under which one period is calculated; its id is the year, ``2024``."""

    id: str
    start: date
    end: date
    """Last day, included."""
    gwp_set: str = "AR6"
    """``AR4``, ``AR5`` or ``AR6``."""
    policy: str = "ghg-protocol"
    """Key of the policy that chooses factors."""
    approach: str = "operational_control"
    """Consolidation: ``operational_control``, ``financial_control`` or ``equity_share``."""
    boundary: str = ""
    """What belongs to the audited site, in words."""
    criteria: str = "GHG Protocol Corporate Standard; ISO 14064-1:2018"
    preparer: str = ""
    revision: int = 0
    """Counts the signed reports of this period."""
    previous: str = ""
    """SHA-256 of the package of the previous revision."""
    base_year: str = ""
    """The year that this one is compared with; empty: none was chosen."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A proof: a file kept as a blob, found by its hash, linked to activity data."""

    id: str
    name: str
    """File name as received."""
    kind: str
    """``bill``, ``meter_photo``, ``contract``, ``certificate`` (of attributes), ``calibration``, ``laboratory``,
    ``minutes``, ``import`` or ``other``."""
    sha256: str
    size: int
    media_type: str = "application/octet-stream"
    activities: tuple[str, ...] = ()
    """Ids of the activity data it proves."""
    valid_to: str = ""
    """Last day on which it holds, e.g. of a calibration or a contract, as ISO date; empty: the file states none."""
    start: str = ""
    """First day of the period it speaks of, as ISO date; empty: not entered."""
    end: str = ""
    """Last day of that period."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OwnFactor:
    """A factor of the plant itself, from a supplier or a laboratory. It wins over every published one."""

    id: str
    name: str
    origin: str
    """``supplier``, ``laboratory`` or ``other``."""
    publisher: str
    """Who states it: the supplier, the laboratory."""
    document: str
    """Number or date of the report."""
    place: str
    """Page or table in it."""
    item: str
    use: str
    """As in the library: ``combustion``, ``ncv``, ``supplier``, ``spend`` ..."""
    unit: str
    """``kg/kWh``, ``GJ/t`` ..."""
    amounts: tuple[tuple[str, str], ...]
    """Gas (``CO2``, ``CH4``, ``N2O``, ``CO2e``) or ``value``, each with its number as plain digits."""
    valid_from: date
    valid_to: date
    """Last day, included."""
    evidence: str
    """Id of the kept file that proves it."""
    uncertainty: Decimal = Decimal(0)
    """Half of the 95 % interval, in %; 0: unknown."""
    general: bool = True
    """For all records of the item; False: only for records that name it in their parameter ``factor``."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactorFile:
    """A factor set brought into the plant: a publisher's workbook, or a signed file from head office."""

    id: str
    """Key of the set."""
    name: str
    """File name as received."""
    sha256: str
    """Of the rows as this program writes them, kept as a blob."""
    size: int
    publisher: str
    edition: str
    origin: str
    """``publisher`` or ``signed``."""
    signer: str = ""
    """Who signed it."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided, with the reason."""

    id: str
    year: int
    about: str
    """``scope3:9``, ``iso:3`` or ``finding:<rule>:<subject>``."""
    verdict: str
    """``relevant``, ``not_relevant``, ``significant``, ``not_significant`` or ``dismissed``."""
    reason: str
    facts: str = ""
    """Hash of what was judged: when that changes, a dismissal no longer holds."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A year that was closed: its factors and numbers stay for ever, until somebody restates it with a reason."""

    id: str
    """The year, like the audit's."""
    sha256: str
    """Of the package, kept as a blob."""
    size: int
    revision: int
    closed: date
    reason: str
    """Why it was closed or restated."""
    previous: str = ""
    """SHA-256 of the package that this one restates."""
    figures: tuple[tuple[str, str], ...] = ()
    """Totals in t CO2e by scope, category, source and gas, so that years compare without opening the package."""


Record: TypeAlias = (
    "Plant | Activity | Audit | Evidence | OwnFactor | FactorFile | Judgement | Closing | Meter | MeterExchange | "
    "Reading | IntervalData | PvSystem | PvArray | WeatherFile | Claim | Measure | Tariff | Person | Engagement | "
    "Declaration | Communication | RiskAssessment | Sample | TestSheet | AuditFinding | KeyFigure | Benchmark | "
    "Expectation | ReviewAnswer | Opinion | PlanItem | "
    "Instrument | Allocation | RuleValue | SerialsElsewhere | SupplyOption | BasePolicy | EarlierYear | "
    "Recalculation | Target | Driver | Scenario | ActionArea | Action | Milestone | Resolution | Credit | Commitment | "
    "Answer | QuestionDecision | OwnQuestion | MapFile | Submission | ExternalAudit | Supplier | Undertaking | "
    "MineralDeclaration | SmelterList | DataRequest | Product | Output | Component | Leg | AllocationKey | "
    "Group | Company | Site | Stake | Transfer | SiteFigure | Deadline | Decision | Authority | Certificate | Dispatch"
)
KINDS: dict[str, type[Record]] = {
    "plant": Plant,
    "activity": Activity,
    "audit": Audit,
    "evidence": Evidence,
    "factor": OwnFactor,
    "factor_file": FactorFile,
    "judgement": Judgement,
    "closing": Closing,
    "meter": Meter,
    "meter_exchange": MeterExchange,
    "reading": Reading,
    "intervals": IntervalData,
    "pv_system": PvSystem,
    "pv_array": PvArray,
    "weather": WeatherFile,
    "claim": Claim,
    "measure": Measure,
    "tariff": Tariff,
    "person": Person,
    "engagement": Engagement,
    "declaration": Declaration,
    "communication": Communication,
    "risk": RiskAssessment,
    "sample": Sample,
    "test": TestSheet,
    "finding": AuditFinding,
    "key_figure": KeyFigure,
    "benchmark": Benchmark,
    "expectation": Expectation,
    "review_answer": ReviewAnswer,
    "opinion": Opinion,
    "plan_item": PlanItem,
    "instrument": Instrument,
    "allocation": Allocation,
    "rule_value": RuleValue,
    "serials_elsewhere": SerialsElsewhere,
    "supply_option": SupplyOption,
    "base_policy": BasePolicy,
    "earlier_year": EarlierYear,
    "recalculation": Recalculation,
    "target": Target,
    "driver": Driver,
    "scenario": Scenario,
    "action_area": ActionArea,
    "action": Action,
    "milestone": Milestone,
    "resolution": Resolution,
    "credit": Credit,
    "commitment": Commitment,
    "answer": Answer,
    "question_decision": QuestionDecision,
    "own_question": OwnQuestion,
    "map_file": MapFile,
    "submission": Submission,
    "external_audit": ExternalAudit,
    "supplier": Supplier,
    "undertaking": Undertaking,
    "mineral_declaration": MineralDeclaration,
    "smelter_list": SmelterList,
    "data_request": DataRequest,
    "product": Product,
    "output": Output,
    "component": Component,
    "leg": Leg,
    "allocation_key": AllocationKey,
}
"""Of a plant's ledger."""
GROUP_KINDS: dict[str, type[Record]] = {
    "group": Group,
    "company": Company,
    "site": Site,
    "stake": Stake,
    "transfer": Transfer,
    "site_figure": SiteFigure,
    "deadline": Deadline,
    "decision": Decision,
    "authority": Authority,
    "certificate": Certificate,
    "dispatch": Dispatch,
    "evidence": Evidence,
    "answer": Answer,
    "question_decision": QuestionDecision,
    "own_question": OwnQuestion,
    "map_file": MapFile,
    "submission": Submission,
    "external_audit": ExternalAudit,
    "supplier": Supplier,
    "undertaking": Undertaking,
    "mineral_declaration": MineralDeclaration,
    "smelter_list": SmelterList,
}
"""Of a group's register."""
ALL_KINDS = {**KINDS, **GROUP_KINDS}
KIND_OF: dict[type, str] = {cls: kind for kind, cls in ALL_KINDS.items()}


def kind_of(record: Record) -> str:
    """The name under which records of this class are filed."""
    return KIND_OF[type(record)]
