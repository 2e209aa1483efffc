"""Suppliers, audits by others and answers of the demo plants, read from ``resources/demo/asked.toml``."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from core.exchange.demo_plans import ORDER, plain_record
from core.i18n import T
from core.ledger import Change, Evidence, Record, Step, from_plain, kind_of


@cache
def _about() -> Mapping[str, Mapping[str, Any]]:
    text = (files("resources") / "demo" / "asked.toml").read_text("utf-8")
    return {about["file"]: about for about in tomllib.loads(text)["plant"]}


def asked_of(file: str, who: str) -> tuple[Change, tuple[bytes, ...]] | None:
    """What a plant of the demo answers to those who ask, as one change with its proofs; None when nothing."""
    about = _about().get(file)
    if about is None:
        return None
    papers = about.get("paper", ())
    blobs = tuple(str(one["text"]).lstrip().encode() for one in papers)
    records: list[Record] = [_paper(one, data) for one, data in zip(papers, blobs, strict=True)]
    for kind in ORDER:
        records += [from_plain(kind, plain_record(one)) for one in about.get(kind, ())]
    steps = tuple(Step(kind_of(one), one.id, None, one) for one in records)
    return Change(who, about["entered"], T("Suppliers, audits by others and answers entered"), steps), blobs


def _paper(about: Mapping[str, Any], data: bytes) -> Evidence:
    digest = hashlib.sha256(data).hexdigest()
    return Evidence(
        about["id"], about["name"], "other", digest, len(data), "text/plain", valid_to=about.get("valid_to", "")
    )  # fmt: skip
