"""The judgement of a claim as it is read: verdict, findings with their numbers, factors, scenarios, questions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.i18n import Localised, show_number
from core.library import SHIPPED
from core.solar.claims import (
    FAMILIES,
    VERDICTS,
    Assumption,
    ClaimCheck,
    Compared,
    Quantity,
    Sentences,
    Source,
    Step,
    Verdict,
)
from gui.claims.strip import Mark, Strip
from gui.icons import pixmap
from gui.language import _, say
from gui.widgets import button, card, label, number, rule, subheading
from gui.wording import GASES, named, region_name, status_name

PICTURES: dict[Verdict, tuple[str, str]] = {
    "contradicted": ("error", "bad"),
    "doubtful": ("warning", "warning"),
    "unknown": ("info", "accent"),
    "holds": ("check", "good"),
}
"""Icon and colour of each verdict; its word stands beside them."""
NEAREST = 5
"""Factors shown before one asks for all."""
UNITS = {"W/m2": "W/m²", "t/MWh": "t/MWh", "kWh/kW/a": "kWh/kW/a", "1": ""}


def verdict_mark(verdict: Verdict, *, size: float = 1.0) -> QWidget:
    """Icon and word."""
    picture, token = PICTURES[verdict]
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    sign = QLabel()
    sign.setPixmap(pixmap(picture, token, round(16 * size)))
    row.addWidget(sign)
    role = "" if token == "accent" else token
    row.addWidget(label(say(VERDICTS[verdict]), role, size=size, strong=True))
    return made


def banner(check: ClaimCheck) -> QFrame:
    """What can be read in a minute."""
    frame, inside = card()
    frame.setAccessibleName(say(check.summary))
    inside.addWidget(verdict_mark(check.verdict, size=1.35), 0, Qt.AlignmentFlag.AlignLeft)
    headline, *rest = check.summary.parts
    inside.addWidget(_words(say(headline), strong=True))
    for part in rest:
        inside.addWidget(_point(say(part)))
    return frame


def _point(words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(label("•", "muted"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(_words(words), 1)
    return made


def _words(text: str, role: str = "", *, size: float = 1.0, strong: bool = False) -> QLabel:
    """Words one may select."""
    made = label(text, role, size=size, strong=strong, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class StepCard(QWidget):
    """One point of the check."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.step = step
        frame, self._inside = card()
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(frame)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(say(step.title), size=1.08, strong=True, wrap=True), 1)
        head.addWidget(verdict_mark(step.verdict), 0, Qt.AlignmentFlag.AlignTop)
        self._inside.addLayout(head)
        frame.setAccessibleName(named(say(step.title), say(VERDICTS[step.verdict])))
        self._add_picture()
        for part in parts_of(step.sentence):
            self._inside.addWidget(_words(say(part)))
        self._add_numbers()
        if step.question is not None:
            self._inside.addSpacing(4)
            self._inside.addWidget(asked(say(step.question)))

    def _add_picture(self) -> None:
        drawn = among_factors(self.step) if self.step.factors else among_scenarios(self.step)
        if drawn is None:
            return
        self._inside.addSpacing(2)
        self._inside.addWidget(drawn)
        if self.step.factors:
            words = _("Each mark is a published factor; the bold ones had been published by the day of the claim.")
            self._inside.addWidget(label(words, "muted", size=0.88, wrap=True))
        self._inside.addSpacing(4)

    def _add_numbers(self) -> None:
        step, inside = self.step, self._inside
        shown = [one for one in step.quantities if one.formula]
        if shown:
            inside.addSpacing(4)
            inside.addWidget(calculations(shown))
        if step.scenarios:
            inside.addSpacing(4)
            inside.addWidget(scenarios(step))
        if step.factors:
            inside.addSpacing(4)
            inside.addWidget(FactorList(step.factors))
        elif step.sources:
            inside.addSpacing(2)
            for source in step.sources:
                inside.addWidget(_words(cited(source), "muted", size=0.92))


def parts_of(text: Localised) -> list[Localised]:
    """Each sentence of its own."""
    if not isinstance(text, Sentences):
        return [text]
    return [one for part in text.parts for one in parts_of(part)]


