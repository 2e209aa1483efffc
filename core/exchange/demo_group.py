"""The group of the demo: what its head office says beside what the plants report."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from core.ledger import GROUP_KINDS, Record, from_plain


def demo_register() -> tuple[Record, ...]:
    """The records of the register, from ``resources/demo/group.toml``."""
    text = (files("resources") / "demo" / "group.toml").read_text(encoding="utf-8")
    plain = tomllib.loads(text)
    if unknown := plain.keys() - GROUP_KINDS.keys():
        raise ValueError(f"unknown kinds in group.toml: {unknown}")
    listed = {kind: held if isinstance(held, list) else [held] for kind, held in plain.items()}
    return tuple(from_plain(kind, one) for kind, held in listed.items() for one in held)
