"""The group file for workers: only the office's thread touches it, so they ask that thread and wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from core.ledger import Register
from core.store import Filed, GroupFile
from gui.jobs import Cancelled

PATIENCE_S = 0.2
"""How often a worker that waits asks whether the file was closed."""
Value = TypeVar("Value")


class Fetch(QObject):
    """Belongs to the office."""

    _wanted = Signal(object)

    def __init__(self, group: GroupFile, parent: QObject) -> None:
        super().__init__(parent)
        self._group: GroupFile | None = group
        self._wanted.connect(self._give, Qt.ConnectionType.QueuedConnection)

    def ask(self, act: Callable[[GroupFile], Value]) -> Value:
        """What the act gives on the other thread; for workers alone.

        Raises
        ------
        UserError
            of the act.
        Cancelled
            once the file is closed.
        """
        wanted = _Wanted(act)
        self._wanted.emit(wanted)
        while not wanted.given.wait(PATIENCE_S):
            if self._group is None:
                raise Cancelled
        if wanted.error is not None:
            raise wanted.error
        assert wanted.value is not None
        return wanted.value[0]

    def original(self, sha256: str) -> bytes:
        """The bytes of a filed report. Empty once the file is closed.

        Raises
        ------
        UserError
            when they are missing or altered.
        """
        try:
            return self.ask(lambda group: group.original(sha256))
        except Cancelled:
            return b""

    def close(self) -> None:
        """Give nothing any more, and let go of the file."""
        self._group = None

    def _give(self, wanted: _Wanted[object]) -> None:
        try:
            if self._group is None:
                wanted.error = Cancelled()
            else:
                wanted.value = (wanted.act(self._group),)
        except Exception as error:  # the person's, or of ours: it belongs to the job that asked
            wanted.error = error
        finally:
            wanted.given.set()


class _Wanted(Generic[Value]):
    """Something that a worker asks for."""

    def __init__(self, act: Callable[[GroupFile], Value]) -> None:
        self.act = act
        self.value: tuple[Value] | None = None
        self.error: Exception | None = None
        self.given = threading.Event()


class Shelf:
    """The group file as a worker may use it: as :class:`core.group.inbox.longterm.Shelf` says."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    @property
    def register(self) -> Register:
        return self._fetch.ask(lambda group: group.register)

    def all(self) -> tuple[Filed, ...]:
        return self._fetch.ask(lambda group: group.all())

    def original(self, sha256: str) -> bytes:
        return self._fetch.ask(lambda group: group.original(sha256))

    def part(self, sha256: str, name: str) -> bytes | None:
        return self._fetch.ask(lambda group: group.part(sha256, name))

    def keep_part(self, sha256: str, name: str, data: bytes) -> None:
        self._fetch.ask(lambda group: group.keep_part(sha256, name, data))
