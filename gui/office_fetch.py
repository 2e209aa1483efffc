"""Filed reports for workers: only the office's thread touches the group file, so they ask it and wait."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from core.errors import UserError

PATIENCE_S = 0.2
"""How often a worker that waits asks whether the file was closed."""


class Fetch(QObject):
    """Belongs to the office."""

    _wanted = Signal(object)

    def __init__(self, original: Callable[[str], bytes], parent: QObject) -> None:
        super().__init__(parent)
        self._original: Callable[[str], bytes] | None = original
        self._wanted.connect(self._give, Qt.ConnectionType.QueuedConnection)

    def original(self, sha256: str) -> bytes:
        """The bytes of a filed report; from a worker, for it waits for the other thread. Empty once the file is closed.

        Raises
        ------
        UserError
            when they are missing or altered.
        """
        wanted = _Wanted(sha256)
        self._wanted.emit(wanted)
        while not wanted.given.wait(PATIENCE_S):
            if self._original is None:
                break
        if wanted.error is not None:
            raise wanted.error
        return wanted.data

    def close(self) -> None:
        """Give nothing any more, and let go of the office."""
        self._original = None

    def _give(self, wanted: _Wanted) -> None:
        try:
            if self._original is not None:
                wanted.data = self._original(wanted.sha256)
        except UserError as error:
            wanted.error = error
        finally:
            wanted.given.set()


class _Wanted:
    """A filed report that a worker asks for."""

    def __init__(self, sha256: str) -> None:
        self.sha256, self.data = sha256, b""
        self.error: UserError | None = None
        self.given = threading.Event()
