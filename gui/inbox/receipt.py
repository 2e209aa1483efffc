"""What was found out about a received report: signatures, recalculation, rebuild, differences; for the inspector."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.audit.statement import ASSURANCE, OPINIONS
from core.audit.states import CONCLUDED, STATES
from core.ledger import Opinion
from core.signing.layout import missing_signature
from core.store import ACCEPTED, HELD, REJECTED
from gui.asking import copyable
from gui.evidence.labels import proof_labels
from gui.fonts import scaled
from gui.inbox.case import Case
from gui.inbox.decision import comparisons, double_uses, to_decide, told
from gui.inbox.proof_parts import proof_widgets
from gui.keys.signature_rows import checked, signature_rows
from gui.language import _, say
from gui.widgets import button, label, marked, rule, subheading
from gui.wording import named

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from core.handover import Receipt
    from core.handover.carrying import Travelling

LISTED = 200
"""Differences shown; the rest is counted."""
SIGNS = {
    ACCEPTED: ("check", "good"),
    HELD: ("warning", "warning"),
    REJECTED: ("error", "bad"),
    "failed": ("error", "bad"),
}
"""Icon and colour of a state; what is on its way, or was superseded, is neither good nor bad."""


@dataclass(frozen=True, slots=True)
class Acts:
    """What can be done with a report."""

    accept: Callable[[], object]
    reject: Callable[[], object]
    again: Callable[[], object]
    save: Callable[[], object]
    save_proof: Callable[[Travelling], object]
    preserve: Callable[[], object]
    """Keep what proves it later."""
    prove: Callable[[], object]
    """Judge it by that."""
    check: Callable[[], object]
    """A report of the group, where such a one is checked."""


def receipt_widget(case: Case, acts: Acts) -> QWidget:
    """Everything known about a file: what asks for a decision first, then what it rests on."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for widget in _in_order(case, acts):
        column.addWidget(widget)
    return made


def _in_order(case: Case, acts: Acts) -> Iterator[QWidget]:
    from core.handover.receive import OF_GROUP

    yield verdict(case)
    if case.filed is not None and OF_GROUP in case.filed.reasons:
        yield label(_("The group checks and approves its own report on the page Group."), "muted", wrap=True)
        yield button(_("Check it there…"), acts.check, picture="check")
    yield from to_decide(case, acts.accept, acts.reject)
    yield from _what_it_is(case)
    yield from comparisons(case)
    yield from double_uses(case)
    if case.receipt is not None:
        yield from _audit(case.receipt)
        yield from _signatures(case.receipt)
        yield from _calculation(case.receipt)
        yield from _proofs(case.receipt, acts.save_proof)
    elif case.filed is not None:
        yield rule()
        waiting = _("Looking at it once more…") if case.trusting else _("Details need somebody who is trusted.")
        yield label(waiting, "muted", wrap=True)
    yield from proof_widgets(case.proof, case.writable, acts.preserve, acts.prove)
    yield from told(case)
    if case.filed is not None:
        yield rule()
        if case.can_be_judged_again:
            yield button(_("Judge again"), acts.again, picture="redo")
        yield button(_("Save the received file…"), acts.save, picture="export")


def _what_it_is(case: Case) -> Iterator[QWidget]:
    filed = case.filed
    if filed is None:
        yield label(case.name, "muted", wrap=True)
        return
    if filed.plant:
        yield label(_("{plant}, {year}, revision {number}", plant=filed.plant, year=str(filed.year),
                      number=filed.revision), strong=True, wrap=True)  # fmt: skip
    yield label(case.name, "muted", wrap=True)
    yield label(_("SHA-256 of the file"), "muted", size=0.92)
    yield copyable(grouped(filed.sha256), _("SHA-256 of the file"))


