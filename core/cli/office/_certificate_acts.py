"""What acts about certificates share: they change the register, then write their file, then say so."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from core.cli.common import GOOD, now, person, print_json, write
from core.cli.keys import key_of
from core.cli.office import _certificate_tables as tables
from core.cli.office._opened import opened
from core.group.trust.believing import Act, certificate_of
from core.handover import write_safely
from core.i18n import T, Text
from core.ledger import Authority, Certificate, Change, Register
from core.signing import Identity, fingerprint
from core.store import GroupFile

Acting = Callable[[Register, datetime], Act]


def by_root(arguments: argparse.Namespace, act: Callable[[Register, datetime, Identity], Act]) -> int:
    """Act with the key of an own root."""
    with key_of(arguments, now()) as root:
        return confirmed(arguments, lambda register, when: act(register, when, root))


def confirmed(arguments: argparse.Namespace, act: Acting, *, begin: bool = False) -> int:
    """Enter it first, then write its file: what was issued is in the register, whatever happens to the disk."""
    when = now()
    with GroupFile.open(arguments.group) if begin else opened(arguments.group) as group:
        done = act(group.register, when)
        group.append(Change(person(arguments), when, done.why, done.steps), done.blobs)
    out: Path | None = getattr(arguments, "out", None)
    if out is not None and done.files:
        write_safely(out, next(iter(done.files.values())))
    _say(arguments, done, when)
    return GOOD


def _say(arguments: argparse.Namespace, done: Act, when: datetime) -> None:
    authorities = [step.after for step in done.steps if isinstance(step.after, Authority)]
    if arguments.json:
        one = done.certificate
        plain: Mapping[str, object] = {
            "done": True,
            "why": done.why.in_language(arguments.lang_ui),
            "certificate": None if one is None else tables.certificate_to_plain(one, when),
            "authorities": [tables.authority_to_plain(each, when) for each in authorities],
        }
        print_json(plain)
        return
    lang = arguments.lang_ui
    write(done.why.in_language(lang))
    if done.certificate is not None:
        write(_fingerprint(T("Certificate"), done.certificate).in_language(lang))
        return
    for each in authorities:
        write(_fingerprint(T("Authority"), each).in_language(lang))


def _fingerprint(what: Text, one: Authority | Certificate) -> Text:
    return T("{what}: SHA-256 {digest}", what=what, digest=fingerprint(certificate_of(one)))
