"""What the inspector says about an authority and about a certificate, with what can be done about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from core.i18n import show_date
from core.ledger import Entry
from core.library import Library
from gui.asking import copyable
from gui.explain import Explanation
from gui.fonts import scaled
from gui.inbox.decision import moment as local
from gui.language import _, language, say
from gui.trust.rows import (
    AUTHORITY_STATES,
    DISTRUSTED,
    ENDED,
    ENDS_SOON,
    REVOKED,
    STATES,
    AuthorityRow,
    CertificateRow,
    day_of,
    grouped,
    kind_words,
    moment,
    role_words,
    sites_words,
)
from gui.widgets import label, marked, rule, subheading

LAST_ENTRIES = 20
SIGNS = {ENDED: ("error", "bad"), REVOKED: ("error", "bad"), DISTRUSTED: ("error", "bad"),
         ENDS_SOON: ("warning", "warning")}  # fmt: skip
"""Icon and colour of a state; the others are good."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about either of them."""

    title: str
    state: str
    words: str
    """Of the state."""
    why: str
    """Why it is so; empty: nothing is wrong."""
    pairs: tuple[tuple[str, str], ...]
    digest: str
    entries: Sequence[Entry]


def about_authority(row: AuthorityRow, entries: Sequence[Entry]) -> Told:
    """An authority."""
    one, listed = row.authority, row.listed
    kind = _("Time stamps only") if one.stamps else kind_words(row)
    pairs = [(_("Kind"), kind), (_("Valid until"), day_of(one.until)), (_("Why it is trusted"), one.note)]
    if listed is None:
        pairs.append((_("List of revoked certificates"), _("None yet: reports of its people cannot be verified.")))
    else:
        pairs.append((_("List of revoked certificates"), show_date(listed.day, language())))
        pairs.append((_("Certificates on the list"), str(listed.count)))
        if listed.next_day is not None:
            pairs.append((_("Next list due"), show_date(listed.next_day, language())))
    if one.distrusted:
        pairs.append((_("Not trusted since"), local(moment(one.distrusted))))
    return Told(
        one.name, row.state, say(AUTHORITY_STATES[row.state]), one.why_distrusted, tuple(pairs), one.id, entries
    )


def about_certificate(row: CertificateRow, entries: Sequence[Entry], renews: str) -> Told:
    """A certificate; ``renews`` is the end of the one before."""
    one = row.certificate
    pairs = (
        (_("Signs as"), role_words(one.role)),
        (_("Plants"), sites_words(one.sites)),
        (_("Organisation"), one.organisation),
        (_("E-mail"), one.email),
        (_("Issued by"), row.issuer),
        (_("Issued"), local(moment(one.issued))),
        (_("Valid until"), local(moment(one.until))),
        (_("Follows one until"), renews),
        (_("Not believed since"), local(moment(one.revoked)) if one.revoked else ""),
        (_("Number of the certificate"), broken(one.serial)),
    )
    return Told(one.name, row.state, say(STATES[row.state]), one.why_revoked, pairs, one.id, entries)


def inspector(told: Told, buttons: Iterable[QPushButton], library: Library) -> QWidget:
    """Title, state, facts, fingerprint, what can be done, history."""
    made = Explanation(library)
    made.title(told.title)
    state = marked(*SIGNS.get(told.state, ("check", "good")), told.words)
    for words in state.findChildren(QLabel):
        words.setFont(scaled(words.font(), 1.0, strong=True))
    made.column.addWidget(state)
    if told.why:
        made.column.addWidget(_below(told.why))
    made.pairs(told.pairs)
    made.column.addWidget(label(_("Fingerprint (SHA-256)"), "muted", size=0.92))
    made.column.addWidget(copyable(grouped(told.digest), _("Fingerprint (SHA-256)")))
    acts = list(buttons)
    for one in (rule(), *acts) if acts else ():
        made.column.addWidget(one)
    for widget in _history(told.entries):
        made.column.addWidget(widget)
    return made


def _history(entries: Sequence[Entry]) -> Iterable[QWidget]:
    if not entries:
        return
    yield rule()
    yield subheading(_("History"))
    for entry in entries[:LAST_ENTRIES]:
        yield label(say(entry.change.why), wrap=True)
        yield label(
            _("{who}, {when}", who=entry.change.who, when=local(entry.change.when)), "muted", size=0.92, wrap=True
        )


def broken(digits: str) -> str:
    """Many digits that may go on in the next line."""
    return "\u200b".join(digits[i : i + 8] for i in range(0, len(digits), 8))


def _below(words: str) -> QLabel:
    made = label(words, wrap=True)
    made.setContentsMargins(22, 0, 0, 0)
    return made
