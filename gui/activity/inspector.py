"""What the inspector says about a record of activity data: how its emissions came about, its proofs, its history."""

from __future__ import annotations

from collections.abc import Callable

from core.exchange.extras import parameters_shown
from core.i18n import T, show_number
from core.ledger import Activity
from core.methods import all_methods
from gui.activity.parameters import form_of
from gui.evidence.proofs import Proofs
from gui.explain import Explanation
from gui.language import _, language
from gui.session import Session
from gui.wording import item_name, unit_name


def explained(activity: Activity, session: Session, show_factor: Callable[[str], None], proofs: Proofs) -> Explanation:
    """The record in words; its parameters can be edited there where the file may be written."""
    shown = Explanation(session.library, show_factor)
    quantity = f"{show_number(activity.quantity)} {unit_name(session.library, activity.unit)}"
    dates = T("{start} to {end}", start=activity.start, end=activity.end).in_language(language())
    shown.title(activity.source, f"{item_name(session.library, activity.item)} · {dates} · {quantity}")
    if (form := form_of(activity, session)) is not None:
        shown.column.addWidget(form)
    else:
        shown.pairs(_extras(activity))
    shown.findings([f for f in session.findings if f.subject == activity.id])
    for line in session.inventory.lines:
        if line.activity.id == activity.id:
            shown.line(line)
    files = [e for e in session.ledger.evidence if activity.id in e.activities]
    if files or activity.evidence:
        shown.section(_("Evidence"))
        shown.pairs(((_("Reference"), activity.evidence),))
        shown.column.addWidget(proofs.listing(files, activity.id))
    shown.history(session.history(activity), activity.id)
    return shown


def _extras(activity: Activity) -> list[tuple[str, str]]:
    """Category and parameters by their names."""
    method = all_methods().get(activity.method)
    said = [(_("Scope 3 category"), str(activity.category))] if activity.category else []
    for key, value in activity.parameters:
        name, _sign, shown = parameters_shown(((key, value),), method, language()).partition("=")
        said.append((name, shown))
    return said
