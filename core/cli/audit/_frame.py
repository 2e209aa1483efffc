"""The file with the frame of a sample: of one that is drawn, of one that was drawn, or of the records as they are."""

from __future__ import annotations

from pathlib import Path

from core.audit.frame import frame_of
from core.cli.common import must_be_new
from core.errors import UserError
from core.exchange.frames import write_frame
from core.i18n import T
from core.inventory import Inventory
from core.ledger import Sample


def save_frame(path: Path, inventory: Inventory, sources: tuple[str, ...]) -> str:
    """Write the records of these sources as they are now, none: of all, and give the SHA-256 of the frame.

    Raises
    ------
    UserError
        when the file exists already or cannot be written, and for a source without records.
    """
    must_be_new(path)
    frame = frame_of(inventory, sources)
    lost = [source for source in sources if source not in frame.by_source]
    if lost:
        raise UserError(T("There are no records of {sources}.", sources=lost), T("Write it as the activity data do."))
    write_frame(path, frame)
    return frame.sha256


def save_frame_of(path: Path, inventory: Inventory, sample: Sample) -> None:
    """Write what a sample was drawn from.

    Raises
    ------
    UserError
        as :func:`save_frame`, and when the records have changed since: their frame is another one.
    """
    must_be_new(path)
    frame = frame_of(inventory, sample.sources)
    if frame.sha256 != sample.frame:
        raise UserError(
            T("The records that “{name}” was drawn from have changed since: its frame is gone.", name=sample.name),
            T("Without a sample, --frame writes the records as they are now."),
        )
    write_frame(path, frame)
