"""Dialogs about factor sets that travel: believe a signed one, write one out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.errors import UserError
from core.exchange.factor_import import check_rows, read_set
from core.i18n import T
from core.library import OWN, Factor, FactorSet, Library
from core.library.write import to_csv
from gui.asking import Asking, PathField, SecretField
from gui.certificates import p12_files
from gui.language import _, say
from gui.widgets import label

SIGNED = ".factors"
_LARGEST = 12_000_001
"""As much of a file as is needed to see that it is too large."""


@dataclass(frozen=True, slots=True)
class Believed:
    """A signed set whose signer is trusted."""

    key: str
    text: str
    rows: tuple[Factor, ...]
    signer: str
    fingerprint: str
    words: str
    """Who signed it and when, for people."""


class BelieveDialog(Asking):
    """Asks for the certificate of head office, and verifies a signed set with it."""

    def __init__(self, path: Path, trust: Path | None, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Signed factor set"),
            _("“{file}” says that head office signed it. With the certificate of head office it can be verified; "
              "nothing is taken that was not signed by somebody whom head office trusts.", file=path.name),
            _("Verify"),
            parent,
        )  # fmt: skip
        self._path, self._library = path, library
        self.trust = PathField(_("Certificate of head office"), _("Certificates (*.pem *.crt)"))
        self.trust.set_path(trust)
        self.add(_("Certificate of head office"), self.trust, _("The file that head office gives to all plants"))

    def work(self) -> Callable[[], object]:
        trust_file, path, library, when = self.trust.needed(), self._path, self._library, datetime.now(UTC)

        def verify() -> Believed:
            from core.signing import load_trust, verify_set

            answer = verify_set(bytes_of(path), load_trust(trust_file), when)
            if not answer.valid:
                raise UserError(answer.reason, T("Nothing was taken. Ask head office for the file and certificate."))
            if answer.key in library.sets:
                raise UserError(T("The factor set “{key}” is known already.", key=answer.key))
            rows = read_set(answer.key, answer.csv)
            check_rows(rows, library)
            day = answer.signed_at.date() if answer.signed_at else when.date()
            words = T("Signed by {signer} (certificate of {issuer}) on {day}; unaltered since.", signer=answer.signer,
                      issuer=answer.issuer, day=day)  # fmt: skip
            who = ", ".join(part for part in (answer.signer, answer.organisation) if part)
            return Believed(answer.key, answer.csv.decode("utf-8"), rows, who, answer.fingerprint, say(words))

        return verify


class SignSetDialog(Asking):
    """Head office signs factors for its plants."""

    def __init__(self, rows: Sequence[Factor], folder: Path, key: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Export factors, signed"),
            _("Plants take a signed factor set up without a new version of the program. Sign with an auditor's key."),
            _("Sign and write"),
            parent,
        )
        self._set, self._rows = one_set(rows)
        self.key = PathField(_("Key file (.p12)"), p12_files())
        self.key.set_path(key)
        self.secret = SecretField(_("Passphrase"))
        self.out = PathField(_("Signed factor set"), _("Signed factor sets (*.factors)"), what="save")
        self.out.set_path(folder / f"{self._set.key}{SIGNED}")
        what = _("{title}: {count} factors", title=self._set.title, count=f"{len(self._rows):,}")
        self.fields.addWidget(label(what, wrap=True))
        self.add(_("Key file (.p12)"), self.key)
        self.add(_("Passphrase"), self.secret)
        self.add(_("Signed factor set"), self.out)

    def work(self) -> Callable[[], object]:
        key_file, secret, out = self.key.needed(), self.secret.text(), self.out.needed()
        publication, rows, when = self._set, self._rows, datetime.now(UTC)
        if not secret:
            raise UserError(T("The passphrase is empty."), T("Type the passphrase of the key."))

        def write() -> Path:
            from core.handover import write_safely
            from core.signing import load_p12, sign_set

            identity = load_p12(key_file, secret, when)
            data = sign_set(publication.key, to_csv(publication, rows).encode(), identity, when)
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


def bytes_of(path: Path) -> bytes:
    """A file, or as much of it as is needed to see that it is too large.

    Raises
    ------
    UserError
        when it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(_LARGEST)
    except OSError as error:
        raise UserError(
            T("The file {file} cannot be read: {why}", file=path.name, why=error.strerror or ""),
            T("Check that the file exists and that you may read it."),
        ) from error
