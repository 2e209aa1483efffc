"""What the inspector says about an action: what it saves and why, what else works there, steps, proof, history."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from core.actions import Followed, all_areas, cost_of
from core.actions.effect import basis, exclude_each_other, fraction, plans_energy, reached
from core.actions.emitted import ONE, Emitted, market_only
from core.actions.timeline import STATES, state_of
from core.errors import UserError
from core.i18n import show_date, show_number
from core.ledger import Action, ActionArea, Measure, Milestone, Resolution
from gui.actions.answer import Answer
from gui.actions.filed import evidence_names
from gui.actions.words import NONE, money, saving_words, status_title, tonnes_a_year
from gui.explain import Explanation
from gui.icons import LEVELS
from gui.language import _, language, say
from gui.session import Session
from gui.widgets import button, label, marked, number
from gui.wording import TONNES, item_name, minus, named, tonnes

YEARS = 12
"""Of the effect that are listed."""
SOURCES = 6
"""That are listed."""
JUDGED = {"stop": "bad", "warning": "warning", "info": "info"}
STEP_ICONS = {"done": ("check", "good"), "late": ("warning", "warning"), "due": ("info", "accent")}


class ActionExplanation(Explanation):
    """One action of the plan."""

    def __init__(self, action: Action, answer: Answer, session: Session, show_measure: Callable[[str], object]) -> None:
        super().__init__(session.library)
        self._action, self._answer, self._session, self._show_measure = action, answer, session, show_measure
        area = next((one for one in all_areas(session.ledger.held(ActionArea)) if one.key == action.area), None)
        words = [status_title(action.status), say(area.name) if area is not None else action.area, action.owner]
        self.title(action.name, " · ".join(filter(None, words)))
        self._result()
        self._judged()
        self._by_year()
        self._formula()
        self._interactions()
        self._money()
        self._steps()
        self._effect()
        self._proof()
        self.history(session.history(action), action.id)
        self.column.addStretch(1)

    # ------------------------------------------------------------------ what it saves

    def _result(self) -> None:
        bar = self._answer.bars.get(self._action.id)
        if bar is None:
            curve = self._answer.situation.curve()
            reason = next((one.reason for one in curve.beside if one.action.id == self._action.id), None)
            if reason is not None:
                self.column.addWidget(marked("info", "accent", say(reason)))
            return
        shown = number(f"{tonnes_a_year(bar.tonnes)} {TONNES}/a", size=1.25, strong=True)
        shown.setWordWrap(True)
        self.column.addWidget(shown)
        year = str(self._answer.situation.horizon)
        below = _("At full effect in {year}, location-based, beside all other actions", year=year)
        self.column.addWidget(label(below, "muted", wrap=True))
        if bar.reason is not None:
            self.column.addWidget(marked("info", "accent", say(bar.reason)))

    def _judged(self) -> None:
        for one in self._answer.of(self._action):
            level = JUDGED[one.level]
            self.column.addWidget(marked(LEVELS[level], "accent" if level == "info" else level, say(one.message)))
            remedy = label(say(one.remedy), "muted", wrap=True)
            remedy.setContentsMargins(22, 0, 0, 4)
            self.column.addWidget(remedy)

    def _by_year(self) -> None:
        found = self._answer.situation.effects(self._action)
        if not found:
            return
        self.section(_("Effect by year, alone"))
        energy = plans_energy(self._action)
        heads = [_("Year"), *(["MWh"] if energy else []), _("Location-based"), _("Market-based")]
        rows = [
            [str(one.year), *([show_number(one.kwh / 1000, 1)] if energy else []), tonnes(one.location),
             tonnes(one.market)]
            for one in found[:YEARS]
        ]  # fmt: skip
        self._grid(heads, rows)
        if len(found) > YEARS:
            self.column.addWidget(label(_("… and so on until {year}", year=str(found[-1].year)), "muted", wrap=True))
        if all(cell.electric for cell in reached(self._action, self._answer.situation.baseline)):
            first = self._answer.situation.all_renewable_from
            if first is not None and not all(one.market for one in found):
                words = _("From {year} on electricity is 100 % renewable: saving it saves no market-based tonnes.",
                          year=str(first))  # fmt: skip
                self.column.addWidget(marked("info", "accent", words))

    def _formula(self) -> None:
        """The part of its sources that it saves, with the numbers behind it."""
        action, baseline = self._action, self._answer.situation.baseline
        cells = reached(action, baseline)
        if not cells:
            return
        self.section(_("How it is calculated"))
        unit = "kWh" if plans_energy(action) else "t"
        plan = action.energy if plans_energy(action) else action.tonnes
        whole, part = basis(action, cells), fraction(action, cells, ONE)
        percent = show_number(part * 100, 2)
        divided = f"s = {show_number(plan, 0)} {unit} ÷ {show_number(whole, 0)} {unit}\n= {percent} %"
        self._equation(_("Part of its sources that it saves at full effect"), divided)
        location = sum((cell.location for cell in cells), Decimal(0))
        market = sum((cell.market for cell in cells), Decimal(0))
        year = str(baseline.year)
        if not market_only(action):
            self._product(_("Location-based, with the factors of {year}", year=year), part, location)
        self._product(_("Market-based, with the contracts of {year}", year=year), part, market)
        self.column.addWidget(label(_("It works on"), "muted", size=0.92))
        for cell in cells[:SOURCES]:
            self.column.addWidget(label(f"• {self._source(cell)}", size=0.92, wrap=True))
        if len(cells) > SOURCES:
            self.column.addWidget(label(_("… and {count} more", count=len(cells) - SOURCES), "muted", wrap=True))
        for words in self._answer.situation.assumptions:
            self.column.addWidget(label(say(words), "muted", size=0.92, wrap=True))

    def _product(self, what: str, part: Decimal, emitted: Decimal) -> None:
        percent = show_number(part * 100, 2)
        self._equation(what, f"s × E = {percent} % × {tonnes(emitted)} t\n= {tonnes(part * emitted)} {TONNES}/a")

    def _equation(self, what: str, words: str) -> None:
        self.column.addWidget(label(what, "muted", size=0.92, wrap=True))
        made = number(words)
        made.setWordWrap(True)
        made.setContentsMargins(10, 0, 0, 4)
        self.column.addWidget(made)

    def _source(self, cell: Emitted) -> str:
        name = item_name(self._library, cell.item)
        energy = "" if cell.kwh is None else f", {show_number(cell.kwh / 1000, 1)} MWh"
        return named(f"{cell.source} · {name}", f"{tonnes(cell.location)} t{energy}")

    def _interactions(self) -> None:
        """Actions on the same sources multiply; those that exclude this one are named."""
        action, situation = self._action, self._answer.situation
        mine = {cell.key for cell in reached(action, situation.baseline)}
        shared = [
            one for one in situation.actions
            if one.id != action.id and one.status != "stopped"
            and mine & {cell.key for cell in reached(one, situation.baseline)}
        ]  # fmt: skip
        against = [one for one in situation.actions if exclude_each_other(action, one)]
        if not shared and not against:
            return
        self.section(_("What else works there"))
        if shared:
            words = _("Savings on one source multiply and are no sum: E × (1 − (1 − s₁)(1 − s₂)…).")
            self.column.addWidget(label(words, wrap=True))
            for one in shared:
                self.column.addWidget(label(f"• {one.name} ({saving_words(one)})", size=0.92, wrap=True))
        for one in against:
            self.column.addWidget(marked("info", "accent", _("It cannot be done besides “{other}”.", other=one.name)))

    # ------------------------------------------------------------------ money, steps, proof

    def _money(self) -> None:
        action, bar = self._action, self._answer.bars.get(self._action.id)
        if not (action.capex or action.opex or action.saving):
            return
        self.section(_("What it costs and is worth"))
        unit = action.currency
        try:
            cost = cost_of(action)
        except UserError as error:
            self.column.addWidget(marked("warning", "warning", error.text(language())))
            return
        per_tonne = NONE if bar is None or bar.cost is None else f"{money(bar.cost, 2)} {unit}/t"
        self.pairs(
            (
                (_("Investment"), f"{money(action.capex)} {unit}"),
                (_("Running costs a year"), f"{money(action.opex)} {unit}/a"),
                (_("Saved in a full year"), f"{money(action.saving)} {unit}/a"),
                (_("Life"), _("{years} years", years=action.life)),
                (_("Discount rate"), f"{show_number(action.discount)} %"),
                (_("Net present value"), f"{money(cost.npv, 2)} {unit}"),
                (_("Cost of a year"), f"{money(cost.yearly, 2)} {unit}/a"),
                (_("Cost of a tonne"), per_tonne),
            )
        )
        words = _("Cost of a year = CRF × investment + running costs − savings, CRF = r ÷ (1 − (1 + r)⁻ⁿ)")
        self.column.addWidget(label(words, "muted", size=0.92, wrap=True))

    def _steps(self) -> None:
        lang = language()
        steps = [one for one in self._session.ledger.held(Milestone) if one.action == self._action.id]
        if not steps:
            return
        self.section(_("Milestones"))
        for one in sorted(steps, key=lambda step: step.due):
            state = state_of(one, self._answer.today)
            day = one.due if not one.done else one.done
            words = f"{one.name} · {show_date(one.due, lang) if day == one.due else day} · {say(STATES[state])}"
            self.column.addWidget(marked(*STEP_ICONS[state], words))

    def _effect(self) -> None:
        """Planned against measured, with the way to the measure."""
        followed: Followed | None = next(
            (one for one in self._answer.situation.followed if one.action.id == self._action.id), None
        )
        if followed is None:
            return
        self.section(_("Measured effect"))
        self.column.addWidget(label(say(followed.text), wrap=True))
        if followed.reason is not None:
            self.column.addWidget(marked("warning", "warning", say(followed.reason)))
        if followed.years:
            rows = [[str(one.year), tonnes(one.planned_tonnes), tonnes(one.measured_tonnes)] for one in followed.years]
            self._grid([_("Year"), _("As planned"), _("Measured")], rows)
        if self._session.ledger.get("measure", self._action.measure) is not None:
            key = self._action.measure
            held = self._session.ledger.get("measure", key)
            name = held.name if isinstance(held, Measure) else key
            words = _("Savings measure: {name}", name=name)
            self.column.addWidget(button(words, lambda: self._show_measure(key), role="link"))

    def _proof(self) -> None:
        decided = [one for one in self._session.ledger.held(Resolution) if self._action.id in one.actions]
        names = evidence_names(self._session, self._action.evidence)
        self.section(_("Evidence and decisions"))
        for name in names:
            self.column.addWidget(label(f"• {name}", wrap=True))
        for one in decided:
            minutes = ", ".join(evidence_names(self._session, one.evidence))
            said = named(f"{show_date(one.day, language())} {one.body}", f"{one.title} – {one.decision}")
            self.column.addWidget(label(f"• {said}" + (f" ({minutes})" if minutes else ""), wrap=True))
        if not names and not decided:
            self.column.addWidget(label(_("none"), "muted"))

    def _grid(self, heads: list[str], rows: list[list[str]]) -> None:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for column, head in enumerate(heads):
            grid.addWidget(label(head, "muted", size=0.92), 0, column, _side(column))
        for line, cells in enumerate(rows, 1):
            for column, text in enumerate(cells):
                grid.addWidget(number(minus(text), size=0.95), line, column, _side(column))
        self.column.addWidget(holder)


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
