"""``demo DIR``: three plants, their keys, signed reports and a head office that received them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TypeAlias

from core.checks import dismissal, open_findings, review
from core.cli.common import GOOD, NO, Commands, command, now, use_language, write
from core.cli.demo_audit import Signers, conclude_demo, play, told
from core.cli.demo_office import Keys, head_office
from core.cli.inventory import print_inventory
from core.cli.publishing import published
from core.cli.report import print_receipt
from core.errors import UserError
from core.exchange.demo import YEARS, DemoPlant, demo_files, demo_plants
from core.exchange.demo_audits import audited_year
from core.handover import close_year, forbidding, prepare, produce, receive, recorded, write_safely
from core.i18n import T
from core.inventory import choices_of, compile_inventory
from core.ledger import Change, Step
from core.library import load_library
from core.running.places import places
from core.signing import (
    Identity,
    Trust,
    create_authority,
    create_request,
    issue,
    load_p12,
    load_trust,
    save_certificate,
    save_p12,
)
from core.store import PlantFile

PASSPHRASE = "plant-audit-demo"
"""Of the demo's keys; written beside them, for they protect nothing."""
SHOWN = 2024
"""The year whose report the demo signs: the last one without faults that forbid it."""
_Who: TypeAlias = tuple[str, str, str]
_AUDITOR: _Who = ("Demo Auditor", "auditor@example.org", "auditor")
_MANAGER: _Who = ("Demo Plant Manager", "plant.manager@example.org", "plant-manager")
"""Name, e-mail address and role of who signs; the people of the audits have these addresses."""
_AUTHORITY = "Demo Head Office"
UNDER_WAY, CONCLUDED = "zhangjiakou", "krosno"
"""The plant whose audit is shown at work, and the one whose audit the demo concludes."""


CLOSED, CHOSEN = datetime(2026, 1, 21, 8, 0, tzinfo=UTC), datetime(2026, 1, 21, 8, 30, tzinfo=UTC)
"""When the demo's base year was closed, and when the later years were compared with it."""


@dataclass(frozen=True, slots=True)
class Demo:
    """Where everything of the demo lies."""

    folder: Path

    @property
    def plants(self) -> tuple[Path, ...]:
        """The plant files, the one to show first in front."""
        return tuple(self.folder / f"{file}.plant" for file in demo_files())

    @property
    def authority(self) -> Path:
        return self.folder / "head-office.p12"

    @property
    def trust(self) -> Path:
        """What head office gives out: its certificate."""
        return self.folder / "head-office.pem"

    @property
    def key(self) -> Path:
        """The auditor's key with its certificate."""
        return self.folder / "auditor.p12"

    @property
    def manager_key(self) -> Path:
        """The plant manager's key with its certificate, who countersigns the audit that is concluded."""
        return self.folder / "plant-manager.p12"

    @property
    def passphrase(self) -> Path:
        return self.folder / "passphrase.txt"

    @property
    def group(self) -> Path:
        return self.folder / "head-office.group"

    def report(self, plant: Path, year: int) -> Path:
        return self.folder / f"{plant.stem}-{year}.pdf"


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    demo = command(commands, "demo", T("Build the demo: plants, keys, signed reports, head office."), run_demo, lang)
    demo.add_argument("dir", type=Path, metavar="DIR")


def run_demo(arguments: argparse.Namespace) -> int:
    """Build everything in a folder and show it."""
    return show(arguments.dir, arguments.lang_ui)


def demo_folder() -> Path:
    """Where the demo lies when nobody names a folder: among the user's data of this program."""
    return places().demo


def show_without_display() -> int:
    """What the window would show, in the terminal."""
    lang, _ = use_language([])
    write(T("There is no display: the same work follows in the terminal.").in_language(lang))
    return show(demo_folder(), lang)


def build_plants(folder: Path, when: datetime) -> Demo:
    """Write the demo's plants and keys; what exists already is kept, so nobody loses what they tried out.

    Raises
    ------
    UserError
        when the folder cannot be written.
    """
    demo = Demo(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            T("“{file}” cannot be created: {why}.", file=str(folder), why=error.strerror or ""),
            T("Check the folder, the free space and your rights."),
        ) from error
    for one, path in zip(demo_plants(), demo.plants, strict=True):
        if not path.exists():
            _build_plant(one, path)
    if not demo.key.exists():
        _build_keys(demo, when)
    if not demo.manager_key.exists():  # demos of before there were audits have none
        authority = load_p12(demo.authority, PASSPHRASE)
        _build_key(demo.manager_key, authority, _MANAGER, when)
    return demo


def _build_plant(one: DemoPlant, path: Path) -> None:
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    PlantFile.create(draft, one.plant, one.who, one.created)
    with PlantFile.open(draft) as plant:
        for entry in one.entries:
            plant.append(entry.change, entry.blobs)
        _finish(one, plant)
        if one.file == UNDER_WAY:
            play(one, plant)
    draft.replace(path)


def _finish(one: DemoPlant, plant: PlantFile) -> None:
    """Close the first year as base year, and dismiss what a person found in order."""
    library, base = load_library(), str(YEARS[0])
    closing, package = close_year(
        plant.ledger,
        YEARS[0],
        library,
        reason="基准年 / Base year",
        who=one.who,
        when=CLOSED,
        journal=(plant.head, plant.entries),
        sound=plant.health.sound,
    )
    plant.append(closing, (package,))
    later = [audit for year in YEARS[1:] if (audit := plant.ledger.audit(year)) is not None]
    steps = tuple(Step("audit", audit.id, audit, replace(audit, base_year=base)) for audit in later)
    plant.append(Change(one.who, CHOSEN, T("{year} chosen as base year", year=base), steps))
    for known in one.dismissals:
        choices = choices_of(plant.ledger.audit(known.year), known.year)
        found = review(compile_inventory(plant.ledger, choices, library))
        for finding in (f for f in found if f.rule == known.rule):
            judged = dismissal(finding, known.year, known.reason)
            why = T("Finding dismissed: {finding}", finding=finding.message)
            plant.append(Change(one.who, CHOSEN, why, (Step("judgement", judged.id, None, judged),)))


