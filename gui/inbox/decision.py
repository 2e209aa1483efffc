"""What has to be decided about a held report, with its numbers; who decided, when and why; what came before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from core.group.year.repeats import Holder
from core.i18n import show_number
from core.store import ACCEPTED, Filed
from gui.inbox.case import Case
from gui.inbox.compared import compared_table
from gui.inbox.rows import DECISIONS
from gui.language import _, say
from gui.widgets import button, label, marked, rule, subheading

MOST = 20
"""Double uses shown; the rest is counted."""
LONG = 40
"""Letters of what is named, from which it is a hash and is shortened."""
INDENT = 22
"""Below the word, not below the icon. [px]"""


def to_decide(case: Case, accept: Callable[[], object], reject: Callable[[], object]) -> Iterator[QWidget]:
    """What a person has to know and may press; nothing where nothing is to be decided."""
    if not case.to_decide:
        return
    why = _("A person has to decide. The decision is final and carries your name and your reason.")
    yield label(why, "muted", wrap=True)
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(8)
    good = button(_("Accept…"), accept, role="primary", picture="check", tip=_("Ctrl+Enter"))
    bad = button(_("Reject…"), reject, picture="close", tip=_("Ctrl+Shift+Enter"))
    for one in (good, bad):
        one.setEnabled(case.writable)
        row.addWidget(one)
    row.addStretch(1)
    yield made


def comparisons(case: Case) -> Iterator[QWidget]:
    """Before and now, against the earlier version and against last year."""
    for one in case.beside:
        yield rule()
        yield subheading(one.title)
        yield label(_("“{file}”, received {day}", file=one.before.name, day=_day(one.before)), "muted", wrap=True)
        assert case.filed is not None
        yield compared_table(one.before, case.filed)


def double_uses(case: Case) -> Iterator[QWidget]:
    """What other reports name too, though it may count only once."""
    if not case.repeats:
        return
    yield rule()
    yield subheading(_("Used more than once"))
    for one in case.repeats[:MOST]:
        yield marked("warning", "warning", say(one.sentence()))
        for holder in one.holders:
            yield _indented(_holder(holder))
    if len(case.repeats) > MOST:
        yield label(_("{count} more", count=len(case.repeats) - MOST), "muted")


def _holder(one: Holder) -> str:
    named = one.named if len(one.named) < LONG else f"{one.named[:12]}…"
    energy = "" if one.energy is None else f"{show_number(one.energy)} kWh"
    return " · ".join(filter(None, (one.filed.plant, str(one.filed.year), one.label, named, energy)))


def told(case: Case) -> Iterator[QWidget]:
    """When it came, who decided what and why, and the other versions of this audit."""
    if case.filed is None:
        return
    yield rule()
    yield subheading(_("History"))
    if case.decided is not None and case.entry is not None:
        good = case.decided.verdict == ACCEPTED
        what = _("Accepted by decision") if good else _("Rejected by decision")
        yield marked("check" if good else "error", "good" if good else "bad", what)
        yield _indented(case.decided.reason, role="")
        yield _indented(_("{who}, {when}", who=case.entry.change.who, when=moment(case.entry.change.when)))
    received = datetime.fromisoformat(case.filed.received)
    yield label(_("Received {when} as “{file}”", when=moment(received), file=case.filed.name), "muted", wrap=True)
    if case.filed.signed_at:
        signed = moment(datetime.fromisoformat(case.filed.signed_at))
        yield label(_("First signed {when}", when=signed), "muted", wrap=True)
    for one in case.versions:
        yield label(_version(one), "muted", wrap=True)


def _version(one: Filed) -> str:
    return _("Revision {number}: {decision}, “{file}”, received {day}", number=one.revision,
             decision=say(DECISIONS[one.state]), file=one.name, day=_day(one))  # fmt: skip


def _day(one: Filed) -> str:
    """When it was received, by the clock of this computer."""
    return moment(datetime.fromisoformat(one.received))[:10]


def _indented(words: str, role: str = "muted") -> QLabel:
    made = label(words, role, wrap=True)
    made.setContentsMargins(INDENT, 0, 0, 0)
    return made


def moment(when: datetime) -> str:
    """Day and minute, in the time of this computer."""
    return f"{when.astimezone():%Y-%m-%d %H:%M}"
