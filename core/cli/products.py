"""``product``: footprints of what the plant makes, for reading and for customers; records of products."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import Commands, command
from core.cli.entering import add_record_commands
from core.i18n import T, Text

RECORDS = {
    "product": "product",
    "output": "output",
    "component": "component",
    "leg": "leg",
    "key": "allocation_key",
}
"""Kind of record by the name of its command."""
FORMATS = ("pact", "catena-x", "xlsx")
VIEWS, ELECTRICITY = ("market", "location"), ("inventory", "footprint")
"""As :data:`core.products.VIEWS` and :data:`core.products.ELECTRICITY`, which take longer to load."""


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command with everything below it."""
    said = T("Footprints of products: list, footprint, export; their records.").in_language(lang)
    below = commands.add_parser("product", help=said, description=said).add_subparsers(metavar="COMMAND", required=True)
    listed = _part(below, "list", T("Products with what was made of them and their footprint. Exit code 1 when "
                                    "something stands in the way of one."), lang)  # fmt: skip
    listed.add_argument("--json", action="store_true")
    one = _part(below, "footprint", T("What a footprint is made of, and how sources were shared. Exit code 1 when "
                                      "something stands in its way."), lang)  # fmt: skip
    _products(one, lang)
    one.add_argument("--json", action="store_true")
    _add_export(below, lang)
    add_record_commands(below, RECORDS, lang)


def _part(below: Commands, name: str, words: Text, lang: str) -> argparse.ArgumentParser:
    parser = command(below, name, words, run_products, lang)
    parser.set_defaults(shows=name)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, help=T("The last one with data when not given.").in_language(lang))
    parser.add_argument("--view", choices=VIEWS, default=VIEWS[0],
                        help=T("Which figure of scope 2 is shared.").in_language(lang))  # fmt: skip
    parser.add_argument(
        "--electricity", choices=ELECTRICITY, default=ELECTRICITY[0],
        help=T("Bought electricity as the inventory counts it, or with the published factor of its life cycle (China)."
               ).in_language(lang),
    )  # fmt: skip
    return parser


def _products(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("--product", action="append", default=[], metavar="NAME",
                        help=T("Name or id; may be repeated. All of them when not given.").in_language(lang),
                        )  # fmt: skip


def _add_export(below: Commands, lang: str) -> None:
    words = T("Footprints for customers: PACT 3.0, Catena-X Pcf 9.0.0, or a workbook.")
    parser = _part(below, "export", words, lang)
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--format", choices=FORMATS,
                        help=T("When not given, xlsx for a workbook and else pact.").in_language(lang))  # fmt: skip
    _products(parser, lang)
    parser.add_argument("--json", action="store_true")
    declared = parser.add_argument_group(T("What the company declares").in_language(lang))
    for name, meta, words in DECLARED:
        declared.add_argument(f"--{name}", metavar=meta, help=words.in_language(lang))
    for name, meta, words in SEVERAL:
        declared.add_argument(f"--{name}", metavar=meta, action="append", default=[], help=words.in_language(lang))


DECLARED = (
    ("domain", "example.com", T("Domain of the company, for product numbers that are no URN.")),
    ("exempted", "NUMBER", T("Share of the emissions that was left out, in %.")),
    ("exempted-why", "TEXT", T("What was left out, and why.")),
    ("packaging", "yes|no", T("Whether the bill of materials contains the packaging.")),
    ("comment", "TEXT", T("For whoever reads the footprint.")),
    ("legal", "TEXT", T("Catena-X: under which conditions it is given away.")),
    ("technological", "1..5", T("Data quality rating of the technology, 1 is best.")),
    ("temporal", "1..5", T("Data quality rating of the time.")),
    ("geographical", "1..5", T("Data quality rating of the place.")),
    ("valid-until", "DATE", T("Catena-X: last day on which the footprint is valid.")),
    ("incineration", "WORDS", T("Catena-X: how burning waste is shared, e.g. polluter pays principle.")),
)
SEVERAL = (
    ("company-id", "URN", T("URN of the company, for Catena-X with its BPNL; may be repeated.")),
    ("standard", "KEY", T("Standard by which was calculated, e.g. GHGP-Product or PACT-3.0; may be repeated.")),
    ("rule", "TEXT", T("Rule of the product or sector that was followed; may be repeated.")),
)


# What a command needs is loaded when it runs.


def run_products(arguments: argparse.Namespace) -> int:
    """Exit code 1 when something stands in the way of a footprint that is asked for."""
    from core.cli.product_views import show

    return show(arguments)
