"""What a person does about trust: found a root, issue, renew, revoke, believe and distrust, tell the plants."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from core.group.trust.believing import believing, distrusting
from core.group.trust.people import file_name
from core.ledger import Authority, Certificate
from gui.asking import Asking
from gui.language import _, say
from gui.office.naming import known_person
from gui.office.trust import taken_in
from gui.page import Page
from gui.reason_dialog import ask_reason
from gui.settings import Settings
from gui.trust.act_dialog import moment, unused
from gui.trust.issue import IssueDialog, NamingDialog, RenewDialog
from gui.trust.revoke import BundleDialog, ListDialog, RevokeDialog
from gui.trust.root import RootDialog

if TYPE_CHECKING:
    from core.group.trust.believing import Act
    from gui.office.office import Office


class TrustActs:
    """Belongs to the page, which shows what came of it."""

    def __init__(self, page: Page, office: Office, settings: Settings) -> None:
        self._page, self._office, self._settings = page, office, settings

    @property
    def has_root(self) -> bool:
        """Whether the group can issue."""
        return self._office.writable and any(a.own and not a.distrusted for a in self._office.register.held(Authority))

    @property
    def trusts_others(self) -> bool:
        """Whether a company PKI is believed, whose certificates are named."""
        others = self._office.register.held(Authority)
        return self._office.writable and any(not (a.own or a.stamps or a.distrusted) for a in others)

    def _may(self) -> bool:
        return self._office.writable and known_person(self._office, self._settings, self._page)

    def _open(self, dialog: Asking) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _confirm(self, act: Act) -> bool:
        return self._page.attempt(lambda: self._office.act(act)) is not None

    # ------------------------------------------------------------------ authorities

    def create_root(self) -> None:
        """Make the group's own root, or enter one whose key exists."""
        if self._may():
            self._open(RootDialog(self._office, self._settings, self._page))

    def choose_trusted(self, *, stamps: bool = False) -> None:
        """Ask for certificates of authorities, or their lists."""
        kinds = _("Certificates (*.pem *.crt *.crl)")
        start = str(self._office.path.parent)
        names, _kind = QFileDialog.getOpenFileNames(self._page, _("Choose certificate"), start, kinds)
        if names:
            self.believe([Path(name) for name in names], stamps=stamps)

    def choose_stamping(self) -> None:
        """The same for an authority that is believed for time stamps alone."""
        self.choose_trusted(stamps=True)

    def believe(self, paths: Sequence[Path], *, stamps: bool = False) -> None:
        """Trust the authorities of these files, and know whom they revoked."""
        if not self._may():
            return
        act = self._page.attempt(lambda: taken_in(self._office.register, paths, moment(), stamps=stamps))
        if act is not None and self._confirm(act):
            self._tell_believed(", ".join(path.name for path in paths))

    def believe_again(self, one: Authority) -> None:
        """Trust an authority once more."""
        if not self._may():
            return
        data, when = one.certificate.encode("ascii"), moment()
        act = self._page.attempt(
            lambda: believing(self._office.register, data, when, source=one.name, stamps=one.stamps, again=True)
        )
        if act is not None and self._confirm(act):
            self._tell_believed(one.name)

    def _tell_believed(self, what: str) -> None:
        words = _("Trusted from now on: {file}", file=what)
        self._page.tell("good", words, (_("Go to the inbox"), lambda: self._page.wanted.emit("inbox", None)))

    def distrust(self, one: Authority) -> None:
        """Believe nothing of an authority any more."""
        if not self._may():
            return
        explained = _("Reports signed by its people are rejected from now on. What was accepted stays accepted.")
        title = _("Distrust “{name}”", name=one.name)
        reason = ask_reason(title, explained, _("Distrust the authority"), self._page)
        if not reason:
            return
        act = self._page.attempt(lambda: distrusting(self._office.register, one.id, reason, moment()))
        if act is not None and self._confirm(act):
            self._page.tell("good", say(act.why))

    # ------------------------------------------------------------------ certificates

    def issue(self, request: Path | None = None) -> None:
        """Turn a person's request into a certificate."""
        if self._may():
            self._open(IssueDialog(self._office, self._settings, self._page, request))

    def renew(self, renewal: Path | None = None) -> None:
        """Issue the next certificate of a person."""
        if self._may():
            self._open(RenewDialog(self._office, self._settings, self._page, renewal))

    def name_certificate(self) -> None:
        """Say for what a certificate of a company PKI may sign."""
        if self._may():
            self._open(NamingDialog(self._office, self._page))

    def revoke(self, one: Certificate) -> None:
        """Believe a certificate no longer."""
        above = self._office.register.get("authority", one.authority)
        own = isinstance(above, Authority) and above.own
        if self._may():
            self._open(RevokeDialog(self._office, self._settings, one, own, self._page))

    # ------------------------------------------------------------------ files that go out

    def make_list(self) -> None:
        """A new list of revoked certificates."""
        if self._may():
            self._open(ListDialog(self._office, self._settings, self._page))

    def make_bundle(self) -> None:
        """The trust file for the plants."""
        if self._may():
            self._open(BundleDialog(self._office, self._settings, self._page))

    def save_certificate(self, one: Certificate | Authority) -> None:
        """Write a public certificate out again."""
        name = file_name(one) if isinstance(one, Certificate) else f"{one.name}.pem"
        self._save(_("Save the certificate"), name, one.certificate)

    def save_list(self, one: Authority) -> None:
        """Write its newest list of revoked certificates out again."""
        self._save(_("Save the list of revoked certificates"), f"{one.name}.crl", one.crl)

    def _save(self, title: str, name: str, pem: str) -> None:
        start = str(unused(self._office.path.parent / name.replace("/", "-")))
        chosen, _kind = QFileDialog.getSaveFileName(self._page, title, start)
        if chosen and self._page.attempt(lambda: _written(Path(chosen), pem)) is not None:
            self._page.tell("good", _("Written: {file}", file=Path(chosen).name))


def _written(path: Path, pem: str) -> Path:
    from core.handover import write_safely

    write_safely(path, pem.encode("ascii"))
    return path
