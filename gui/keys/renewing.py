"""A person asks for the next certificate: a new key, and a request that the key which is ending signs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.signing.renewal import ENDING
from gui.asking import Asking, PathField, SecretField, copyable, same_passphrase
from gui.keys.certificates import KEY, Made, about_passphrases, file_stem, refuse_existing
from gui.keys.choice import KeyChoice
from gui.language import _
from gui.settings import Settings
from gui.widgets import label


class RenewalDialog(Asking):
    """The old key, then the passphrase of the new one."""

    def __init__(self, folder: Path, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Renew my certificate"),
            _(
                "The program makes a new key and a request, which your present key signs. So head office needs no "
                "telephone call. Your present key stays valid until its certificate ends."
            ),
            _("Create key and request"),
            parent,
        )
        self.old = KeyChoice(settings)
        self.old.switched.connect(self.grow)
        self.folder = PathField(_("Folder for the files"), what="folder")
        self.folder.set_path(folder)
        self.secret, self.again = SecretField(_("Passphrase")), SecretField(_("Passphrase again"))
        self.fields.addWidget(label(_("The present key"), strong=True))
        self.fields.addWidget(self.old)
        self.fields.addWidget(label(_("The new key"), strong=True))
        self.add(_("Folder for the files"), self.folder)
        self.add(_("Passphrase of the new key"), self.secret, about_passphrases())
        self.add(_("Passphrase again"), self.again)

    def work(self) -> Callable[[], object]:
        wish, folder = self.old.wish(), self.folder.needed()
        secret = same_passphrase(self.secret, self.again)

        def make() -> Made:
            from cryptography.hazmat.primitives.asymmetric import ec

            from core.handover import write_safely
            from core.signing import fingerprint, make_renewal, renewal_request, save_key

            when = datetime.now(UTC)
            with wish.opened(when) as old:
                stem = f"{file_stem(old.name)}-{when:%Y-%m-%d}"
                key_file, asked = folder / f"{stem}{KEY}", folder / f"{stem}{ENDING}"
                refuse_existing(key_file, asked)
                key = ec.generate_private_key(ec.SECP256R1())
                request = renewal_request(old, key)
                renewal = make_renewal(old, request, when)
            save_key(key_file, key, secret)
            write_safely(asked, renewal)
            return Made((asked, key_file), fingerprint(request))

        return make

    def succeeded(self, result: object) -> None:
        assert isinstance(result, Made)
        for secret in (self.secret, self.again):
            secret.forget()
        self.old.forget()
        asked, key = result.files
        self.show_result(
            label(_("Send this file to head office:")),
            copyable(str(asked), _("Request to renew")),
            label(_("Keep this file, it never leaves you:")),
            copyable(str(key), _("Key file")),
            label(_("When the certificate comes back, take it in together with this key."), "muted", wrap=True),
        )
