"""What an open file is asked: rows that cannot be read are told as damage of the file, whoever altered them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from core.store.connection import failures, unreadable
from core.store.opened import Kept
from core.store.trouble import damaged

File = TypeVar("File", bound=Kept)
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def asks(method: Callable[Concatenate[File, Asked], Answer]) -> Callable[Concatenate[File, Asked], Answer]:
    """For methods that read: whatever SQLite or the form of a row says against it becomes a :class:`UserError`.

    A file that was closed, or is asked by another thread, is a matter of the program and passes.
    """

    @wraps(method)
    def told(file: File, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        try:
            return method(file, *args, **kwargs)
        except failures("ProgrammingError"):
            raise
        except unreadable() as error:
            raise damaged(file.path, str(error)[:200]) from error

    return told