def _build_keys(demo: Demo, when: datetime) -> None:
    """All of them anew, the auditor's last: while it is missing, none is finished."""
    authority = create_authority(_AUTHORITY, "Demo Group", when)
    write_safely(demo.passphrase, f"{PASSPHRASE}\n".encode())
    for path in (demo.authority, demo.trust, demo.key, demo.manager_key):
        path.unlink(missing_ok=True)
    save_p12(demo.authority, authority, PASSPHRASE)
    save_certificate(demo.trust, authority.certificate)
    for path, who in ((demo.manager_key, _MANAGER), (demo.key, _AUDITOR)):
        _build_key(path, authority, who, when)


def _build_key(path: Path, authority: Identity, who: _Who, when: datetime) -> None:
    name, email, role = who
    key, request = create_request(name, email, "Demo Group", role)
    sites = tuple(one.plant.name for one in demo_plants())
    certificate = issue(authority, request, role=role, sites=sites, when=when)
    save_p12(path, Identity(certificate, key), PASSPHRASE)


def sign_report(
    demo: Demo, path: Path, year: int, when: datetime, lang: str = "both", identity: Identity | None = None
) -> Path | None:
    """Sign a plant's report of a year, with the auditor's key if none is given; None when findings forbid it."""
    identity = identity or load_p12(demo.key, PASSPHRASE, when)
    with PlantFile.open(path) as plant:
        closing = plant.ledger.closing(year)
        draft = prepare(
            plant.ledger,
            year,
            load_library(),
            language=lang,
            issued_by=identity.name,
            when=when,
            journal=(plant.head, plant.entries),
            sound=plant.health.sound,
            closed=None if closing is None else plant.blob(closing.sha256),
            blob=plant.blob,
        )
        if forbidding(draft.findings):
            return None
        out = demo.report(path, year)
        published(plant, produce(draft, identity), out, recorded(plant.ledger, draft, identity.name, when))
    return out


def show(folder: Path, lang: str) -> int:
    """The whole path in the terminal: build, inventory, sign, verify, head office, where the files are."""
    when = now()
    demo = build_plants(folder, when)
    library, trust = load_library(), load_trust(demo.trust)
    first = demo.plants[0]
    with PlantFile.open(first, read_only=True) as plant:
        inventory = compile_inventory(plant.ledger, choices_of(plant.ledger.audit(SHOWN), SHOWN), library)
        findings = open_findings(review(inventory))
        print_inventory(inventory, tuple(f for f in findings if f.severity != "info"), lang)
    notes = sum(f.severity == "info" for f in findings)
    write(T("{count} notes more: see the findings of {file}.", count=notes, file=first.name).in_language(lang))
    write("")
    reports, refused = _signed(demo, trust, when)
    if refused:
        names = [T("{plant} {year}", plant=path.stem, year=year).in_language(lang) for path, year in refused]
        write(T("Errors forbid signing: {reports}", reports=", ".join(names)).in_language(lang))
    receipt = receive(demo.report(first, SHOWN).read_bytes(), trust, library, now())
    print_receipt(receipt, lang)
    _tell_audits(demo, lang)
    accepted = head_office(demo.group, reports, Keys(demo.authority, (demo.key, demo.manager_key), PASSPHRASE), lang)
    write("")
    write(T("Files in {folder}:", folder=str(folder.resolve())).in_language(lang))
    for path in sorted(folder.iterdir()):
        write(f"  {path.name}")
    return GOOD if receipt.valid and accepted else NO


def _signed(demo: Demo, trust: Trust, when: datetime) -> tuple[list[Path], list[tuple[Path, int]]]:
    """The reports of all plants and years, and those that errors forbid; what is signed already stays."""
    reports, refused = [], []

    @cache
    def signers() -> Signers:
        lead, manager = (load_p12(key, PASSPHRASE, when) for key in (demo.key, demo.manager_key))
        return Signers(lead, manager, trust)

    for one, path in zip(demo_plants(), demo.plants, strict=True):
        for year in YEARS:
            report = demo.report(path, year)
            if report.exists() or _sign(demo, one, year, signers, when) is not None:
                reports.append(report)
            else:
                refused.append((path, year))
    return reports, refused


def _sign(demo: Demo, one: DemoPlant, year: int, signers: Callable[[], Signers], when: datetime) -> Path | None:
    """Sign a report; that of the audit which the demo concludes takes the whole audit and two signatures."""
    path = demo.folder / f"{one.file}.plant"
    if one.file != CONCLUDED or year != audited_year(one.file):
        return sign_report(demo, path, year, when, identity=signers().lead)
    return conclude_demo(one, path, demo.report(path, year), signers(), when)


def _tell_audits(demo: Demo, lang: str) -> None:
    for one, path in zip(demo_plants(), demo.plants, strict=True):
        year = audited_year(one.file)
        with PlantFile.open(path, read_only=True) as plant:
            if year is not None and plant.ledger.engagement(year) is not None:
                write(told(one.file, plant, year).in_language(lang))
