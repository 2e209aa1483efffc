"""Certificates by dialog: a person asks for one, and takes in what head office has issued."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from core.errors import UserError
from core.i18n import T
from gui.asking import Asking, PathField, SecretField, copyable, same_passphrase
from gui.keys.place import Place
from gui.language import _
from gui.settings import Settings
from gui.widgets import label

KEY, REQUEST, CERTIFICATE, P12 = ".key", ".csr", ".pem", ".p12"


def p12_files() -> str:
    """For file dialogs."""
    return _("Keys with certificate (*.p12 *.pfx)")


@dataclass(frozen=True, slots=True)
class Made:
    """Files that were written, and what is compared by telephone."""

    files: tuple[Path, ...]
    fingerprint: str


class RequestDialog(Asking):
    """A person's new key, in a file or on a token, and the request that goes to head office."""

    def __init__(
        self,
        name: str,
        organisation: str,
        folder: Path,
        parent: QWidget | None = None,
        *,
        settings: Settings | None = None,
        role: str = "",
    ) -> None:
        """``role`` is proposed, of those of :func:`role_choice`; empty: the first."""
        super().__init__(
            _("Request a certificate"),
            _(
                "The program makes a key that stays on this computer or on your token, and a request file. "
                "Send the request to head office, which returns your certificate."
            ),
            _("Create key and request"),
            parent,
        )
        self.name, self.email = QLineEdit(name), QLineEdit()
        self.organisation = QLineEdit(organisation)
        self.role = role_choice()
        self.role.setCurrentIndex(max(0, self.role.findData(role)))
        self.folder = PathField(_("Folder for the files"), what="folder")
        self.folder.set_path(folder)
        self.secret, self.again = SecretField(_("Passphrase")), SecretField(_("Passphrase again"))
        self.email.setPlaceholderText("name@example.com")
        self.add(_("Name of the person"), self.name)
        self.add(_("E-mail"), self.email)
        self.add(_("Organisation"), self.organisation)
        self.add(_("Signs as"), self.role)
        self.add(_("Folder for the files"), self.folder)
        self.place = Place(self, settings)
        self.place.of_file(_("Passphrase"), self.secret, about_passphrases())
        self.place.of_file(_("Passphrase again"), self.again)

    def work(self) -> Callable[[], object]:
        who = {
            "name": self.name.text().strip(),
            "email": self.email.text().strip(),
            "organisation": self.organisation.text().strip(),
            "role": str(self.role.currentData()),
        }
        stem = self.folder.needed() / file_stem(who["name"])
        return self._on_token(who, stem) if self.place.with_token else self._in_file(who, stem)

    def _in_file(self, who: dict[str, str], stem: Path) -> Callable[[], object]:
        secret = same_passphrase(self.secret, self.again)
        key_file, request_file = (stem.with_name(f"{stem.name}{ending}") for ending in (KEY, REQUEST))
        refuse_existing(key_file, request_file)

        def make() -> Made:
            from core.handover import write_safely
            from core.signing import create_request, fingerprint, save_key

            key, request = create_request(**who)
            save_key(key_file, key, secret)
            write_safely(request_file, request)
            return Made((request_file, key_file), fingerprint(request))

        return make

    def _on_token(self, who: dict[str, str], stem: Path) -> Callable[[], object]:
        module, pin, token = self.place.opened()
        request_file = stem.with_name(f"{stem.name}{REQUEST}")
        refuse_existing(request_file)

        def make() -> Made:
            from core.handover import write_safely
            from core.signing import create_token_request, fingerprint

            _ident, request = create_token_request(module, pin, token=token, **who)
            write_safely(request_file, request)
            return Made((request_file,), fingerprint(request))

        return make

    def succeeded(self, result: object) -> None:
        assert isinstance(result, Made)
        request, *keys = result.files
        kept = [label(_("The key is on your token and never leaves it."))]
        if keys:
            kept = [label(_("Keep this file, it never leaves you:")), copyable(str(keys[0]), _("Key file"))]
        self.show_result(
            label(_("Send this file to head office:")),
            copyable(str(request), _("Request file")),
            *kept,
            label(_("Head office will ask you on the telephone for this fingerprint:")),
            copyable(result.fingerprint, _("Fingerprint")),
        )


class CompleteDialog(Asking):
    """Key and returned certificate together give what signs: a file, or a token that holds both."""

    def __init__(self, folder: Path, parent: QWidget | None = None, *, settings: Settings | None = None) -> None:
        super().__init__(
            _("Take in a certificate"),
            _("Head office has returned your certificate. Together with your key it becomes what you sign with."),
            _("Take in"),
            parent,
        )
        self.key = PathField(_("Your key"), _("Keys (*.key *.pem)"))
        self.certificate = PathField(_("Certificate from head office"), _("Certificates (*.pem *.crt)"))
        self.secret = SecretField(_("Passphrase"))
        for field in (self.key, self.certificate):
            field.begin = folder
        keys = sorted(folder.glob(f"*{KEY}"))
        self.key.set_path(keys[0] if len(keys) == 1 else None)
        self.add(_("Certificate from head office"), self.certificate)
        self.place = Place(self, settings)
        self.place.of_file(_("Your key"), self.key)
        self.place.of_file(_("Passphrase of the key"), self.secret)

    def work(self) -> Callable[[], object]:
        certificate_file = self.certificate.needed()
        return self._on_token(certificate_file) if self.place.with_token else self._in_file(certificate_file)

    def _in_file(self, certificate_file: Path) -> Callable[[], object]:
        key_file, secret = self.key.needed(), self.secret.text()
        out = key_file.with_suffix(P12)
        refuse_existing(out)

        def make() -> Made:
            from core.signing import fingerprint, joined, load_certificate, load_key, save_p12

            identity = joined(load_certificate(certificate_file), load_key(key_file, secret))
            save_p12(out, identity, secret)
            return Made((out,), fingerprint(identity.certificate))

        return make

    def _on_token(self, certificate_file: Path) -> Callable[[], object]:
        module, pin, token = self.place.opened()

        def store() -> Made:
            from core.signing import fingerprint, load_certificate, store_token_certificate

            certificate = load_certificate(certificate_file)
            store_token_certificate(module, pin, certificate, token=token)
            return Made((), fingerprint(certificate))

        return store


def about_passphrases() -> str:
    """What a good one is."""
    return _("At least 8 characters; four words are easy to remember. Nobody can restore it.")


def role_choice() -> QComboBox:
    """Auditor or plant manager."""
    made = QComboBox()
    made.addItem(_("Auditor"), "Auditor")
    made.addItem(_("Plant manager"), "PlantManager")
    return made


def file_stem(name: str) -> str:
    """A file name of a person's or authority's name.

    >>> file_stem("Li Wei 李伟")
    'li-wei-李伟'
    """
    words = "".join(letter if letter.isalnum() else " " for letter in name).split()
    return "-".join(words).lower() or "key"


def refuse_existing(*files: Path) -> None:
    """A key that exists is never written over.

    Raises
    ------
    UserError
        naming the file that is there.
    """
    for path in files:
        if path.exists():
            raise UserError(
                T("“{file}” exists already.", file=path.name), T("Choose another folder or move the old file away.")
            )
