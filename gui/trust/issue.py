"""Certificates for people: issued for a request, renewed with the old key, or named where a company PKI issued them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from core.errors import UserError
from core.group.trust.believing import Act
from core.signing.trust import read_small
from gui.asking import PathField, copyable
from gui.fields import Field
from gui.keys.certificates import role_choice
from gui.keys.to_compare import ToCompare
from gui.language import _
from gui.settings import Settings
from gui.trust.act_dialog import ActDialog, KeyedDialog, files_told, moment
from gui.trust.rows import day_of, grouped, role_words, sites_words
from gui.trust.sites import SitesField
from gui.widgets import label

if TYPE_CHECKING:
    from gui.office.office import Office

VALID_MONTHS = (6, 12, 18, 24, 30, 36)
USUAL_MONTHS = 24


class IssueDialog(KeyedDialog):
    """A certificate for a request; who somebody is and may do is head office's word."""

    def __init__(
        self, office: Office, settings: Settings, parent: QWidget | None = None, request: Path | None = None
    ) -> None:
        super().__init__(
            office,
            settings,
            _("Issue a certificate"),
            _("Call the person and compare the fingerprint of the request before you issue."),
            _("Issue certificate"),
            parent,
        )
        self.request = PathField(_("Request file"), _("Certificate requests (*.csr *.pem)"))
        self.proof = ToCompare(_("Fingerprint of the request"))
        self.name, self.email, self.organisation = QLineEdit(), QLineEdit(), QLineEdit()
        self.role, self.sites, self.months = role_choice(), SitesField(office.register), months_choice()
        self.add(_("Request file"), self.request)
        self.fields.addWidget(self.proof)
        self.add_pair(Field(_("Name of the person"), self.name), Field(_("E-mail"), self.email))
        self.add_pair(Field(_("Organisation"), self.organisation), Field(_("Signs as"), self.role))
        self.add_pair(
            Field(_("Plants this person may sign for"), self.sites), Field(_("Valid for (months)"), self.months)
        )
        self.ask_key()
        self.request.changed.connect(self._read)
        self.request.set_path(request)

    def _read(self) -> None:
        """Show at once what is to be compared, and what the request says; that can be corrected."""
        path = self.request.path
        self.proof.show_digits("")
        if path is not None and path.is_file():
            try:
                said = asked_in(read_small(path))
            except UserError as error:
                self.complain(error)
                return
            self.proof.show_digits(said[3])
            for line, words in zip((self.name, self.email, self.organisation), said[:3], strict=True):
                line.setText(words)
            self.role.setCurrentIndex(max(0, self.role.findData(said[4])))
        self.grow()

    def work(self) -> Callable[[], object]:
        request, sites, register = read_small(self.request.needed()), self.sites.chosen(), self.register
        self.proof.need()
        name, email, organisation = (line.text().strip() for line in (self.name, self.email, self.organisation))
        role, months = str(self.role.currentData()), int(self.months.currentData())

        from core.group.trust.people import enrolling

        return self.with_root(
            lambda root, when: enrolling(
                register,
                root,
                request,
                name=name,
                email=email,
                organisation=organisation,
                role=role,
                sites=sites,
                when=when,
                months=months,
            )
        )

    def told(self, act: Act, written: tuple[Path, ...]) -> list[QWidget]:
        return certificate_told(act, written)


class RenewDialog(KeyedDialog):
    """The next certificate of a person, whose old key vouches for the new one; no telephone is needed."""

    def __init__(
        self, office: Office, settings: Settings, parent: QWidget | None = None, renewal: Path | None = None
    ) -> None:
        super().__init__(
            office,
            settings,
            _("Renew a certificate"),
            _(
                "The person sends a request that the old key has signed, so no fingerprint has to be compared. Name, "
                "role and plants stay as they are."
            ),
            _("Renew certificate"),
            parent,
        )
        self.renewal = PathField(_("Request to renew"), _("Requests to renew (*.renewal)"))
        self.months = months_choice()
        self.add(_("Request to renew"), self.renewal)
        self.add(_("Valid for (months)"), self.months)
        self.ask_key()
        self.renewal.set_path(renewal)

    def work(self) -> Callable[[], object]:
        renewal, register = read_small(self.renewal.needed()), self.register
        months = int(self.months.currentData())

        from core.group.trust.people import renewing

        return self.with_root(lambda root, when: renewing(register, root, renewal, when=when, months=months))

    def told(self, act: Act, written: tuple[Path, ...]) -> list[QWidget]:
        return certificate_told(act, written)


class NamingDialog(ActDialog):
    """For which role and plants a certificate of a company PKI may sign."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(
            office,
            _("Name a certificate of a company authority"),
            _(
                "Certificates of a company authority do not say who may sign reports. Head office names each of them "
                "by its fingerprint, with role and plants."
            ),
            _("Name certificate"),
            parent,
        )
        self.certificate = PathField(_("Certificate"), _("Certificates (*.pem *.crt)"))
        self.proof = ToCompare(_("Fingerprint"))
        self.role, self.sites = role_choice(), SitesField(office.register)
        self.add(_("Certificate"), self.certificate)
        self.fields.addWidget(self.proof)
        self.add(_("Signs as"), self.role)
        self.add(_("Plants this person may sign for"), self.sites)
        self.certificate.changed.connect(self._read)

    def _read(self) -> None:
        path = self.certificate.path
        self.proof.show_digits("")
        if path is not None and path.is_file():
            from core.signing import fingerprint, load_certificate

            try:
                self.proof.show_digits(fingerprint(load_certificate(path)))
            except UserError as error:
                self.complain(error)
        self.grow()

    def work(self) -> Callable[[], object]:
        pem, sites, register = read_small(self.certificate.needed()), self.sites.chosen(), self.register
        self.proof.need()
        role = str(self.role.currentData())

        def name() -> Act:
            from core.group.trust.naming import naming

            return naming(register, pem, role=role, sites=sites, when=moment())

        return name

    def told(self, act: Act, written: tuple[Path, ...]) -> list[QWidget]:
        return [*who_told(act), label(_("Reports signed with it are believed from now on."), wrap=True)]


def months_choice() -> QComboBox:
    """How long a certificate holds."""
    made = QComboBox()
    for months in VALID_MONTHS:
        made.addItem(str(months), months)
    made.setCurrentIndex(VALID_MONTHS.index(USUAL_MONTHS))
    return made


def asked_in(data: bytes) -> tuple[str, str, str, str, str]:
    """Name, e-mail, organisation, fingerprint and role of a request; what it says of a role is a proposal.

    Raises
    ------
    UserError
        when it is none.
    """
    from cryptography.x509.oid import NameOID

    from core.signing import fingerprint, load_request
    from core.signing.certificates import request_email, subject_value

    asked = load_request(data)
    parts = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.TITLE)
    name, organisation, role = (subject_value(asked.subject, oid) for oid in parts)
    return name, request_email(asked), organisation, fingerprint(data), role


def certificate_told(act: Act, written: tuple[Path, ...]) -> list[QWidget]:
    """Whose certificate it is, and that it goes back."""
    return [*who_told(act), *files_told(_("Send this certificate back to the person:"), written)]


def who_told(act: Act) -> list[QWidget]:
    """Person, role, plants, end and fingerprint."""
    one = act.certificate
    assert one is not None
    words = [one.name, role_words(one.role), sites_words(one.sites), _("until {day}", day=day_of(one.until))]
    return [
        label(" · ".join(words), strong=True, wrap=True),
        label(_("Fingerprint:")),
        copyable(grouped(one.id), _("Fingerprint")),
    ]
