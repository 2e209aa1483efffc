"""The lines of the management plan as rows of a table, with what is done beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.audit.plan import FREQUENCIES, METHODS, MISSING, key_named, meter_named
from core.audit.practice import Practice, departures, practice_text
from core.errors import UserError
from core.exchange.cells import parse_text
from core.exchange.numbers import parse_number
from core.exchange.plan import FIELDS
from core.i18n import Name, T, show_number, verbatim
from core.inventory.planned import covering
from core.ledger import Ledger, Meter, PlanItem
from core.library import Library
from gui.language import _, say
from gui.tables.table import Column, Mark
from gui.wording import item_name

PRACTICE = "practice"
TITLES = {one.key: one.name for one in FIELDS}
SHOWN = 3
"""Practices of a line that are said; a line may cover many."""


@dataclass(frozen=True)
class Beside:
    """What is done, by the line that covers it."""

    of: Mapping[str, tuple[Practice, ...]]
    """By id of the line."""
    uncovered: tuple[Practice, ...]


def beside(plan: Sequence[PlanItem], practices: Sequence[Practice]) -> Beside:
    """Put each practice beside the line that covers it."""
    filed: dict[str, list[Practice]] = {}
    left: list[Practice] = []
    for one in practices:
        line = covering(plan, one.source, one.item)
        if line is None:
            left.append(one)
        else:
            filed.setdefault(line.id, []).append(one)
    return Beside({key: tuple(own) for key, own in filed.items()}, tuple(left))


def practice_words(found: Sequence[Practice]) -> str:
    """What is done about a line."""
    if not found:
        return _("nothing recorded in the year")
    words = [say(practice_text(one)) for one in found[:SHOWN]]
    return "; ".join(words) + (" …" if len(found) > SHOWN else "")


def plan_marks(line: PlanItem, found: Sequence[Practice]) -> dict[str, Mark]:
    """Where practice falls short of the line."""
    if not found:
        return {PRACTICE: Mark("info", _("No record of the year answers to this line."))}
    short = [say(text) for one in found for text in departures(line, one)]
    return {PRACTICE: Mark("warning", " ".join(dict.fromkeys(short)))} if short else {}


class PlanReader:
    """Reads what is typed into the cells of a line."""

    def __init__(self, library: Library, ledger: Callable[[], Ledger]) -> None:
        self.library, self._ledger = library, ledger

    def item(self, row: PlanItem, text: str) -> PlanItem:
        """By key, name or alias."""
        if not text.strip():
            return replace(row, item="")
        found = self.library.items.get(text.strip()) or self.library.recognise(text)
        if found is None:
            raise UserError(T("Unknown item “{item}”.", item=verbatim(text[:40])), T("Choose one of the list."))
        return replace(row, item=found.key)

    def item_text(self, row: PlanItem) -> str:
        """Its name, or its key where several items have the name."""
        name = item_name(self.library, row.item)
        found = self.library.recognise(name) if row.item else None
        return name if found is not None and found.key == row.item else row.item

    def meter(self, row: PlanItem, text: str) -> PlanItem:
        """By number, name or id; else the number of a meter that the plant does not keep."""
        return replace(row, meter=meter_named(self._ledger(), parse_text(text)))

    def meter_words(self, row: PlanItem) -> str:
        """How people know it."""
        held = self._ledger().get("meter", row.meter)
        return held.serial or held.name if isinstance(held, Meter) else row.meter

    def meters(self, _row: PlanItem) -> list[str]:
        """Those of the plant."""
        return [one.serial or one.name for one in self._ledger().held(Meter)]

    def sources(self, _row: PlanItem) -> list[str]:
        return sorted({one.source for one in self._ledger().activities})

    def items(self, row: PlanItem) -> list[str]:
        """Those of the source, or of all records."""
        own = {one.item for one in self._ledger().activities if not row.source or one.source == row.source}
        return sorted(item_name(self.library, key) for key in own)


def _accuracy(row: PlanItem, text: str) -> PlanItem:
    return replace(row, accuracy=parse_number(text) if text.strip() else None)


def _months(row: PlanItem, text: str) -> PlanItem:
    months = parse_number(text) if text.strip() else Decimal(0)
    if months != int(months):
        raise UserError(T("The time between calibrations is a whole number of months."), T("Correct it."))
    return replace(row, calibration_months=int(months))


def plan_columns(reader: PlanReader, found: Callable[[str], Sequence[Practice]]) -> list[Column[PlanItem]]:
    """As in an imported file, and what is done; ``found`` gives the practices beside a line."""
    titles = {key: say(name) for key, name in TITLES.items()}
    titles |= {"method": _("How"), "calibration_months": _("Calibration")}

    def chosen(key: str, names: Mapping[str, Name], width: int, *, hidden: bool = False) -> Column[PlanItem]:
        def edit(row: PlanItem, text: str) -> PlanItem:
            values: dict[str, str] = {key: key_named(text, names)}
            return replace(row, **values)  # type: ignore[arg-type]

        return Column(
            key,
            titles[key],
            lambda r: say(names[getattr(r, key)]),
            edit=edit,
            choices=lambda _r: [say(name) for name in names.values()],
            width=width,
            hidden=hidden,
        )

    def typed(key: str, width: int, *, hidden: bool = False) -> Column[PlanItem]:
        def edit(row: PlanItem, text: str) -> PlanItem:
            values: dict[str, str] = {key: parse_text(text)}
            return replace(row, **values)  # type: ignore[arg-type]

        return Column(key, titles[key], lambda r: str(getattr(r, key)), edit=edit, width=width, hidden=hidden)

    return [
        Column("source", titles["source"], lambda r: r.source, edit=lambda r, t: replace(r, source=parse_text(t)),
               choices=reader.sources, width=15),
        Column("item", titles["item"], lambda r: item_name(reader.library, r.item), plain=reader.item_text,
               edit=reader.item,
               choices=reader.items, width=12),
        chosen("method", METHODS, 9),
        Column("meter", titles["meter"], reader.meter_words, edit=reader.meter, choices=reader.meters, width=11),
        chosen("frequency", FREQUENCIES, 9),
        Column("accuracy", titles["accuracy"], lambda r: "" if r.accuracy is None else show_number(r.accuracy), "%",
               "right", lambda r: r.accuracy or Decimal(0), edit=_accuracy, width=5),
        Column("calibration_months", titles["calibration_months"],
               lambda r: str(r.calibration_months) if r.calibration_months else "", _("months"), "right",
               lambda r: r.calibration_months, edit=_months, width=7),
        chosen("missing", MISSING, 18),
        Column(PRACTICE, _("Practice"), lambda r: practice_words(found(r.id)), width=22, stretch=True),
        typed("records", 14, hidden=True),
        typed("responsible", 12, hidden=True),
        typed("note", 16, hidden=True),
    ]  # fmt: skip
