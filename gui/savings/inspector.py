"""What the inspector says about a measure: result, steps with numbers, factor, certainty, what is left out, proof."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from core.i18n import show_date, show_number
from core.ledger import Evidence
from core.savings import NEVER_SUBTRACTED, BesideLine, Finance, Regression, SavedLine, Saving, SavingYear
from gui.explain import Explanation
from gui.language import _, language, say
from gui.savings.rows import Row, kind_title, mwh, source_of
from gui.session import Session
from gui.widgets import label, marked, number, subheading
from gui.wording import TONNES, item_name, named, tonnes, unit_words


class MeasureExplanation(Explanation):
    """A measure and its saving in the year shown."""

    def __init__(self, row: Row, session: Session) -> None:
        super().__init__(session.library)
        self._session, self._row = session, row
        self.title(row.measure.name, kind_title(row.measure.kind))
        if row.saving is None:
            if row.error is not None:
                self.column.addWidget(marked("error", "bad", row.error.text(language())))
        else:
            self._result(row.year)
            self._watch(row.saving)
            self._steps(row.saving)
            self._certainty(row.saving)
            if row.year is not None:
                self._lines(row.year)
            if row.saving.finance is not None:
                self._finance(row.saving.finance, row.saving.currency)
            self._said(row.saving)
        self._frame()
        self.history(session.history(row.measure), row.measure.id)
        self.column.addStretch(1)

    # ------------------------------------------------------------------ parts

    def _result(self, year: SavingYear | None) -> None:
        if year is None:
            words = _("Nothing is saved in {year}.", year=str(self._session.year))
            self.column.addWidget(marked("info", "accent", words))
        else:
            shown = number(f"{mwh(year.kwh)} MWh · {tonnes(year.tonnes)} {TONNES}", size=1.25, strong=True)
            shown.setWordWrap(True)
            self.column.addWidget(shown)
            span = _("{start} to {end}", start=show_date(year.start, language()), end=show_date(year.end, language()))
            self.column.addWidget(label(span, "muted", wrap=True))
        self.column.addWidget(marked("info", "accent", say(NEVER_SUBTRACTED)))

    def _watch(self, saving: Saving) -> None:
        for words in saving.warnings:
            self.column.addWidget(marked("warning", "warning", say(words)))
        for words in saving.notes:
            self.column.addWidget(marked("info", "accent", say(words)))

    def _steps(self, saving: Saving) -> None:
        self.section(_("How the energy is calculated"))
        for step in saving.effect.steps:
            self.step(step)
        option = saving.effect.option
        self.pairs(
            (
                (_("According to"), saving.kind.source),
                (_("Option of the IPMVP"), option if option else ""),
            )
        )

    def _certainty(self, saving: Saving) -> None:
        sure, regression = saving.effect.uncertainty, saving.effect.regression
        if sure is None and regression is None:
            return
        self.section(_("How sure it is"))
        if sure is not None:
            percent = "–" if sure.percent is None else f"± {show_number(sure.percent, 1)} %"
            confidence = f"{show_number(sure.confidence)} %"
            self.pairs(((_("Uncertainty"), percent), (_("Confidence"), confidence), (_("Basis"), say(sure.basis))))
        if regression is not None:
            self._regression(regression)

    def _regression(self, one: Regression) -> None:
        self.pairs(
            (
                (_("Model"), say(one.title)),
                ("R²", show_number(one.r2, 4)),
                (_("CV(RMSE), n − p"), f"{show_number(one.cv_rmse, 2)} %"),
                (_("NMBE, n − p"), f"{show_number(one.nmbe_np, 3)} %"),
                (_("NMBE, n"), f"{show_number(one.nmbe_n, 3)} %"),
                (_("Periods, parameters"), f"n = {one.n}, p = {one.p}"),
                (_("Autocorrelation"), f"ρ = {show_number(one.autocorrelation, 2)}, "
                                       f"n′ = {show_number(one.effective, 1)}"),
                (_("Limits of ASHRAE Guideline 14"), _limits(one.within)),
            )
        )  # fmt: skip
        self.column.addWidget(subheading(_("Coefficients")))
        for each in one.coefficients:
            unit = unit_words(self._library, each.unit)
            error = "" if each.error is None else f" ± {show_number(each.error, _places(each.error))}"
            t = "" if each.t is None else f", t = {show_number(each.t, 1)}"
            value = show_number(each.value, _places(each.error if each.error else each.value))
            self.pairs(((say(each.title), f"{value}{error} {unit}{t}"),))

    def _lines(self, year: SavingYear) -> None:
        for line in year.lines:
            self.section(named(say(line.flow.role), item_name(self._library, line.flow.item)))
            self._line(line)
        for beside in year.beside:
            self._beside(beside)

    def _line(self, line: SavedLine) -> None:
        unit = unit_words(self._library, line.flow.unit)
        self.pairs(
            (
                (_("Without the measure"), f"{show_number(line.amounts.before, 1)} {unit}"),
                (_("With the measure"), f"{show_number(line.amounts.after, 1)} {unit}"),
                (_("Saved"), f"{show_number(line.amounts.saved, 1)} {unit}"),
            )
        )
        for step in line.steps:
            self.step(step)
        if line.reason is not None:
            self.column.addWidget(marked("warning", "warning", say(line.reason)))
        if line.factor is not None:
            self.factor(line.factor)

    def _beside(self, one: BesideLine) -> None:
        name = item_name(self._library, one.beside.flow.item)
        self.section(_("Beside the saving: {what}", what=say(one.beside.flow.role)))
        emitted = "–" if one.tonnes is None else f"{tonnes(one.tonnes)} {TONNES}"
        self.pairs(((name, f"{show_number(one.amount, 3)} {one.beside.flow.unit}"), (_("Emitted"), emitted)))
        if one.factor is not None:
            self.factor(one.factor)

    def _finance(self, one: Finance, currency: str) -> None:
        self.section(_("What it is worth"))
        roots = ", ".join(f"{show_number(root, 1)} %" for root in one.irr)
        irr = roots if len(one.irr) == 1 else _("{count} roots: {roots}", count=len(one.irr), roots=roots or "–")
        self.pairs(
            (
                (_("Investment"), _money(one.capex, currency)),
                (_("Saved in a full year"), _money(one.yearly, currency)),
                (_("Running costs a year"), _money(one.opex, currency)),
                (_("Life"), _("{years} years", years=one.life)),
                (_("Discount rate"), "–" if one.rate is None else f"{show_number(one.rate)} %"),
                (_("Net present value"), "–" if one.npv is None else _money(one.npv, currency)),
                (_("Internal rate of return"), irr),
                (_("Payback"), _years(one.payback)),
                (_("Discounted payback"), _years(one.discounted_payback) if one.rate is not None else "–"),
            )
        )

    def _said(self, saving: Saving) -> None:
        for title, sentences in (
            (_("Assumptions"), saving.effect.assumptions),
            (_("Left out"), saving.effect.left_out),
        ):
            if sentences:
                self.section(title)
                for words in sentences:
                    self.column.addWidget(label(f"• {say(words)}", wrap=True))

    def _frame(self) -> None:
        measure = self._row.measure
        held = [self._session.ledger.get("evidence", one) for one in measure.evidence]
        names = [one.name for one in held if isinstance(one, Evidence)]
        self.section(_("Record"))
        self.pairs(
            (
                (_("Id"), measure.id),
                (_("First day"), show_date(measure.start, language())),
                (_("Last day"), show_date(measure.end, language())),
                (_("Emission source"), source_of(measure)),
                (_("Evidence"), "\n".join(names) or _("none")),
                (_("Remark"), measure.note),
            )
        )


def explained(row: Row, session: Session) -> QWidget:
    """The widget for the inspector."""
    return MeasureExplanation(row, session)


def _limits(within: bool | None) -> str:
    if within is None:
        return _("none for periods of this length")
    return _("kept") if within else _("not kept")


def _money(value: Decimal, currency: str) -> str:
    return f"{show_number(value, 2)} {currency}"


def _years(value: Decimal | None) -> str:
    return _("not within the life") if value is None else _("{years} years", years=show_number(value, 1))


def _places(size: Decimal) -> int:
    """Decimals that show three digits of a number."""
    return max(0, 2 - size.adjusted()) if size else 2
