"""A finding in the inspector: everything that was said, the records and files, what was corrected, the history."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.audit.corrected import corrections_of
from core.audit.finding import KINDS, finding_named, title_of
from core.audit.people import name_of
from core.disclosures.catalogue import CHECK
from core.i18n import show_date, show_month, show_number
from core.ledger import Activity, AuditFinding, Evidence, Sample, TestSheet
from gui.audit_findings.because import because_words
from gui.audit_findings.rows import day_of, effect_of, status_of
from gui.evidence.kept_file import KeptFile
from gui.explain import Explanation
from gui.language import _, language, say
from gui.page import Page
from gui.quality.rows import shortened
from gui.session import Session
from gui.sources.inspector import WIDEST
from gui.widgets import button, label
from gui.wording import TONNES, item_name, unit_name

MOST = 12
"""Records and corrections listed."""


class FindingExplanation(Explanation):
    """A finding in words."""

    def __init__(self, page: Page, session: Session, finding: AuditFinding) -> None:
        super().__init__(session.library)
        self._page, self._session, self._finding = page, session, finding
        self.title(title_of(session.ledger, finding), f"{say(KINDS[finding.kind])} · {status_of(finding)}")
        self.column.addWidget(label(finding.description, wrap=True))
        self._asked_by()
        self._facts()
        self._records()
        self._files(_("Evidence"), finding.evidence)
        self._answer()
        self._corrections()
        self._closing()
        self.history(session.history(finding), finding.id, session.ledger)

    def _facts(self) -> None:
        finding, name = self._finding, self._name
        effect = effect_of(finding)
        if finding.effect is not None:
            effect = f"{effect} {TONNES}"
        elif finding.kind == "misstatement":
            effect = _("Cannot be expressed in tonnes")
        self.pairs(
            (
                (_("Clause"), finding.clause),
                (_("Effect"), effect),
                (_("Projected"), _("stands for records that were not tested") if finding.projected else ""),
                (_("Sample"), self._sample()),
                (_("Raised by"), f"{name(finding.raised_by)}, {show_date(finding.raised, language())}"),
                (_("Owner"), name(finding.owner)),
                (_("Answer due"), day_of(finding.due)),
                (_("Test sheets"), ", ".join(self._sheets())),
            )
        )

    def _asked_by(self) -> None:
        """The question of the checklist, or the data point, that asks for it."""
        point = self._finding.point
        if not point:
            return
        self.section(_("Asked for by"))
        words = because_words(point)
        place = "checklist" if point.startswith(CHECK) else "disclosures"
        made = button(shortened(words, WIDEST), lambda: self._page.wanted.emit(place, point), role="link", tip=words)
        made.setAccessibleName(words)
        self.column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def _sample(self) -> str:
        held = self._session.ledger.get("sample", self._finding.sample)
        return held.name or held.id if isinstance(held, Sample) else self._finding.sample

    def _sheets(self) -> list[str]:
        held = self._session.ledger.held(TestSheet)
        return [one.id for one in held if one.finding == self._finding.id]

    def _name(self, key: str) -> str:
        return name_of(self._session.ledger, key) if key else ""

    def _records(self) -> None:
        keys = self._finding.activities
        if not keys:
            return
        self.section(_("Records affected"))
        for key in keys[:MOST]:
            found = self._session.ledger.get("activity", key)
            if isinstance(found, Activity):
                words = record_words(self._session, found)
                made = button(shortened(words, WIDEST), partial(self._show, key), role="link", tip=words)
                made.setAccessibleName(words)
                self.column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                self.column.addWidget(label(_("{id} is no longer there.", id=key), "muted", wrap=True))
        if len(keys) > MOST:
            self.column.addWidget(label(_("and {count} more", count=len(keys) - MOST), "muted"))

    def _show(self, key: str) -> None:
        self._page.wanted.emit("activity", key)

    def _files(self, title: str, keys: tuple[str, ...]) -> None:
        held = [one for key in keys if isinstance(one := self._session.ledger.get("evidence", key), Evidence)]
        if held:
            self.section(title)
            for one in held:
                self.column.addWidget(KeptFile(self._page, self._session, one))

    def _answer(self) -> None:
        finding = self._finding
        if not (finding.root_cause or finding.correction or finding.answered_by):
            return
        self.section(_("Answer of the plant"))
        self.pairs(
            (
                (_("Root cause"), finding.root_cause),
                (_("Correction"), finding.correction),
                (_("Corrective action"), finding.corrective_action),
                (_("Answered by"), self._name(finding.answered_by)),
            )
        )
        self._files(_("Proof"), finding.proof)

    def _corrections(self) -> None:
        session, finding = self._session, self._finding
        found = corrections_of(session.ledger, session.file.corrections, finding.year)
        own = [one for one in found if one.finding == finding.id]
        if not own:
            return
        self.section(_("Corrected because of it"))
        for one in own[:MOST]:
            now = session.ledger.get(one.kind, one.id)
            words = one.id
            if isinstance(one.before, Activity) and isinstance(now, Activity):
                before, after = (show_number(record.quantity) for record in (one.before, now))
                unit = unit_name(session.library, now.unit)
                words = _("{id}: {before} → {after} {unit}", id=one.id, before=before, after=after, unit=unit)
            elif now is None:
                words = _("{id}: taken away", id=one.id)
            elif one.before is None:
                words = _("{id}: added", id=one.id)
            self.column.addWidget(label(words, wrap=True))
            day = show_date(one.when.date(), language())
            self.column.addWidget(label(f"{one.who}, {day}", "muted", size=0.92))
        if len(own) > MOST:
            self.column.addWidget(label(_("and {count} more", count=len(own) - MOST), "muted"))

    def _closing(self) -> None:
        finding = self._finding
        if not (finding.closed_by or finding.closing_note):
            return
        self.section(_("Closing") if finding.closed_by else _("Remark of the auditors"))
        added = "" if finding.conservative is None else f"+{show_number(finding.conservative)} {TONNES}"
        self.pairs(
            (
                (_("Added to the total"), added),
                (_("Remark"), finding.closing_note),
                (_("Closed by"), self._name(finding.closed_by)),
                (_("Day of closing"), day_of(finding.closed)),
            )
        )


def record_words(session: Session, one: Activity) -> str:
    """How a record is called: month, source, item, quantity."""
    month = show_month(one.start, language())
    quantity = f"{show_number(one.quantity)} {unit_name(session.library, one.unit)}"
    return f"{month} · {one.source} · {item_name(session.library, one.item)} · {quantity}"


def explained(page: Page, session: Session, key: str) -> QWidget:
    """The widget for the inspector."""
    return FindingExplanation(page, session, finding_named(session.ledger, key))
