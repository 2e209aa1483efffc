"""``findings`` and ``dismiss``: what an auditor must look at, and what somebody decided about it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from core.checks import all_rules, can_be_dismissed, dismissal, review
from core.cli.common import GOOD, NO, Commands, command, library_of_plant, now, person, print_json, write
from core.cli.inventory import SEVERITIES
from core.errors import UserError
from core.i18n import T, verbatim
from core.inventory import choices_of, compile_inventory
from core.inventory.plain import finding_to_plain
from core.ledger import Change, Step
from core.methods import Finding
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the commands."""
    listing = command(commands, "findings", T("List what must be looked at in a year."), run_findings, lang)
    listing.add_argument("file", type=Path, metavar="FILE")
    listing.add_argument("--year", type=int, required=True)
    listing.add_argument("--json", action="store_true")
    dismiss = command(commands, "dismiss", T("Decide with a reason that a finding needs no action."), run_dismiss, lang)
    dismiss.add_argument("file", type=Path, metavar="FILE")
    dismiss.add_argument("--year", type=int, required=True)
    dismiss.add_argument("--rule", required=True)
    dismiss.add_argument("--subject", required=True)
    dismiss.add_argument("--reason", required=True)
    dismiss.add_argument("--person")


def findings_of(plant: PlantFile, year: int) -> tuple[Finding, ...]:
    """Under the choices recorded for the year."""
    choices = choices_of(plant.ledger.audit(year), year)
    return review(compile_inventory(plant.ledger, choices, library_of_plant(plant)))


def run_findings(arguments: argparse.Namespace) -> int:
    """List them, gravest first; the answer is no when an open one forbids signing."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        found = findings_of(plant, arguments.year)
    if arguments.json:
        print_json([_to_plain(finding, arguments.lang_ui) for finding in found])
    else:
        _print(found, arguments.lang_ui)
    return NO if any(f.severity == "error" and not f.dismissed for f in found) else GOOD


def _to_plain(finding: Finding, lang: str) -> dict[str, object]:
    rule = all_rules().get(finding.rule)
    return {
        **finding_to_plain(finding, lang),
        "title": None if rule is None else rule.title.in_language(lang),
        "source": None if rule is None else rule.source,
        "can_be_dismissed": can_be_dismissed(finding),
    }


def _print(found: Sequence[Finding], lang: str) -> None:
    for finding in found:
        said = T("{severity}: {message}", severity=SEVERITIES[finding.severity], message=finding.message)
        write(f"- {said.in_language(lang)}")
        write(f"  {finding.remedy.in_language(lang)}")
        if finding.dismissed:
            reason = verbatim(finding.dismissed)
            write(f"  {T('Dismissed: {reason}', reason=reason).in_language(lang)}")
        write(f"  --rule {finding.rule} --subject {finding.subject}")
    if not found:
        write(T("There are no findings.").in_language(lang))


def run_dismiss(arguments: argparse.Namespace) -> int:
    """Record the decision as one change."""
    with PlantFile.open(arguments.file) as plant:
        wanted = (arguments.rule, arguments.subject)
        found = [f for f in findings_of(plant, arguments.year) if (f.rule, f.subject) == wanted]
        if not found:
            raise UserError(
                T("There is no finding of the rule {rule} about “{subject}”.", rule=wanted[0], subject=wanted[1]),
                T("List the findings with the command “findings”."),
            )
        judged = [dismissal(f, arguments.year, arguments.reason) for f in found]
        steps = tuple(Step("judgement", one.id, plant.ledger.get("judgement", one.id), one) for one in judged)
        why = T("Finding dismissed: {finding}", finding=found[0].message)
        new = tuple(step for step in steps if step.before != step.after)
        if new:
            plant.append(Change(person(arguments), now(), why, new))
    write(why.in_language(arguments.lang_ui))
    return GOOD
