"""``office group|company|plant|stake|transfer|figure|deadline``: what head office itself says of the group."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import Commands, now, person
from core.cli.entering import Act, Kept, add_act, add_record_commands, changed
from core.cli.office._opened import opened
from core.disk import take_back
from core.errors import UserError
from core.group.register.fields import FORMS
from core.group.register.reported import taking_reported
from core.i18n import T
from core.inventory.judging import Decision
from core.ledger import Change, Register
from core.ledger.filing import Records
from core.store import GroupFile

KINDS = {
    "group": "group",
    "company": "company",
    "plant": "site",
    "stake": "stake",
    "transfer": "transfer",
    "figure": "site_figure",
    "deadline": "deadline",
}
"""Kind of record by the name of the command."""


def add_commands(commands: Commands, lang: str) -> None:
    """Register one command for each kind of record."""
    acts = add_record_commands(commands, KINDS, lang, GROUP)
    add_act(acts["plant"], "add-reported", T("Add every plant that has reported."), run_reported, lang, GROUP)


def run_reported(arguments: argparse.Namespace) -> int:
    """Enter the plants of all accepted reports."""
    with opened(arguments.file) as group:
        filed = group.all()

    def act(records: Records) -> Decision:
        assert isinstance(records, Register)
        return taking_reported(records, filed)

    return changed(arguments, act)


def _read(path: Path) -> Register:
    with opened(path) as group:
        return group.register


def _change(arguments: argparse.Namespace, act: Act) -> Decision:
    """A file that does not exist is begun, and taken away again when what it was begun for cannot be."""
    new = not arguments.file.exists()
    try:
        with GroupFile.open(arguments.file) as group:
            decision = act(group.register)
            if decision.steps:
                group.append(Change(person(arguments), now(), decision.why, decision.steps))
    except UserError:
        if new:
            take_back(arguments.file)
        raise
    return decision


GROUP = Kept(FORMS, "GROUP", _read, _change, begun=lambda _path: Register(), before=True)
