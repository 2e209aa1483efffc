"""``meter``: the meters of a plant, what they counted, and what may be made of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from core.cli.because import add_because
from core.cli.common import BAD_INPUT, Commands, command
from core.i18n import T, Text

METHODS = ("linear", "same-time", "total")
"""Ways to fill a gap."""
DESCRIBED = (
    "name", "medium", "direction", "unit", "serial", "multiplier", "digits", "accuracy", "location", "parent", "source",
    "item", "lowest", "highest", "note",
)  # fmt: skip
"""Options of a meter that are fields of its record as they stand."""
PARTS = "list|add|exchange|read|import|profile|check|activities|estimate|export"


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command and its parts."""
    about = T("Meters: describe them, read files of them, look at what they counted.")
    parts = command(commands, "meter", about, _none, lang).add_subparsers(metavar=PARTS, required=True)
    _add_list(parts, lang)
    _add_add(parts, lang)
    _add_exchange(parts, lang)
    _add_read(parts, lang)
    _add_import(parts, lang)
    _add_profile(parts, lang)
    _add_check(parts, lang)
    _add_activities(parts, lang)
    _add_estimate(parts, lang)
    _add_export(parts, lang)


def _part(parts: Commands, name: str, summary: Text, lang: str) -> argparse.ArgumentParser:
    made = command(parts, name, summary, _work(name), lang)
    made.add_argument("file", type=Path, metavar="FILE")
    return made


def _work(name: str) -> Callable[[argparse.Namespace], int]:
    """What does it, from modules that no other command needs."""

    def run(arguments: argparse.Namespace) -> int:
        from core.cli import meter_import, meter_profile, meter_values, meters

        work: dict[str, Callable[[argparse.Namespace], int]] = {
            "list": meters.show,
            "add": meters.add,
            "exchange": meters.exchange,
            "read": meters.read,
            "import": meter_import.run,
            "profile": meter_profile.show,
            "check": meter_values.check,
            "activities": meter_values.activities,
            "estimate": meter_values.estimate,
            "export": meter_values.export,
        }
        return work[name](arguments)

    return run


def _none(_arguments: argparse.Namespace) -> int:
    return BAD_INPUT  # argparse asks for a part first


def _meter(part: argparse.ArgumentParser, lang: str, *, required: bool = True) -> None:
    words = T("Id of the meter, or its serial number or name.").in_language(lang)
    part.add_argument("--meter", required=required, default="", metavar="ID", help=words)


def _changes(part: argparse.ArgumentParser, lang: str, *, dry: bool = True) -> None:
    if dry:
        part.add_argument("--dry-run", action="store_true", help=T("Check only, change nothing.").in_language(lang))
    part.add_argument("--json", action="store_true")
    part.add_argument("--person")
    add_because(part, lang)


def _year(part: argparse.ArgumentParser, lang: str) -> None:
    part.add_argument("--year", type=int, help=T("The last one audited when not given.").in_language(lang))


def _days(part: argparse.ArgumentParser, lang: str, *, required: bool = False) -> None:
    part.add_argument("--from", dest="first", required=required, metavar="DATE", help=T("First day.").in_language(lang))
    part.add_argument(
        "--to", dest="last", required=required, metavar="DATE", help=T("Last day, included.").in_language(lang)
    )


def _add_list(parts: Commands, lang: str) -> None:
    part = _part(parts, "list", T("Every meter with what it counted in a year."), lang)
    _year(part, lang)
    part.add_argument("--json", action="store_true")


def _add_add(parts: Commands, lang: str) -> None:
    part = _part(parts, "add", T("Describe a meter, or correct its description."), lang)
    _meter(part, lang, required=False)
    looks = {
        "medium": "electricity|heat|natural_gas|…", "direction": "import|export|generation|consumption|sensor",
        "unit": "kWh|MWh|m3|…", "parent": "ID",
    }  # fmt: skip
    for name in DESCRIBED:
        part.add_argument(f"--{name}", metavar=looks.get(name))
    words = T("Last day on which the calibration holds.").in_language(lang)
    part.add_argument("--calibrated-to", metavar="DATE", help=words)
    _changes(part, lang)


