"""Kept files outside the plant file: verified copies to look at or to save, in a job where they are large."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path, PurePath

from PySide6.QtWidgets import QFileDialog

from core.blob import Watch
from core.errors import UserError
from core.i18n import T
from core.ledger import Evidence
from core.store import BlobReader
from gui.jobs import Job, Progress
from gui.keys.sign_panel import open_with_system
from gui.language import _
from gui.page import Page
from gui.session import Session

SHOWABLE = frozenset(
    (".pdf", ".ofd", ".png", ".jpg", ".jpeg", ".heic", ".heif", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".txt",
     ".csv", ".tsv", ".eml", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".mp4", ".mov")
)  # fmt: skip
"""What programs show; anything else might run, and a plant file may come from somebody else."""
SMALL = 20_000_000
"""Up to this size a file is copied or kept while one waits; beyond it in a job with progress. [bytes]"""


def safe_name(name: str) -> str:
    """A name that every disk takes and that hides nothing, as a sign that turns the direction of reading would.

    >>> safe_name("../bill:1.pdf ")
    'bill1.pdf'
    """
    last = PurePath(name.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .") or "proof"


def can_be_opened(file: Evidence) -> bool:
    """Whether it is of a kind that is only looked at."""
    return PurePath(safe_name(file.name)).suffix.lower() in SHOWABLE


@cache
def _folder() -> Path:
    """Of the copies that are looked at; gone with the program."""
    made = Path(tempfile.mkdtemp(prefix="plant-audit-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def copy_of(file: Evidence, copy: Callable[[str, Path], object]) -> Path:
    """A file to look at, which nobody takes for the kept one: it cannot be written.

    Parameters
    ----------
    file
        what is kept.
    copy
        writes the blob of a hash to a path, verified.

    Raises
    ------
    UserError
        when it is missing or altered, or the disk refuses.
    """
    path = _folder() / file.sha256[:16] / safe_name(file.name)
    try:
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        copy(file.sha256, path)
        path.chmod(0o400)
    except OSError as error:
        raise UserError(
            T("“{file}” could not be written: {why}.", file=path.name, why=error.strerror or ""),
            T("Check the folder, the free space and your rights."),
        ) from error
    return path


def copying(reader: BlobReader, file: Evidence, progress: Progress) -> Callable[[str, Path], None]:
    """Copies in the thread of a job, which tells how far it is."""

    def watch(done: int) -> None:
        progress(done / max(1, file.size), T("Copying {file}", file=file.name))

    def copy(sha256: str, path: Path, told: Watch = watch) -> None:
        with reader:
            reader.copy_blob(sha256, path, told)

    return copy


class Copies:
    """Opens and saves kept files for a page; what happened is told through it."""

    def __init__(self, page: Page, session: Session) -> None:
        self._page, self._session = page, session

    def open(self, file: Evidence) -> None:
        """Show a verified copy with the program of the system; what could run is only saved."""
        if not can_be_opened(file):
            words = _("“{file}” is of a kind that might run a program, so it is not opened from here.", file=file.name)
            self._page.tell("warning", words, (_("Save as…"), lambda: self.save(file)))
            return
        self._copied(file, lambda copy: copy_of(file, copy), open_with_system)

    def save(self, file: Evidence) -> None:
        """Write the bytes as they were received."""
        name, _kind = QFileDialog.getSaveFileName(self._page, _("Save the proof"), safe_name(file.name))
        if not name:
            return
        path = Path(name)

        def write(copy: Callable[[str, Path], object]) -> Path:
            copy(file.sha256, path)
            return path

        self._copied(file, write, lambda path: self._page.tell("good", _("Saved {file}.", file=path.name)))

    def _copied(
        self,
        file: Evidence,
        act: Callable[[Callable[[str, Path], object]], Path],
        then: Callable[[Path], object],
    ) -> None:
        if file.size <= SMALL:
            path = self._page.attempt(lambda: act(self._session.file.copy_blob))
            if path is not None:
                then(path)
            return
        reader = self._session.file.reader()
        job = Job(lambda progress, _cancelled: act(copying(reader, file, progress)))
        job.done.connect(then)
        self._page.run(job, _("Copying {file}", file=file.name))
