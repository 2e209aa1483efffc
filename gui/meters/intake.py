"""Files with interval data in and out: looked at by a job, asked about in a dialog, written by a job."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from core.ledger import Meter
from core.series.metered import Metered
from core.series.read import values
from core.series.series import Series
from gui.choosing import METERS, asked_for_files
from gui.jobs import Job, Progress
from gui.language import _
from gui.page import Page
from gui.plots.tools import file_name
from gui.session import Session
from gui.settings import Settings

if TYPE_CHECKING:
    from gui.meters.import_dialog import Seen

TAKEN = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xml")
"""Files of loggers and utilities."""


class Intake(QObject):
    """One file after the other; who cancels one stops."""

    imported = Signal(str, str, int)
    """What was imported, in a sentence, the id of the first meter that got values, and the year of the last value."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__(page)
        self._page, self._session, self._settings = page, session, settings
        self._waiting: list[Path] = []

    def choose(self) -> None:
        """Ask for files and look at them."""
        kinds = f"{_('Files of loggers and utilities')} ({' '.join('*' + suffix for suffix in TAKEN)})"
        title, plant = _("Import interval data"), self._session.path
        if paths := asked_for_files(self._page, title, kinds, self._settings, METERS, plant):
            self.begin(paths)

    def begin(self, paths: Sequence[Path]) -> Job:
        """Look at the first file; the others follow when it was imported."""
        from gui.meters.import_dialog import looking

        path, *self._waiting = paths
        work = looking(self._session, path)
        job = Job(lambda _progress, _cancelled: work())
        # In the next turn: a dialog within this one would keep the job, and the bottom line with it, from ending.
        job.done.connect(lambda seen: QTimer.singleShot(0, self, lambda: self.ask(seen)))
        self._page.run(job, _("Looking at “{file}”", file=path.name))
        return job

    def ask(self, seen: Seen) -> None:
        """Ask how it is read and what of it is taken; yes makes one change."""
        from gui.meters.import_dialog import SeriesImportDialog

        dialog = SeriesImportDialog(self._session, self._settings, seen, self._page)
        dialog.imported.connect(self.imported)
        dialog.begin()
        accepted = dialog.exec()
        dialog.deleteLater()
        if accepted and self._waiting:
            self.begin(self._waiting)

    # ------------------------------------------------------------------ out

    def export(self, meters: Sequence[Meter]) -> None:
        """Ask for a place and write all values of these meters there."""
        suggestion = f"{file_name(meters[0].name if len(meters) == 1 else self._session.ledger.plant.name)}.csv"
        name, _kind = QFileDialog.getSaveFileName(self._page, _("Export values as CSV"), suggestion, "CSV (*.csv)")
        if name:
            self.write(Path(name).with_suffix(".csv"), meters)

    def write(self, path: Path, meters: Sequence[Meter]) -> Job:
        """Write them in a job."""
        job = Job(writing(self._session, path, meters))
        job.done.connect(lambda rows: self._written(path, rows))
        self._page.run(job, _("Writing “{file}”", file=path.name))
        return job

    def _written(self, path: Path, rows: int) -> None:
        self._page.tell("good", _("Saved {count} values in {file}.", count=f"{rows:,}", file=path.name))


def writing(session: Session, path: Path, meters: Sequence[Meter]) -> Callable[[Progress, Callable[[], bool]], int]:
    """The work of writing values, for another thread: they are read there, one meter after the other."""
    ledger, reader, zone = session.ledger, session.file.reader(), session.metered.zone

    def work(progress: Progress, cancelled: Callable[[], bool]) -> int:
        from core.exchange.series import Exported, export_series

        with reader:
            metered = Metered(ledger, reader.blob)
            exported = [Exported(meter.name, meter.unit, _stretches(metered, meter)) for meter in meters]
            found: int = export_series(path, exported, zone, progress, cancelled)
        return found

    return work


def _stretches(metered: Metered, meter: Meter) -> Iterator[Series]:
    """The values of a meter as they are kept, read when they are asked for."""
    index = metered.index(meter.id)
    if index is not None and len(index):
        yield from values(index, metered.blob, index.start, index.end)
