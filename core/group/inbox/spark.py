"""The same judgement on Apache Spark, for groups that outgrow one machine.

Each file is sent to a machine of the cluster and judged there as here: by the same pure function, in a process with
limits. The program must be installed on every machine, in the version that is used here.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from core.group.inbox.judging import Judged, Order
from core.group.inbox.workers import LOOK, judge_limited
from core.i18n import T, verbatim

if TYPE_CHECKING:
    from pyspark import SparkContext

HERE = "local[*]"
"""Every processor of this machine, for trying it out."""
BATCH = 64
"""Files that are on their way at once."""
BATCH_BYTES = 256 * 1024 * 1024
"""Bytes that are on their way at once; a batch has at least one file."""
MESSAGE_MB = 512
"""Largest message between the machines: a file with its answer. [MB]"""


def check_spark() -> None:
    """Look for what the engine needs before any file is read.

    Raises
    ------
    UserError
        when Spark or Java is missing, with what to install.
    """
    if find_spec("pyspark") is None:
        raise UserError(
            T("The engine “spark” is not installed."),
            T("Install it with {command}, or import without --engine spark.",
              command='pip install "plant-carbon-audit[spark]"'),
        )  # fmt: skip
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=os.path.join(home, "bin") if home else None) is None:  # noqa: PTH118
        raise UserError(
            T("Spark needs Java, which was not found."), T("Install Java 17 and set JAVA_HOME to its folder.")
        )


def judge_on_spark(
    orders: Iterable[Order], *, master: str | None = None, cancelled: Callable[[], bool] | None = None
) -> Iterator[Judged]:
    """Judge files on a cluster; results come in the order of the files, batch by batch.

    Parameters
    ----------
    orders
        taken in batches, so that memory does not grow with their number.
    master
        URL of the cluster, e.g. ``spark://host:7077``; None: :data:`HERE`.
    cancelled
        asked ten times a second; what runs on the cluster is stopped then.

    Raises
    ------
    UserError
        when Spark or Java is missing, or the cluster does not answer or breaks off.
    """
    check_spark()
    context, own = _context(master or HERE)
    try:
        with ThreadPoolExecutor(1) as waiting:  # for an answer, while somebody may want to stop
            for batch in batches(orders):
                running = waiting.submit(_judged, context, batch)
                while not wait((running,), LOOK).done:
                    if cancelled is not None and cancelled():
                        context.cancelAllJobs()
                        return
                yield from running.result()
    finally:
        context.cancelAllJobs()
        if own:
            context.stop()


def batches(orders: Iterable[Order]) -> Iterator[list[Order]]:
    """The orders in lots that fit on their way together."""
    waiting, lot, size = iter(orders), list[Order](), 0
    for order in waiting:
        if lot and (len(lot) == BATCH or size + len(order.data) > BATCH_BYTES):
            yield lot
            lot, size = [], 0
        lot.append(order)
        size += len(order.data)
    if lot:
        yield lot


def _judged(context: SparkContext, batch: list[Order]) -> list[Judged]:
    from py4j.protocol import Py4JError

    try:
        answers: list[Judged] = context.parallelize(batch, len(batch)).map(judge_there).collect()
    except Py4JError as error:
        raise UserError(
            T("The cluster broke off: {why}", why=verbatim(str(error).strip().partition("\n")[0][:200])),
            T("Look at the log of the cluster, then import again: what was filed stays filed."),
        ) from error
    return answers


def judge_there(order: Order) -> Judged:
    """Runs on a machine of the cluster: the same function in a process with limits."""
    return judge_limited(order)


def _context(master: str) -> tuple[Any, bool]:
    """The context of this program and whether it is new: Java allows one at a time."""
    from pyspark import SparkConf, SparkContext

    running = SparkContext._active_spark_context
    if running is not None and running.master == master:
        return running, False
    settings = {
        "spark.rpc.message.maxSize": str(MESSAGE_MB),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.python.worker.reuse": "true",  # one server of limited processes for many files
        "spark.speculation": "false",
    }
    conf = SparkConf().setMaster(master).setAppName("plant-carbon-audit").setAll(list(settings.items()))
    try:
        with _python_of(master):
            return SparkContext(conf=conf), True
    except Exception as error:  # Java's errors come in many kinds
        raise UserError(
            T("Spark could not be started at {master}: {why}", master=master,
              why=verbatim(str(error).strip().partition("\n")[0][:200])),
            T("Check the URL of the cluster and that it runs."),
        ) from error  # fmt: skip


@contextmanager
def _python_of(master: str) -> Iterator[None]:
    """On this machine the workers run this very Python; elsewhere what the cluster or ``PYSPARK_PYTHON`` says."""
    named = "PYSPARK_PYTHON"
    if not master.startswith("local") or named in os.environ:
        yield
        return
    os.environ[named] = sys.executable
    try:
        yield
    finally:
        del os.environ[named]
