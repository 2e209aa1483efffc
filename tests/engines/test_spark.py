"""The same files on Spark's local mode and on the processors of this machine: equal to the last byte."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from core.errors import UserError
from core.group import import_files, judge_all, order
from core.group.inbox.spark import batches, judge_on_spark
from core.handover import prepare, produce
from core.ledger import Activity, Ledger, Plant
from core.library import load_library
from core.signing import Identity, Trust, create_authority, create_request, issue
from core.store import GroupFile

WHEN = datetime(2025, 2, 1, 9, tzinfo=UTC)
LOCAL = "local[2]"


def report(auditor: Identity, plant: str, kilowatt_hours: int) -> bytes:
    year = (date(2024, 1, 1), date(2024, 12, 31))
    bill = Activity("a1", "Main meter", "purchased_electricity", "electricity", *year, Decimal(kilowatt_hours), "kWh",
                    evidence="E-1")  # fmt: skip
    draft = prepare(
        Ledger.of([Plant(plant, "CN", "CN-HE"), bill]), 2024, load_library(), language="both", issued_by="Li Na",
        when=WHEN, journal=("0" * 64, 1),
    )  # fmt: skip
    return produce(draft, auditor)


@pytest.fixture(scope="module")
def trust_and_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Trust, Path]]:
    """A small group: good reports, a stranger's, an altered one, and none at all."""
    folder = tmp_path_factory.mktemp("reports")
    authority = create_authority("Head office", "Group", WHEN)
    stranger = create_authority("Head office", "Group", WHEN)
    signers = []
    for root in (authority, stranger):
        key, request = create_request("Li Na", "li.na@example.org", "Group", "auditor")
        signers.append(Identity(issue(root, request, role="auditor", sites=(), when=WHEN), key))
    for number in range(4):
        (folder / f"good-{number}.pdf").write_bytes(report(signers[0], f"Plant {number}", 1000 * number + 1))
    (folder / "stranger.pdf").write_bytes(report(signers[1], "Plant 9", 5))
    whole = (folder / "good-0.pdf").read_bytes()
    (folder / "altered.pdf").write_bytes(whole[:3000] + bytes([whole[3000] ^ 1]) + whole[3001:])
    (folder / "empty.pdf").write_bytes(b"")
    yield Trust((authority.certificate,)), folder


def test_a_cluster_that_is_not_there_is_named(trust_and_files: tuple[Trust, Path]) -> None:
    with pytest.raises(UserError, match="Spark could not be started at nonsense"):
        list(judge_on_spark([order("x", b"x", trust_and_files[0], WHEN)], master="nonsense"))


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """One for all tests: starting it takes longer than they do."""
    from core.group.inbox import spark

    context, _ = spark._context(LOCAL)
    yield
    context.stop()


def content(path: Path) -> list[tuple[object, ...]]:
    with GroupFile.open(path) as group:
        assert group.health.sound
        return [(one, group.original(one.sha256), group.part(one.sha256, "lines")) for one in group.all()]


def test_spark_files_what_this_machine_files(
    trust_and_files: tuple[Trust, Path], tmp_path: Path, cluster: None
) -> None:
    trust, folder = trust_and_files
    for engine, master in (("embedded", None), ("spark", LOCAL)):
        with GroupFile.open(tmp_path / f"{engine}.group") as group:
            came = list(import_files(group, [folder], trust, WHEN, engine=engine, master=master))
            assert [one.filed.state for one in came].count("accepted") == 4
            assert [one.filed.state for one in came].count("rejected") == 3
    assert content(tmp_path / "spark.group") == content(tmp_path / "embedded.group")


def test_a_cancelled_import_stops_and_the_next_goes_on(
    trust_and_files: tuple[Trust, Path], tmp_path: Path, cluster: None
) -> None:
    trust, folder = trust_and_files
    asked = count()

    def cancelled() -> bool:
        return next(asked) >= 7  # once before each file, then while the cluster works

    with GroupFile.open(tmp_path / "g.group") as group:
        first = list(import_files(group, [folder], trust, WHEN, engine="spark", master=LOCAL, cancelled=cancelled))
        assert len(first) < 7
        rest = list(import_files(group, [folder], trust, WHEN, engine="spark", master=LOCAL))
        assert len(rest) == len(group.all()) == 7


def test_the_limits_hold_on_the_cluster_too(trust_and_files: tuple[Trust, Path], cluster: None) -> None:
    trust, folder = trust_and_files
    orders = [order(path.name, path.read_bytes(), trust, WHEN) for path in sorted(folder.iterdir())]
    assert list(judge_on_spark(iter(orders), master=LOCAL)) == list(judge_all(orders))


def test_files_travel_in_lots(trust_and_files: tuple[Trust, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.group.inbox.spark.BATCH", 3)
    monkeypatch.setattr("core.group.inbox.spark.BATCH_BYTES", 10)
    sizes = [4, 4, 4, 1, 1, 1, 1, 50, 50]
    lots = list(batches(order("x", bytes(size), trust_and_files[0], WHEN) for size in sizes))
    assert [[len(one.data) for one in lot] for lot in lots] == [[4, 4], [4, 1, 1], [1, 1], [50], [50]]