def asked(question: str) -> QWidget:
    """What to ask, told apart from what was found."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(label(_("Ask:"), "muted", strong=True), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(_words(question, strong=True), 1)
    return made


def calculations(quantities: Sequence[Quantity]) -> QWidget:
    """Names, formulas with their numbers, results."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(0, 1)
    for place, one in enumerate(quantities):
        result = number(f"= {one.shown} {UNITS.get(one.unit, one.unit)}".rstrip(), strong=True)
        formula = number(one.formula, size=0.95)
        formula.setProperty("role", "muted")
        formula.setWordWrap(True)
        name = say(one.name)
        formula.setAccessibleName(named(name, one.formula))
        cell = QVBoxLayout()
        cell.setSpacing(0)
        cell.addWidget(label(name, size=0.95, wrap=True))
        cell.addWidget(formula)
        if one.key.startswith("constant") and one.low is not None and one.high is not None:
            limits = _(
                "Rounding allows {low} to {high} t/MWh.", low=show_number(one.low, 3), high=show_number(one.high, 3)
            )
            cell.addWidget(label(limits, "muted", size=0.92, wrap=True))
        grid.addLayout(cell, place, 0)
        grid.addWidget(result, place, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
    return made


def scenarios(step: Step) -> QWidget:
    """Starting factors down, declines across, tonnes in the cells."""
    made = QWidget()
    declines = sorted({one.decline for one in step.scenarios})
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(0, 1)
    grid.addWidget(label(_("Factor of the first year"), "muted", size=0.92, wrap=True), 0, 0)
    for place, decline in enumerate(declines, 1):
        words = _("falling {rate} %/a", rate=decline) if decline else _("frozen")
        grid.addWidget(label(words, "muted", size=0.92), 0, place, Qt.AlignmentFlag.AlignRight)
    for row, start in enumerate(dict.fromkeys(say(one.name) for one in step.scenarios), 1):
        grid.addWidget(_words(start, size=0.95), row, 0)
        for one in (one for one in step.scenarios if say(one.name) == start):
            cell = number(f"{show_number(one.tonnes, 0)} t")
            cell.setAccessibleName(f"{start}, {show_number(one.decline)} %/a: {show_number(one.tonnes, 0)} t")
            grid.addWidget(cell, row, 1 + declines.index(one.decline), Qt.AlignmentFlag.AlignRight)
    return made


def among_scenarios(step: Step) -> Strip | None:
    """The tonnes of the claim beside those of all scenarios; None where it claims no total."""
    claimed = next((one.value for one in step.quantities if one.key == "claimed"), None)
    if claimed is None:
        return None
    found = sorted(one.tonnes for one in step.scenarios)
    words = _("Claimed: {tonnes} t", tonnes=show_number(claimed, 0))
    ends = _(
        "{count} scenarios: {low} to {high} t",
        count=str(len(found)),
        low=show_number(found[0], 0),
        high=show_number(found[-1], 0),
    )
    marks = [Mark(float(one)) for one in found]
    return Strip(f"{words}; {ends}", marks, (float(claimed), words), (float(found[0]), float(found[-1])), ends)


def among_factors(step: Step) -> Strip | None:
    """The constant of the claim among all published factors, with what rounding allows."""
    constant = next((one for one in step.quantities if one.key.startswith("constant")), None)
    if constant is None or constant.low is None or constant.high is None:
        return None
    words = _("Claimed: {constant} t/MWh", constant=constant.shown)
    ends = _("within rounding")
    marks = [Mark(float(one.value), one.known) for one in step.factors]
    name = _("{claim} among {count} published factors; those of that day are drawn bold", claim=words,
             count=str(len(marks)))  # fmt: skip
    if weak := _weak(step.factors):
        name = _("{claim} among {count} published factors, {weak} of them too weakly documented to count; those of "
                 "that day are drawn bold", claim=words, count=str(len(marks)), weak=str(weak))  # fmt: skip
    return Strip(name, marks, (float(constant.value), words), (float(constant.low), float(constant.high)), ends)


def _weak(factors: Sequence[Compared]) -> int:
    """How many are only shown: the sentence of the step counts the others."""
    return sum(one.factor.status not in SHIPPED for one in factors)


def _all_of(factors: Sequence[Compared]) -> str:
    """What the button shows, in the numbers of the sentence above it."""
    weak = _weak(factors)
    if not weak:
        return _("Show all {count} published factors", count=str(len(factors)))
    counted = str(len(factors) - weak)
    return _("Show {count} published factors and {weak} that do not count", count=counted,
             weak=str(weak))  # fmt: skip


class FactorList(QWidget):
    """Published factors, the nearest first; a button shows the others."""

    def __init__(self, factors: Sequence[Compared]) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._grid)
        self._far: list[QWidget] = []
        self._heads(factors)
        for place, one in enumerate(factors, 1):
            cells = self._row(one, place)
            if place > NEAREST:
                self._far += cells
        for widget in self._far:
            widget.hide()
        self.more = button(_all_of(factors), self.show_all, role="link")
        self.more.setVisible(bool(self._far))
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_all(self) -> None:
        """The far ones too."""
        for widget in self._far:
            widget.show()
        self.more.hide()

    def _heads(self, factors: Sequence[Compared]) -> None:
        last = "kWh/kW" if any(one.needed is not None for one in factors) else _("Tonnes")
        heads = (_("Published factor"), "t/MWh", _("off by"), last)
        for place, words in enumerate(heads):
            side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(label(words, "muted", size=0.92), 0, place, side)

    def _row(self, one: Compared, place: int) -> list[QWidget]:
        factor = one.factor
        name = QWidget()
        words = QVBoxLayout(name)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(_words(say(factor.name) if factor.name else factor.key, size=0.95))
        words.addWidget(_words(" · ".join(about(one)), "muted", size=0.88))
        last = _last_of(one)
        off = "–" if one.difference is None else _percent(one.difference)
        cells: list[QWidget] = [name, number(_brief(one.value)), number(off), number(last)]
        for column, cell in enumerate(cells):
            side = Qt.AlignmentFlag.AlignTop | (Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag(0))
            self._grid.addWidget(cell, place, column, side) if column else self._grid.addWidget(cell, place, column)
        return cells


