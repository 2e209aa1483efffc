"""The command line: the same core as the window, a second face that keeps it honest.

Exit codes: 0 good, 1 the answer is no (an invalid file, findings that forbid, an audit that does not allow it), 2 wrong
usage or input.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import cache

from core.cli.actions import add_commands as add_actions
from core.cli.audit import add_commands as add_audit
from core.cli.certificate import add_commands as add_certificate
from core.cli.closing import add_commands as add_closing
from core.cli.common import BAD_INPUT, NO, use_language
from core.cli.compare import add_commands as add_compare
from core.cli.countersign import add_commands as add_countersign
from core.cli.declare import add_commands as add_declare
from core.cli.demo import add_commands as add_demo
from core.cli.disclosure import add_commands as add_disclosure
from core.cli.factors import add_commands as add_factors
from core.cli.findings import add_commands as add_findings
from core.cli.inventory import add_commands as add_inventory
from core.cli.meter import add_commands as add_meter
from core.cli.minerals import add_commands as add_minerals
from core.cli.office import add_commands as add_office
from core.cli.office_request import add_commands as add_office_request
from core.cli.plant import add_commands as add_plant
from core.cli.products import add_commands as add_products
from core.cli.renewables import add_commands as add_renewables
from core.cli.report import add_commands as add_report
from core.cli.savings import add_commands as add_savings
from core.cli.solar import add_commands as add_solar
from core.cli.suppliers import add_commands as add_suppliers
from core.cli.targets import add_commands as add_targets
from core.errors import RefusedError, UserError
from core.i18n import T

DESCRIPTION = T(
    "Greenhouse gas inventories of plants: from the bills to a signed report that head office recalculates."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    lang, rest = use_language(list(sys.argv[1:] if argv is None else argv))
    arguments = build_parser(lang).parse_args(rest)
    arguments.lang_ui = lang
    try:
        code: int = arguments.run(arguments)
    except UserError as error:
        print(error.text(lang), file=sys.stderr)
        return NO if isinstance(error, RefusedError) else BAD_INPUT
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return code


@cache
def build_parser(lang: str) -> argparse.ArgumentParser:
    """The parser of every command, with help in one language; made once, for it takes longer than most commands."""
    parser = argparse.ArgumentParser(prog="plant-audit", description=DESCRIPTION.in_language(lang))
    parser.add_argument("--ui-lang", choices=("en", "zh"), help=T("Language of messages.").in_language(lang))
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for add in (
        add_plant,
        add_inventory,
        add_findings,
        add_declare,
        add_factors,
        add_compare,
        add_meter,
        add_solar,
        add_savings,
        add_renewables,
        add_targets,
        add_actions,
        add_products,
        add_minerals,
        add_suppliers,
        add_disclosure,
        add_report,
        add_countersign,
        add_audit,
        add_closing,
        add_certificate,
        add_office,
        add_office_request,
        add_demo,
    ):
        add(commands, lang)
    return parser
