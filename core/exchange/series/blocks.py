"""A text file in blocks of whole lines, in UTF-8 whatever it was written in, a few of them at a time."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.disk import cannot_open
from core.errors import UserError
from core.exchange.read import decode
from core.i18n import T

BLOCK = 1 << 22
"""Bytes of a block: large enough that two threads seldom wait for each other."""
MAX_BYTES = 2_000_000_000
MAX_LINE = 500_000
"""Bytes of a line."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = frozenset("°²³µ§€·–—’‘“”«»´¹±×\u00a0")


@dataclass(slots=True)
class Reader:
    """Reads a file once: blocks, size and hash."""

    path: Path
    encoding: str
    """As :func:`encoding_of` found it; ``ascii``: nothing else was seen so far."""
    size: int = 0
    """Bytes of the file."""
    done: int = 0
    """Bytes read so far."""
    sha256: str = ""
    """Of the whole file, once it was read to its end."""

    def blocks(self) -> Iterator[bytes]:
        """Blocks that end with a line feed.

        Raises
        ------
        UserError
            when the file cannot be read, is too large, or is not in its encoding.
        """
        whole = hashlib.sha256()
        rest = b""
        to_utf8 = _Transcoder(self.encoding)
        try:
            with self.path.open("rb") as stream:
                self.size = checked_size(stream.seek(0, 2))
                stream.seek(0)
                while raw := stream.read(BLOCK):
                    whole.update(raw)
                    self.done += len(raw)
                    text = to_utf8(raw, final=False)
                    cut = text.rfind(b"\n") + 1
                    if cut:
                        yield b"".join((rest, text[:cut]))
                    rest = text[cut:] if cut else rest + text
                    if len(rest) > MAX_LINE:
                        raise _too_long()
        except OSError as error:
            raise cannot_open(self.path, error) from error
        rest += to_utf8(b"", final=True)
        if rest:
            yield rest + b"\n"
        self.sha256 = whole.hexdigest()


class _Transcoder:
    """Bytes in the encoding of the file -> UTF-8; what is not in that encoding is refused."""

    def __init__(self, encoding: str) -> None:
        self._begun = False
        self._set(encoding)

    def _set(self, encoding: str) -> None:
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")

    def __call__(self, raw: bytes, *, final: bool) -> bytes:
        if not self._begun:
            self._begun = True
            raw = raw.removeprefix(next((m for m, name in _MARKS if name == self._encoding and raw.startswith(m)), b""))
        if raw.isascii() and b"\0" not in raw and self._encoding in ("ascii", "utf-8") and not self._pending():
            return raw
        if self._encoding == "ascii":
            self._set(encoding_of(raw))
        try:
            text = self._decoder.decode(raw, final)
        except UnicodeDecodeError as error:
            raise unreadable() from error
        if "\0" in text:
            raise unreadable()
        return text.encode()

    def _pending(self) -> bool:
        return bool(self._decoder.getstate()[0])


def encoding_of(data: bytes) -> str:
    """In what a text is written, judged by its beginning.

    Raises
    ------
    UserError
        when it is no text, or neither ASCII nor UTF-8, UTF-16, GB 18030 or Windows-1252.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if b"\0" in data:
        return _without_mark(data[:4096])
    if data.isascii():
        return "ascii"
    whole = data[: data.rfind(b"\n") + 1] or data
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(data)
        return "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        decode(whole)
        return "gb18030"
    except UserError:
        return _western(whole)


def _without_mark(data: bytes) -> str:
    """UTF-16 of mostly western text has a zero in every second byte."""
    for name, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if zeros.count(0) > 0.8 * len(zeros):
            return name
    raise unreadable()


def _western(data: bytes) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise unreadable() from error
    if all(c.isalpha() or c in _WESTERN for c in text if ord(c) > 127):
        return "cp1252"
    raise unreadable()


def checked_size(size: int) -> int:
    """The size of a file that is small enough.

    Raises
    ------
    UserError
        when it is not.
    """
    if size > MAX_BYTES:
        raise UserError(
            T("The file is larger than {most} MB.", most=MAX_BYTES // 1_000_000), T("Split it into several files.")
        )
    return size


def unreadable() -> UserError:
    """None of the kinds of files that are read here."""
    return UserError(
        T("The file is neither xlsx nor Green Button nor a text in UTF-8, UTF-16, GB18030 or Latin-1."),
        T("Export it again as CSV or as an Excel workbook (.xlsx)."),
    )


def _too_long() -> UserError:
    return UserError(
        T("A line of the file has more than {most} characters.", most=f"{MAX_LINE:,}"),
        T("Export it again as CSV with one line for each row."),
    )
