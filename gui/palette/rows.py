"""What the box lists, as plain values: headings, commands, and what was found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QKeySequence

from core.search.entries import NOTHING, Entry, Found
from core.search.matching import TITLE, loose_fit
from core.search.records import kind_title
from gui.commands import Command, menu_titles
from gui.language import _, language, say
from gui.pages import discover

_LETTER = re.compile(r"\(&.\)")
"""How a menu in Chinese names the letter that opens it."""
USED_MOST = 5
"""Commands used last that stand on top."""
FEW = 5
"""Commands and places shown above what else was found."""
OWN_ICONS: Mapping[str, str] = {
    "help": "help",
    "report": "report",
    "company": "office",
    "certificate": "certificate",
}
"""Of kinds of what is found; the others have that of the page where they are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    title: str
    beside: str = ""
    keys: str = ""
    """At the right: a shortcut, or how many there are."""
    icon: str = ""
    command: Command | None = None
    entry: Entry | None = None
    reason: str = ""
    """Why it cannot be chosen now."""

    @property
    def is_heading(self) -> bool:
        """Whether it only names what follows."""
        return self.command is None and self.entry is None

    @property
    def said(self) -> str:
        """For screen readers."""
        return ", ".join(filter(None, (self.title, self.beside, self.reason, self.keys)))


def rows_of_commands(commands: Sequence[Command], text: str, used: Sequence[str]) -> list[Row]:
    """Commands that fit what was typed, best first; without a word all of them in groups, those used last on top."""
    if not text.strip():
        return _grouped(commands, used)
    order = {name: place for place, name in enumerate(used)}
    fits = [(fit, one) for one in commands if (fit := loose_fit(text, one.names)) is not None]
    fits.sort(key=lambda pair: (not pair[1].possible, pair[0], order.get(pair[1].names[0], len(order))))
    return [row_of(one) for _fit, one in fits]


def _grouped(commands: Sequence[Command], used: Sequence[str]) -> list[Row]:
    named = {one.names[0]: one for one in commands if one.possible}
    last = [named[name] for name in used if name in named][:USED_MOST]
    groups = [(_("Used last"), last)]
    for menu, title in _titles().items():
        own = [one for one in commands if (one.menu if one.menu in _titles() else "") == menu and one not in last]
        groups.append((title, own))
    rows: list[Row] = []
    for title, own in groups:
        if own:
            rows.append(Row(title))
            rows.extend(row_of(one) for one in own)
    return rows


def _titles() -> dict[str, str]:
    """Groups in their order: what is offered on the page first, then as in the menus."""
    menus = {key: _LETTER.sub("", title).replace("&", "") for key, title in menu_titles().items()}
    return {"": _("On this page"), "go": menus.pop("go"), **menus, "recent": _("Recent files")}


def row_of(one: Command) -> Row:
    """A command with its keys, and why it cannot be done where it cannot."""
    keys = QKeySequence(one.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    return Row(one.title, keys=keys, icon=one.icon, command=one, reason=one.reason)


def rows_of_found(commands: Sequence[Command], found: Found, text: str, used: Sequence[str]) -> list[Row]:
    """Commands that fit well, then what was found by kinds; a heading says how many there are of each."""
    own = [
        row for row in rows_of_commands(commands, text, used) if row.command is not None and not row.reason
        and (loose_fit(text, row.command.names) or 0) <= TITLE
    ][:FEW]  # fmt: skip
    rows = [Row(_("Commands")), *own] if own else []
    for kind in found.kinds:
        rows.append(Row(say(kind_title(kind.kind)), keys=f"{kind.count:,}" if kind.count > len(kind.entries) else ""))
        rows.extend(row_of_entry(one) for one in kind.entries)
    return rows


def row_of_entry(one: Entry) -> Row:
    """Something that was found."""
    beside = one.beside.in_language(language()) if one.beside is not NOTHING else ""
    title = one.title.in_language(language())
    icon = OWN_ICONS.get(one.kind) or _icons_of_pages().get(one.page, "")
    return Row(title, beside if beside != title else "", icon=icon, entry=one)


@cache
def _icons_of_pages() -> Mapping[str, str]:
    return {place.info.key: place.info.icon for mode in ("plant", "office") for place in discover(mode)}
