"""The tables of the page about quality, and what the inspector says about their rows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from core.i18n import T, show_date, show_number
from core.inventory.evidence import Unproven
from core.inventory.quality import BEST, RULE, SCALE, WORST
from core.methods import plain
from gui.explain import Explanation
from gui.language import _, language, say
from gui.quality.rows import (
    PROOF_TITLES,
    InputRow,
    SourceRow,
    indicator_name,
    input_name,
    kind_name,
    percent,
)
from gui.session import Session
from gui.tables.table import Column
from gui.widgets import label
from gui.wording import TONNES, shown_percent, tonnes, unit_words


def input_columns(name: Callable[[InputRow], str]) -> list[Column[InputRow]]:
    """What an input weighs, how sure it is, and what moves with it."""

    def share(row: InputRow) -> Decimal:
        return row.share.variance or Decimal(0)

    return [
        Column("kind", _("Input"), kind_name, width=11),
        Column("name", _("Source or factor"), name, width=26, stretch=True),
        Column("tonnes", _("Depends on it"), lambda r: tonnes(r.share.tonnes), TONNES, "right",
               lambda r: r.share.tonnes, lambda r: plain(r.share.tonnes), width=11),
        Column("percent", _("Uncertainty"), _half, "± %", "right",
               lambda r: r.share.percent if r.share.percent is not None else Decimal(-1), width=11),
        Column("variance", _("Share of the variance"), lambda r: shown_percent(r.share.variance), "%", "right",
               share, width=11),
        Column("ten", _("10 % more of it"), lambda r: f"+{tonnes(r.share.ten_percent)}", TONNES, "right",
               lambda r: r.share.ten_percent, lambda r: plain(r.share.ten_percent), width=11),
        Column("of_total", _("of the total"), lambda r: shown_percent(r.share.of_total), "%", "right",
               lambda r: r.share.of_total or Decimal(0), width=9),
    ]  # fmt: skip


def _half(row: InputRow) -> str:
    if row.share.percent is None:
        return _("not quantified")
    return "0" if not row.share.percent else shown_percent(row.share.percent)


def source_columns() -> list[Column[SourceRow]]:
    """Scores with the direction of their scale, and proof."""
    scale = _("{best} best, {worst} worst", best=BEST, worst=WORST)

    def mean(key: str, title: str) -> Column[SourceRow]:
        return Column(key, title, lambda r: show_number(round(getattr(r, key), 1), 1), scale, "right",
                      lambda r: getattr(r, key), width=13)  # fmt: skip

    def share(key: str) -> Column[SourceRow]:
        return Column(key, say(PROOF_TITLES[key]), lambda r: shown_percent(getattr(r, key)), "%", "right",
                      lambda r: getattr(r, key), width=11)  # fmt: skip

    return [
        Column("source", _("Source"), lambda r: r.id, width=22, stretch=True),
        Column("tonnes", _("Emissions"), lambda r: tonnes(r.tonnes), TONNES, "right", lambda r: r.tonnes,
               lambda r: plain(r.tonnes), width=11),
        mean("activity", _("Activity data")),
        mean("factor", _("Factors")),
        share("kept"),
        share("number"),
        share("nothing"),
    ]  # fmt: skip


def unproven_columns(item: Callable[[str], str]) -> list[Column[Unproven]]:
    """Records without a kept file, most tonnes first."""

    def month(row: Unproven) -> str:
        return show_date(row.activity.start, language())

    return [
        Column("source", _("Source"), lambda r: r.activity.source, width=22, stretch=True),
        Column("item", _("What"), lambda r: item(r.activity.item), width=16),
        Column("start", _("From"), month, sort=lambda r: r.activity.start, width=13),
        Column("tonnes", _("Emissions"), lambda r: tonnes(r.tonnes), TONNES, "right", lambda r: r.tonnes,
               lambda r: plain(r.tonnes), width=11),
        Column("proof", _("Proof"), lambda r: say(PROOF_TITLES[r.proof]), width=18),
        Column("reference", _("Reference"), lambda r: r.activity.evidence, width=16),
    ]  # fmt: skip


# ---------------------------------------------------------------------- inspector


def explained_source(row: SourceRow, session: Session) -> QWidget:
    """Why a source has its scores."""
    shown = Explanation(session.library)
    shown.title(row.id, f"{tonnes(row.tonnes)} {TONNES}")
    for of, title in (("activity", _("Activity data")), ("factor", _("Factors"))):
        shown.section(title)
        for reason in (one for one in row.reasons if one.of == of):
            share = shown_percent(percent(reason.tonnes, row.tonnes))
            head = _("{indicator}: {score}, for {share} % of the tonnes", indicator=indicator_name(reason.indicator),
                     score=reason.score, share=share)  # fmt: skip
            shown.column.addWidget(label(head, "muted", size=0.92, wrap=True))
            shown.column.addWidget(label(say(reason.words), wrap=True))
    shown.column.addWidget(label(f"{say(SCALE)} {say(RULE)}", "muted", size=0.92, wrap=True))
    return shown


KINDS = {
    "record": T("Stated with the record"),
    "published": T("Published with the factor"),
    "default": T("Published for its class"),
    "proposal": T("A proposal of this program, published nowhere"),
}


def explained_input(row: InputRow, session: Session) -> QWidget:
    """Where the uncertainty of an input comes from, and the factor itself."""
    shown = Explanation(session.library)
    shown.title(input_name(row, session.inventory), kind_name(row))
    spread = row.spread
    if spread is None:
        words = _("Nobody quantified it: state the uncertainty with the record, or let in the marked proposals.")
        shown.column.addWidget(label(words, wrap=True))
    else:
        form = _("lognormal") if spread.lognormal else _("normal")
        shown.pairs(
            (
                (_("Half of the 95 % interval"), f"± {shown_percent(spread.half)} %"),
                (_("Distribution"), form),
                (_("Kind"), say(KINDS[spread.kind])),
                (_("Basis"), say(spread.basis)),
            )
        )
    if row.factor is not None:
        shown.section(_("Factor"))
        shown.pairs(((_("Unit"), unit_words(session.library, row.factor.unit)),))
        shown.factor(row.factor)
    return shown
