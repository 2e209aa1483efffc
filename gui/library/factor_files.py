"""Dialogs about factor sets that travel: believe a signed one, write one out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from core.disk import read_within
from core.errors import UserError
from core.i18n import T
from core.library import OWN, Factor, FactorSet, Library
from core.library.write import to_csv
from gui.asking import Asking, PathField, SecretField
from gui.keys.certificates import p12_files
from gui.language import _
from gui.library.words import SIGNED
from gui.session import Session
from gui.trust.field import Believing
from gui.widgets import label

if TYPE_CHECKING:
    from core.handover import ReceivedSet
    from core.signing import Trust


class BelieveDialog(Believing):
    """Verifies a signed set."""

    def __init__(self, path: Path, trust: Path | None, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Signed factor set"), path, trust, parent)
        self._path, self._session = path, session

    def receiving(self) -> Callable[[Trust], ReceivedSet]:
        path, session = self._path, self._session
        ledger, library, person = session.ledger, session.library, session.person

        def receive(trust: Trust) -> ReceivedSet:
            from core.handover import receive_set
            from core.signing.factor_set import LARGEST

            return receive_set(read_within(path, LARGEST), path.name, trust, ledger, library, person, datetime.now(UTC))

        return receive


class SignSetDialog(Asking):
    """Head office signs factors for its plants."""

    def __init__(self, rows: Sequence[Factor], library: Library, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Export factors, signed"),
            _("Plants take a signed factor set up without a new version of the program. Sign with an auditor's key."),
            _("Sign and write"),
            parent,
        )
        self._library = library
        self._set, self._rows = one_set(rows)
        self.key = PathField(_("Key file (.p12)"), p12_files())
        self.secret = SecretField(_("Passphrase"))
        self.out = PathField(_("Signed factor set"), _("Signed factor sets (*.factors)"), what="save")
        self.out.set_path(folder / f"{self._set.key}{SIGNED}")
        what = _("{title}: {count}", title=self._set.title, count=f"{len(self._rows):,}")
        self.fields.addWidget(label(what, wrap=True))
        self.add(_("Key file (.p12)"), self.key)
        self.add(_("Passphrase"), self.secret)
        self.add(_("Signed factor set"), self.out)

    def work(self) -> Callable[[], object]:
        key_file, secret, out = self.key.needed(), self.secret.text(), self.out.needed()
        publication, rows, library, when = self._set, self._rows, self._library, datetime.now(UTC)
        if not secret:
            raise UserError(T("The passphrase is empty."), T("Type the passphrase of the key."))

        def write() -> Path:
            from core.handover import issue_set, write_safely
            from core.signing import load_p12

            data = issue_set(publication, rows, load_p12(key_file, secret, when), library, when)
            target = out if out.suffix.lower() == SIGNED else out.with_name(out.name + SIGNED)
            write_safely(target, data)
            return target

        return write


def one_set(rows: Sequence[Factor]) -> tuple[FactorSet, tuple[Factor, ...]]:
    """The factors of one publication: a factor file holds one.

    Raises
    ------
    UserError
        when none is chosen, they belong to several publications, or are the plant's own.
    """
    sets = {row.set.key: row.set for row in rows}
    if not sets:
        raise UserError(T("No factor is selected."), T("Select the rows to be written."))
    if len(sets) > 1:
        raise UserError(
            T("The factors belong to several sets: {sets}", sets=[one.title for one in sets.values()][:6]),
            T("Write one file for each: a factor file is one publication."),
        )
    if any(row.region == OWN for row in rows):
        raise UserError(
            T("Factors of a plant's own stay in the plant."), T("Enter them where they are needed, with their proof.")
        )
    (publication,) = sets.values()
    return publication, tuple(rows)


def write_csv(path: Path, rows: Sequence[Factor]) -> int:
    """Write factors as a factor file; how many there are.

    Raises
    ------
    UserError
        for the reasons of :func:`one_set`, or when the disk refuses.
    """
    from core.handover import write_safely

    publication, chosen = one_set(rows)
    write_safely(path, to_csv(publication, chosen).encode())
    return len(chosen)
