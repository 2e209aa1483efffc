"""What dialogs about trust share: they work out an act, confirm it in the register, and write what goes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.errors import UserError
from core.group.trust.believing import Act
from core.group.trust.roots import CRL_NAME
from core.ledger import Register
from gui.asking import Asking, PathField, copyable
from gui.fields import Field
from gui.keys.choice import KeyChoice
from gui.language import _, language
from gui.settings import Settings
from gui.widgets import label, marked

if TYPE_CHECKING:
    from core.signing import Identity
    from gui.office.office import Office

Work = Callable[["Identity", datetime], Act]
"""What is done with an open root, at a moment."""


class ActDialog(Asking):
    """Fields, then the act; what came out is shown until it is closed."""

    def __init__(self, office: Office, title: str, explained: str, do: str, parent: QWidget | None) -> None:
        super().__init__(title, explained, do, parent)
        self.office = office
        self.folder = PathField(_("Folder for the files"), what="folder")
        self.folder.set_path(office.path.parent)

    @property
    def register(self) -> Register:
        """As it is now; it never changes, so a worker may read it."""
        return self.office.register

    def add_pair(self, one: Field, other: Field) -> None:
        """Two fields in one line, the first one wider."""
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(one, 3)
        row.addWidget(other, 2)
        row.setAlignment(other, Qt.AlignmentFlag.AlignTop)
        row.setAlignment(one, Qt.AlignmentFlag.AlignTop)
        self.fields.addWidget(made)

    def told(self, act: Act, written: tuple[Path, ...]) -> list[QWidget]:
        """What the person has to know now, and do with the files."""
        raise NotImplementedError

    def succeeded(self, result: object) -> None:
        """Confirm it; only what the register says may go out."""
        assert isinstance(result, Act)
        try:
            self.office.act(result)
        except UserError as error:
            self.complain(error)
            return
        try:
            written = write_all(result, self.folder.needed())
        except UserError as error:
            again = _("It stands in the register; save its file again from the page.")
            self.show_end(marked("error", "bad", error.text(language())), label(again, wrap=True))
            return
        self.show_end(*self.told(result, written))

    def show_end(self, *widgets: QWidget) -> None:
        """What came out, close together at the top."""
        self.show_result(*widgets)
        self.fields.addStretch(1)
        self.resize(self.width(), min(self.height(), self.sizeHint().height()))


class KeyedDialog(ActDialog):
    """An act for which the key of the group's root is needed."""

    def __init__(
        self, office: Office, settings: Settings, title: str, explained: str, do: str, parent: QWidget | None
    ) -> None:
        super().__init__(office, title, explained, do, parent)
        self.key = KeyChoice(settings, of_root=True)
        self.key.propose()
        self.key.returned.connect(self.go.click)
        self.key.switched.connect(self.grow)

    def ask_key(self) -> None:
        """The fields of the key and where files go, after those of the act."""
        self.fields.addWidget(label(_("Key of the group's root"), strong=True))
        self.fields.addWidget(self.key)
        self.add(_("Folder for the files"), self.folder)

    def with_root(self, act: Work) -> Callable[[], Act]:
        """The work that opens the root and does it.

        Raises
        ------
        UserError
            for what is missing in the fields.
        """
        wish = self.key.wish()
        self.folder.needed()

        def work() -> Act:
            when = moment()
            with wish.opened(when) as root:
                return act(root, when)

        return work

    def succeeded(self, result: object) -> None:
        self.key.used()
        super().succeeded(result)


def moment() -> datetime:
    """Now, UTC."""
    return datetime.now(UTC)


def write_all(act: Act, folder: Path) -> tuple[Path, ...]:
    """Write the public files of an act; only a list of revoked certificates takes the place of an older one.

    Raises
    ------
    UserError
        when the disk refuses.
    """
    from core.handover import write_safely

    written = []
    for name, data in act.files.items():
        path = folder / name if name == CRL_NAME else unused(folder / name)
        write_safely(path, data)
        written.append(path)
    return tuple(written)


def unused(path: Path) -> Path:
    """The path, or the same with a number while a file of that name exists."""
    found, number = path, 2
    while found.exists():
        found = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return found


def files_told(words: str, written: tuple[Path, ...]) -> list[QWidget]:
    """What to do with the files, and where each of them is."""
    return [label(words, wrap=True), *(copyable(str(path), path.name) for path in written)]
