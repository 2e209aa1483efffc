"""The audits of the demo in its files: played through the gate of the plant file, and one of them to its end.

The conclusion takes the keys of the demo: the team lead signs with the auditor's, the plant manager with their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.audit.progress import progress_of
from core.audit.statement import OPINIONS
from core.audit.states import IN_REVIEW, title_of
from core.cli.common import inventory_of_plant, library_of_plant
from core.cli.publishing import published
from core.errors import UserError
from core.exchange.demo import DemoPlant
from core.exchange.demo_audits import audit_of, audited_year, name_in
from core.handover import conclude, concluded, countersign, countersigned, produce
from core.i18n import T, Text
from core.ledger import Opinion
from core.library import load_library
from core.signing import Identity, Trust
from core.store import PlantFile

LEAD, MANAGER = "chen", "piotr"
"""Who signs the audit that is concluded, by their keys in the file of the acts."""


@dataclass(frozen=True, slots=True)
class Signers:
    """With what the concluded audit is signed, and what head office will check it with."""

    lead: Identity
    manager: Identity
    trust: Trust


def play(one: DemoPlant, plant: PlantFile) -> None:
    """Everything that was done in the audit of a plant, through the gate; nothing for one that nobody audits.

    Raises
    ------
    UserError
        when somebody changed the plant so that an act does not fit any more; nothing was done then.
    """
    try:
        entries = audit_of(one, plant.ledger, load_library())
    except LookupError as error:
        raise UserError(
            T("The audit of the demo does not fit this file: {what}.", what=str(error)),
            T("Write the demo anew into an empty folder."),
        ) from error
    for entry in entries:
        plant.append(entry.change, entry.blobs)


def conclude_demo(one: DemoPlant, path: Path, out: Path, signers: Signers, when: datetime) -> Path | None:
    """Play an audit to its end: concluded and signed by the team lead, countersigned by the plant manager.

    Parameters
    ----------
    one, path
        the plant and its file.
    out
        where the report goes.
    signers, when
        the keys, and the moment of both signatures.

    Returns
    -------
    Path or None
        the report; None when somebody changed the plant so that its audit cannot be concluded any more.
    """
    year = audited_year(one.file)
    assert year is not None
    try:
        with PlantFile.open(path) as plant:
            if plant.ledger.engagement(year) is None:
                play(one, plant)
            engagement = plant.ledger.engagement(year)
            if engagement is None or engagement.state != IN_REVIEW:
                return None
            _sign(one, plant, year, out, signers, when)
    except UserError:
        return None
    return out


def _sign(one: DemoPlant, plant: PlantFile, year: int, out: Path, signers: Signers, when: datetime) -> None:
    library, lead, manager = load_library(), name_in(one.file, LEAD), name_in(one.file, MANAGER)
    made = conclude(
        plant.ledger,
        year,
        library,
        language="both",
        who=lead,
        when=when,
        journal=(plant.head, plant.entries),
        sound=plant.health.sound,
        blob=plant.blob,
        corrections=plant.corrections,
    )
    pdf = produce(made.draft, signers.lead)
    change = concluded(plant.ledger, made, lead, when, signers.lead.certificate)
    both = countersign(pdf, signers.manager, signers.trust, library, when)
    published(plant, both.pdf, out, change, (made.package,))
    assert both.receipt.package is not None  # else it had not been countersigned
    bound = countersigned(plant.ledger, both.receipt.package, signers.manager, manager, when)
    if bound is not None:
        plant.append(bound)


def told(name: str, plant: PlantFile, year: int) -> Text:
    """How far an audit is, in a sentence or two."""
    engagement = plant.ledger.engagement(year)
    assert engagement is not None
    inventory = inventory_of_plant(plant, year, library_of_plant(plant))
    counted = progress_of(plant.ledger, inventory, year)
    said = T(
        "Audit of {plant} {year}: {state}. Test sheets: {tests}; findings: {findings}, open: {open}.",
        plant=name,
        year=str(year),
        state=title_of(engagement.state),
        tests=counted.tests,
        findings=counted.findings,
        open=counted.open,
    )
    opinion = plant.ledger.get("opinion", str(year))
    return T("{what} {opinion}.", what=said, opinion=OPINIONS[opinion.kind]) if isinstance(opinion, Opinion) else said
