"""The same of a group: its accepted reports are read once each, then every answer of head office is quick."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from weakref import WeakKeyDictionary

from core.disclosures.cells import Words
from core.disclosures.maps import maps_of, unread_maps
from core.disclosures.value import PointValue
from core.group.asked.gathering import group_values
from core.group.asked.keeping import Gathered, Told, gathered, keep
from core.i18n import T
from core.store import ACCEPTED, Filed
from gui.disclosures.found import GROUP, Found, Given, found_of
from gui.group.asking import reading
from gui.jobs import Progress, Work
from gui.office.office import Office


@dataclass(slots=True)
class Reports:
    """What the accepted reports tell: read once each, then kept beside them in the group file."""

    told: dict[str, Told] = field(default_factory=dict)
    """By hash."""
    made: dict[str, bytes] = field(default_factory=dict)
    """What was worked out and is not kept yet, by hash."""
    _seen: tuple[object, ...] = ()

    def look(self, office: Office) -> None:
        """Forget what was told where other reports have come, for each is held against those of earlier years."""
        seen = frozenset(one.sha256 for one in office.filed if one.state == ACCEPTED), office.register.records["site"]
        if self._seen and (self._seen[0] != seen[0] or self._seen[1] is not seen[1]):
            self.told.clear()
        self._seen = seen

    def unread(self, reports: tuple[Filed, ...]) -> tuple[Filed, ...]:
        """Those that were not read yet."""
        return tuple(one for one in reports if one.sha256 not in self.told)

    def to_read(self, office: Office, reports: tuple[Filed, ...], today: date) -> Work:
        """The work that reads them; what was read before it is cancelled stays read."""
        path, told, made = office.path, self.told, self.made

        def work(progress: Progress, _cancelled: Callable[[], bool]) -> None:
            with reading(path) as group:
                for number, one in enumerate(reports):
                    progress(number / len(reports), T("Reading report {number} of {all}: {file}", number=number + 1,
                                                      all=len(reports), file=one.name))  # fmt: skip
                    found = gathered(group, (one,), today)
                    told[one.sha256] = found.told[0]
                    made.update(found.made)

        return work

    def keep(self, office: Office) -> None:
        """Keep what was worked out, so that the next time it need not be.

        Raises
        ------
        UserError
            when the file cannot be written.
        """
        made, self.made = self.made, {}
        if made:
            keep(office.file, Gathered((), made))


_SHARED: WeakKeyDictionary[Office, Reports] = WeakKeyDictionary()


def reports_of(office: Office) -> Reports:
    """What the pages of an open group share, so that no report is read for each of them."""
    return _SHARED.setdefault(office, Reports())


def asking_group(office: Office, reports: Reports, today: date) -> Callable[[], Found]:
    """The work for another thread, once the reports of the year are read."""
    register, year, reader = office.register, office.year, office.file.reader()
    told = tuple(reports.told[one.sha256] for one in office.file.accepted(year) if one.sha256 in reports.told)

    def work() -> Found:
        with reader:
            maps, unread = maps_of(register, reader.blob), unread_maps(register, reader.blob)
        group = group_values(register, told, year, today)
        return found_of(
            Given(register, year, GROUP, today, register.group.name), maps, group.values, group.proofs, Words(),
            (*unread, *group.troubles), group,
        )  # fmt: skip

    return work


def asking_group_before(office: Office, reports: Reports, today: date) -> Callable[[], Mapping[str, PointValue]] | None:
    """The data points of the year before; None where nothing is known of it, or its reports are not read."""
    register, year = office.register, office.year - 1
    before = office.file.accepted(year)
    if not before or reports.unread(before):
        return None
    told = tuple(reports.told[one.sha256] for one in before)
    return lambda: group_values(register, told, year, today).values
