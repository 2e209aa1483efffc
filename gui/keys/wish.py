"""With which key somebody wants to sign: a file with its passphrase, or a token with its PIN. Opened in a worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.signing import Identity


@dataclass(frozen=True, slots=True)
class KeyWish:
    """What the person entered."""

    file: Path | None = None
    """Key and certificate; None: a token."""
    secret: str = field(default="", repr=False)
    """Passphrase of the file or PIN of the token; empty where the PIN is typed on the token."""
    module: Path | None = None
    """PKCS#11 library of the token."""
    token: str = ""
    """Serial number; empty: the only one that is plugged in."""
    key: str = ""
    """ID of the certificate; empty: the only one."""

    @contextmanager
    def opened(self, when: datetime) -> Iterator[Identity]:
        """The identity, for as long as the block runs.

        Raises
        ------
        UserError
            for everything that keeps the key from being opened.
        """
        from core.signing import load_p12, token_identity

        if self.file is not None:
            yield load_p12(self.file, self.secret, when)
            return
        assert self.module is not None
        with token_identity(self.module, self.secret, token=self.token, key=self.key, when=when) as identity:
            yield identity
