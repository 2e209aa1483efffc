"""The audits of the demo, played from ``resources/demo/audit.toml`` through the same acts as those of people.

Nothing is recorded here that an act did not make: samples are drawn from their seeds, sheets compare the records with
the papers, effects and states follow. Whoever appends the entries to a plant file passes its gate with each of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from core.exchange.demo import DemoPlant, Entry
from core.exchange.demo_audits import beginning, finding, testing
from core.exchange.demo_audits.stage import Acting, Stage
from core.ledger import Ledger
from core.library import Library

ACTS: Mapping[str, Acting] = {**beginning.ACTS, **testing.ACTS, **finding.ACTS}
"""What can be done, by the word for it in the file."""


@cache
def _about() -> dict[str, dict[str, Any]]:
    text = (files("resources") / "demo" / "audit.toml").read_text("utf-8")
    return {about["file"]: about for about in tomllib.loads(text)["plant"]}


def audited_year(file: str) -> int | None:
    """The year of a plant of the demo that is audited; None when nobody audits any."""
    about = _about().get(file)
    return None if about is None else int(about["year"])


def name_in(file: str, key: str) -> str:
    """The name of somebody who takes part in the audit of a plant, by the key in the file."""
    return str(_about()[file]["person"][key]["name"])


def audit_of(one: DemoPlant, ledger: Ledger, library: Library) -> tuple[Entry, ...]:
    """Everything that was done in the audit of a plant of the demo.

    Parameters
    ----------
    one
        the plant.
    ledger
        what its file knows, for the audit comes after the rest.
    library
        of the program.

    Returns
    -------
    tuple of Entry
        in the order in which they were made; nothing for a plant that nobody audits.
    """
    about = _about().get(one.file)
    if about is None:
        return ()
    stage = Stage(about, ledger, library, one.who)
    return tuple(entry for act in about["act"] for entry in stage.play(act, ACTS[act["do"]]))
