"""The group's own root: made in a key file or on a token, or brought in with a key that exists already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from core.group.trust.believing import Act
from gui.asking import PathField, SecretField, copyable, same_passphrase
from gui.fields import Field
from gui.keys.certificates import P12, about_passphrases, file_stem, refuse_existing
from gui.keys.choice import KeyChoice
from gui.keys.token_fields import TokenFields
from gui.language import _
from gui.settings import Settings
from gui.trust.act_dialog import ActDialog, files_told, moment
from gui.widgets import label

if TYPE_CHECKING:
    from gui.office.office import Office

NEW_FILE, NEW_TOKEN, KNOWN = "file", "token", "known"


class RootDialog(ActDialog):
    """Where the key is, then what that needs."""

    def __init__(self, office: Office, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(
            office,
            _("Create the group's root"),
            _(
                "The group's own authority issues the certificates of auditors and plant managers. Keep its key off "
                "line; its certificate is public and goes to everybody who verifies reports."
            ),
            _("Create root"),
            parent,
        )
        self._settings = settings
        self._key_file: Path | None = None
        self.kind = QComboBox()
        self.kind.addItem(_("A new key in a file"), NEW_FILE)
        self.kind.addItem(_("A new key on a token: card or USB stick"), NEW_TOKEN)
        self.kind.addItem(_("A key that exists already"), KNOWN)
        self.name, self.organisation = QLineEdit(), QLineEdit(office.register.group.name)
        self.secret, self.again = SecretField(_("Passphrase")), SecretField(_("Passphrase again"))
        self.token = TokenFields(settings, "token")
        self.token.returned.connect(self.go.click)
        self.known = KeyChoice(settings, of_root=True)
        self.known.returned.connect(self.go.click)
        self.known.switched.connect(self.grow)
        self.key_folder = PathField(_("Folder for the key"), what="folder")
        self.key_folder.set_path(office.path.parent)
        self.add(_("Where the key is kept"), self.kind)
        self._named = self._part(
            Field(_("Name of the authority"), self.name, _("For example “Example Group audit authority”.")),
            Field(_("Organisation"), self.organisation),
        )
        self._of_file = self._part(
            Field(
                _("Folder for the key"), self.key_folder, _("Better a stick that is locked away than this computer.")
            ),
            Field(_("Passphrase"), self.secret, about_passphrases()),
            Field(_("Passphrase again"), self.again),
        )
        for part in (self.token, self.known):
            self.fields.addWidget(part)
        self.add(_("Folder for the public files"), self.folder)
        self.kind.currentIndexChanged.connect(lambda _place: self._show())
        self._show()

    def _part(self, *fields: QWidget) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for field in fields:
            column.addWidget(field)
        self.fields.addWidget(made)
        return made

    def _show(self) -> None:
        kind = self.kind.currentData()
        self._named.setVisible(kind != KNOWN)
        self._of_file.setVisible(kind == NEW_FILE)
        self.token.setVisible(kind == NEW_TOKEN)
        self.known.setVisible(kind == KNOWN)
        self.go.setText(_("Enter root") if kind == KNOWN else _("Create root"))
        self.grow()

    # ------------------------------------------------------------------ what is done

    def work(self) -> Callable[[], object]:
        self.folder.needed()
        kind = self.kind.currentData()
        return self._in_file() if kind == NEW_FILE else self._on_token() if kind == NEW_TOKEN else self._known()

    def _in_file(self) -> Callable[[], Act]:
        name, organisation, register = self.name.text().strip(), self.organisation.text().strip(), self.register
        secret = same_passphrase(self.secret, self.again)
        key_file = self.key_folder.needed() / f"{file_stem(name)}{P12}"
        refuse_existing(key_file)
        self._key_file = key_file

        def make() -> Act:
            from core.group.trust.roots import founding
            from core.signing import create_authority, save_p12

            when = moment()
            root = create_authority(name, organisation, when)
            act = founding(register, root, when)
            save_p12(key_file, root, secret)
            return act

        return make

    def _on_token(self) -> Callable[[], Act]:
        name, organisation, register = self.name.text().strip(), self.organisation.text().strip(), self.register
        module, pin, token = self.token.needed(), self.token.pin.text(), self.token.chosen.token
        self._key_file = None

        def make() -> Act:
            from core.group.trust.roots import founding
            from core.signing import create_token_authority, token_identity

            when = moment()
            key, _certificate = create_token_authority(
                module, pin, common_name=name, organisation=organisation, when=when, token=token
            )
            with token_identity(module, pin, token=token, key=key, when=when) as root:
                return founding(register, root, when)

        return make

    def _known(self) -> Callable[[], Act]:
        wish, register = self.known.wish(), self.register
        self._key_file = None

        def enter() -> Act:
            from core.group.trust.roots import founding

            when = moment()
            with wish.opened(when) as root:
                return founding(register, root, when)

        return enter

    def succeeded(self, result: object) -> None:
        for secret in (self.secret, self.again, self.token.pin):
            secret.forget()
        self.known.used()
        if self._key_file is not None:
            self._settings.root_key_file = self._key_file
        super().succeeded(result)

    def told(self, act: Act, written: tuple[Path, ...]) -> list[QWidget]:
        from gui.trust.rows import grouped

        words = _("Give these files to everybody who verifies reports; the root is trusted here from now on:")
        shown = files_told(words, written)
        if self._key_file is not None:
            shown += [
                label(_("Keep this file off line, for it issues certificates:"), wrap=True),
                copyable(str(self._key_file), _("Key file")),
            ]
        elif self.kind.currentData() == NEW_TOKEN:
            shown.append(label(_("The key is on your token and never leaves it."), wrap=True))
        fingerprint = grouped(act.steps[0].id)
        return [*shown, label(_("Fingerprint:")), copyable(fingerprint, _("Fingerprint"))]
