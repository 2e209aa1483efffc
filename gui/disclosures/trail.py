"""The way down at head office: from a value of the group to a plant, to a record of its report, to the bill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.disclosures.readiness import value_of
from core.disclosures.value import Origin
from core.group.asked.gathering import GroupValues
from core.group.change.explaining import RecordExplained
from core.i18n import show_date, show_number
from core.library import Library
from gui.disclosures import words
from gui.disclosures.found import Found
from gui.disclosures.links import link
from gui.disclosures.origins import OriginList
from gui.disclosures.value_part import proof_part, value_part
from gui.explain import Explanation, breakable
from gui.group.records import breakable_hash
from gui.language import _, language
from gui.settings import Settings
from gui.widgets import label, subheading
from gui.wording import item_name, unit_words

RECORDS = frozenset({"line", "activity"})
"""Kinds of origins that a report explains down to the bill."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where one is on the way down."""

    point: str
    plant: str
    """Key in the group's values."""
    record: str = ""
    """Id in the report of the plant; empty: the plant's value itself."""


def plant_explained(
    found: Found,
    step: Step,
    settings: Settings,
    go: Callable[[Step | None], object],
    report: Callable[[str], object],
) -> QWidget:
    """What a plant says of a data point, and the records behind it."""
    group = found.group
    assert group is not None
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(link(_("Back to the group"), lambda: go(None)))
    column.addWidget(label(group.names.get(step.plant, step.plant), size=1.15, strong=True, wrap=True))
    column.addWidget(label(words.point_name(step.point), "muted", wrap=True))
    value = value_of(group.plants.get(step.plant, {}), step.point)
    column.addWidget(value_part(value, found.words, settings, made.window()))
    weight = group.weights.get(step.plant)
    if weight is not None and weight != 1:
        told = _("Counts for the group with {percent} %", percent=show_number(weight * 100, 1))
        column.addWidget(label(told, "muted", wrap=True))
    column.addWidget(proof_part(value, group.proofs, None, step.plant))
    if value.origins:
        column.addWidget(subheading(_("Origin in the report")))
        column.addWidget(_origins(group, step, value.origins, go, report))
    filed = group.reports.get(step.plant)
    if filed is not None:
        column.addWidget(link(_("Show the report"), lambda: report(filed.sha256)))
    return made


def _origins(
    group: GroupValues, step: Step, origins: tuple[Origin, ...], go: Callable[[Step | None], object],
    report: Callable[[str], object],
) -> QWidget:  # fmt: skip
    def named(origin: Origin) -> list[tuple[str, str]]:
        return [(key, _("Record {id}", id=key)) for key in origin.ids]

    def opened(origin: Origin, key: str) -> None:
        filed = group.reports.get(step.plant)
        if origin.kind in RECORDS and not origin.year:
            go(Step(step.point, step.plant, key))
        elif filed is not None:
            report(filed.sha256)

    return OriginList(origins, named, opened)


def record_explained(
    step: Step, found: RecordExplained | str, library: Library, go: Callable[[Step | None], object],
    report: Callable[[str], object],
) -> QWidget:  # fmt: skip
    """A record of a report with its lines, factors and bills; a sentence while it is read."""
    shown = Explanation(library)
    shown.column.addWidget(link(_("Back to the plant"), lambda: go(Step(step.point, step.plant))))
    if isinstance(found, str):
        shown.title(step.record)
        shown.column.addWidget(label(found, "muted", wrap=True))
        return shown
    one = found.activity
    shown.title(one.source, item_name(library, one.item))
    shown.pairs((
        (_("Record"), one.id),
        (_("Period"), f"{show_date(one.start, language())} – {show_date(one.end, language())}"),
        (_("Quantity"), f"{show_number(one.quantity)} {unit_words(library, one.unit)}"),
        (_("Number of the bill"), one.evidence),
    ))  # fmt: skip
    for line in found.lines:
        shown.line(line)
    shown.section(_("Evidence"))
    if not found.proofs:
        shown.column.addWidget(label(_("No file proves this record."), "muted", wrap=True))
    for proof in found.proofs:
        shown.column.addWidget(label(proof.name, wrap=True))
        inside = proof.file or _("only its hash is in the report")
        shown.pairs((("SHA-256", breakable_hash(proof.sha256)), (_("Inside the report"), inside)))
    shown.section(_("Report"))
    shown.pairs(((_("File"), breakable(found.filed.name)), (_("Signed by"), ", ".join(found.filed.signed_by))))
    shown.column.addWidget(link(_("Show the report"), lambda: report(found.filed.sha256)))
    return shown
