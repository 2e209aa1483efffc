"""What the inspector says about an emission source and about a sample."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from core.audit.risk import LEVELS, SourceRisk, source_of_setting
from core.audit.risk_rules import CONTROL, INHERENT
from core.audit.sampling import redraw
from core.i18n import show_date, show_number
from core.ledger import Sample
from gui.explain import Explanation
from gui.language import _, language, say
from gui.samples.words import CALIBRATIONS, detection_words, level_words, method_words, setting_words
from gui.session import Session
from gui.widgets import label, marked
from gui.wording import TONNES, shown_percent


def explained_source(risk: SourceRisk, session: Session) -> QWidget:
    """Why the risks of a source are proposed as they are, and what was decided."""
    shown, share = Explanation(session.library), risk.share
    shown.title(risk.source, _("{percent} % of the total", percent=shown_percent(share.percent)))
    shown.pairs(
        (
            (_("Location-based"), f"{show_number(share.location)} {TONNES}"),
            (_("Market-based"), f"{show_number(share.market)} {TONNES}" if share.market != share.location else ""),
            (_("Records"), str(share.records)),
            (_("Without a factor"), str(share.excluded or "")),
            (_("Estimated"), f"{shown_percent(share.estimated_percent)} %"),
            (_("No kept proof"), f"{shown_percent(share.unproven_percent)} %"),
            (_("Typed by hand"), str(share.typed)),
            (_("Last year, closed"), "" if share.last_year is None else f"{show_number(share.last_year)} {TONNES}"),
            (_("Calibration"), _calibration(risk)),
            (_("Corrected"), str(share.corrections or "")),
        )
    )
    _show_proposal(shown, risk)
    shown.section(_("Detection risk"))
    shown.column.addWidget(label(detection_words(risk.detection, risk.confidence), strong=True, wrap=True))
    for key in ("matrix", "weights", "audit_risk", "limits"):
        shown.column.addWidget(label(say(source_of_setting(key)), "muted", size=0.92, wrap=True))
    if risk.decided is not None:
        shown.section(_("Decided by the auditor"))
        words = _("Inherent {inherent}, control {control}", inherent=level_words(risk.decided.inherent),
                  control=level_words(risk.decided.control))  # fmt: skip
        shown.column.addWidget(label(words, strong=True, wrap=True))
        shown.column.addWidget(label(risk.decided.reason or _("As proposed."), wrap=True))
        shown.history(session.history(risk.decided), risk.decided.id)
    return shown


def _show_proposal(shown: Explanation, risk: SourceRisk) -> None:
    """What the data propose, each level with the rules that spoke."""
    proposal = risk.proposal
    for of, title, level in (
        (INHERENT, _("Inherent risk"), proposal.inherent),
        (CONTROL, _("Control risk"), proposal.control),
    ):
        shown.section(title)
        shown.column.addWidget(label(_("Proposed: {level}", level=level_words(level)), strong=True, wrap=True))
        hits = [hit for hit in proposal.hits if hit.rule.of == of]
        for hit in hits:
            picture, token = ("warning", "warning") if hit.level == "high" else ("info", "accent")
            words = _("{level}: {reason}", level=say(LEVELS[hit.level]), reason=say(hit.reason))
            shown.column.addWidget(marked(picture, token, words))
        if of == INHERENT and proposal.small is not None:
            shown.column.addWidget(marked("info", "accent", say(proposal.small)))
        if not hits:
            shown.column.addWidget(label(_("Nothing in the data raises it."), "muted", wrap=True))


def _calibration(risk: SourceRisk) -> str:
    words = say(CALIBRATIONS[risk.share.calibration])
    if not risk.share.calibrated_to:
        return words
    try:
        day = show_date(date.fromisoformat(risk.share.calibrated_to), language())
    except ValueError:
        day = risk.share.calibrated_to
    return f"{words}, {day}"


def _broken(digest: str) -> str:
    """A hash that may go on in the next line."""
    return "\u200b".join(digest[place : place + 8] for place in range(0, len(digest), 8))


def explained_sample(sample: Sample, session: Session) -> QWidget:
    """Everything that is needed to draw a sample again, and whether it comes out the same."""
    shown = Explanation(session.library)
    shown.title(sample.name, method_words(sample))
    again = redraw(session.ledger, session.inventory, sample)
    pictures = {"same": ("check", "good"), "differs": ("error", "bad")}
    shown.column.addWidget(marked(*pictures.get(again.state, ("info", "accent")), say(again.words)))
    before = session.ledger.get("sample", sample.previous)
    shown.pairs(
        (
            (_("Id"), sample.id),
            (_("Sources"), ", ".join(sample.sources) or _("all")),
            (_("Draws"), str(sample.size)),
            (_("Seed"), sample.seed),
            (_("Widens"), before.name if isinstance(before, Sample) else ""),
            (_("Reason"), sample.reason),
            *(setting_words(key, value) for key, value in sample.settings),
            (_("SHA-256 of the frame"), _broken(sample.frame)),
        )
    )
    shown.history(session.history(sample), sample.id)
    return shown
