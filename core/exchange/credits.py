"""Carbon credits from exports of registries and the own table, as one undoable change, and back.

Credits of one block are one record; the rules are those of :mod:`core.exchange.instruments`.
"""

from __future__ import annotations

from pathlib import Path

from core.exchange.credit_layouts import FIELDS, KINDS, QUALITIES, credit_layouts
from core.exchange.instruments.lots import Ways
from core.exchange.instruments.taking import FoundLots, change_of, found_in
from core.exchange.key_figures import TableChange
from core.exchange.table_writing import write_records
from core.i18n import Name
from core.ledger import Credit, Ledger
from core.library.record_words import field_name

SHEET = Name("Carbon credits", "碳信用")
_FACTS = ("registry", "project", "country", "vintage", "retired", "beneficiary")
WAYS: Ways[Credit] = Ways(
    kind="credit",
    family=lambda one: one.registry,
    facts=lambda one: tuple((field_name("credit", key), getattr(one, key)) for key in _FACTS),
    same=lambda one: (one.registry, one.project, one.vintage, one.retired, one.beneficiary),
    named=lambda one: "",
)


def read_credits(source: Path | bytes, ledger: Ledger, name: str = "") -> FoundLots[Credit]:
    """What an export of Verra or Gold Standard, or the own table, would add to a plant.

    Parameters
    ----------
    source
        the file or its bytes, csv or xlsx; the registry is recognised by its headings.
    ledger
        the plant now.
    name
        file name as received; empty: that of the path.

    Raises
    ------
    UserError
        when the file as a whole cannot be read, is too large, or has the headings of no registry that is known.
    """
    return found_in(source, ledger, credit_layouts(), ledger.held(Credit), WAYS, name)


def taking_up_credits(found: FoundLots[Credit], ledger: Ledger) -> TableChange:
    """The one change that imports a file; the file itself is kept and proves every record.

    Raises
    ------
    UserError
        when a row was refused, nothing is new, the file was imported before, or the plant has changed meanwhile.
    """
    return change_of(found, ledger, ledger.held(Credit), WAYS)


def write_credits(path: Path, ledger: Ledger, language: str = "both") -> None:
    """All credits by registry, project and year, in the form that can be imported again.

    Raises
    ------
    UserError
        see :func:`core.exchange.table_writing.write_records`.
    """
    lang = "en" if language == "both" else language
    held = sorted(ledger.held(Credit), key=lambda one: (one.registry, one.project, one.vintage, one.id))
    write_records(path, FIELDS, [_row(one, lang) for one in held], language, SHEET)


def _row(one: Credit, lang: str) -> dict[str, object]:
    row: dict[str, object] = {field.key: getattr(one, field.key) for field in FIELDS}
    row["kind"] = KINDS[one.kind].in_language(lang) if one.kind in KINDS else one.kind
    row["quality"] = "; ".join(QUALITIES[key].in_language(lang) if key in QUALITIES else key for key in one.quality)
    return row | {key: row[key] or None for key in ("year", "price")}
