"""``factors``: look at the library; what comes in and goes out is in ``factor_files``, own ones in ``own_factors``."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from core.cli.because import add_because
from core.cli.common import GOOD, Commands, command, print_json, table, write
from core.cli.factor_files import library_at, run_export, run_import
from core.cli.factor_plain import factor_to_plain, set_of, set_to_plain
from core.cli.own_factors import add_commands as add_own
from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.library import Factor, FactorSet, Library
from core.library.places import area_name


def add_commands(commands: Commands, lang: str) -> None:
    """Register the commands."""
    top = command(commands, "factors", T("Look at factors, take factor sets up, pass them on."), _needs_more, lang)
    inner = top.add_subparsers(metavar="list|show|add|retire|remove|import|export", required=True)
    _add_list(inner, lang)
    showing = command(inner, "show", T("Show one factor, or one factor set."), run_show, lang)
    showing.add_argument("key", metavar="KEY")
    showing.add_argument("--plant", type=Path, metavar="FILE")
    showing.add_argument("--json", action="store_true")
    add_own(inner, lang)
    taking = command(inner, "import", T("Take a publisher's workbook or a signed factor set up."), run_import, lang)
    taking.add_argument("file", type=Path, metavar="FILE.plant")
    taking.add_argument("source", type=Path, metavar="WORKBOOK|SET.factors")
    taking.add_argument(
        "--map", action="append", default=[], metavar="NAME=ITEM[/USE]",
        help=T("What a publisher's words mean; ITEM - leaves the row out.").in_language(lang),
    )  # fmt: skip
    taking.add_argument(
        "--only", action="append", default=[], metavar="KEY", help=T("Take only this factor.").in_language(lang)
    )
    taking.add_argument("--trust", type=Path, metavar="CA.pem", help=T("Who may sign factor sets.").in_language(lang))
    taking.add_argument("--dry-run", action="store_true")
    taking.add_argument("--json", action="store_true")
    taking.add_argument("--person")
    add_because(taking, lang)
    giving = command(inner, "export", T("Write factors as csv, or as a signed factor set."), run_export, lang)
    giving.add_argument("keys", nargs="+", metavar="KEY|SET.csv")
    giving.add_argument("--out", "-o", type=Path, required=True, metavar="SET.csv|SET.factors")
    giving.add_argument("--plant", type=Path, metavar="FILE")
    giving.add_argument("--sign", type=Path, metavar="KEY.p12")
    giving.add_argument("--passphrase-file", type=Path, metavar="P")


def _add_list(inner: Commands, lang: str) -> None:
    listing = command(inner, "list", T("List factors, or with --sets the factor sets."), run_list, lang)
    listing.add_argument("--item")
    listing.add_argument("--region")
    listing.add_argument("--year", type=int)
    listing.add_argument("--use")
    listing.add_argument("--set", metavar="KEY")
    listing.add_argument("--sets", action="store_true")
    listing.add_argument("--plant", type=Path, metavar="FILE")
    listing.add_argument("--json", action="store_true")


def _needs_more(_: argparse.Namespace) -> int:
    raise UserError(T("Say what to do: list, show, add, retire, remove, import or export."))


def run_list(arguments: argparse.Namespace) -> int:
    """Factors that fit, in the order of their keys."""
    library, lang = library_at(arguments.plant), arguments.lang_ui
    if arguments.sets:
        return _list_sets(library, arguments)
    found = sorted(_matching(library, arguments), key=lambda factor: factor.key)
    if arguments.json:
        print_json([factor_to_plain(factor, lang) for factor in found])
        return GOOD
    headings = (T("Key"), T("Item"), T("Used for"), T("Area"), T("Year"), T("Number"), T("Unit"), T("Status"))
    rows = [
        (
            factor.key,
            _item_name(factor, library, lang),
            factor.use,
            factor.region,
            str(factor.data_year or ""),
            f"{factor.headline:f}",
            factor.unit,
            factor.status,
        )
        for factor in found
    ]
    write(table([heading.in_language(lang) for heading in headings], rows, (5,)))
    write(T("Factors: {count}", count=len(found)).in_language(lang))
    return GOOD


def _matching(library: Library, arguments: argparse.Namespace) -> Iterable[Factor]:
    item = _item_key(library, arguments.item) if arguments.item else ""
    rows: Iterable[Factor] = library.about(item, arguments.use or "") if item else library.factors
    own = (factor for factor in library.own if not item or factor.item == item)
    return (
        factor
        for factor in (*own, *rows)
        if arguments.use in (None, factor.use)
        and arguments.region in (None, factor.region)
        and arguments.set in (None, factor.set.key)
        and (arguments.year is None or factor.data_year in (0, arguments.year))
    )


def _item_key(library: Library, text: str) -> str:
    found = library.items.get(text) or library.recognise(text)
    if found is None:
        raise UserError(T("Unknown item “{item}”.", item=text), T("Use a key or name of an item, like diesel."))
    return found.key


def _item_name(factor: Factor, library: Library, lang: str) -> str:
    item = library.items.get(factor.item)
    return item.name.in_language(lang) if item is not None else factor.item


def _list_sets(library: Library, arguments: argparse.Namespace) -> int:
    lang = arguments.lang_ui
    sets = [library.sets[key] for key in sorted(library.sets) if arguments.set in (None, key)]
    if arguments.json:
        print_json([set_to_plain(one, lang) for one in sets])
        return GOOD
    headings = [text.in_language(lang) for text in (T("Key"), T("Title"), T("Publisher"), T("Edition"))]
    write(table(headings, [(s.key, s.title.in_language(lang), s.publisher, s.edition) for s in sets], ()))
    write(T("Factor sets: {count}", count=len(sets)).in_language(lang))
    return GOOD


def run_show(arguments: argparse.Namespace) -> int:
    """One factor with its source, or one set with its factors."""
    library, lang = library_at(arguments.plant), arguments.lang_ui
    factor = library.factor(arguments.key)
    if factor is not None:
        if arguments.json:
            print_json(factor_to_plain(factor, lang))
        else:
            _print_pairs(_factor_pairs(factor, library, lang), lang)
        return GOOD
    publication, rows = set_of(library, arguments.key)
    if arguments.json:
        print_json({**set_to_plain(publication, lang), "factors": [factor_to_plain(row, lang) for row in rows]})
    else:
        _print_pairs(_set_pairs(publication, len(rows), lang), lang)
    return GOOD


def _print_pairs(pairs: Iterable[tuple[Text, str]], lang: str) -> None:
    for name, value in pairs:
        if value:
            write(T("{name}: {value}", name=name, value=verbatim(value)).in_language(lang))


def _factor_pairs(factor: Factor, library: Library, lang: str) -> list[tuple[Text, str]]:
    amounts = [f"{gas} {amount:f}" for gas, amount in factor.amounts.items()]
    limits = f"{factor.lower:f} – {factor.upper:f}" if factor.lower is not None and factor.upper is not None else ""
    return [
        (T("Key"), factor.key),
        (T("Item"), f"{_item_name(factor, library, lang)} ({factor.item})"),
        (T("Used for"), factor.use),
        (T("Area"), area_name(factor.region).in_language(lang)),
        (T("Year"), str(factor.data_year or "")),
        (T("Number"), f"{', '.join(amounts) if amounts else f'{factor.headline:f}'} {factor.unit}"),
        (T("95 % limits"), limits),
        (T("Status"), factor.status),
        (T("Place"), factor.place),
        (T("Comment"), factor.note),
        *_set_pairs(factor.set, 0, lang),
    ]


def _set_pairs(publication: FactorSet, count: int, lang: str) -> list[tuple[Text, str]]:
    return [
        (T("Factor set"), publication.key),
        (T("Title"), publication.title.in_language(lang)),
        (T("Publisher"), publication.publisher),
        (T("Edition"), publication.edition),
        (T("Published"), publication.published),
        (T("Licence"), publication.licence),
        (T("GWP set"), publication.gwp),
        (T("Comment"), publication.note),
        (T("Factors"), str(count) if count else ""),
    ]
