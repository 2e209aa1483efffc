"""The named factors by which avoided emissions can be told: each with its publisher, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.i18n import Localised, T, show_number
from core.solar.avoided import Answer, Avoided, Named, avoided
from core.solar.hourly_factor import Hourly as ByHour
from core.solar.outlook import Outlook
from gui.language import _, say
from gui.solar.words import DASH, factor_words, gas_sign, plain
from gui.tables.table import Column, Mark
from gui.widgets import label, subheading
from gui.wording import status_name, tonnes

MODULES = "modules"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One kind of factor, and what it would make of the energy."""

    id: str
    """Key of the basis; ``modules``."""
    title: Localised
    question: Localised
    factor: Named | None
    amount: Avoided | None
    """None without factor or energy."""
    reason: Localised | None = None
    proposal: Named | None = None


def factor_rows(answers: Sequence[Answer], modules: Named | None, kwh: Decimal) -> list[FactorRow]:
    """A row for each kind of factor, that of making the modules last."""
    rows = [
        FactorRow(
            one.basis.key,
            one.basis.title,
            one.basis.question,
            one.factor,
            avoided(kwh, one.factor) if one.factor is not None and kwh else None,
            one.reason,
            one.proposal,
        )
        for one in answers
    ]
    question = T("What making, bringing and taking back the modules emits for each kilowatt-hour: a line of its own.")
    reason = None if modules is not None else T("No such factor is published for this place.")
    amount = avoided(kwh, modules) if modules is not None and kwh else None
    return [*rows, FactorRow(MODULES, T("Life cycle of the modules"), question, modules, amount, reason)]


def factor_columns() -> list[Column[FactorRow]]:
    """Of the table."""

    def value(row: FactorRow) -> Decimal:
        return ZERO if row.factor is None else row.factor.value

    def amount(row: FactorRow) -> Decimal:
        tonnes_of = ZERO if row.amount is None else row.amount.tonnes
        return -tonnes_of if row.id == MODULES else tonnes_of

    return [
        Column("kind", _("Kind of factor"), lambda row: say(row.title), width=34),
        Column("factor", _("Factor"), lambda row: DASH if row.factor is None else show_number(row.factor.value),
               "t/MWh", "right", value, lambda row: "" if row.factor is None else plain(row.factor.value), width=9),
        Column("gas", _("Gas"), lambda row: DASH if row.factor is None else gas_sign(row.factor.gas), width=7),
        Column("year", _("Year"), lambda row: str(row.factor.year or DASH) if row.factor else DASH, width=7),
        Column("tonnes", _("Avoided (memo)"), _amount, "t", "right", amount, lambda row: plain(amount(row)), width=10),
        Column("source", _("Publisher and edition, or why there is none"), source_of, width=40, stretch=True),
    ]  # fmt: skip


def _amount(row: FactorRow) -> str:
    """What was emitted takes away from what was avoided."""
    if row.amount is None:
        return DASH
    return f"-{tonnes(row.amount.tonnes)}" if row.id == MODULES else tonnes(row.amount.tonnes)


def source_of(row: FactorRow) -> str:
    """Publisher and edition; else why there is none, with the weaker number where one is known."""
    if row.factor is not None:
        return f"{row.factor.publisher} · {row.factor.edition}"
    words = "" if row.reason is None else say(row.reason)
    if row.proposal is not None:
        words += " " + _("Known but not used: {factor}.", factor=factor_words(row.proposal))
    return words


def factor_marks(row: FactorRow, year: int) -> dict[str, Mark]:
    """Where a factor describes another year than the one shown."""
    if row.factor is None or not row.factor.other_year:
        return {}
    words = _("The factor describes {there}, not {here}.", there=str(row.factor.year), here=str(year))
    return {"year": Mark("warning", words)}


def explained_factor(row: FactorRow) -> QWidget:
    """What question it answers, and everything that names it, for the inspector."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(subheading(say(row.title)))
    for words in _explained(row):
        column.addWidget(label(words, "muted", wrap=True))
    return made


def _explained(row: FactorRow) -> Iterator[str]:
    yield say(row.question)
    if row.factor is not None:
        yield say(row.factor.title)
        yield factor_words(row.factor)
        yield f"{row.factor.place} · {status_name(row.factor.status)}"
    else:
        yield source_of(row)
    if row.amount is not None:
        energy = show_number(row.amount.energy / 1000, 3)
        result = show_number(row.amount.tonnes, 3)
        yield f"{energy} MWh × {show_number(row.amount.factor.value)} t/MWh = {result} t"


def hourly_words(one: ByHour) -> str:
    """Avoided with the factor of each hour."""
    factor = one.avoided.factor
    return _(
        "Hour by hour with “{name}”: {tonnes} t. In the hours of the sun its mean is {weighted} t/MWh, over all hours "
        "{plain} t/MWh; {share} % of the time is known.",
        name=say(factor.title),
        tonnes=tonnes(one.avoided.tonnes),
        weighted=show_number(factor.value, 4),
        plain=f"{one.plain_mean:.4f}",
        share=f"{100 * one.present / one.expected:.1f}" if one.expected else "0",
    )


def balance_words(found: Outlook | None) -> list[str]:
    """What has to be said of the net of grid and modules, and of a factor by the hour."""
    words = [] if found is None or found.hourly is None else [hourly_words(found.hourly)]
    balance = None if found is None else found.balance
    if balance is None or balance.net is None:
        return words
    words += [
        _("Avoided {avoided} t less {modules} t for the life cycle of the modules: {net} t.",
          avoided=tonnes(balance.avoided), modules=tonnes(balance.modules.tonnes if balance.modules else ZERO),
          net=tonnes(balance.net))
    ]  # fmt: skip
    if balance.mixed is not None:
        words.append(say(balance.mixed))
    return words
