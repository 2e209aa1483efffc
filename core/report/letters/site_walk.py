"""The sheet of a site walk: by place what to compare, things to tick, room for readings, pictures and notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from core.audit.walk import KINDS, Stop, Task, Walked, WalkMeter, WalkSource
from core.i18n import Localised, T, Text, show_number, verbatim
from core.inventory import Inventory
from core.library import EXACT
from core.methods import plain
from core.report import pen
from core.report.flow import Block, Flowable
from core.report.fonts import width
from core.report.letters.paper import Band, Facts, Lines, Sheet, SignHere, build, said
from core.report.lines import shorten, tidy, wrap
from core.report.style import BODY, HAIR, INK, LABEL, MUTED, NOTE, PART, SMALL_CELL, SUBTITLE, Style
from core.report.table import Column, Row, Table

# isort: split
from reportlab.platypus import KeepTogether

_KIND = Style(7.6, 10, bold=True, colour=MUTED)
_TASK = Style(9, 12)
_SUBJECT = Style(9, 12, bold=True, before=5, after=3)
_GAP = 4.0
_COMPANY = 130.0
"""Room the name of a place wants: for its first table, or the first thing to do there."""
_PER_ROW, _SLOT = 3, 118.0
"""Pictures beside each other, and the height of one."""
_MOST_SLOTS = 6
"""Of a place; more pictures go on a sheet of their own."""


@dataclass(frozen=True, slots=True)
class _Writing:
    """In which language, and what was done already."""

    inventory: Inventory
    language: str
    walked: Walked

    def words(self, text: Localised, between: str = " ") -> str:
        """A sentence; in both languages on one line unless ``between`` breaks it."""
        return said(text, self.language, between)

    def item(self, key: str) -> str:
        found = self.inventory.library.items.get(key)
        return key if found is None else self.words(found.name)


def site_walk_sheet(
    stops: Sequence[Stop],
    inventory: Inventory,
    *,
    language: str,
    when: datetime,
    author: str,
    walked: Walked | None = None,
) -> bytes:
    """A site walk as PDF, to take along or with what was done on it.

    Parameters
    ----------
    stops
        of :func:`core.audit.walk.site_walk`.
    inventory
        of the audited year.
    language
        ``zh``, ``en`` or ``both``.
    when
        the moment that stands in the file; the same moment gives the same bytes.
    author
        who makes it.
    walked
        what was done; None: an empty sheet.

    Raises
    ------
    UserError
        when a text has characters that the fonts lack.
    """
    writing = _Writing(inventory, language, walked or Walked())
    year = inventory.choices.period.end.year
    title = writing.words(T("Site walk {year}", year=str(year)))
    story: list[Any] = [Block(title, SUBTITLE), *_head(writing, stops)]
    for stop in stops:
        story += _stop(writing, stop)
    story += [*_end(writing)]
    return build(Sheet(title, inventory.plant.name, author, language, when), story)


def _head(writing: _Writing, stops: Sequence[Stop]) -> list[Any]:
    walked, plant = writing.walked, writing.inventory.plant
    day = "" if walked.day is None else writing.words(T("{day}", day=walked.day))
    comma = "、" if writing.language != "en" else ", "
    tasks = [task for stop in stops for task in stop.tasks]
    done = sum(task.key in walked.done for task in tasks)
    facts = [
        (writing.words(T("Plant")), plant.name),
        (writing.words(T("Address")), plant.address or "–"),
        (writing.words(T("Places and tasks")), f"{len(stops)} / {len(tasks)}" + (f" ({done} ✓)" if done else "")),
        (writing.words(T("Day")), day or " "),
        (writing.words(T("Who walked")), comma.join(walked.who) or " "),
        (writing.words(T("Who showed the plant")), " "),
    ]
    explained = T("Tick what was done; write down what differs. A reading without its time is no evidence.")
    return [Facts(facts), Block(writing.words(explained, "\n"), NOTE)]


def _stop(writing: _Writing, stop: Stop) -> list[Any]:
    total = writing.inventory.totals.location
    share = EXACT.divide(EXACT.multiply(stop.tonnes, Decimal(100)), total) if total else Decimal(0)
    about = f"{show_number(stop.tonnes, 1)} t CO₂e · {show_number(share, 1)} %" if stop.sources else ""
    flow: list[Any] = [Band(writing.words(stop.title, "  "), about, company=_COMPANY)]
    if stop.meters:
        flow.append(_meters(writing, stop.meters))
    if stop.sources:
        flow.append(_sources(writing, stop.sources))
    for one in stop.systems:
        facts = [
            (writing.words(T("PV system")), one.system.name),
            (writing.words(T("Power of the modules")), f"{plain(one.power)} kW"),
            (writing.words(T("In operation since")), one.system.commissioned.isoformat()),
        ]
        flow.append(Facts(facts))
    flow += _tasks(writing, stop.tasks)
    flow += _photos(writing, stop)
    noted = writing.walked.notes.get(stop.location, "")
    title = Block(writing.words(T("What was noticed here")), LABEL.but(after=1))
    flow += [title, Block(noted, BODY)] if noted else [KeepTogether([title, Lines(3)])]
    return flow


def _tasks(writing: _Writing, tasks: Sequence[Task]) -> list[Any]:
    """What is to be done, below the name of what it is about; a single task on one line with it."""
    flow: list[Any] = []
    for name, own in groupby(tasks, key=lambda task: writing.words(task.subject)):
        first, *others = own
        if others:
            ticks = [_Tick(writing, task, task.text) for task in (first, *others)]
            flow += [KeepTogether([Block(name, _SUBJECT), ticks[0]]), *ticks[1:]]
        else:
            flow.append(_Tick(writing, first, T("{subject}: {task}", subject=first.subject, task=first.text)))
    return flow


def _meters(writing: _Writing, meters: Sequence[WalkMeter]) -> Table:
    columns = [
        Column(writing.words(T("Meter"), "\n"), 1.3, most=3),
        Column(writing.words(T("Serial number"), "\n"), 1.0, most=2),
        Column(writing.words(T("Multiplier"), "\n"), 46, "right", fixed=True),
        Column(writing.words(T("Calibrated until"), "\n"), 56, fixed=True),
        Column(writing.words(T("Last value"), "\n"), 76, "right", fixed=True),
        Column(writing.words(T("Reading now, with time"), "\n"), 1.3),
    ]
    return Table(columns, [_meter(writing, one) for one in meters], SMALL_CELL, after=6, pad=5)


def _meter(writing: _Writing, one: WalkMeter) -> Row:
    last = "–" if one.last is None else f"{show_number(one.last)} {one.meter.unit}\n{one.last_day}"
    if one.last is None and one.last_day:
        last = writing.words(T("values until"), " / ") + f"\n{one.last_day}"
    until = one.meter.calibrated_to or "–"
    cells = (
        one.meter.name,
        one.serial or "–",
        f"× {plain(one.multiplier)}",
        f"{until}\n{writing.words(T('ended'))}" if one.overdue else until,
        last,
        writing.walked.readings.get(one.meter.id, ""),
    )
    return Row(cells, grounds=((3, PART),) if one.overdue else ())


def _sources(writing: _Writing, sources: Sequence[WalkSource]) -> Table:
    columns = [
        Column(writing.words(T("Source"), "\n"), 1.2, most=3),
        Column(writing.words(T("What is used"), "\n"), 1.6, most=3),
        Column("t CO₂e", 62, "right", fixed=True),
        Column("%", 36, "right", fixed=True),
        Column(writing.words(T("Records"), "\n"), 50, "right", fixed=True),
        Column(writing.words(T("Estimated"), "\n"), 50, "right", fixed=True),
    ]
    comma = "、" if writing.language == "zh" else ", "
    rows = [
        Row(
            (
                one.source,
                comma.join(writing.item(key) for key in one.items),
                show_number(one.tonnes, 3),
                show_number(one.percent, 1),
                str(one.records),
                str(one.estimated or "–"),
            )
        )
        for one in sources
    ]
    return Table(columns, rows, SMALL_CELL, after=6, pad=2.6)


def _photos(writing: _Writing, stop: Stop) -> list[Any]:
    """A slot for each meter and one for the place, as many as there is room for."""
    wanted = [(one.meter.id, T("{meter} {serial}", meter=verbatim(one.meter.name), serial=verbatim(one.serial)))
              for one in stop.meters]  # fmt: skip
    wanted.append((f"@{stop.location}", T("View of the place")))
    taken = writing.walked.photos
    slots = [(writing.words(title), "\n".join(taken.get(key, ()))) for key, title in wanted[:_MOST_SLOTS]]
    rows = [slots[at : at + _PER_ROW] for at in range(0, len(slots), _PER_ROW)]
    return [_Slots(row) for row in rows]


def _end(writing: _Writing) -> list[Any]:
    auditor, guide = writing.words(T("For the auditors")), writing.words(T("For the plant"))
    return [SignHere([(auditor, "", ""), (guide, "", "")])]


# ---------------------------------------------------------------------- pieces


class _Tick(Flowable):  # type: ignore[misc]
    """A box, the kind of task and the task; never broken."""

    def __init__(self, writing: _Writing, task: Task, text: Text) -> None:
        super().__init__()
        self.done = task.key in writing.walked.done
        self.kind = tidy(writing.words(KINDS[task.kind]))
        self.text = tidy(writing.words(text, "\n"))

    def getSpaceAfter(self) -> float:  # noqa: N802
        return _GAP

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.indent = 18 + max(52.0, width(self.kind, _KIND.size, True) + 8)
        self.lines = wrap(self.text, _TASK.size, False, available - self.indent)
        self.width, self.height = available, max(12.0, len(self.lines) * _TASK.leading)
        return self.width, self.height

    def draw(self) -> None:
        writer, y = pen.pen_of(self.canv), self.height - 10
        operators = [
            pen.rule(0, y + 9, 9, 0.7, INK), pen.rule(0, y + 0.7, 9, 0.7, INK),
            pen.box(0, y, 0.7, 9, INK), pen.box(8.3, y, 0.7, 9, INK),
        ]  # fmt: skip
        if self.done:
            operators.append(pen.box(2.2, y + 2.2, 4.6, 4.6, INK))
        operators += [pen.fill(MUTED), writer.text(self.kind, 18, y + 1.2, _KIND), pen.fill(INK)]
        for number, line in enumerate(self.lines):
            operators.append(writer.text(line, self.indent, y + 1.2 - number * _TASK.leading, _TASK))
        pen.write(self.canv, *operators)


class _Slots(Flowable):  # type: ignore[misc]
    """Frames for pictures beside each other, with what belongs into each and the names of those that were taken."""

    def __init__(self, slots: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.slots = tuple((tidy(title).replace("\n", " "), tidy(names)) for title, names in slots)

    def getSpaceBefore(self) -> float:  # noqa: N802
        return 8.0

    def getSpaceAfter(self) -> float:  # noqa: N802
        return 8.0

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.width, self.height = available, _SLOT
        return self.width, self.height

    def draw(self) -> None:
        writer, gutter = pen.pen_of(self.canv), 10.0
        wide = (self.width - gutter * (_PER_ROW - 1)) / _PER_ROW
        for number, (title, names) in enumerate(self.slots):
            x = number * (wide + gutter)
            operators = [
                pen.rule(x, self.height, wide, 0.6, HAIR), pen.rule(x, 0.6, wide, 0.6, HAIR),
                pen.box(x, 0, 0.6, self.height, HAIR), pen.box(x + wide - 0.6, 0, 0.6, self.height, HAIR),
                pen.fill(MUTED),
            ]  # fmt: skip
            captions = shorten(wrap(title, LABEL.size, True, wide - 12), 3)
            for line, text in enumerate(captions):
                operators.append(writer.text(text, x + 6, self.height - 12 - line * LABEL.leading, LABEL))
            top = self.height - 16 - len(captions) * LABEL.leading
            for line, text in enumerate(shorten(wrap(names, SMALL_CELL.size, False, wide - 12), 8) if names else ()):
                operators.append(writer.text(text, x + 6, top - line * SMALL_CELL.leading, SMALL_CELL))
            pen.write(self.canv, *operators)
