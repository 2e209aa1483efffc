"""Whom head office believes: in its register, taken over once from the files that earlier versions kept beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from core.errors import UserError
from core.group.trust.believing import Act, believing, trust_of
from core.i18n import T
from core.ledger import Authority, Certificate, Register, Step
from core.signing import Trust
from core.signing.trust import pem_blocks, read_small
from core.store import GroupFile

ENDINGS = (".pem", ".crt", ".crl")
"""Of files that may say whom to trust."""


class Believed:
    """The trust that follows from the register, worked out once after each change of what it says of trust."""

    def __init__(self, register: Register) -> None:
        self._said: tuple[object, ...] = ()
        self.trust: Trust | None = None
        """None when nobody is believed."""
        self.refresh(register)

    def refresh(self, register: Register) -> bool:
        """Take note of another register; whether it says anything else of trust."""
        said = (register.held(Authority), register.held(Certificate))
        if said == self._said:
            return False
        self._said = said
        found = trust_of(register, datetime.now(UTC))
        self.trust = found if found.authorities else None
        return True


def taken_in(register: Register, paths: Iterable[Path], when: datetime, *, stamps: bool = False) -> Act:
    """Authorities and lists of revoked certificates of some files, as one change.

    Raises
    ------
    UserError
        when one of them says nothing that can be believed; nothing has changed then.
    """
    held, acts = register, []
    for path in paths:
        data = read_small(path)
        if not pem_blocks(data, path.name):
            raise UserError(
                T("{file} holds no certificate of an authority.", file=path.name),
                T("Choose the file that head office gave out, beginning with “BEGIN CERTIFICATE”."),
            )
        acts.append(believing(held, data, when, source=path.name, stamps=stamps))
        held = held.apply(acts[-1].steps)
    why = acts[0].why if len(acts) == 1 else T("Believed: {files}", files=[path.name for path in paths])
    return Act(why, joined(step for act in acts for step in act.steps))


def joined(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Several steps of one record as one, from its first state to its last."""
    found: dict[tuple[str, str], Step] = {}
    for one in steps:
        key = (one.kind, one.id)
        found[key] = replace(one, before=found[key].before) if key in found else one
    return tuple(found.values())


def taken_over(group: GroupFile, when: datetime) -> Act | None:
    """What makes records of what an earlier version kept in files; None when there is nothing, or it was done."""
    if group.register.held(Authority):
        return None
    held, steps = group.register, list[Step]()
    for path in kept_beside(group.path):
        try:
            act = believing(held, read_small(path), when, source=path.name)
        except UserError:  # the window says whom it trusts; what is not believed now can be chosen there
            continue
        held = held.apply(act.steps)
        steps += act.steps
    if not steps:
        return None
    return Act(T("Authorities taken over from the files beside the group"), joined(steps))


def kept_beside(group: Path) -> tuple[Path, ...]:
    """Files of certificates that an earlier version kept: a folder of them, else the one of the same name."""
    folder = group.with_name(f"{group.stem}.trust")
    if folder.is_dir():
        return tuple(sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS))
    single = group.with_suffix(".pem")
    return (single,) if single.is_file() else ()
