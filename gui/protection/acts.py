"""The menu “Protection”, and what follows from its commands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.commands import Command
from gui.language import _
from gui.notices import Notice
from gui.protection.locking import Lock
from gui.settings import LOCK_MINUTES

if TYPE_CHECKING:
    from core.ledger import Plant
    from gui.app import Program
    from gui.asking import Asking
    from gui.protection.changing import Rewriting
    from gui.protection.unlocking import UnlockDialog


class ProtectionCommands(QObject):
    """Of the program, for whatever file is open."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self.lock = Lock(self, lambda: program.settings.lock_minutes)
        self.lock.reopen.connect(self._reopen)
        self.lock.given_up.connect(program.close_file)
        self.dialog: Asking | None = None
        """The one that is open, or was last."""

    def commands(self) -> list[Command]:
        """For menu, shortcuts and palette."""
        need_plain, need_encrypted = self._reason(encrypted=False), self._reason(encrypted=True)
        return [
            Command(_("Encrypt this file…"), self.encrypt, "", "", "protect", self._plain, why_not=need_plain),
            Command(_("Change the passphrase…"), self.change, "", "", "protect", self._encrypted,
                    why_not=need_encrypted),
            Command(_("Remove the passphrase…"), self.remove, "", "", "protect", self._encrypted,
                    why_not=need_encrypted),
            Command(_("Lock now"), self.lock_now, "Ctrl+Shift+K", "lock", "protect", self._is_encrypted,
                    why_not=need_encrypted),
            *self._whens(),
            Command(_("Encrypt a copy for mail…"), self.send, "", "export", "protect"),
            Command(_("Decrypt a file that came by mail…"), self.receive, "", "import", "protect"),
        ]  # fmt: skip

    def _whens(self) -> list[Command]:
        settings = self._program.settings

        def choose(minutes: int) -> None:
            settings.lock_minutes = minutes

        def command(minutes: int, title: str) -> Command:
            return Command(title, lambda: choose(minutes), "", "", "protect", self._is_encrypted,
                           lambda: settings.lock_minutes == minutes, why_not=self._reason(encrypted=True))  # fmt: skip

        titles = [(minutes, _("Lock after {count} minutes without input", count=minutes)) for minutes in LOCK_MINUTES]
        return [command(0, _("Never lock without being asked")), *(command(*one) for one in titles)]

    # ------------------------------------------------------------------ what is possible

    def _is_encrypted(self) -> bool:
        desk = self._program.desk
        return desk is not None and desk.file.encrypted

    def _encrypted(self) -> bool:
        return self._is_encrypted() and self._writable()

    def _plain(self) -> bool:
        return self._program.desk is not None and not self._is_encrypted() and self._writable()

    def _writable(self) -> bool:
        return self._program.desk is not None and self._program.desk.writable

    def _reason(self, *, encrypted: bool) -> Callable[[], str]:
        def why() -> str:
            if self._program.desk is None:
                return _("No file is open.")
            if self._is_encrypted() != encrypted:
                return _("The file is not encrypted.") if encrypted else _("The file is encrypted already.")
            return _("The file is open read-only.")

        return why

    # ------------------------------------------------------------------ acts

    def ask(self, path: Path) -> None:
        """Ask for the passphrase of a file, and open it then."""
        from gui.protection.unlocking import UnlockDialog

        dialog: UnlockDialog = UnlockDialog(path, self._program.window)
        dialog.done_well.connect(lambda _result: self._program.open(path))
        self._open(dialog)

    def create(self, path: Path, plant: Plant, person: str, then: Callable[[], object]) -> None:
        """A new plant that is encrypted from its first byte, after its passphrase."""
        from core.store import PlantFile
        from gui.protection.changing import CreateDialog

        when = datetime.now(UTC)
        dialog = CreateDialog(
            path, lambda passphrase: PlantFile.create(path, plant, person, when, passphrase), self._program.window
        )
        dialog.done_well.connect(lambda _result: then())
        self._open(dialog)

    def encrypt(self) -> None:
        """A passphrase for the open file."""
        from gui.protection.changing import EncryptDialog

        if self._program.desk is not None:
            said = _("The file opens with its passphrase alone now.")
            self._rewrite(EncryptDialog(self._program.desk, self._program.window), said)

    def change(self) -> None:
        """Another one."""
        from gui.protection.changing import ChangeDialog

        if self._program.desk is not None:
            said = _("The file has another passphrase now.")
            self._rewrite(ChangeDialog(self._program.desk, self._program.window), said)

    def remove(self) -> None:
        """None any more."""
        from gui.protection.changing import RemoveDialog

        if self._program.desk is not None:
            said = _("The file is a plain one now.")
            self._rewrite(RemoveDialog(self._program.desk, self._program.window), said)

    def lock_now(self) -> None:
        """Cover the windows, close the file, forget the key."""
        self.lock.lock()

    def send(self) -> None:
        """An encrypted copy of the open file, or of another."""
        from gui.protection.mailing import SendDialog

        desk = self._program.desk
        self._open(SendDialog(None if desk is None else desk.file.path, self._program.window))

    def receive(self) -> None:
        """What came by mail."""
        from gui.protection.mailing import ReceiveDialog

        dialog = ReceiveDialog(self._program.window)
        dialog.done_well.connect(lambda _result: self._received(dialog.out.path))
        self._open(dialog)

    def _received(self, path: Path | None) -> None:
        if path is not None:
            self._program.tell(Notice("good", _("Written: {file}", file=path.name)))

    def _open(self, dialog: Asking) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _rewrite(self, dialog: Rewriting, said: str) -> None:
        dialog.finished.connect(lambda _code: self._rewritten(dialog, said))
        self._open(dialog)

    def _rewritten(self, dialog: Rewriting, said: str) -> None:
        """After the dialog: what the file is now."""
        from core.store import plain_beside

        path = dialog.desk.file.path
        if not dialog.intact:
            self._reopen(path)
        elif dialog.result() == dialog.DialogCode.Accepted:
            self.lock.watch(dialog.desk)
            dialog.desk.changed.emit()
            beside = plain_beside(path) if dialog.desk.file.encrypted else ()
            if beside:
                names = ", ".join(one.name for one in beside)
                words = _("{said} Plain copies of older versions lie beside it: {files}", said=said, files=names)
                self._program.tell(Notice("warning", words))
            else:
                self._program.tell(Notice("good", said))

    def _reopen(self, path: Path) -> None:
        """Somebody changed the file while it was let go of."""
        if self._program.open(path):
            words = _("The file was changed meanwhile and was opened anew. What was not confirmed is gone.")
            self._program.tell(Notice("warning", words))