def verdict(case: Case) -> QWidget:
    """The decision in one line, and why."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    sign, token = SIGNS.get(case.state, ("info", "accent"))
    head = marked(sign, token, case.decision)
    for words in head.findChildren(QLabel):
        words.setFont(scaled(words.font(), 1.15, strong=True))
    column.addWidget(head)
    reasons = case.reasons
    if not reasons and case.state == ACCEPTED:
        reasons = _("Signed by somebody trusted, unaltered, and recalculated to the same result.")
    if case.filed is not None and len(case.filed.reasons) > 1:
        for reason in case.filed.reasons:
            column.addWidget(_below(f"• {say(reason)}"))
    elif reasons:
        column.addWidget(_below(reasons))
    return made


def _below(words: str) -> QLabel:
    why = label(words, wrap=True)
    why.setContentsMargins(22, 0, 0, 0)  # below the word, not below the icon
    return why


def _signatures(receipt: Receipt) -> list[QWidget]:
    found: list[QWidget] = [rule(), subheading(_("Signatures"))]
    if not receipt.signatures:
        found.append(label(_("There is none that could be read."), "muted", wrap=True))
    for place, signature in enumerate(receipt.signatures):
        found += signature_rows(signature, last=place == len(receipt.signatures) - 1)
    found += [marked("error", "bad", say(missing_signature(field))) for field in receipt.missing]
    return found


def _audit(receipt: Receipt) -> list[QWidget]:
    """How far the audit of the year is and what came of it, in one line; nothing where nobody audits it."""
    if receipt.package is None:
        return []
    ledger, year = receipt.package.ledger, receipt.package.choices.period.end.year
    engagement, opinion = ledger.engagement(year), ledger.get("opinion", str(year))
    if engagement is None:
        return []
    state = say(STATES[engagement.state].title) if engagement.state in STATES else engagement.state
    given = isinstance(opinion, Opinion) and opinion.kind in OPINIONS
    parts = [
        state,
        say(ASSURANCE[engagement.assurance]) if engagement.assurance in ASSURANCE else engagement.assurance,
        say(OPINIONS[opinion.kind]) if isinstance(opinion, Opinion) and given else _("No opinion yet"),
    ]
    done = given and engagement.state == CONCLUDED
    words = marked("check" if done else "info", "good" if done else "accent", " · ".join(parts))
    return [rule(), subheading(_("Audit")), words]


def _proofs(receipt: Receipt, save: Callable[[Travelling], object]) -> list[QWidget]:
    """What travelled inside, each with a way out."""
    if not receipt.proofs:
        return []
    found: list[QWidget] = [rule(), subheading(_("Proofs inside the report"))]
    for one in receipt.proofs[:LISTED]:
        found += proof_labels(one.proof)
        out = button(_("Save as…"), partial(save, one), role="link")
        out.setAccessibleName(named(_("Save as…"), one.proof.name))
        found.append(_at_the_left(out))
    if len(receipt.proofs) > LISTED:
        found.append(label(_("{count} more", count=len(receipt.proofs) - LISTED), "muted"))
    return found


def _at_the_left(widget: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    return made


def _calculation(receipt: Receipt) -> list[QWidget]:
    found: list[QWidget] = [rule(), subheading(_("Recalculation"))]
    if receipt.inventory is None:
        found.append(label(_("The data inside could not be read."), "muted", wrap=True))
        return found
    found.append(
        checked(
            receipt.equal, _("Every line and total is equal to the last digit."), _("Not equal; see the values below.")
        )
    )
    words = {
        "equal": ("check", "good", _("The pages show exactly what the data say.")),
        "differs": ("error", "bad", _("The pages do not show what the data say.")),
        "unknown-renderer": (
            "warning",
            "warning",
            _("Made by another program version; the pages could not be rebuilt."),
        ),
    }
    if receipt.rebuilt in words:
        found.append(marked(*words[receipt.rebuilt]))
    for one in receipt.differences[:LISTED]:
        found.append(label(one.where, "muted", size=0.92, wrap=True))
        found.append(label(_("stated {stated}, recalculated {recalculated}", stated=one.stated,
                             recalculated=one.recalculated), wrap=True))  # fmt: skip
    if len(receipt.differences) > LISTED:
        found.append(label(_("{count} more", count=len(receipt.differences) - LISTED), "muted"))
    for one in receipt.unknown_factors:
        factor = one.where.removeprefix("factor ")
        found.append(marked("warning", "warning", _("The factor {key} is not in our library.", key=factor)))
    return found


def grouped(digest: str) -> str:
    """A hash in groups of eight, so that it wraps and can be compared."""
    return " ".join(digest[i : i + 8] for i in range(0, len(digest), 8))


def authority_name(root: Certificate) -> str:
    """The common name of an authority."""
    from cryptography.x509.oid import NameOID

    from core.signing.certificates import subject_value

    return subject_value(root.subject, NameOID.COMMON_NAME)
