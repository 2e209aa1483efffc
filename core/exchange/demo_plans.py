"""Targets, actions, options and products of the demo plants, read from ``resources/demo/plans.toml``."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from core.i18n import T
from core.ledger import Change, Evidence, Record, Step, from_plain, kind_of
from core.ledger.records import KINDS

ORDER = tuple(KINDS)
"""In which kinds are entered."""


@cache
def _about() -> Mapping[str, Mapping[str, Any]]:
    text = (files("resources") / "demo" / "plans.toml").read_text("utf-8")
    return {about["file"]: about for about in tomllib.loads(text)["plant"]}


def plans_of(file: str, who: str) -> tuple[Change, tuple[bytes, ...]] | None:
    """What a plant of the demo plans, as one change with its minutes; None when it plans nothing."""
    about = _about().get(file)
    if about is None:
        return None
    blobs = tuple(str(one["text"]).lstrip().encode() for one in about.get("minutes", ()))
    records: list[Record] = [_minutes(one, data) for one, data in zip(about.get("minutes", ()), blobs, strict=True)]
    for kind in ORDER:
        records += [from_plain(kind, plain_record(one)) for one in about.get(kind, ())]
    steps = tuple(Step(kind_of(one), one.id, None, one) for one in records)
    return Change(who, about["entered"], T("Targets, actions and options entered"), steps), blobs


def _minutes(about: Mapping[str, Any], data: bytes) -> Evidence:
    digest = hashlib.sha256(data).hexdigest()
    return Evidence(about["id"], about["name"], "minutes", digest, len(data), "text/plain")


def plain_record(about: Mapping[str, Any]) -> dict[str, object]:
    """Days as the codec reads them."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in about.items()}
