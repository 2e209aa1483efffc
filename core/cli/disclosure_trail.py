"""``disclosure points --trail``: from a number of the group to its plants, and from a plant to its bills."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping

from core.cli.common import GOOD, NO, print_json, table, write
from core.cli.disclosure_asked import Asked, asked_of
from core.cli.disclosure_views import cut, said, wanted
from core.cli.energy import DASH
from core.disclosures.catalogue import all_points
from core.disclosures.plain import value_to_plain
from core.disclosures.value import PointValue
from core.errors import UserError
from core.group.asked.plain import opened_to_plain, part_to_plain
from core.group.asked.trail import Opened, Part, Step, opened, part_named, parts
from core.i18n import T, labelled, show_number
from core.library.record_words import kind_name
from core.methods import SCOPE_TITLES, plain
from core.store import GroupFile

HUNDRED = 100


def trail(arguments: argparse.Namespace) -> int:
    """The plants behind each data point; of one plant the records. Exit code 1 when a data point is not known."""
    lang = arguments.lang_ui
    with asked_of(arguments) as asked:
        group = asked.group
        if group is None:
            raise UserError(
                T("“{file}” is no group file: only numbers of a group come from plants.", file=arguments.file.name),
                T("Leave --trail and --plant out: origins name the records of a plant."),
            )
        points = _folded(wanted(arguments, asked))
        if arguments.plant:
            ways = {key: (_opened(asked, group, key, arguments.plant),) for key in points}
            told = {key: [opened_to_plain(one, lang) for one in own] for key, own in ways.items()}
        else:
            plants = {key: parts(asked.found[asked.year], key) for key in points}
            told = {key: [part_to_plain(one, lang) for one in own] for key, own in plants.items()}
        if arguments.json:
            print_json([{**value_to_plain(one, lang), "plants": told[key]} for key, one in points.items()])
        else:
            for key, one in points.items():
                _head(one, lang)
                if arguments.plant:
                    _print_opened(ways[key][0], lang)
                else:
                    _print_parts(plants[key], lang)
    return GOOD if all(one.known for one in points.values()) else NO


def _folded(values: Mapping[str, PointValue]) -> dict[str, PointValue]:
    """Data points to which plants give something.

    Raises
    ------
    UserError
        when there is none among them.
    """
    found = {key: one for key, one in values.items() if all_points()[key].fold != "own"}
    if not found:
        raise UserError(
            T("Head office answers this itself: no plant gives anything to it."), T("Leave --trail and --plant out.")
        )
    return found


def _opened(asked: Asked, group: GroupFile, point: str, plant: str) -> Opened:
    found = asked.found[asked.year]
    return opened(group, found, part_named(found, point, plant))


# ---------------------------------------------------------------------- on the screen


def _head(value: PointValue, lang: str) -> None:
    write(f"{value.point}, {labelled(all_points()[value.point].name.in_language(lang), said(value, lang), lang)}")
    if value.missing is not None:
        write(value.missing.in_language(lang))


def _print_parts(plants: Iterable[Part], lang: str) -> None:
    heads = (T("Plant"), T("As reported"), T("Counts in the group"), T("Share, %"), T("With proof"), T("Report"))
    rows = [
        [
            one.name, said(one.told, lang), said(one.counted, lang), show_number(one.weight * HUNDRED, 1),
            (T("yes") if one.told.proven else T("no")).in_language(lang), _file(one),
        ]
        for one in plants
    ]  # fmt: skip
    write(table([head.in_language(lang) for head in heads], rows, (1, 2, 3)))
    write("")


def _file(one: Part) -> str:
    return DASH if one.report is None else cut(one.report.name)


def _print_opened(one: Opened, lang: str) -> None:
    _print_parts((one.part,), lang)
    if one.part.told.missing is not None:
        write(one.part.told.missing.in_language(lang))
    for step in one.steps:
        _print_step(step, lang)


def _print_step(step: Step, lang: str) -> None:
    report = step.report
    signed = T("Report “{file}”, SHA-256 {hash}, signed by {signers} on {when}", file=report.name,
               hash=report.sha256, signers=", ".join(report.signed_by), when=report.signed_at)  # fmt: skip
    write(f"{step.origin.words.in_language(lang)} – {signed.in_language(lang)}")
    for record in step.records:
        kind = kind_name(record.kind).in_language(lang)
        write(f"  {kind} {record.id}: {cut(record.name.in_language(lang))}")
        for line in record.lines:
            scope = SCOPE_TITLES[line.scope].in_language(lang)
            write(f"    {scope}: {plain(line.tco2e)} t CO₂e; {line.factor.publisher}, {line.factor.edition}")
        for proof in record.proofs:
            words = T("Proof: {name}, SHA-256 {hash}", name=proof.name, hash=proof.sha256)
            write(f"    {words.in_language(lang)}")
