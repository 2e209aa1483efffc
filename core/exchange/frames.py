"""The frame of a sample as a csv file: what any other program needs to draw the sample again."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from core.audit.frame import Frame
from core.disk import write_safely
from core.errors import UserError
from core.exchange.cells import guard
from core.i18n import T
from core.methods import plain

HEAD = ("record", "source", "month", "tonnes")
"""The same in every language, for programs read them."""


def write_frame(path: Path, frame: Frame) -> None:
    """Write every record of a frame in its order, tonnes with all their digits.

    Parameters
    ----------
    path
        where to; ``.csv``.
    frame
        what a sample is drawn from.

    Raises
    ------
    UserError
        for another ending of the file, or when it cannot be written.

    Notes
    -----
    The SHA-256 that a sample records follows from these rows. A text that a spreadsheet would run as a formula has an
    apostrophe before it, which whoever calculates the hash takes off again.
    """
    if path.suffix.casefold() != ".csv":
        raise UserError(T("“{file}” is not a .csv file.", file=path.name), T("End the name with .csv."))
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(HEAD)
    for one in frame.items:
        writer.writerow((guard(one.activity), guard(one.source), one.month, plain(one.tonnes)))
    write_safely(path, stream.getvalue().encode("utf-8-sig"))
