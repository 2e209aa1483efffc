"""The file that says whom to believe, as a field of whatever verifies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from core.errors import UserError
from core.i18n import T, Text
from gui.asking import Asking, PathField
from gui.language import _

if TYPE_CHECKING:
    from core.signing import Trust


def trust_field(path: Path | None) -> PathField:
    """Asks for a trust file or a certificate of head office; proposes the one that is in use."""
    made = PathField(_("Trust file of head office"), _("Files that say whom to trust (*.trust *.pem *.crt)"))
    made.set_path(path)
    return made


class Judged(Protocol):
    """What was found out about the signature of a file."""

    @property
    def reason(self) -> Text: ...


class Received(Protocol):
    """A file that was verified."""

    @property
    def taken(self) -> object: ...
    @property
    def judged(self) -> Judged: ...


class Believing(Asking):
    """Asks for the trust file of head office, and verifies a file that it signed with it."""

    def __init__(self, title: str, path: Path, trust: Path | None, parent: QWidget | None) -> None:
        super().__init__(
            title,
            _("“{file}” says that head office signed it. With the trust file of head office it can be verified; "
              "nothing is taken that was not signed by somebody whom head office trusts.", file=path.name),
            _("Verify"),
            parent,
        )  # fmt: skip
        self.trust = trust_field(trust)
        self.add(_("Trust file of head office"), self.trust, _("The file that head office gives to all plants"))

    def receiving(self) -> Callable[[Trust], Received]:
        """What verifies the file, in a job."""
        raise NotImplementedError

    def work(self) -> Callable[[], object]:
        trust_file, receive = self.trust.needed(), self.receiving()

        def verify() -> Received:
            from core.signing import load_trust

            received = receive(load_trust(trust_file))
            if received.taken is None:
                raise UserError(
                    received.judged.reason, T("Nothing was taken. Ask head office for the file and certificate.")
                )
            return received

        return verify
