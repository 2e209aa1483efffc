"""``factors import`` and ``factors export``: publishers' workbooks and signed factor sets, in and out."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli.because import confirm
from core.cli.common import GOOD, NO, library_of_plant, must_be_new, now, passphrase_from, person, print_json, write
from core.cli.factor_plain import factor_to_plain, set_of, set_to_plain
from core.disk import read_within
from core.errors import UserError
from core.handover import ReceivedSet, issue_set, receive_set, write_safely
from core.i18n import T, verbatim
from core.library import Factor, FactorSet, Library, load_library
from core.library.write import to_csv
from core.signing import load_p12, load_trust
from core.signing.factor_set import LARGEST
from core.store import PlantFile

if TYPE_CHECKING:
    from core.exchange.factor_import import FactorImport, FactorPreview, LeftOut

SIGNED = ".factors"
MOST_SHOWN = 40
"""Rows of one kind that are printed; ``--json`` has all of them."""


def library_at(path: Path | None) -> Library:
    """What the program was shipped with, and what a plant adds to it."""
    if path is None:
        return load_library()
    with PlantFile.open(path, read_only=True) as plant:
        return library_of_plant(plant)


def run_import(arguments: argparse.Namespace) -> int:
    """Preview, then one change; a signed set only when its signer is trusted."""
    with PlantFile.open(arguments.file, read_only=arguments.dry_run) as plant:
        if arguments.source.suffix.lower() == SIGNED:
            return _import_signed(plant, arguments)
        return _import_workbook(plant, arguments)


def _import_workbook(plant: PlantFile, arguments: argparse.Namespace) -> int:
    from core.exchange.factor_import import importing, preview_factors

    library = library_of_plant(plant)
    seen = preview_factors(arguments.source, library, plant.ledger, mapping=_mapping(arguments.map))
    unknown = sorted(set(arguments.only) - {row.factor.key for row in seen.rows})
    if unknown:
        raise UserError(
            T("The workbook gives no factor with the key {key}.", key=unknown[0]),
            T("List its factors with --dry-run, and take a key from there."),
        )
    done = None
    if not arguments.dry_run:
        chosen = set(arguments.only) or None
        done = importing(seen, plant.ledger, library, person(arguments), now(), chosen)
        confirm(plant, done.change, arguments, done.data)
    if arguments.json:
        print_json(_preview_to_plain(seen, done, arguments))
    else:
        _print_preview(seen, done, arguments.lang_ui)
    return GOOD


def _mapping(pairs: Sequence[str]) -> dict[str, str]:
    """``NAME=ITEM``; names may hold ``=`` themselves, items never do."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, sign, item = pair.rpartition("=")
        if not sign or not name.strip() or not item.strip():
            raise UserError(T("“{pair}” maps nothing.", pair=pair), T("Write it like NAME=ITEM or NAME=ITEM/USE."))
        found[name.strip()] = item.strip()
    return found


def _import_signed(plant: PlantFile, arguments: argparse.Namespace) -> int:
    if arguments.trust is None:
        raise UserError(
            T("A signed factor set is taken only from somebody who is trusted."),
            T("Name the certificate of head office with --trust."),
        )
    trust = load_trust(arguments.trust)
    library = library_of_plant(plant)
    data, name = read_within(arguments.source, LARGEST), arguments.source.name
    received = receive_set(data, name, trust, plant.ledger, library, person(arguments), now())
    imported = received.taken is not None and not arguments.dry_run
    if received.taken is not None and imported:
        confirm(plant, received.taken.change, arguments, received.taken.data)
    _show_received(received, imported, arguments)
    return GOOD if received.judged.valid else NO


def _show_received(received: ReceivedSet, imported: bool, arguments: argparse.Namespace) -> None:
    judged, lang = received.judged, arguments.lang_ui
    if arguments.json:
        print_json(
            {
                "valid": judged.valid,
                "reason": judged.reason.in_language(lang),
                "key": judged.key,
                "signer": judged.signer,
                "issuer": judged.issuer,
                "factors": [factor_to_plain(row, lang) for row in received.factors],
                "dry_run": arguments.dry_run,
                "imported": imported,
            }
        )
        return
    write(judged.reason.in_language(lang))
    if judged.signer:
        signed = T("Signed by {signer} (certificate of {issuer}).", signer=judged.signer, issuer=judged.issuer)
        write(signed.in_language(lang))
    outcome = received.taken.change.why if received.taken is not None and imported else T("Nothing was changed.")
    write(outcome.in_language(lang))