def about(one: Compared) -> list[str]:
    """What kind of factor it is, of which place and edition, and how sure."""
    factor = one.factor
    gas = GASES[one.gas.removesuffix("e")] + ("e" if one.gas.endswith("e") else "") if one.gas else ""
    said = [
        say(FAMILIES[factor.use]),
        gas,
        region_name(factor.region),
        _standing(factor.set.edition, factor.place),
        _("published {day}", day=factor.set.published) if factor.set.published else "",
        status_name(factor.status),
    ]
    if not one.known:
        said.append(_("later than the claim"))
    if one.within:
        said.append(_("within rounding"))
    return [words for words in said if words]


def _last_of(one: Compared) -> str:
    if one.needed is not None:
        return show_number(one.needed, 0)
    return "–" if one.tonnes is None else f"{show_number(one.tonnes, 0)} t"


def _brief(value: Decimal) -> str:
    return show_number(value, 4).removesuffix("0")


def _percent(value: Decimal) -> str:
    return f"{value:+,.1f} %".replace("-", "−")


def cited(source: Source) -> str:
    """Where it stands."""
    known = (say(source.title), source.publisher, _standing(source.edition, source.place), status_name(source.status))
    return " · ".join(words for words in known if words)


def _standing(edition: str, place: str) -> str:
    """Edition and place, the edition once."""
    return place if place.startswith(edition) else ", ".join(filter(None, (edition, place)))


def assumed(assumptions: Sequence[Assumption]) -> QFrame:
    """Everything assumed, with its sources."""
    frame, inside = card()
    inside.addWidget(subheading(_("What was assumed")))
    for place, one in enumerate(assumptions):
        if place:
            inside.addWidget(rule())
        row = QHBoxLayout()
        row.addWidget(label(say(one.name), wrap=True), 1)
        row.addWidget(number(f"{show_number(one.value)} {UNITS.get(one.unit, one.unit)}".rstrip(), strong=True), 0,
                      Qt.AlignmentFlag.AlignTop)  # fmt: skip
        inside.addLayout(row)
        words = _("Changed by you") if one.status == "USER" else say(one.source)
        inside.addWidget(_words(words, "muted", size=0.88))
    return frame


def as_text(check: ClaimCheck) -> str:
    """The judgement for an e-mail: claim, summary, questions."""
    lines = [check.claim.name, check.claim.text, "", say(VERDICTS[check.verdict])]
    lines += [f"• {say(part)}" for part in check.summary.parts]
    lines += ["", _("Questions"), *(f"{place}. {say(question)}" for place, question in enumerate(check.questions, 1))]
    return "\n".join(lines).strip()