def _add_exchange(parts: Commands, lang: str) -> None:
    part = _part(parts, "exchange", T("Another meter was put in the place of one."), lang)
    _meter(part, lang)
    words = T("From the beginning of this day on the new one counts.").in_language(lang)
    part.add_argument("--day", required=True, metavar="DATE", help=words)
    part.add_argument("--last", required=True, help=T("Last state of the old counter").in_language(lang))
    part.add_argument("--first", required=True, help=T("First state of the new counter").in_language(lang))
    words = T("Of the new one; as that of the old one when not given.").in_language(lang)
    part.add_argument("--multiplier", help=words)
    part.add_argument("--digits", help=words)
    part.add_argument("--serial")
    part.add_argument("--note")
    _changes(part, lang)


def _add_read(parts: Commands, lang: str) -> None:
    part = _part(parts, "read", T("What a meter showed or counted over some days."), lang)
    _meter(part, lang)
    words = T("First day; not of the state of a counter.").in_language(lang)
    part.add_argument("--start", metavar="DATE", help=words)
    part.add_argument("--end", required=True, metavar="DATE", help=T("Last day, included.").in_language(lang))
    part.add_argument("--value", required=True)
    words = T("The value is the state of the counter at the end of the day.").in_language(lang)
    part.add_argument("--counter", action="store_true", help=words)
    words = T("The value is an estimate; its reason is the note.").in_language(lang)
    part.add_argument("--estimated", action="store_true", help=words)
    part.add_argument("--evidence", help=T("Number of the bill or other reference.").in_language(lang))
    part.add_argument("--note")
    _changes(part, lang)


def _add_import(parts: Commands, lang: str) -> None:
    part = _part(parts, "import", T("Take up the file of an inverter, a logger or a utility; all or nothing."), lang)
    part.add_argument("data", type=Path, metavar="DATA.csv|xlsx|xml")
    words = T("The meter of the only column.").in_language(lang)
    part.add_argument("--to", default="", metavar="ID", help=words)
    words = T("The meter of a column, once for each; without an id it is left out.").in_language(lang)
    part.add_argument("--column", action="append", default=[], metavar="NAME=ID", help=words)
    words = T("Make a new meter for each column that belongs to none.").in_language(lang)
    part.add_argument("--new", action="store_true", help=words)
    words = T("How the file is to be read, once for each; “meter import” asks what it must know.").in_language(lang)
    part.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help=words)
    words = T("Values that differ take the place of those that are there.").in_language(lang)
    part.add_argument("--overwrite", action="store_true", help=words)
    words = T("Import the others where some values are refused.").in_language(lang)
    part.add_argument("--without-refused", action="store_true", help=words)
    _changes(part, lang)


def _add_profile(parts: Commands, lang: str) -> None:
    part = _part(parts, "profile", T("When and how much a meter counts: by time of day, base load, peak."), lang)
    _meter(part, lang)
    _year(part, lang)
    _days(part, lang)
    part.add_argument("--json", action="store_true")


def _add_check(parts: Commands, lang: str) -> None:
    part = _part(parts, "check", T("What cannot be right in the values of the meters."), lang)
    _meter(part, lang, required=False)
    _year(part, lang)
    part.add_argument("--json", action="store_true")


def _add_activities(parts: Commands, lang: str) -> None:
    part = _part(parts, "activities", T("Enter the whole months of a meter as activity data."), lang)
    _meter(part, lang)
    part.add_argument("--year", type=int, required=True)
    words = T("Of the calculation; as the activity data of its source when not given.").in_language(lang)
    part.add_argument("--method", default="", help=words)
    words = T("A parameter of the method, once for each.").in_language(lang)
    part.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help=words)
    words = T("Reason and method of the estimates").in_language(lang)
    part.add_argument("--note", default="", help=words)
    _changes(part, lang)


def _add_estimate(parts: Commands, lang: str) -> None:
    part = _part(parts, "estimate", T("Fill a gap on purpose, with a mark on each value."), lang)
    _meter(part, lang)
    _days(part, lang, required=True)
    part.add_argument("--method", required=True, choices=METHODS)
    words = T("Of all these days, with the values that are there; for the method “total”.").in_language(lang)
    part.add_argument("--total", default="", help=words)
    words = T("Why; for the method “total” where the total stands, e.g. the number of the bill.").in_language(lang)
    part.add_argument("--reason", required=True, help=words)
    _changes(part, lang)


def _add_export(parts: Commands, lang: str) -> None:
    part = _part(parts, "export", T("Write the values of meters as CSV."), lang)
    words = T("Id of the meter, once for each; all when not given.").in_language(lang)
    part.add_argument("--meter", action="append", default=[], metavar="ID", help=words)
    _days(part, lang)
    part.add_argument("--out", type=Path, required=True, metavar="OUT.csv")
