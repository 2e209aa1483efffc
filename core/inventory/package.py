"""The package: everything a report says and everything needed to calculate it again, as one canonical JSON value.

A report is rendered from a package alone, and head office recompiles a package alone; so nothing can be shown to people
that does not follow from the data.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from core.errors import UserError
from core.i18n import T
from core.inventory.asking import asked_items
from core.inventory.assurance import NOTHING_STATED, Assurance, assurance_from_plain, assurance_to_plain
from core.inventory.audited import audited
from core.inventory.carried import carried
from core.inventory.caused import Caused, caused_from_plain, caused_to_plain
from core.inventory.compile import Choices, Inventory, compile_inventory
from core.inventory.energy import Energy, energy_from_plain
from core.inventory.energy.reading import sentence
from core.inventory.frozen import library_from_plain, library_to_plain, relevant, text
from core.inventory.period import Period
from core.inventory.plain import inventory_to_plain
from core.inventory.uncertainty.result import Uncertainty, uncertainty_of
from core.inventory.uncertainty.stated import StatedDraws, draws_from_plain, draws_to_plain, formula_to_plain
from core.ledger import Audit, Correction, Engagement, Ledger, canonical, folded, sha256_of
from core.ledger.canonical import parse
from core.ledger.journal import text_to_plain
from core.library import Library, load_library
from core.methods import SEVERITIES, Finding

NAME = "plant-carbon-audit"
VERSION = (1, 3)
"""Major: another meaning. Minor: only additions, which older readers keep and ignore; 1.1 added ``uncertainty``,
``monte_carlo`` and ``comparisons``, 1.2 ``energy``, 1.3 ``assurance`` and the records of the audit."""
ATTACHMENT = "audit.json"
"""Name of the package inside the PDF."""
LARGEST = 64 * 1024 * 1024
"""No package is read beyond this size. [bytes]"""
LONGEST = 3660
"""No audit covers more. [d]"""
LONGEST_SENTENCE = 1_000_000
"""Of a finding, which may list thousands of records, with everything put in. [letters]"""


@dataclass(frozen=True, slots=True)
class Issue:
    """Who issues a report, when and how; an argument, so that rendering never looks at a clock."""

    issued: datetime
    """In UTC."""
    issued_by: str
    language: str
    """``zh``, ``en`` or ``both``."""
    renderer: str
    """Version of the renderer, for the rebuild check."""
    journal_head: str
    journal_entries: int
    required_signatures: tuple[str, ...] = ("Auditor",)


@dataclass(frozen=True)
class Package:
    """A package that was read: strict, canonical, not yet believed."""

    plain: Mapping[str, object]
    """The whole JSON value, unknown fields of later minor versions included."""
    issue: Issue
    ledger: Ledger
    library: Library
    choices: Choices
    audit: Audit
    findings: tuple[Finding, ...]
    """As the plant stated them."""
    draws: StatedDraws | None = None
    """The Monte Carlo as the plant drew it; None when it states none."""
    comparisons: tuple[Caused, ...] = ()
    """Differences from earlier closed inventories by cause, as the plant took them apart."""
    energy: Energy | None = None
    """What the plant states of its meters, PV systems, claims and savings; None when it states nothing of it."""
    assurance: Assurance = NOTHING_STATED
    """What was corrected because of audit findings."""

    def inventory(self) -> Inventory:
        """Calculate everything again from the ledger and the factors inside; once, for it depends on nothing else."""
        return self._inventory

    @cached_property
    def _inventory(self) -> Inventory:
        return compile_inventory(self.ledger, self.choices, self.library)

    @cached_property
    def uncertainty(self) -> Uncertainty:
        """By formula, calculated again; nothing is drawn again."""
        return uncertainty_of(self._inventory, draws=0)

    @cached_property
    def bytes(self) -> bytes:
        """The canonical bytes."""
        return canonical(self.plain)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.bytes).hexdigest()


def build(
    ledger: Ledger,
    audit: Audit,
    findings: Iterable[Finding],
    library: Library,
    issue: Issue,
    *,
    draws: int = 0,
    comparisons: Iterable[Caused] = (),
    energy: Mapping[str, object] | None = None,
    corrections: Iterable[Correction] = (),
) -> dict[str, object]:
    """The package of an audit.

    Parameters
    ----------
    ledger
        everything the plant knows; only the audited part travels.
    audit
        the choices of the period.
    findings
        of the calculation and of the review rules.
    library
        the plant's library; what could answer the same questions travels along.
    issue
        who, when, language, renderer, journal head.
    draws
        of the Monte Carlo, which is drawn here and never again; 0: none.
    comparisons
        with earlier closed inventories.
    energy
        what is stated of meters, PV systems, claims and savings; None: nothing.
    corrections
        what was changed because of audit findings, as the journal tells it.
    """
    choices = Choices(Period(audit.start, audit.end), audit.gwp_set, audit.policy)
    part = audited(ledger, choices.period, audit)
    inventory = compile_inventory(part, choices, library)
    stated = tuple(findings)
    uncertainty = uncertainty_of(inventory, draws=draws)
    return {
        "schema": {"name": NAME, "version": "{}.{}".format(*VERSION), "min_reader": f"{VERSION[0]}.0"},
        "issue": {
            "issued": issue.issued.isoformat(),
            "issued_by": issue.issued_by,
            "language": issue.language,
            "renderer": issue.renderer,
            "required_signatures": list(issue.required_signatures),
        },
        "journal": {"head": issue.journal_head, "entries": issue.journal_entries},
        "ledger": part.to_plain(),
        "ledger_sha256": sha256_of(part.to_plain()),
        "library": library_to_plain(relevant(library, inventory, asked_items(part))),
        **derived(part, audit, inventory, stated, uncertainty),
        "monte_carlo": draws_to_plain(uncertainty),
        "comparisons": [caused_to_plain(one) for one in comparisons],
        **({} if energy is None else {"energy": dict(energy)}),
        **_assured(corrections, part),
    }


def _assured(corrections: Iterable[Correction], part: Ledger) -> dict[str, object]:
    """Of an audited year, and only what concerns a finding that travels along."""
    if not part.held(Engagement):
        return {}
    known = (c for c in folded(corrections, part) if part.get("finding", c.finding) is not None)
    return {"assurance": assurance_to_plain(known)}


def derived(
    part: Ledger, audit: Audit, inventory: Inventory, findings: Iterable[Finding], uncertainty: Uncertainty
) -> dict[str, object]:
    """Everything in a package that follows from its ledger and library: what a reader calculates again and compares."""
    stated = tuple(findings)
    return {
        "audit": {"id": audit_id(part), "revision": audit.revision, "previous": audit.previous},
        "inventory": inventory_to_plain(inventory, stated),
        "findings": [_finding_to_plain(f) for f in stated],
        "uncertainty": formula_to_plain(uncertainty),
        "manifest": _manifest(part),
    }


def _manifest(part: Ledger) -> dict[str, object]:
    """Every proof by its hash; of an audited year also under which name it travels along, empty where it does not."""
    names, audited_year = carried(part), bool(part.held(Engagement))
    return {
        e.id: {
            "name": e.name,
            "sha256": e.sha256,
            "size": e.size,
            **({"file": names.get(e.id, "")} if audited_year else {}),
        }
        for e in part.evidence
    }


def audit_id(ledger: Ledger) -> str:
    """Names the audited site and period: the same for every revision of one audit."""
    plant = ledger.plant
    year = next(iter(ledger.records["audit"]))
    return sha256_of(
        {"plant": plant.name, "country": plant.country, "organisation": plant.organisation, "audit": year}
    )[:32]


def read(data: bytes) -> Package:
    """Read a package from untrusted bytes.

    Raises
    ------
    UserError
        when it is too large, not canonical, of another schema or has fields of the wrong form.
    """
    if len(data) > LARGEST:
        raise UserError(
            T("The data inside the report are larger than {limit} MB.", limit=LARGEST // 2**20),
            T("Do not use this file. Ask for it again."),
        )
    value = parse(data)
    if not isinstance(value, dict):
        raise UserError(
            T("The data inside the report are not an audit package."),
            T("Do not use this file. Ask for it again, as the program wrote it."),
        )
    _check_schema(value)
    try:
        package = _read(value)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, StopIteration) as error:
        raise UserError(
            T("The data inside the report have an unexpected form: {why}", why=repr(error)[:160]),
            T("Do not use this file. Ask for it again, as the program wrote it."),
        ) from error
    vars(package)["bytes"] = data  # known to be canonical now, and writing them again takes a while
    return package


def _check_schema(value: Mapping[str, object]) -> None:
    schema = value.get("schema")
    if not isinstance(schema, dict) or schema.get("name") != NAME:
        raise UserError(
            T("The data inside the report are not an audit package."),
            T("Do not use this file. Ask for it again, as the program wrote it."),
        )
    needed = re.fullmatch(r"([0-9]{1,4})\.[0-9]{1,4}", str(schema.get("min_reader", "")))
    if needed is None or int(needed[1]) > VERSION[0]:
        raise UserError(
            T("The package needs a reader of version {version}.", version=str(schema.get("min_reader", ""))[:20]),
            T("Install the current program."),
        )


def _read(value: dict[str, object]) -> Package:
    issue, journal, kept = (_object(value[key]) for key in ("issue", "journal", "ledger"))
    ledger = Ledger.from_plain(kept)
    if value["ledger_sha256"] != sha256_of(kept):
        raise UserError(
            T("The ledger inside the report does not match its own hash."),
            T("Do not use this file. Ask for it again, as the program wrote it."),
        )
    (audit,) = ledger.records["audit"].values()
    if not isinstance(audit, Audit) or not isinstance(value["findings"], list):
        raise TypeError("audit and findings")
    _check_period(audit)
    if list(ledger.records["plant"]) != ["plant"]:
        raise UserError(
            T("The ledger inside the report does not describe exactly one plant."),
            T("Do not use this file. Ask for it again, as the program wrote it."),
        )
    return Package(
        plain=value,
        issue=Issue(
            issued=datetime.fromisoformat(issue["issued"]),
            issued_by=text(issue["issued_by"]),
            language=text(issue["language"]),
            renderer=text(issue["renderer"]),
            journal_head=text(journal["head"]),
            journal_entries=int(journal["entries"]),
            required_signatures=tuple(text(s) for s in issue["required_signatures"]),
        ),
        ledger=ledger,
        library=library_from_plain(value["library"], load_library().units),
        choices=Choices(Period(audit.start, audit.end), audit.gwp_set, audit.policy),
        audit=audit,
        findings=tuple(_finding_from_plain(f) for f in value["findings"]),
        draws=draws_from_plain(value.get("monte_carlo")),
        comparisons=caused_from_plain(value.get("comparisons", [])),
        energy=energy_from_plain(value.get("energy")),
        assurance=assurance_from_plain(value.get("assurance")),
    )


def _check_period(audit: Audit) -> None:
    """A span that a person could mean; views of ten thousand years would take for ever."""
    if not 0 <= (audit.end - audit.start).days <= LONGEST:
        raise UserError(
            T("The period from {start} to {end} is no audit period.", start=audit.start, end=audit.end),
            T("Do not use this file. Ask for it again, as the program wrote it."),
        )


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("object")
    return value


def _finding_to_plain(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "subject": finding.subject,
        "message": text_to_plain(finding.message),
        "remedy": text_to_plain(finding.remedy),
        "dismissed": finding.dismissed,
    }


def _finding_from_plain(value: Mapping[str, object]) -> Finding:
    if value["severity"] not in SEVERITIES:
        raise ValueError("severity")
    return Finding(
        text(value["rule"]),
        text(value["severity"]),
        text(value["subject"]),
        sentence(value["message"], LONGEST_SENTENCE),
        sentence(value["remedy"], LONGEST_SENTENCE),
        text(value.get("dismissed", "")),
    )
