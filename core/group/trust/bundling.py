"""What goes to the plants about trust: one file with a number that only grows, signed by a root of the group."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime

from core.errors import UserError
from core.group.trust.believing import Act, believes, certificate_of, trust_of
from core.group.trust.roots import own_authority
from core.i18n import T
from core.ledger import Authority, Certificate, Dispatch, Register, Step
from core.signing import Identity, Listed, make_bundle
from core.signing.bundle import ENDING

KIND = "trust"
"""Of the dispatches."""


def bundling(register: Register, root: Identity, when: datetime) -> Act:
    """Everything a plant needs to know whom to believe: roots, lists of revoked certificates, people.

    Plants take it up with :func:`core.signing.take_bundle`, which refuses an earlier one.

    Parameters
    ----------
    register
        of the group.
    root
        an own root with its key.
    when
        now.

    Returns
    -------
    Act
        with the ``.trust`` file, kept as a blob and entered as a dispatch to all plants.

    Raises
    ------
    UserError
        when the root is none of this group, or a list of an own root is out of date.
    """
    own_authority(register, root, when)
    own = [one for one in register.held(Authority) if one.own and believes(one, when)]
    trust = trust_of(register, when)
    for one in own:
        crl = trust.newest_crl(certificate_of(one))
        if crl is None or crl.next_update_utc is None or crl.next_update_utc < when:
            raise UserError(
                T("The list of revoked certificates of {authority} is out of date.", authority=one.name),
                T("Make a new list first."),
            )
    number = last_number(register) + 1
    group = register.group.name or root.name
    data = make_bundle(
        root, group=group, number=number, trust=trust, own=[certificate_of(one) for one in own],
        people=[_listed(one) for one in register.held(Certificate)], when=when,
    )  # fmt: skip
    name = f"{_plain(group)}-{number}{ENDING}"
    title = T("Whom to trust, number {number}", number=number)
    sent = Dispatch(
        f"{KIND}-{number}",
        KIND,
        title.in_language("en"),
        (),
        when.date(),
        hashlib.sha256(data).hexdigest(),
        len(data),
        name,
    )
    return Act(title, (Step("dispatch", sent.id, None, sent),), {name: data}, blobs=(data,))


def last_number(register: Register) -> int:
    """Of the trust file that was made last; 0: none was."""
    numbers = [int(one.id.rpartition("-")[2]) for one in register.held(Dispatch) if one.kind == KIND]
    return max(numbers, default=0)


def _listed(one: Certificate) -> Listed:
    return Listed(one.id, one.name, one.email, one.organisation, one.role, one.sites, one.until, one.revoked)


def _plain(name: str) -> str:
    return re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFC", name)).strip("-") or "group"
