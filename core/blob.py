"""A file on its way into a plant file: read in pieces, never whole, and kept only as it was when it was looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from core.disk import cannot_open

PIECE = 4_000_000
"""What is in memory at once. [bytes]"""
Watch: TypeAlias = Callable[[int], None]
"""Is told the bytes that are done; whatever it raises stops the work, and nothing is kept."""


@dataclass(frozen=True, slots=True)
class FileBlob:
    """A file that was looked at and is to be kept.

    Examples
    --------
    >>> scan = looked_at(Path("scan.pdf"), 900_000_000)                # doctest: +SKIP
    >>> plant.append(change, [scan])                                   # doctest: +SKIP
    """

    path: Path
    sha256: str
    size: int

    def pieces(self) -> Iterator[bytes]:
        """The bytes, piece by piece.

        Raises
        ------
        UserError
            when the file can no longer be read.
        """
        try:
            with self.path.open("rb") as stream:
                while piece := stream.read(PIECE):
                    yield piece
        except OSError as error:
            raise cannot_open(self.path, error) from error


Content: TypeAlias = "bytes | FileBlob"
"""What becomes a blob: bytes that are in memory anyway, or a file."""


def looked_at(path: Path, most: int, watch: Watch | None = None) -> FileBlob:
    """Read a file once for its size and hash; one that is larger than ``most`` is given up there.

    Parameters
    ----------
    path
        of the file.
    most
        bytes that may be read; of a larger file the size says that it is larger, and the hash nothing. [bytes]
    watch
        is told how far it is.

    Raises
    ------
    UserError
        when it cannot be read.
    """
    digest, size = hashlib.sha256(), 0
    with suppress(OSError):  # reading says it better
        if (large := path.stat().st_size) > most:
            return FileBlob(path, digest.hexdigest(), large)
    for piece in FileBlob(path, "", 0).pieces():
        digest.update(piece)
        size += len(piece)
        if watch is not None:
            watch(size)
        if size > most:
            break
    return FileBlob(path, digest.hexdigest(), size)


def sha256_of_content(content: Content) -> str:
    """The hash under which it is kept."""
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else content.sha256


def size_of_content(content: Content) -> int:
    """In bytes."""
    return len(content) if isinstance(content, bytes) else content.size
