"""The inspector about a target, a commitment, a credit, a trigger: numbers, checks, what is to be said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.handover.ahead import TargetsOf
from core.instruments import Judged
from core.targets.coverage import Coverage
from core.targets.neutrality import NeutralityJudgement, neutrality_rules
from core.targets.parts import part_title
from core.targets.status import TargetStatus
from gui.language import _, say
from gui.renewables.judgements import said
from gui.solar.parts import facts
from gui.targets import words
from gui.widgets import label, marked, rule, subheading
from gui.wording import TONNES, listed, named

ICONS = {
    "good": ("check", "good"), "bad": ("error", "bad"), "warning": ("warning", "warning"), "info": ("info", "accent"),
}  # fmt: skip


def beneath(first: QWidget, *more: QWidget) -> QWidget:
    """What is known of a record, and below it what follows from it."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for one in (first, *more):
        column.addWidget(one)
    return made


def judged_list(judged: Sequence[Judged]) -> QWidget:
    """Everything that is to be said, gravest first."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(8)
    column.addWidget(subheading(_("What is to be said")))
    for one in judged:
        column.addWidget(said(one))
    if not judged:
        column.addWidget(marked("check", "good", _("Nothing speaks against it.")))
    return made


def about_target(found: TargetsOf, one: TargetStatus) -> QWidget:
    """Where a target stands, with every number behind it."""
    level, state = words.state(found, one)
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    picture, token = ICONS[level]
    column.addWidget(marked(picture, token, state))
    if one.ruleset is not None:
        column.addWidget(label(say(one.ruleset.title), "muted", wrap=True))
    column.addLayout(facts(numbers_of(one)))
    if one.coverage is not None:
        column.addWidget(rule())
        column.addWidget(coverage_list(one.coverage))
    column.addWidget(rule())
    column.addWidget(judged_list(one.judged))
    return made


def numbers_of(one: TargetStatus) -> list[tuple[str, str]]:
    """Names and numbers."""
    unit, places = words.unit_of(one), words.places_of(one)
    rows: list[tuple[str, str]] = []
    if one.gap is not None:
        held = one.gap
        rows = [
            (_("Base year {year}", year=str(one.target.base_year)), f"{words.shown(held.base, places)} {unit}"),
            (_("Pathway of {year}", year=str(held.year)), f"{words.shown(held.allowed, places)} {unit}"),
            (_("Actual {year}", year=str(held.year)), f"{words.shown(held.actual, places)} {unit}"),
            (_("Gap"), f"{words.signed(held.gap, places)} {unit}"),
            (_("Reduced so far"), f"{words.shown(held.reduced)} %"),
            (_("Needed each year from now on"), f"{words.shown(held.required, places)} {unit}"),
            (_("The same, of the base year"), f"{words.shown(held.required_rate)} %"),
        ]
    if one.points:
        last = one.points[-1]
        rows.append((_("Target {year}", year=str(last.year)), f"{words.shown(last.exact, places)} {unit}"))
    return rows


def coverage_list(found: Coverage) -> QWidget:
    """Each check of what targets cover, with its source."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(subheading(_("Coverage")))
    for check in found.checks:
        percent = words.DASH if check.percent is None else f"{words.shown(check.percent, 2)} %"
        said_so = _("{what}: {percent}, asked for {asked} %", what=say(check.title), percent=percent,
                    asked=check.asked.value)  # fmt: skip
        if not check.applies:
            column.addWidget(marked("info", "accent", f"{said_so} {_('It asks nothing here.')}"))
            continue
        column.addWidget(marked(*(("check", "good") if check.holds else ("error", "bad")), said_so))
        if check.missing and not check.holds:
            names = listed(say(part_title(part)) for part in check.missing)
            column.addWidget(label(_("Not covered: {parts}", parts=names), "muted", wrap=True))
        column.addWidget(label(check.asked.source, "muted", size=0.9, wrap=True))
    if found.unknown:
        names = listed(say(part_title(part)) for part in found.unknown)
        column.addWidget(marked("warning", "warning", _("Emissions not known: {parts}", parts=names)))
    return made


def about_neutrality(one: NeutralityJudgement) -> QWidget:
    """What is said, what may be said, and what forbids more, with the source of each rule."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    stated = say(words.STATES[one.stated]) if one.stated in words.STATES else one.stated
    column.addWidget(
        marked(
            *(("check", "good") if one.holds else ("error", "bad")),
            _("Said is “{stated}”; for {year} attainable is “{attainable}”.", stated=stated, year=str(one.year),
              attainable=say(words.STATES[one.attainable])),
        )
    )  # fmt: skip
    column.addWidget(judged_list(one.judged))
    column.addWidget(rule())
    column.addLayout(
        facts([
            (_("Emissions inside the boundary"), _tonnes(one.footprint)),
            (_("Base year"), _tonnes(one.base)),
            (_("Credits that count"), _tonnes(one.credits)),
            (_("Not compensated"), _tonnes(one.left)),
        ])
    )  # fmt: skip
    sources = dict.fromkeys(_sources(one.judged))
    if sources:
        column.addWidget(subheading(_("What the rules rest on")))
    for source in sources:
        column.addWidget(label(source, "muted", size=0.9, wrap=True))
    return made


def _sources(judged: Iterable[Judged]) -> Iterable[str]:
    for one in judged:
        found = neutrality_rules().get(one.rule.removeprefix("neutral_"))
        if found is not None:
            yield named(say(found.title), found.source)


def _tonnes(value: Decimal | None) -> str:
    return f"{words.shown(value)} {TONNES}"
