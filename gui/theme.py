"""Light and dark: one palette of named tokens, the QPalette and the small stylesheet that follow from it.

Whoever paints asks ``tokens()`` for a colour by its meaning, never writes one down. A change of theme rebuilds the
window, so nobody has to listen for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from importlib.resources import files

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by meaning, as ``#rrggbb``."""

    name: str
    """``light`` or ``dark``."""
    surface: str
    """Behind everything."""
    raised: str
    """Paper: grids, cards, fields."""
    sunken: str
    """Side list, headers of tables."""
    line: str
    """Hairlines that separate."""
    edge: str
    """Outline of what can be operated, 3:1 against paper."""
    text: str
    muted: str
    """Second-rank text: units, captions, axis titles."""
    accent: str
    """What can be pressed or is chosen."""
    on_accent: str
    selection: str
    """Behind selected text and rows."""
    hover: str
    good: str
    warning: str
    bad: str
    series: tuple[str, ...]
    """Data series, told apart by all kinds of colour vision; further series repeat."""

    @property
    def dark(self) -> bool:
        """Whether light text stands on dark paper."""
        return self.name == "dark"


LIGHT = Tokens(
    name="light",
    surface="#f5f6f6",
    raised="#ffffff",
    sunken="#ebedee",
    line="#d9dddf",
    edge="#868f93",
    text="#1b2124",
    muted="#566166",
    accent="#0b6b5e",
    on_accent="#ffffff",
    selection="#d3e8e3",
    hover="#e2e6e7",
    good="#1d6f38",
    warning="#805100",
    bad="#b3261e",
    series=("#22968a", "#c9842c", "#264a7a", "#a23b5f", "#5c6818", "#8f7fd6"),
)
DARK = Tokens(
    name="dark",
    surface="#16191b",
    raised="#1c2022",
    sunken="#121517",
    line="#30363a",
    edge="#727d82",
    text="#e4e8e8",
    muted="#a9b3b6",
    accent="#5cc8b2",
    on_accent="#06231e",
    selection="#1d4840",
    hover="#262b2e",
    good="#74cf92",
    warning="#e3b65a",
    bad="#ff8f86",
    series=("#48b5a5", "#d9973c", "#4a70c4", "#c9486f", "#dfe2a2", "#a48ff0"),
)
TEXT_TOKENS = ("text", "muted", "accent", "good", "warning", "bad")
PAPERS = ("surface", "raised", "sunken", "selection", "hover")


class _Current:
    """What ``apply`` chose."""

    tokens = LIGHT
    sheet = ""
    """Theirs; worn by each window."""


def tokens() -> Tokens:
    """The colours in force."""
    return _Current.tokens


def colour(token: str) -> QColor:
    """A token as a QColor: ``colour("muted")``."""
    return QColor(getattr(_Current.tokens, token))


@contextmanager
def worn(chosen: Tokens) -> Iterator[None]:
    """Other colours for what is painted meanwhile, e.g. for paper; no widget is dressed anew."""
    before, _Current.tokens = _Current.tokens, chosen
    try:
        yield
    finally:
        _Current.tokens = before


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def system_is_dark() -> bool:
    """What the desktop asks for; light where it says nothing."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def apply(app: QApplication, choice: str) -> None:
    """Dress the application: ``system``, ``light`` or ``dark``."""
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(choice, Qt.ColorScheme.Unknown)
    app.styleHints().setColorScheme(scheme)  # title bar and native dialogs follow
    dark = system_is_dark() if choice == "system" else choice == "dark"
    chosen = DARK if dark else LIGHT
    _Current.tokens = chosen
    if app.style().name() != "fusion":
        app.setStyle("fusion")
    QDir.setSearchPaths("theme", [str(files("resources") / "theme")])  # for url() in the stylesheet
    sheet = stylesheet(chosen)
    if sheet == _Current.sheet and app.palette() == palette(chosen):  # it costs each widget's time
        return
    app.setPalette(palette(chosen))
    worn_before, _Current.sheet = _Current.sheet, sheet
    for window in app.topLevelWidgets():
        if worn_before and window.styleSheet() == worn_before:
            dress(window)


def dress(window: QWidget) -> None:
    """Let a window wear the theme, and with it all that is put into it and every dialog over it.

    Were it the application that wears it, Qt would dress whatever is put into something anew each time, and all that
    is inside with it: what is built from the inside outwards, as a page is, took two to four times as long.
    """
    window.setStyleSheet(_Current.sheet)


def palette(t: Tokens) -> QPalette:
    """The QPalette of a theme."""
    role = QPalette.ColorRole
    made = QPalette()
    for which, value in (
        (role.Window, t.surface),
        (role.WindowText, t.text),
        (role.Base, t.raised),
        (role.AlternateBase, t.surface),
        (role.Text, t.text),
        (role.PlaceholderText, t.muted),
        (role.Button, t.raised),
        (role.ButtonText, t.text),
        (role.ToolTipBase, t.text),
        (role.ToolTipText, t.raised),
        (role.Highlight, t.selection),
        (role.HighlightedText, t.text),
        (role.Accent, t.accent),
        (role.Link, t.accent),
        (role.LinkVisited, t.accent),
        (role.Mid, t.line),
        (role.Midlight, t.line),
        (role.Dark, t.edge),
        (role.Light, t.raised),
        (role.Shadow, t.edge),
    ):
        made.setColor(which, QColor(value))
    faint = QColor(t.muted)
    faint.setAlpha(150)
    for which in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, faint)
    return made


def stylesheet(t: Tokens) -> str:
    """``resources/theme/style.qss`` with its ``@token`` names replaced."""
    sheet = (files("resources") / "theme" / "style.qss").read_text(encoding="utf-8")
    names = [f.name for f in fields(t) if isinstance(getattr(t, f.name), str)]
    for name in sorted(names, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", getattr(t, name))
    return sheet


def _luminance(hex_colour: str) -> float:
    channels = (int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
