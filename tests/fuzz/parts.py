"""Workbooks and reports taken apart into plain bytes, so that a search may change what is compressed inside."""

from __future__ import annotations

import io
import re
import zipfile

from core.errors import UserError
from core.i18n import T

_BETWEEN = re.compile(rb"\n%%%% ([!-~]{1,80})\n")
_MOST = 60
_UNREAD = ("docProps/", "xl/theme/")
"""Parts that nobody reads: when the file was written, and colours."""


def parts_of(workbook: bytes) -> bytes:
    """The parts of a workbook one after the other, each below a line with its name.

    Examples
    --------
    >>> parts_of(whole_of(b"\\n%%%% xl/a.xml\\n<a/>"))
    b'\\n%%%% xl/a.xml\\n<a/>'
    """
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        names = [one for one in archive.namelist() if not one.startswith(_UNREAD)]
        return b"".join(b"\n%%%% " + name.encode() + b"\n" + archive.read(name) for name in names)


def whole_of(parts: bytes) -> bytes:
    """The workbook again, the same bytes each time.

    Raises
    ------
    UserError
        for more parts than a small workbook has.
    """
    pieces = _BETWEEN.split(parts)
    if len(pieces) > 2 * _MOST:
        raise UserError(T("The file is larger than {most} MB.", most=1))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        seen: set[bytes] = set()
        for name, content in zip(pieces[1::2], pieces[2::2], strict=True):
            if name not in seen:
                seen.add(name)
                archive.writestr(zipfile.ZipInfo(name.decode("ascii")), content)
    return stream.getvalue()
