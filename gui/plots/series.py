"""Interval data over time: any range of millions of values at once, in the local time of the plant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from gui.language import _
from gui.plots.inks import swatch
from gui.plots.moving import MovingPlot
from gui.plots.paper import Titles
from gui.plots.saving import Numbers
from gui.plots.sheets import numbers_between, table_between
from gui.plots.timeline import SeriesCanvas
from gui.plots.tools import entry
from gui.plots.tracks import Drawn, Limit, Track
from gui.theme import tokens


class SeriesPlot(MovingPlot[SeriesCanvas]):
    """Tracks over time, which the person moves and zooms through. Along x are seconds since 1970-01-01 UTC."""

    def __init__(self, name: str, zone: ZoneInfo, choice: QWidget | None = None) -> None:
        super().__init__(name, SeriesCanvas(name, zone), choice)

    @property
    def tracks(self) -> tuple[Track, ...]:
        """What is shown."""
        return tuple(one.track for one in self.canvas.drawn)

    def show_tracks(self, tracks: Sequence[Track], *, left: str, right: str = "", limits: Sequence[Limit] = ()) -> None:
        """Show these from now on; ``left`` and ``right`` say what the axes count, without the unit.

        Tracks of one name share a colour and an entry in the key, as those of a meter whose step was changed. When they
        reach over the same time as what was shown before, the part that is seen stays.

        Raises
        ------
        ValueError
            when tracks of one axis have different units.
        """
        colours = tokens().series
        names = list(dict.fromkeys(track.name for track in tracks))
        drawn = [Drawn(track, colours[names.index(track.name) % len(colours)]) for track in tracks]
        place = _("Local time, {zone}", zone=self.canvas.zone.key)
        titles = Titles(_titled(left, tracks, right=False), place, _titled(right, tracks, right=True))
        self.canvas.show_tracks(drawn, limits, titles)
        self.set_key(self._entries(drawn))
        self.shown()

    def _entries(self, drawn: Sequence[Drawn]) -> Iterator[str]:
        if len({one.track.name for one in drawn}) > 1:
            shown = {one.track.name: one for one in reversed(drawn)}
            for name, one in reversed(shown.items()):
                yield entry(one.colour, name, swatch(one.colour, "line") if one.track.kind == "line" else None)
        if any(len(one.guessed) for one in drawn):
            yield entry("", _("estimated"), swatch(tokens().muted, "hatched"))
        if any(len(one.gaps) for one in drawn):
            yield entry("", _("no data"), swatch("", "gap"))

    # ------------------------------------------------------------------ out

    def numbers(self) -> Numbers | None:
        return numbers_between(self.tracks, *self.range, self.canvas.zone) if self.tracks else None

    def as_table(self) -> list[list[str]]:
        return table_between(self.tracks, *self.range, self.canvas.zone) if self.tracks else []


def _titled(what: str, tracks: Sequence[Track], *, right: bool) -> str:
    """The title of an axis with its unit."""
    units = {track.unit for track in tracks if track.right == right}
    if len(units) > 1:
        raise ValueError(f"one axis cannot count {' and '.join(sorted(units))}")
    return f"{what} ({units.pop()})" if any(units) else what
