"""What ``solar claim`` does: a published sentence about a PV system, taken apart."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from core.cli.common import GOOD, NO, library_of_plant, now, person, print_json, write
from core.cli.energy import period_of
from core.cli.fields import READERS
from core.cli.solar import CLAIMED
from core.errors import UserError
from core.exchange.dates import parse_date
from core.exchange.ids import next_ids
from core.handover.energy import Model, SystemOf, checks_of, stated_model, systems_of
from core.i18n import T
from core.ledger import Change, Claim, Ledger, PvSystem, Step
from core.library import load_library
from core.series.metered import Metered
from core.solar.claims import VERDICTS, ClaimCheck, check_claim, check_to_plain, judge, published_claims
from core.store import PlantFile


def show_claim(arguments: argparse.Namespace) -> int:
    """The claim of the options, the demo's, or those a plant keeps; no, when one is contradicted."""
    if arguments.file is None:
        checks = _alone(arguments)
    elif arguments.demo:
        raise UserError(T("The published claims of the demo belong to no plant file."), T("Leave out the file."))
    else:
        checks = _of_plant(arguments)
    if arguments.json:
        print_json([check_to_plain(check) for check in checks])
    elif not checks:
        write(T("The plant keeps no claims yet; type one in with --power, --yearly and so on.").in_language(
            arguments.lang_ui))  # fmt: skip
    else:
        for check, after in zip(checks, [*checks[1:], None], strict=True):
            _print(check, arguments.lang_ui)
            if after is None or after.assumptions != check.assumptions:
                _print_assumptions(check, arguments.lang_ui)
    return NO if any(check.verdict == "contradicted" for check in checks) else GOOD


def _alone(arguments: argparse.Namespace) -> list[ClaimCheck]:
    """Against what is published alone."""
    if arguments.keep:
        raise UserError(T("A claim is kept in a plant file."), T("Name the file, or leave out --keep."))
    claims = [one.claim for one in published_claims()] if arguments.demo else [_typed(arguments, Ledger(), None)]
    library = load_library()
    return [judge(one, library, others=[other for other in claims if other is not one]) for one in claims]


def _of_plant(arguments: argparse.Namespace) -> list[ClaimCheck]:
    """Against the plant's factors, its other claims, and the model of the claim's system."""
    said = any(getattr(arguments, field) for field in CLAIMED)
    with PlantFile.open(arguments.file, read_only=not arguments.keep) as plant:
        ledger = plant.ledger
        if arguments.keep and not said:
            raise UserError(T("There is no claim to keep."), T("Type it in with --power, --yearly and so on."))
        claim = _typed(arguments, ledger, ledger) if said else None
        claims = (*ledger.held(Claim), *(() if claim is None else (claim,)))
        found = (
            systems_of(Metered(ledger, plant.blob), period_of(ledger, None)) if any(c.system for c in claims) else ()
        )
        models = {one.observed.system.id: stated_model(one) for one in found if isinstance(one, SystemOf)}
        checks = checks_of(claims, ledger.plant, library_of_plant(plant), models)
        if arguments.keep and claim is not None:
            step = Step("claim", claim.id, None, claim)
            plant.append(Change(person(arguments), now(), T("Claim kept: {name}", name=claim.name), (step,)))
    return [check for check in checks if claim is None or check.claim is claim]


def _models(plant: PlantFile, claims: Sequence[Claim]) -> dict[str, Model]:
    """What the systems of the claims give in an average year, by id."""
    if not any(claim.system for claim in claims):
        return {}
    found = systems_of(Metered(plant.ledger, plant.blob), period_of(plant.ledger, None))
    return {one.observed.system.id: stated_model(one) for one in found if isinstance(one, SystemOf)}


def _typed(arguments: argparse.Namespace, ledger: Ledger, home: Ledger | None) -> Claim:
    """The claim of the options; its place is that of the plant where none is said."""
    kinds = {field.name: str(field.type) for field in fields(Claim)}
    typed = {field: getattr(arguments, field) for field in CLAIMED if getattr(arguments, field)}
    values: dict[str, Any] = {field: READERS.get(kinds[field], str.strip)(text) for field, text in typed.items()}
    values["published"] = parse_date(typed["published"]) if "published" in typed else now().date()
    values.setdefault("name", typed.get("text", "") or T("Claim").in_language(arguments.lang_ui))
    values.setdefault("text", "")
    if home is not None and "country" not in values:
        values["country"] = home.plant.country
        values.setdefault("region", home.plant.region)
    claim = Claim(next_ids(ledger, 1, "claim")[0], **values)
    check_claim(claim)
    if claim.system and not isinstance(ledger.get("pv_system", claim.system), PvSystem):
        raise UserError(T("There is no PV system {id}.", id=claim.system), T("Leave out --system, or name another."))
    return claim


def _print(check: ClaimCheck, lang: str) -> None:
    head = T("{name}: {verdict}", name=check.claim.name, verdict=VERDICTS[check.verdict])
    write(head.in_language(lang))
    write(check.summary.in_language(lang))
    for step in check.steps:
        said = T("[{verdict}] {title}: {sentence}", verdict=VERDICTS[step.verdict], title=step.title,
                 sentence=step.sentence)  # fmt: skip
        write(f"  {said.in_language(lang)}")
        if step.question is not None:
            write(f"      → {step.question.in_language(lang)}")
    write("")


def _print_assumptions(check: ClaimCheck, lang: str) -> None:
    """Of this claim, and of those before it that were judged by the same."""
    write(T("Assumptions").in_language(lang))
    for one in check.assumptions:
        said = T("{name}: {value} {unit} ({source})", name=one.name, value=one.value, unit=one.unit, source=one.source)
        if one.unit == "1":
            said = T("{name}: {value} ({source})", name=one.name, value=one.value, source=one.source)
        write(f"  {said.in_language(lang)}")
    write("")
