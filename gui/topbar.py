"""The line at the top: which plant or group, which year, in which state; always visible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QSize, SignalInstance
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QToolButton

from core.audit.states import title_of
from core.ledger import Entry, Plant, Register
from core.library.places import countries, regions
from core.store.journaled import Journaled
from gui.acting import ActingAs
from gui.commands import Command
from gui.fonts import scaled
from gui.language import _, language, say
from gui.notices import Elided
from gui.office.person import ActingAtOffice
from gui.session import Session
from gui.settings import Settings
from gui.widgets import label, letters, tool

NAME_LEAST = 12
"""Letters of a plant's name that are seen however narrow the window is."""


class Desk(Protocol):
    """What the frame needs of an open plant (``gui.session``) or group (``gui.office.office``)."""

    year: int

    @property
    def person(self) -> str: ...
    @person.setter
    def person(self, name: str) -> None: ...
    @property
    def changed(self) -> SignalInstance: ...
    @property
    def writable(self) -> bool: ...
    @property
    def file(self) -> Journaled: ...
    def undo(self) -> Entry | None: ...
    def redo(self) -> Entry | None: ...
    def years_to_show(self) -> tuple[int, ...]: ...
    def show_year(self, year: int) -> None: ...
    def close(self) -> None: ...
    def pause(self) -> None: ...
    def go_on(self) -> None: ...


class TopBar(QFrame):
    """Name, place, state, year; undo, redo and the inspector for a plant."""

    def __init__(self, desk: Desk, settings: Settings | None = None) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("topbar")
        self.setAccessibleName(_("Plant and period"))
        self._name = _Giving(NAME_LEAST)
        self._name.setFont(scaled(self._name.font(), 1.12, strong=True))
        self._where = _Giving()
        self._where.setProperty("role", "muted")
        self._state = label("", "badge")
        self.year = QComboBox()
        self.year.setAccessibleName(_("Year"))
        self.year.activated.connect(self._choose)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(16, 8, 10, 8)
        self._line.setSpacing(10)
        for widget in (self._name, self._where, self._state):
            self._line.addWidget(widget)
        self._tools: list[tuple[Command, QToolButton]] = []
        self._line.addStretch(1)
        self.acting: ActingAs | ActingAtOffice | None = None
        if settings is not None:
            self.acting = ActingAs(desk, settings) if isinstance(desk, Session) else ActingAtOffice(desk, settings)
            self._line.addWidget(self.acting)
        self._line.addWidget(label(_("Year"), "muted"))
        self._line.addWidget(self.year)
        self.refresh()

    def show_tools(self, commands: Sequence[Command]) -> None:
        """Put icon buttons of commands at the right end."""
        for command in commands:
            made = tool(command.icon, command.title, command.run, keys=command.shortcut)
            if command.icon == "lock":
                words = _("This file is encrypted and opens with its passphrase alone.")
                made.setToolTip(f"{words}\n{made.toolTip()}")
            self._tools.append((command, made))
            self._line.addWidget(made)
        self.refresh()

    def refresh(self) -> None:
        """Say what the desk holds now."""
        name, where, state = headline(self._desk)
        self._name.setText(name)
        self._name.setToolTip(name)
        self._where.setText(where)
        self._where.setToolTip(where)
        self._where.setVisible(bool(where))
        self._state.setText(state)
        self._state.setVisible(bool(state))
        if self.acting is not None:
            self.acting.refresh()
        years = [str(year) for year in self._desk.years_to_show()]
        if [self.year.itemText(i) for i in range(self.year.count())] != years:
            self.year.clear()
            self.year.addItems(years)
        self.year.setCurrentText(str(self._desk.year))
        for command, made in self._tools:
            made.setEnabled(command.possible)
            if command.icon == "lock":
                made.setVisible(self._desk.file.encrypted)

    def _choose(self, _index: int) -> None:
        self._desk.show_year(int(self.year.currentText()))


class _Giving(Elided):
    """Name and place of the plant, which give way when the bar is narrow; the tooltip says them whole."""

    def __init__(self, least: int = 0) -> None:
        """``least`` letters stay."""
        super().__init__()
        self._least = least

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(least.width(), letters(self, self._least)), least.height())


def headline(desk: Desk) -> tuple[str, str, str]:
    """Name, place and state of what is open."""
    read_only = "" if desk.writable else _("read only")
    if not isinstance(desk, Session):
        return named(desk) or _("Head office"), "", read_only
    plant, audit = desk.ledger.plant, desk.ledger.audit(desk.year)
    where = place_of(plant)
    closed = "" if desk.closing is None else _("Closed, version {number}", number=desk.closing.revision)
    signed = _("Signed, revision {number}", number=audit.revision) if audit is not None and audit.revision else ""
    engagement = desk.ledger.engagement(desk.year)
    audited = "" if engagement is None else _("Audit: {state}", state=title_of(engagement.state))
    drafted = "" if closed or audited else _("Draft")
    return plant.name, where, " · ".join(filter(None, (audited, closed, signed or drafted, read_only)))


def named(desk: Desk) -> str:
    """Name of the group; empty until somebody says it."""
    register = getattr(desk.file, "register", None)
    return register.group.name if isinstance(register, Register) else ""


def place_of(plant: Plant) -> str:
    """Region and country in words."""
    region, country = regions().get(plant.region), countries().get(plant.country)
    if country is None:
        return plant.country
    if region is None:
        return say(country)
    # In Chinese the larger comes first and nothing stands between.
    return f"{say(country)}{say(region)}" if language() == "zh" else f"{say(region)}, {say(country)}"
