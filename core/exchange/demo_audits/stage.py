"""The stage on which an audit of the demo is played: what is known so far, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from core.audit.people import person
from core.audit.sampling import sample_named
from core.blob import Content
from core.exchange.demo import Entry
from core.exchange.demo_audits.papers import Signed, letter
from core.exchange.proofs import Proof, proof_of, registering
from core.i18n import Text
from core.inventory import Inventory, Memo, choices_of, compile_inventory
from core.ledger import Activity, Change, Correction, Evidence, Ledger, Sample, Step, corrections_in, folded
from core.library import Library

Act = Mapping[str, Any]
"""One act as the file describes it: ``do``, ``by``, ``when``, and what belongs to it."""
_COUNTED = frozenset({"activity", "evidence", "judgement", "plan_item", "engagement", "audit"})
"""Kinds of records on which an inventory rests, as far as an audit of the demo touches them."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an act comes to; an act that takes several changes gives several."""

    why: Text
    steps: tuple[Step, ...]
    blobs: tuple[Content, ...] = ()
    because: str = ""
    """Id of the finding for which data are corrected."""


Acting: TypeAlias = "Callable[[Stage, Act], Done | Sequence[Done]]"
"""How something is done."""


class Stage:
    """What is known of a plant while its audit goes on."""

    def __init__(self, about: Act, ledger: Ledger, library: Library, preparer: str) -> None:
        self.about, self.ledger, self.library = about, ledger, library
        self.year = int(about["year"])
        self.authors = frozenset({preparer})
        """Who entered the records."""
        self._corrections: list[Correction] = []
        self._memos: dict[int, Memo] = {}
        self._inventories: dict[int, Inventory] = {}

    def play(self, act: Act, acting: Acting) -> Iterator[Entry]:
        """Do something, and know it from then on."""
        made = acting(self, act)
        for done in (made,) if isinstance(made, Done) else made:
            change = Change(self.name(act["by"]), act["when"], done.why, done.steps, because=done.because)
            self.ledger = self.ledger.apply(done.steps)
            self._corrections += corrections_in(0, change)
            if _COUNTED & {step.kind for step in done.steps}:
                self._inventories.clear()
            yield Entry(change, tuple(_bytes(one) for one in done.blobs))

    # ------------------------------------------------------------------ what is known

    @property
    def inventory(self) -> Inventory:
        """Of the audited year, as it is now."""
        return self.inventory_of(self.year)

    def inventory_of(self, year: int) -> Inventory:
        """The same of any year."""
        if year not in self._inventories:
            choices, memo = choices_of(self.ledger.audit(year), year), self._memos.setdefault(year, Memo())
            self._inventories[year] = compile_inventory(self.ledger, choices, self.library, memo)
        return self._inventories[year]

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What differs from what it was before findings changed it."""
        return folded(self._corrections, self.ledger)

    def name(self, key: str) -> str:
        """The name of a person by the key in the file."""
        return str(self.about["person"][key]["name"])

    def id_of(self, key: str) -> str:
        """The id of a person by the key in the file."""
        return person(self.ledger, self.name(key)).id

    def record(self, number: str) -> Activity:
        """A record of the year by the number of its bill, or by its id.

        Raises
        ------
        LookupError
            when there is none.
        """
        found = [one for one in self.inventory.activities if number in (one.evidence, one.id)]
        if not found:
            raise LookupError(f"no record {number}")
        return found[0]

    def item_of(self, record: Activity) -> str:
        """What was used, in both languages."""
        name = self.library.items[record.item].name
        return f"{name.zh} {name.en}"

    def records(self, numbers: Sequence[str]) -> tuple[str, ...]:
        """Ids of records by the numbers of their bills."""
        return tuple(self.record(number).id for number in numbers)

    def sample(self, name: str) -> Sample:
        """A sample by its name."""
        return sample_named(self.ledger, self.year, name)

    def kept(self, names: Sequence[str]) -> tuple[str, ...]:
        """Ids of kept files by their names.

        Raises
        ------
        LookupError
            when one is not kept.
        """
        by_name = {one.name: one.id for one in self.ledger.held(Evidence)}
        if missing := [name for name in names if name not in by_name]:
            raise LookupError(f"no file {missing[0]}")
        return tuple(by_name[name] for name in names)

    # ------------------------------------------------------------------ papers

    def paper(self, act: Act) -> Proof:
        """A letter that the act brings along: ``paper`` with name, kind, title, text and who signed it."""
        about = act["paper"]
        day: date = act["when"].date()
        signed = [Signed(self.name(key), day) for key in about.get("signed", ())]
        return proof_of(about["name"], letter(about["title"], about["text"].strip().split("\n"), signed), about["kind"])

    def taken(self, proof: Proof, rows: tuple[str, ...] = ()) -> tuple[str, tuple[Step, ...], tuple[Content, ...]]:
        """Take a file into the register: its id, the steps, and its bytes."""
        made = registering(self.ledger, (proof,), rows)
        after = self.ledger.apply(made.steps)
        key = next(one.id for one in after.held(Evidence) if one.sha256 == proof.sha256)
        return key, made.steps, made.data


def _bytes(content: Content) -> bytes:
    if not isinstance(content, bytes):
        raise TypeError("papers of the demo are made in memory")
    return content