def _preview_to_plain(
    seen: FactorPreview, done: FactorImport | None, arguments: argparse.Namespace
) -> dict[str, object]:
    lang = arguments.lang_ui

    def left(rows: Iterable[LeftOut]) -> list[dict[str, object]]:
        return [
            {"name": row.name, "place": row.place, "unit": row.unit, "reason": row.reason.in_language(lang),
             "suggestion": row.suggestion}
            for row in rows
        ]  # fmt: skip

    return {
        "file": seen.file,
        "sha256": seen.sha256,
        "format": seen.reader,
        "set": set_to_plain(seen.set, lang),
        "dry_run": arguments.dry_run,
        "imported": done is not None,
        "already": seen.already is not None,
        "factors": [
            {**factor_to_plain(row.factor, lang), "name": row.name, "known": row.known.key if row.known else None,
             "differs": row.differs}
            for row in seen.rows
        ],
        "unmapped": left(seen.unmapped),
        "refused": left(seen.refused),
        "not_needed": left(seen.skipped),
        "empty": seen.empty,
    }  # fmt: skip


def _print_preview(seen: FactorPreview, done: FactorImport | None, lang: str) -> None:
    write(seen.title.in_language(lang))
    write(seen.summary.in_language(lang))
    for heading, rows in ((T("Refused"), seen.refused), (T("Not mapped"), seen.unmapped)):
        for row in rows[:MOST_SHOWN]:
            line = T("{heading}: {name} ({place}): {reason}", heading=heading, name=verbatim(row.name),
                     place=verbatim(row.place), reason=row.reason)  # fmt: skip
            write(line.in_language(lang))
        if len(rows) > MOST_SHOWN:
            more = T("{heading}: {count} more; --json shows all.", heading=heading, count=len(rows) - MOST_SHOWN)
            write(more.in_language(lang))
    for taken in seen.rows:
        if taken.known is not None and taken.differs:
            line = T("Differs from what is known: {new} here, {old} in {key}.", new=_number(taken.factor),
                     old=_number(taken.known), key=taken.known.key)  # fmt: skip
            write(line.in_language(lang))
    if seen.already is not None:
        write(T("The factor set “{key}” is known already.", key=seen.set.key).in_language(lang))
    write((done.change.why if done is not None else T("Nothing was changed (dry run).")).in_language(lang))


def _number(factor: Factor) -> str:
    return f"{factor.headline:f} {factor.unit}"


def run_export(arguments: argparse.Namespace) -> int:
    """One set, whole or in part, as csv or signed."""
    lang, when = arguments.lang_ui, now()
    if arguments.sign is not None and arguments.passphrase_file is None:
        raise UserError(T("The key needs its passphrase."), T("Name a file with --passphrase-file."))
    must_be_new(arguments.out)
    publication, rows = _chosen(arguments)
    if arguments.sign is None:
        write_safely(arguments.out, to_csv(publication, rows).encode())
        message = T("Factors written to {file}: {count}", file=str(arguments.out), count=len(rows))
    else:
        identity = load_p12(arguments.sign, passphrase_from(arguments.passphrase_file), when)
        write_safely(arguments.out, issue_set(publication, rows, identity, library_at(arguments.plant), when))
        message = T("Signed factor set written to {file}: {count} factors", file=str(arguments.out), count=len(rows))
    write(message.in_language(lang))
    return GOOD


def _chosen(arguments: argparse.Namespace) -> tuple[FactorSet, list[Factor]]:
    """The factors that the keys name, all of one set; or those of a csv file."""
    from core.exchange.factor_import import check_rows, read_set
    from core.exchange.factor_sets import LARGEST_SET

    library = library_at(arguments.plant)
    found: dict[str, Factor] = {}
    for key in arguments.keys:
        if key.lower().endswith(".csv"):
            rows = list(read_set(Path(key).stem, read_within(Path(key), LARGEST_SET)))
            check_rows(rows, library)
        else:
            one = library.factor(key)
            rows = [one] if one is not None else set_of(library, key)[1]
        found.update((row.key, row) for row in rows)
    sets = {row.set.key: row.set for row in found.values()}
    if len(sets) > 1:
        raise UserError(
            T("The factors belong to several sets: {sets}", sets=list(sets)),
            T("Write one file for each: a factor file is one publication."),
        )
    (publication,) = sets.values()
    if publication.key.startswith("own."):
        raise UserError(
            T("Factors of a plant's own stay in the plant."), T("Enter them where they are needed, with their proof.")
        )
    return publication, list(found.values())
