"""The claim check: what was published at the left, what is left of it at the right, as one types."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import T, Text
from core.ledger import Claim, Entry, PvSystem
from core.solar.claims import NUMBERS, VERDICTS, ClaimCheck, Expected, Verdict, judge, published_claims
from gui.claims.form import AssumedForm, ClaimForm
from gui.claims.steps import PICTURES, StepCard, as_text, assumed, banner
from gui.icons import icon, pixmap
from gui.language import _, language, say
from gui.notices import Notice, of_error
from gui.session import Session
from gui.theme import tokens
from gui.widgets import button, clear, empty_state, label, letters, scrolled, subheading
from gui.wording import named

PAUSE_MS = 250
"""After the last key before the claim is judged again."""
LAYING_MS = 60
"""Until the words of a new judgement have found their height."""
NEW = ""
"""Key of the claim that is not kept yet."""
ROWS_SHOWN = 5
WIDEST = 150
"""Digits in a line of the judgement: longer ones are hard to read."""


class ClaimView(QWidget):
    """Kept claims, the form of one, its judgement."""

    told = Signal(object)
    """A Notice for the bottom line."""
    judged = Signal(object)
    """The ClaimCheck that is shown; None when there is none."""

    def __init__(
        self, session: Session, expect: Callable[[Claim], Expected | None] | None = None, today: date | None = None
    ) -> None:
        """``expect`` gives what a model of the claim's system generates in a year, where there is one."""
        super().__init__()
        self._session, self._expect = session, expect
        self.check: ClaimCheck | None = None
        """What is shown; None while there is nothing to judge."""
        self._key = NEW
        self._shown = NEW
        """Key of the claim that was put into the form last."""
        self._first = True
        self._missing = True
        """Whether a published claim of the demo is not kept."""
        self._drafts: dict[str, Claim] = {}
        """What was typed and not kept, by the key of its claim."""
        plant, systems = session.ledger.plant, session.ledger.held(PvSystem)
        self.form = ClaimForm(plant, systems, today or date.today())
        self.assumed = AssumedForm()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.judge_now)
        self._at: int | None = None
        """Where the judgement is read, while a new one is laid out. [px]"""
        self._laying = QTimer(self)
        self._laying.setSingleShot(True)
        self._laying.setInterval(LAYING_MS)
        self._laying.timeout.connect(self._laid)
        self._make()
        self.form.changed.connect(self._typed)
        self.assumed.changed.connect(self._pause.start)
        self.refresh()

    # ------------------------------------------------------------------ building

    def _make(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName(_("Claims"))
        t = tokens()
        self.list.setStyleSheet(
            f"QListView {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: 6px; outline: 0; }}"
            f"QListView:focus {{ border-color: {t.accent}; }}"
        )
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.currentItemChanged.connect(lambda item, _before: self._go(item))
        self.keep = button(_("Keep the claim"), self.keep_now, role="primary")
        self.delete = button(_("Delete"), self.delete_now, picture="delete")
        self.load = button(_("Load the published claims"), self.load_published, role="link")
        self.copy = button(_("Copy the judgement"), self.copy_now, picture="paste")
        self._problem = label("", "bad", wrap=True)
        self._problem.hide()
        self._result = QVBoxLayout()
        self._result.setContentsMargins(0, 0, 6, 0)
        self._result.setSpacing(10)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._left())
        row.addWidget(self._right(), 1)

    def _left(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        for part in (self.form, self.assumed):
            column.addWidget(part)
        column.addStretch(1)
        area = self._form_area = scrolled(content)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.delete)
        buttons.addStretch(1)
        made = QWidget()
        left = QVBoxLayout(made)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addWidget(self.list)
        left.addWidget(self.load, 0, Qt.AlignmentFlag.AlignLeft)
        left.addLayout(buttons)
        left.addWidget(self._problem)
        left.addWidget(area, 1)
        bar = area.verticalScrollBar().sizeHint().width()
        made.setFixedWidth(max(letters(self, 42), content.minimumSizeHint().width() + bar + 8))
        return made

    def _right(self) -> QWidget:
        content = QWidget()
        content.setLayout(self._result)
        content.setMaximumWidth(letters(self, WIDEST))
        self._area = scrolled(content)
        self._area.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._return())
        return self._area

    # ------------------------------------------------------------------ what the session holds

    def refresh(self) -> None:
        """Show what the session holds now; what was typed stays."""
        if self._pause.isActive():
            self.judge_now()
        held = {one.id: one for one in self._session.ledger.held(Claim)}
        for key in [key for key in self._drafts if key != NEW and key not in held]:
            self._drafts.pop(key)
        if self._key not in held:
            # Whoever comes first to kept claims wants to read one; whoever deleted one goes on with an empty form.
            self._key = min(held, key=lambda key: (held[key].name, key), default=NEW) if self._first else NEW
        self._first = False
        self._fill_list(list(held.values()))
        self._missing = any(one.claim.id not in held for one in published_claims())
        self._show_current()

    def _fill_list(self, held: list[Claim]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self._add_row(NEW, _("New claim"), "plus", "accent")
        for claim in sorted(held, key=lambda one: (one.name, one.id)):
            verdict = self._verdict_of(claim)
            picture, token = PICTURES[verdict] if verdict else ("error", "bad")
            self._add_row(claim.id, claim.name or claim.id, picture, token, say(VERDICTS[verdict]) if verdict else "")
        row = next((n for n in range(self.list.count()) if self._key_at(n) == self._key), 0)
        self.list.setCurrentRow(row)
        rows = min(ROWS_SHOWN, self.list.count())
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), self.fontMetrics().height() + 8) + 6)
        self.list.blockSignals(False)

    def _add_row(self, key: str, words: str, picture: str, token: str, verdict: str = "") -> None:
        sign = icon(picture, token)
        sign.addPixmap(pixmap(picture, token), QIcon.Mode.Selected)  # else the style washes its colour out
        item = QListWidgetItem(sign, words)
        item.setData(Qt.ItemDataRole.UserRole, key)
        described = named(words, verdict) if verdict else words
        item.setToolTip(described)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, described)
        self.list.addItem(item)

    def _key_at(self, row: int) -> str:
        return str(self.list.item(row).data(Qt.ItemDataRole.UserRole))

    def _verdict_of(self, claim: Claim) -> Verdict | None:
        try:
            return self._judge(claim).verdict
        except UserError:
            return None

    def show_claim(self, key: str) -> None:
        """Go to a kept claim; empty: to the one that is being typed."""
        for row in range(self.list.count()):
            if self._key_at(row) == key:
                self.list.setCurrentRow(row)

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            if self._pause.isActive():
                self.judge_now()  # what was typed a moment ago belongs to the claim that is left
            self._key = str(item.data(Qt.ItemDataRole.UserRole))
            self._show_current()

    def _kept(self) -> Claim | None:
        found = self._session.ledger.get("claim", self._key) if self._key else None
        return found if isinstance(found, Claim) else None

    def _show_current(self) -> None:
        if self._key != self._shown:  # another claim is read from its beginning
            self._shown = self._key
            self._form_area.verticalScrollBar().setValue(0)
            self._at = 0
        self.form.set(self._drafts.get(self._key) or self._kept())
        self.judge_now()

    # ------------------------------------------------------------------ judging

    def _typed(self) -> None:
        self._pause.start()

    def judge_now(self) -> None:
        """Judge what stands in the form."""
        self._pause.stop()
        self._problem.hide()
        try:
            claim = self.form.read(self._key)
            self._remember(claim)
            self.check = self._judge(claim) if says_numbers(claim) else None
            self._show_check()
        except UserError as error:
            self.check = None
            self._show_problem(error)
        self._enable()
        self.judged.emit(self.check)

    def _judge(self, claim: Claim) -> ClaimCheck:
        session = self._session
        expected = self._expect(claim) if self._expect is not None else None
        return judge(
            claim,
            session.library,
            assumptions=self.assumed.read(),
            expected=expected,
            others=session.ledger.held(Claim),
            grid=session.ledger.plant.grid if claim.region == session.ledger.plant.region else "",
        )

    def _remember(self, claim: Claim) -> None:
        same = claim == (self._kept() or self.form.blank())
        if same:
            self._drafts.pop(self._key, None)
        else:
            self._drafts[self._key] = claim

    def _show_check(self) -> None:
        if self._at is None:
            self._at = self._area.verticalScrollBar().value()
        self._laying.start()
        clear(self._result)
        if self.check is None:
            self._result.addWidget(self._beginning())
            return
        head = QHBoxLayout()
        head.addWidget(subheading(_("Judgement")), 1)
        head.addWidget(self._copy_button())
        self._result.addLayout(head)
        self._result.addWidget(banner(self.check))
        for step in self.check.steps:
            self._result.addWidget(StepCard(step))
        self._result.addWidget(assumed(self.check.assumptions))
        self._result.addStretch(1)

    def _return(self) -> None:
        """Back to where one read, as often as the new words change the height of the page."""
        if self._at is not None:
            self._area.verticalScrollBar().setValue(self._at)

    def _laid(self) -> None:
        self._return()
        self._at = None

    def _copy_button(self) -> QWidget:
        self.copy = button(_("Copy the judgement"), self.copy_now, picture="paste")
        return self.copy

    def _beginning(self) -> QWidget:
        begin = button(_("Load the published claims"), self.load_published)
        begin.setEnabled(self._session.writable)
        examples = [begin] if self._missing else []
        return empty_state(
            "search",
            _("Take a published sentence apart"),
            _(
                "Type in what was published about a PV system: kW, m², MWh, tonnes, years. Here stands which factor is "
                "behind it, whether the numbers agree with each other, what is left after 25 years, and what to ask."
            ),
            *examples,
        )

    def _show_problem(self, error: UserError) -> None:
        self._problem.setText(error.text(language()))
        self._problem.show()

    def _enable(self) -> None:
        writable = self._session.writable
        self.keep.setEnabled(writable and self.check is not None and self._key in self._drafts)
        self.delete.setEnabled(writable and self._kept() is not None)
        self.load.setEnabled(writable)
        self.load.setVisible(self._missing and self.check is not None)  # else the button is where the judgement will be

    # ------------------------------------------------------------------ changes

    def keep_now(self) -> None:
        """Keep the claim in the plant file, as one change."""
        session = self._session

        def act() -> Entry | None:
            claim = self.form.read(self._key or next_key(session.ledger.held(Claim)))
            if not claim.name:
                claim = _named(claim)
            judge(claim, session.library)
            self._drafts.pop(self._key, None)
            self._key = self._shown = claim.id
            return session.put(T("Claim kept: {name}", name=claim.name), claim)

        self._attempt(act)

    def delete_now(self) -> None:
        """Take the kept claim away, as one change."""
        kept = self._kept()
        if kept is not None:
            self._drafts.pop(kept.id, None)
            self._key = NEW
            self._attempt(lambda: self._session.remove(T("Claim deleted: {name}", name=kept.name or kept.id), kept))

    def load_published(self) -> None:
        """Keep the published claims that the program was shipped with."""
        held = {one.id for one in self._session.ledger.held(Claim)}
        new = [one.claim for one in published_claims() if one.claim.id not in held]
        if new:
            self._key = new[0].id
            self._attempt(lambda: self._session.put(T("Published claims loaded"), *new))

    def copy_now(self) -> None:
        """Put the judgement on the clipboard."""
        if self.check is not None:
            QGuiApplication.clipboard().setText(as_text(self.check))
            self.told.emit(Notice("good", _("The judgement is on the clipboard.")))

    def _attempt(self, act: Callable[[], Entry | None]) -> None:
        try:
            entry = act()
        except UserError as error:
            self.told.emit(of_error(error))
            return
        self.refresh()
        if entry is not None:
            self.told.emit(Notice("good", say(_stop(entry.change.why)), (_("Undo"), self._undo)))

    def _undo(self) -> None:
        try:
            self._session.undo()
        except UserError as error:
            self.told.emit(of_error(error))
            return
        self.refresh()


def says_numbers(claim: Claim) -> bool:
    """Whether there is anything to judge."""
    return any(getattr(claim, name) is not None for name in NUMBERS)


def next_key(held: tuple[Claim, ...]) -> str:
    """A free id: ``c00001``."""
    used = (int(match[1]) for one in held if (match := re.fullmatch(r"c([0-9]{1,15})", one.id)))
    return f"c{max(used, default=0) + 1:05d}"


def _named(claim: Claim) -> Claim:
    """A claim without a name is called after its publisher or its day."""
    return replace(claim, name=claim.publisher or claim.published.isoformat())


def _stop(why: Text) -> Text:
    return T("{what}.", what=why)
