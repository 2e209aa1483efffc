"""A trust file of head office on its way to those who believe it: whom it names, and what is to be compared first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import T, show
from gui.asking import Asking, copyable
from gui.keys.to_compare import ToCompare
from gui.language import _, language, say
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.trust.kept import Offered, kept_at, offered, take_up
from gui.trust.rows import ENDED, ENDS_SOON, REVOKED, SOON, STATES, VALID, day_of, moment, role_words, sites_words
from gui.widgets import as_large, button, heading, label, marked

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from core.signing.bundle import Bundle, Listed
    from gui.page import Page

CALL = T("Call head office, let the fingerprint of its root be read out, and tick that it is the same.")
LINES = 7
"""People seen without scrolling."""


class TakeTrustDialog(Asking):
    """Shows what a trust file says, and keeps it when the person agrees."""

    def __init__(self, one: Offered, settings: Settings, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Trust file of head office"),
            _("It says whose signatures are believed, and whose are not any more. Only a later file of the same group "
              "can take its place."),
            _("Take it up"),
            parent,
        )  # fmt: skip
        self._one, self._now = one, now
        self.proof = ToCompare(_("Fingerprint of head office's root"))
        for widget in said_of(one.new):
            self.fields.addWidget(widget)
        self.fields.addWidget(_why(one))
        if one.to_compare:
            from core.signing.certificates import fingerprint

            self.fields.addWidget(self.proof)
            self.proof.show_digits(fingerprint(one.new.signer))
        self.people = people_table(one.new, settings, now)
        self.fields.addWidget(self.people)

    def sizeHint(self) -> QSize:
        """Room for the table."""
        hint = super().sizeHint()
        return QSize(round(hint.width() * 1.3), hint.height())

    def work(self) -> Callable[[], object]:
        if self._one.to_compare:
            self.proof.need(CALL)
        one, now, compared = self._one, self._now, self._one.to_compare
        return lambda: take_up(one, now, compared=compared)


class TrustedDialog(QDialog):
    """The trust file that is in use, to be looked at."""

    def __init__(self, held: Bundle, place: Path, settings: Settings, now: datetime, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Whom head office trusts"))
        self.people = people_table(held, settings, now)
        self.done_looking = button(_("Close"), self.accept, role="primary")
        self.done_looking.setDefault(True)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.done_looking)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(_("Whom head office trusts")))
        column.addWidget(copyable(str(place), _("Trust file of head office")))
        for widget in said_of(held):
            column.addWidget(widget)
        column.addWidget(self.people, 1)
        column.addLayout(last)
        as_large(self, 100, 70)


def take_trust(page: Page, settings: Settings, path: Path, now: datetime) -> TakeTrustDialog | None:
    """Show a trust file and ask whether to take it up; None when it is refused or here already."""
    one = page.attempt(lambda: offered(path, settings.folder, now))
    if one is None:
        return None
    told = {"number": str(one.new.number), "group": one.new.group}
    if one.known:
        settings.head_office = one.place
        page.tell("info", _("Trust file {number} of {group} is here already, and used wherever something is verified.",
                            **told))  # fmt: skip
        return None
    dialog = TakeTrustDialog(one, settings, now, page)

    def taken(place: Path) -> None:
        settings.head_office = place
        page.tell("good", _("Trust file {number} of {group} is taken up, and used wherever something is verified.",
                            **told))  # fmt: skip

    dialog.done_well.connect(taken)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def show_trusted(page: Page, settings: Settings, now: datetime) -> TrustedDialog | None:
    """Show the trust file that is in use; None when there is none, which is told."""
    from core.signing.trust import BUNDLE_ENDING

    place = settings.head_office
    held = None
    if place is not None and place.suffix.lower() == BUNDLE_ENDING:
        held = page.attempt(lambda: kept_at(place))
        if held is None and place.exists():
            return None  # why is told
    if held is None or place is None:
        page.tell("info", _("No trust file of head office was taken up yet. Drop it on the window."))
        return None
    dialog = TrustedDialog(held, place, settings, now, page)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def said_of(one: Bundle) -> list[QWidget]:
    """Group, number, roots."""
    head = _("{group}, number {number}, made on {day}", group=one.group, number=str(one.number),
             day=day_of(one.made.isoformat()))  # fmt: skip
    names = show([_name(root) for root in one.trust.authorities], language())
    words = [_("Authorities that are believed: {names}", names=names)]
    if one.trust.stampers:
        stampers = show([_name(root) for root in one.trust.stampers], language())
        words.append(_("For time stamps alone: {names}", names=stampers))
    words.append(_("Revoked certificates on its lists: {count}", count=sum(len(crl) for crl in one.trust.crls)))
    return [label(head, strong=True, wrap=True), *(label(text, wrap=True) for text in words)]


def _why(one: Offered) -> QWidget:
    """How it follows the one that is kept."""
    if one.held is None:
        return marked("info", "accent", _("This is the first trust file of this group here: compare the fingerprint "
                                          "with head office by telephone."))  # fmt: skip
    if one.to_compare:
        return marked("warning", "warning", _("The root of this file is not in number {number}, which is here: head "
                                              "office has another root. Compare its fingerprint by telephone.",
                                              number=str(one.held.number)))  # fmt: skip
    came, gone = changes(one.held, one.new)
    return marked("check", "good", _("It follows number {number}, which is here. New certificates: {came}; revoked "
                                     "since: {gone}.", number=str(one.held.number), came=came, gone=gone))  # fmt: skip


def changes(held: Bundle, new: Bundle) -> tuple[int, int]:
    """How many certificates came, and how many were revoked."""
    before = {one.fingerprint: one for one in held.people}
    came = sum(one.fingerprint not in before for one in new.people)
    valid = {key for key, one in before.items() if not one.revoked}
    return came, sum(bool(one.revoked) and one.fingerprint in valid for one in new.people)


def people_table(one: Bundle, settings: Settings, now: datetime) -> Table[Listed]:
    """People with what they may sign."""
    made: Table[Listed] = Table(
        "trust_people", people_columns(now), settings, name=_("People whose certificates are known"), editable=False,
        identity=lambda r: r.fingerprint, marks=lambda r: people_marks(r, now),
    )  # fmt: skip
    made.set_rows(one.people)
    made.setMinimumHeight(round(made.fontMetrics().height() * (4 + 1.75 * LINES)))
    return made


def people_columns(now: datetime) -> list[Column[Listed]]:
    """Who, as what, where, until when."""
    return [
        Column("state", _("State"), lambda r: say(STATES[state(r, now)]), width=11),
        Column("name", _("Name"), lambda r: r.name, width=16),
        Column("role", _("Role"), lambda r: role_words(r.role), width=13),
        Column("sites", _("Plants"), lambda r: sites_words(r.sites), width=18, stretch=True),
        Column("until", _("Valid until"), lambda r: _day(r.until), sort=lambda r: r.until, width=13),
        Column("organisation", _("Organisation"), lambda r: r.organisation, width=18, hidden=True),
        Column("email", _("E-mail"), lambda r: r.email, width=20, hidden=True),
        Column("fingerprint", _("Fingerprint"), lambda r: r.fingerprint, width=30, hidden=True),
    ]


def people_marks(one: Listed, now: datetime) -> dict[str, Mark]:
    """What is no longer believed is marked."""
    found = state(one, now)
    if found == REVOKED:
        return {"state": Mark("bad", _("Not believed since {day}", day=_day(one.revoked)))}
    return {"state": Mark("warning", say(STATES[found]))} if found in (ENDED, ENDS_SOON) else {}


def state(one: Listed, now: datetime) -> str:
    """Revoked counts most, then whether it has ended."""
    if one.revoked:
        return REVOKED
    try:
        until = moment(one.until)
    except ValueError:  # a file may say what it likes, until somebody has taken it up
        return ENDED
    return ENDED if until < now else ENDS_SOON if until < now + SOON else VALID


def _day(text: str) -> str:
    try:
        return day_of(text)
    except ValueError:
        return text


def _name(root: Certificate) -> str:
    from cryptography.x509.oid import NameOID

    from core.signing.certificates import subject_value

    return subject_value(root.subject, NameOID.COMMON_NAME)
