"""Trust: whom head office believes, and the certificates that its own root issued."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from core.group.trust.people import certificates_to_renew
from core.group.trust.roots import lists_to_renew
from core.i18n import show
from core.ledger import Authority, Certificate
from core.signing.renewal import ENDING as RENEWAL
from gui.commands import Command
from gui.inbox.strips import Strip
from gui.keys.certificates import REQUEST
from gui.language import _, language, say
from gui.office.trust import ENDINGS
from gui.page import Page
from gui.settings import Settings
from gui.tables.table import Table
from gui.trust.act_dialog import moment
from gui.trust.acts import TrustActs
from gui.trust.inspector import about_authority, about_certificate, inspector
from gui.trust.rows import (
    STATES,
    AuthorityRow,
    CertificateRow,
    authority_columns,
    authority_marks,
    authority_row,
    certificate_columns,
    certificate_marks,
    certificate_row,
    day_of,
)
from gui.widgets import allow, button, empty_state, heading, subheading

if TYPE_CHECKING:
    from gui.office.office import Office

ALL = "all"
TABS = (ALL, *STATES)
FEWEST, MOST = 2, 4
"""Authorities seen without scrolling."""
HEAD, LINE = 5.4, 1.75
"""Height of a table without rows, and of each of them, in lines of text."""


class TrustPage(Page):
    """Authorities above, certificates below; until there is an authority, how to begin."""

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__()
        self._office = office
        self.acts = TrustActs(self, office, settings)
        self._rows: list[CertificateRow] = []
        self.authorities: Table[AuthorityRow] = Table(
            "authorities", authority_columns(), settings, name=_("Authorities"), marks=authority_marks, editable=False
        )
        self.certificates: Table[CertificateRow] = Table(
            "certificates", certificate_columns(), settings, name=_("Certificates of people"), marks=certificate_marks,
            editable=False,
        )  # fmt: skip
        self._stood: Table[AuthorityRow] | Table[CertificateRow] = self.authorities
        """The table on which the person stood last."""
        self.tabs = QTabBar()
        self.lists = Strip("warning", "warning", button(_("Make a new list…"), self.acts.make_list))
        self.ending = Strip("warning", "warning", button(_("Show"), self._show_ending))
        self._build()
        self._connect()

    # ------------------------------------------------------------------ building

    def _build(self) -> None:
        self._issue = button(_("Issue a certificate…"), self.acts.issue, role="primary", picture="certificate")
        self._bundle = button(_("Trust file for the plants…"), self.acts.make_bundle, picture="export")
        self._root = button(_("Create the group's root…"), self.acts.create_root, picture="plus")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(heading(_("Trust")))
        head.addStretch(1)
        for one in (self._root, self._bundle, self._issue):
            head.addWidget(one)
        self._fill = QWidget()
        inside = QVBoxLayout(self._fill)
        inside.setContentsMargins(16, 14, 16, 16)
        inside.setSpacing(10)
        inside.addLayout(head)
        for strip in (self.lists, self.ending):
            inside.addWidget(strip)
        inside.addWidget(self._upper())
        inside.addWidget(self._lower(), 1)
        self._frame = QStackedLayout(self)
        self._frame.addWidget(self._fill)
        self._frame.addWidget(self._beginning())

    def _upper(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        column.addWidget(subheading(_("Authorities")))
        self._trust = button(_("Trust another authority…"), self.acts.choose_trusted)
        self.authorities.add_tool(self._trust)
        column.addWidget(self.authorities, 1)
        return made

    def _lower(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(subheading(_("Certificates of people")))
        self.certificates.setMinimumHeight(round(self.fontMetrics().height() * (HEAD + LINE * MOST)))
        self.tabs.setAccessibleName(_("States of certificates"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _key in TABS:
            self.tabs.addTab("")
        column.addWidget(self.tabs)
        self._renew = button(_("Renew…"), self.acts.renew)
        self._name = button(_("Name a certificate…"), self.acts.name_certificate)
        for one in (self._name, self._renew):
            self.certificates.add_tool(one)
        self._first = button(_("Issue a certificate…"), self.acts.issue, picture="certificate")
        self.certificates.set_empty(
            empty_state(
                "certificate",
                _("No certificate is here"),
                _("A plant sends a request file; head office compares its fingerprint by telephone and issues."),
                self._first,
            )
        )
        column.addWidget(self.certificates, 1)
        return made

    def _beginning(self) -> QWidget:
        self._begin = button(_("Create the group's root…"), self.acts.create_root, role="primary", picture="plus")
        self._take = button(_("Trust an authority…"), self.acts.choose_trusted, picture="import")
        made = empty_state(
            "trust",
            _("Nobody is trusted yet"),
            _(
                "Reports are believed when somebody signed them whose certificate comes from an authority that is "
                "trusted here. Create the group's own root to issue certificates, or trust the one of your company."
            ),
            self._begin,
            self._take,
        )
        made.setContentsMargins(64, 0, 64, 0)
        return made

    def _connect(self) -> None:
        for table in (self.authorities, self.certificates):
            table.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
            table.view.doubleClicked.connect(lambda _index: self.inspector_wanted.emit())
            table.view.installEventFilter(self)
            table.current.connect(lambda _row: self.selected.emit())
        self.tabs.currentChanged.connect(lambda _tab: self._show_certificates())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The inspector is about the table that has the keyboard."""
        if event.type() == QEvent.Type.FocusIn:
            stood = self.certificates if watched is self.certificates.view else self.authorities
            if stood is not self._stood:
                self._stood = stood
                self.selected.emit()
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        register, now = self._office.register, moment()
        held = register.held(Authority)
        names = {one.id: one.name for one in held}
        self._frame.setCurrentIndex(0 if held else 1)
        self._root.setVisible(not self.acts.has_root)  # a second one is a rare thing, and among the commands
        self.authorities.set_rows([authority_row(one, now) for one in held])
        seen = max(FEWEST, min(MOST, len(held)))
        self.authorities.setFixedHeight(round(self.fontMetrics().height() * (HEAD + LINE * seen)))
        self._rows = [certificate_row(one, names, now) for one in reversed(register.held(Certificate))]
        counts = Counter(row.state for row in self._rows)
        for place, key in enumerate(TABS):
            words = _("All") if key == ALL else say(STATES[key])
            self.tabs.setTabText(place, f"{words} {len(self._rows) if key == ALL else counts[key]:,}")
        self._show_certificates()
        self._say_what_is_due()
        self._allow()

    def _show_certificates(self) -> None:
        key = TABS[max(0, self.tabs.currentIndex())]
        self.certificates.set_rows([row for row in self._rows if key in (ALL, row.state)])

    def _say_what_is_due(self) -> None:
        register, now = self._office.register, moment()
        late = lists_to_renew(register, now)
        names = show(tuple(one.name for one in late), language())
        self.lists.say(_("A new list of revoked certificates is due: {names}", names=names) if late else "")
        ending = certificates_to_renew(register, now.date())
        words = ""
        if ending:
            first = ending[0]
            words = _("Certificates to be renewed: {count}, first {name} by {day}.", count=len(ending),
                      name=first.name, day=day_of(first.until))  # fmt: skip
        self.ending.say(words)

    def _allow(self) -> None:
        writable = self._office.writable
        held_elsewhere = "" if writable else _("Another program holds this file: you can read it but not change it.")
        no_root = held_elsewhere or ("" if self.acts.has_root else _("Create the group's root first."))
        no_others = held_elsewhere or ("" if self.acts.trusts_others else _("Trust the company's authority first."))
        for one in (self._issue, self._first, self._bundle, self._renew):
            allow(one, no_root)
        for one in (self._root, self._trust, self._begin, self._take):
            allow(one, held_elsewhere)
        allow(self._name, no_others)

    def _show_ending(self) -> None:
        ending = certificates_to_renew(self._office.register, moment().date())
        if ending:
            self.show_subject(ending[0].id)
            self.inspector_wanted.emit()

    def show_subject(self, subject: object) -> None:
        if not isinstance(subject, str):
            return
        if any(row.id == subject for row in self._rows):
            self.tabs.setCurrentIndex(0)
            self.certificates.show_record(subject)
            self._stood = self.certificates
        elif self.authorities.show_record(subject):
            self._stood = self.authorities

    def commands(self) -> list[Command]:
        acts, office = self.acts, self._office
        return [
            Command(_("Create the group's root…"), acts.create_root, icon="plus", enabled=lambda: office.writable),
            Command(_("Issue a certificate…"), acts.issue, icon="certificate", enabled=lambda: acts.has_root),
            Command(_("Renew a certificate…"), acts.renew, icon="redo", enabled=lambda: acts.has_root),
            Command(_("Name a certificate of a company authority…"), acts.name_certificate, icon="certificate",
                    enabled=lambda: acts.trusts_others),
            Command(_("Make a new list of revoked certificates…"), acts.make_list, icon="history",
                    enabled=lambda: acts.has_root),
            Command(_("Trust file for the plants…"), acts.make_bundle, icon="export", enabled=lambda: acts.has_root),
            Command(_("Trust another authority…"), acts.choose_trusted, icon="import",
                    enabled=lambda: office.writable),
            Command(_("Trust an authority for time stamps…"), acts.choose_stamping, icon="import",
                    enabled=lambda: office.writable),
        ]  # fmt: skip

    def takes(self, path: Path) -> bool:
        return path.suffix.lower() in (REQUEST, RENEWAL, *ENDINGS)

    def take(self, paths: Sequence[Path]) -> None:
        if believed := [path for path in paths if path.suffix.lower() in ENDINGS]:
            self.acts.believe(believed)
        for path in paths[:1]:  # one dialog at a time
            if path.suffix.lower() == REQUEST:
                self.acts.issue(path)
            elif path.suffix.lower() == RENEWAL:
                self.acts.renew(path)

    # ------------------------------------------------------------------ inspector

    def inspect(self) -> QWidget | None:
        row = self._stood.current_record()
        if isinstance(row, AuthorityRow):
            told = about_authority(row, self._office.history("authority", row.id))
            return inspector(told, self._of_authority(row), self._office.library)
        if isinstance(row, CertificateRow):
            before = self._office.register.get("certificate", row.certificate.renews)
            renews = day_of(before.until) if isinstance(before, Certificate) else ""
            told = about_certificate(row, self._office.history("certificate", row.id), renews)
            return inspector(told, self._of_certificate(row), self._office.library)
        return None

    def _of_authority(self, row: AuthorityRow) -> list[QPushButton]:
        one, acts = row.authority, self.acts
        found = [button(_("Save the certificate…"), lambda: acts.save_certificate(one), picture="export")]
        if one.crl:
            found.append(button(_("Save the list…"), lambda: acts.save_list(one), picture="export"))
        if not self._office.writable:
            return found
        if one.distrusted:
            found.append(button(_("Trust again"), lambda: acts.believe_again(one), picture="check"))
            return found
        if one.own:
            found.append(button(_("Make a new list…"), acts.make_list, picture="history"))
        found.append(button(_("Distrust…"), lambda: acts.distrust(one), picture="error"))
        return found

    def _of_certificate(self, row: CertificateRow) -> list[QPushButton]:
        one, acts = row.certificate, self.acts
        found = [button(_("Save the certificate…"), lambda: acts.save_certificate(one), picture="export")]
        if self._office.writable and not one.revoked:
            found.append(button(_("Renew…"), acts.renew, picture="redo"))
            found.append(button(_("Revoke…"), lambda: acts.revoke(one), picture="error"))
        return found
