"""The data inside a report, as bytes and as values, alone and below a good signature; what head office keeps of it."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from functools import cache

from core.errors import UserError
from core.group.asked import kept as asked
from core.group.asked.making import kept_of
from core.group.inbox.filing import read_file
from core.group.inbox.judging import judge, order
from core.group.out.report import judge_group_report
from core.group.ways import way
from core.handover import receive
from core.i18n import T
from core.inventory.closing import closed_inventory, pending, unpack
from core.inventory.package import read
from core.ledger import Closing, canonical
from core.ledger.canonical import parse
from core.library import load_library
from core.report.group import read as read_group
from core.report.group.data import GroupData
from tests.core.group.hostile import sealed, signed_with
from tests.core.group.ways.planning import aim, planned, written
from tests.core.handover.conftest import ledger
from tests.fuzz import signed
from tests.fuzz.files import on_disk
from tests.fuzz.signed import NOW, person, start, trust
from tests.fuzz.target import OURS, Target


def json_bytes(data: bytes) -> None:
    """Canonical JSON is read into what is written as the same bytes."""
    assert canonical(parse(data)) == data


def package(data: bytes) -> None:
    """A package that is read is written as the same bytes, and calculated without a traceback."""
    found = read(data)
    assert canonical(found.plain) == data
    found.inventory()
    assert found.uncertainty is not None


def values(data: bytes) -> None:
    """The same of any JSON, put into the one form and sealed again, so that no hash is in the way."""
    package(_sealed(data))


def reported(data: bytes) -> None:
    """The same below a good signature: head office judges it, and nothing breaks."""
    pdf = signed_with(_sealed(data), person("auditor"))
    judged = judge(order("report.pdf", pdf, trust(), NOW, rebuild=False))
    reasons = [str(one) for one in judged.filed.reasons]
    assert not any(one in reason for one in OURS for reason in reasons), reasons
    if judged.filed.state == "rejected":
        raise UserError(judged.filed.reasons[0])


def received(data: bytes) -> None:
    """A report as a file: from nobody else than its signer, as it was signed."""
    with on_disk(data, "report.pdf") as path:
        receipt = receive(read_file(path), trust(), load_library(), NOW, rebuild=False)
    if not receipt.sound:
        raise UserError(receipt.reason)
    assert data == start("packaged.pdf"), "other bytes are believed"


def of_group(data: bytes) -> None:
    """The report of a group, as a file."""
    found = judge_group_report(data, trust(), NOW, isolated=False, rebuild=False)
    if not found.sound:
        raise UserError(found.reason)
    assert data == start("group.pdf"), "other bytes are believed"


def of_group_values(data: bytes) -> None:
    """Its data as any JSON: what is read is written as the same bytes, and shown without a traceback."""
    found = read_group(_canonical(data))
    shown = GroupData(found)
    assert (shown.location, shown.market, shown.totals) is not None


def closed(data: bytes) -> None:
    """What is kept of a closed year, by its hash."""
    unpack(data)
    closing = Closing("2024", hashlib.sha256(data).hexdigest(), len(data), 1, NOW.date(), "Checked")
    closed_inventory(closing, data)
    pending(ledger(closing), 2024, load_library(), data)


def kept_way(data: bytes) -> None:
    """What head office keeps of a way: read as it was written, or worked out anew."""
    found = way.read(data)
    if found is None:
        raise UserError(T("The data inside the report are not an audit package."))
    assert way.read(way.write(found)) == found


def kept_points(data: bytes) -> None:
    """The same of data points."""
    found = asked.read(data)
    if found is None:
        raise UserError(T("The data inside the report are not an audit package."))
    again = asked.write(found)
    assert again is None or asked.read(again) == found


def _canonical(data: bytes) -> bytes:
    try:
        return canonical(json.loads(data))
    except (ValueError, TypeError, RecursionError) as error:
        raise UserError(T("The data inside the report are not an audit package.")) from error


def _sealed(data: bytes) -> bytes:
    try:
        return sealed(json.loads(data))
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError) as error:
        raise UserError(T("The data inside the report are not an audit package.")) from error


# ---------------------------------------------------------------------- where they start


def _packages() -> Iterable[bytes]:
    yield signed.package()


@cache
def _group() -> bytes:
    found = judge_group_report(start("group.pdf"), trust(), NOW, isolated=False, rebuild=False)
    assert found.package is not None
    return found.package.data


@cache
def _points() -> bytes:
    found = read(signed.package())
    written_points = asked.write(kept_of(found, found.inventory(), found.findings, NOW.date()))
    assert written_points is not None
    return written_points


JSON = ('"', "null", "true", "-1", "1e999", "1E+999999", "NaN", "\\u0000", "\\ud800", "[]", "{}", "2026-02-30",
        "0001-01-01", "9999-12-31", '"quantity":"', '"unit":"', "purchased_electricity", "diesel")  # fmt: skip
TARGETS = (
    Target(
        "json",
        json_bytes,
        lambda: [canonical({"a": [1, None, True, "é"], "b": {"c": "1.5"}})],
        words=JSON,
        runs=2_000,
        longest=4_000,
    ),
    Target("package", package, _packages, words=JSON, runs=150, longest=80_000),
    Target("package_values", values, _packages, words=JSON, runs=150, longest=80_000),
    Target("package_signed", reported, _packages, words=JSON, runs=60, longest=80_000),
    Target("package_received", received, lambda: [start("packaged.pdf")], longest=50_000, runs=150),
    Target("group_received", of_group, lambda: [start("group.pdf")], longest=120_000, runs=60),
    Target("group_values", of_group_values, lambda: [_group()], words=JSON, longest=200_000, runs=150),
    Target("closed_year", closed, lambda: [zlib.compress(signed.package(), 9)]),
    Target("kept_way", kept_way, lambda: [way.write(planned()), way.write(written(gap=5, aims=(aim(),)))], words=JSON),
    Target("kept_points", kept_points, lambda: [_points()], words=JSON, longest=60_000),
)
