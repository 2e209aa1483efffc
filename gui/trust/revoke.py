"""What is taken back, and what tells the plants: a revocation, a new list of revoked certificates, a trust file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from core.group.trust.believing import Act
from core.ledger import Certificate
from gui.fields import date_field, said, words_field
from gui.language import _
from gui.settings import Settings
from gui.trust.act_dialog import KeyedDialog, files_told, moment
from gui.trust.rows import role_words
from gui.widgets import label

if TYPE_CHECKING:
    from gui.office.office import Office


class RevokeDialog(KeyedDialog):
    """Why, and since when; of an own certificate the new list goes to the plants."""

    def __init__(
        self, office: Office, settings: Settings, certificate: Certificate, own: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            office,
            settings,
            _("Revoke the certificate of {name}", name=certificate.name),
            _(
                "Reports signed with it from that moment on are rejected. This is final: a new certificate needs a new "
                "request."
            ),
            _("Revoke certificate"),
            parent,
        )
        self._certificate, self._own = certificate, own
        self.reason = words_field(lines=3)
        self.since = date_field(_("Not believed since"), None, _("When the key was lost earlier; empty: from now on."))
        self.add(_("Reason"), self.reason, _("It stays in the register."))
        self.fields.addWidget(self.since)
        if own:
            self.ask_key()

    def work(self) -> Callable[[], object]:
        from core.group.trust.people import revoking
        from core.inventory.judging import reasoned

        reason, day, register, key = reasoned(said(self.reason)), self.since.read(), self.register, self._certificate.id
        since = None if day is None else datetime.combine(day, time(), UTC)
        if not self._own:
            return lambda: revoking(register, key, reason, moment(), since=since)
        return self.with_root(lambda root, when: revoking(register, key, reason, when, root=root, since=since))

    def told(self, act: Act, written: tuple[Path, ...]) -> list[QWidget]:
        one = self._certificate
        gone = _("{name}, {role}: not believed any more.", name=one.name, role=role_words(one.role))
        shown: list[QWidget] = [label(gone, strong=True, wrap=True)]
        if written:
            shown += files_told(_("Send this list to everybody who verifies reports:"), written)
        shown.append(label(_("Then make a new trust file for the plants, which holds it too."), "muted", wrap=True))
        return shown


class ListDialog(KeyedDialog):
    """A new list of the same revoked certificates: one is believed for a limited time only."""

    def __init__(self, office: Office, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(
            office,
            settings,
            _("Make a new list of revoked certificates"),
            _("A list is believed for 400 days. Without a current one no report can be verified."),
            _("Make list"),
            parent,
        )
        self.ask_key()

    def work(self) -> Callable[[], object]:
        from core.group.trust.roots import listing

        register = self.register
        return self.with_root(lambda root, when: listing(register, root, when))

    def told(self, act: Act, written: tuple[Path, ...]) -> list[QWidget]:
        return files_told(_("Send this list to everybody who verifies reports:"), written)


class BundleDialog(KeyedDialog):
    """Everything a plant needs to know whom to believe, in one signed file that only goes forward."""

    def __init__(self, office: Office, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(
            office,
            settings,
            _("Make a trust file for the plants"),
            _(
                "One file, signed by the root: authorities, lists of revoked certificates, people with role and "
                "plants. It has a number, and plants never go back to an earlier one."
            ),
            _("Make trust file"),
            parent,
        )
        self.ask_key()

    def work(self) -> Callable[[], object]:
        from core.group.trust.bundling import bundling

        register = self.register
        return self.with_root(lambda root, when: bundling(register, root, when))

    def told(self, act: Act, written: tuple[Path, ...]) -> list[QWidget]:
        hint = _("A plant that takes it up for the first time asks for the fingerprint of the root; read it out on the "
                 "telephone.")  # fmt: skip
        return [*files_told(_("Send this file to all plants:"), written), label(hint, "muted", wrap=True)]
