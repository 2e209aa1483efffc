"""``audit risk``: the source map with its risks, and the auditor's decision about one source."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from core.audit.risk import DETECTION, LEVELS, SourceRisk, assessing, risks_of, source_of_setting, taking_back
from core.audit.sources import sources_to_plain
from core.cli.audit._acting import confirm
from core.cli.common import GOOD, Commands, command, inventory_of_plant, library_of_plant, print_json, table, write
from core.errors import UserError
from core.i18n import T, show_number
from core.inventory.judging import Decision
from core.ledger import to_plain
from core.methods import plain
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("Show the emission sources with their risks, or decide about one of them.")
    parser = command(commands, "risk", words, run_risk, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--source", default="", help=T("The source that is decided about.").in_language(lang))
    parser.add_argument("--inherent", choices=tuple(LEVELS))
    parser.add_argument("--control", choices=tuple(LEVELS))
    parser.add_argument("--reason", default="", help=T("Needed where it differs from the proposal.").in_language(lang))
    parser.add_argument("--take-back", action="store_true", help=T("As if nothing had been decided.").in_language(lang))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person")


def run_risk(arguments: argparse.Namespace) -> int:
    """Show, or decide as one change."""
    acts = arguments.take_back or arguments.inherent or arguments.control
    if arguments.source and not acts:
        raise UserError(T("Nothing is decided about {source}.", source=arguments.source),
                        T("Give --inherent and --control, or --take-back."))  # fmt: skip
    with PlantFile.open(arguments.file, read_only=not acts) as plant:
        inventory = inventory_of_plant(plant, arguments.year, library_of_plant(plant))
        if acts:
            confirm(plant, _decided(plant, arguments), arguments, say=not arguments.json)
        risks = risks_of(plant.ledger, inventory, arguments.year, plant.corrections)
    if arguments.json:
        print_json(risks_to_plain(risks, arguments.lang_ui))
    elif not acts:
        _print(risks, arguments.lang_ui)
    return GOOD


def _decided(plant: PlantFile, arguments: argparse.Namespace) -> Decision:
    if not arguments.source:
        raise UserError(T("{option} is missing.", option="--source"), T("Say it on the command line."))
    if arguments.take_back:
        return taking_back(plant.ledger, arguments.year, arguments.source)
    for option in ("inherent", "control"):
        if getattr(arguments, option) is None:
            raise UserError(T("{option} is missing.", option=f"--{option}"), T("Say it on the command line."))
    inventory = inventory_of_plant(plant, arguments.year, library_of_plant(plant))
    said = (arguments.source, arguments.inherent, arguments.control, arguments.reason)
    return assessing(plant.ledger, inventory, arguments.year, *said, plant.corrections)


def risks_to_plain(risks: Sequence[SourceRisk], lang: str) -> dict[str, object]:
    """JSON-ready, with the reasons and where the numbers come from."""
    shares = sources_to_plain(risk.share for risk in risks)
    keys = ("matrix", "weights", "audit_risk", "limits")
    return {
        "sources": [{**share, **_risk(risk, lang)} for share, risk in zip(shares, risks, strict=True)],
        "basis": {key: source_of_setting(key).in_language(lang) for key in keys},
    }


def _risk(risk: SourceRisk, lang: str) -> dict[str, object]:
    reasons = [
        {"rule": hit.rule.key, "of": hit.rule.of, "level": hit.level, "reason": hit.reason.in_language(lang)}
        for hit in risk.proposal.hits
    ]
    return {
        "inherent": risk.inherent,
        "control": risk.control,
        "detection": risk.detection,
        "detection_percent": None if risk.detection_percent is None else plain(round(risk.detection_percent, 6)),
        "confidence_percent": None if risk.confidence is None else plain(risk.confidence),
        "proposed": {
            "inherent": risk.proposal.inherent,
            "control": risk.proposal.control,
            "reasons": reasons,
            "small": "" if risk.proposal.small is None else risk.proposal.small.in_language(lang),
        },
        "decided": None if risk.decided is None else to_plain(risk.decided),
    }


def _print(risks: Sequence[SourceRisk], lang: str) -> None:
    heads = (T("Source"), T("Location-based, t CO₂e"), T("Market-based, t CO₂e"), T("Share, %"), T("Cumulative, %"),
             T("Records"), T("Inherent"), T("Control"), T("Detection"), T("Decided"))  # fmt: skip
    rows = [
        (
            risk.source,
            show_number(risk.share.location, 3),
            show_number(risk.share.market, 3),
            show_number(risk.share.percent, 2),
            show_number(risk.share.cumulative, 2),
            str(risk.share.records),
            LEVELS[risk.inherent].in_language(lang),
            LEVELS[risk.control].in_language(lang),
            DETECTION[risk.detection].in_language(lang),
            (T("by the auditor") if risk.decided else T("proposed")).in_language(lang),
        )
        for risk in risks
    ]
    if not rows:
        write(T("There are no emission sources in this year.").in_language(lang))
        return
    write(table([head.in_language(lang) for head in heads], rows, (1, 2, 3, 4, 5)))
