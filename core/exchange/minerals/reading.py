"""A supplier's workbook as a declaration: by position, answers in any language; what cannot be read is told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from core.errors import UserError
from core.exchange.cells import narrow
from core.exchange.minerals.layouts import Block, Layout, Rows
from core.exchange.minerals.recognising import Recognised, recognised
from core.exchange.minerals.sheet import LONGEST, Sheet
from core.exchange.read import load, refuse_old
from core.i18n import T, Text, verbatim
from core.ledger import Evidence, MineralDeclaration, Supplier
from core.ledger.filing import Records
from core.minerals.problem import REVIEW, Problem, some
from core.minerals.smelters import COLUMNS
from core.minerals.templates import Question, Template, answer_key, template_of
from core.minerals.words import (
    OTHER_MINERAL,
    answer_of,
    is_word,
    language_of,
    language_spoken,
    mineral_of,
    plain,
    scope_of,
)

if TYPE_CHECKING:
    from core.exchange.workbook import Workbook

MOST_UNPACKED = 100_000_000
"""To which a workbook may unpack: an original filled to its last row comes nowhere near. [bytes]"""
MOST_ROWS = 20_000
"""Rows of smelters or products that a declaration may have."""
_SMALL = 24
"""Letters of a cell that names a language and nothing else."""
_KNOWS_A_ROW = ("mineral", "asked_id", "chosen", "name", "id")


@dataclass(frozen=True, slots=True)
class Read:
    """A workbook as it was understood."""

    declaration: MineralDeclaration
    """Without id; of the supplier whose name it bears, where there is one."""
    layout: Layout
    problems: tuple[Problem, ...]
    """Of reading alone; whether the declaration is complete says :func:`core.minerals.examine`."""
    already: MineralDeclaration | None
    """The declaration that was taken up from the very same file."""
    name: str
    sha256: str
    data: bytes = field(repr=False)


def read_declaration(data: Path | bytes, name: str, records: Records) -> Read:
    """What a workbook declares.

    Parameters
    ----------
    data
        the file or its bytes.
    name
        file name as received; empty: that of the path.
    records
        of a plant or of head office: who is a supplier, and what was taken up already.

    Raises
    ------
    UserError
        for a damaged, dangerous or too large workbook, for one with macros or values from other files, and for what is
        no template in an edition that can be read.
    """
    from core.exchange.workbook import only_values, open_workbook

    content = load(data)
    refuse_old(content)
    received = name or (data.name if isinstance(data, Path) else "")
    book = open_workbook(content, MOST_UNPACKED)
    only_values(book)
    reader = _Reader.of(book, PurePath(received.replace("\\", "/")).name[:255] or "declaration.xlsx")
    declaration = reader.declaration(records)
    digest = hashlib.sha256(content).hexdigest()
    return Read(
        declaration, reader.found.layout, tuple(reader.problems), taken_from(records, digest), reader.name, digest,
        content,
    )  # fmt: skip


def taken_from(records: Records, digest: str) -> MineralDeclaration | None:
    """The declaration of which a file is the evidence."""
    kept = {one.id for one in records.held(Evidence) if one.sha256 == digest}
    return next((one for one in records.held(MineralDeclaration) if kept.intersection(one.evidence)), None)


def supplier_named(records: Records, name: str) -> Supplier | None:
    """The supplier with this name or number, if there is exactly one."""
    said = plain(name)
    found = [one for one in records.held(Supplier) if said and said in (plain(one.name), plain(one.number))]
    return found[0] if len(found) == 1 else None


# ---------------------------------------------------------------------- reading


@dataclass
class _Reader:
    """Collects what it cannot read on its way through the sheets."""

    book: Workbook
    name: str
    problems: list[Problem] = field(default_factory=list)
    sheet: Sheet = field(init=False)
    found: Recognised = field(init=False)
    template: Template = field(init=False)

    @classmethod
    def of(cls, book: Workbook, name: str) -> _Reader:
        made = cls(book, name)
        sheet = made.opened("Declaration")
        if sheet is None:
            raise UserError(
                T("“{file}” has no sheet “{sheet}”.", file=verbatim(name), sheet="Declaration"),
                T("Choose the workbook of the template as the supplier sent it."),
            )
        made.sheet = sheet
        made.found = recognised(book, sheet, name)
        made.template = template_of(made.found.layout.template, made.found.edition or made.found.layout.editions[-1])
        made._told_of_edition()
        return made

    def opened(self, name: str) -> Sheet | None:
        return Sheet.of(self.book, name, self._too_long)

    def tell(self, rule: str, place: str, message: Text, remedy: Text) -> None:
        self.problems.append(Problem(REVIEW, rule, verbatim(place), message, remedy))

    def _too_long(self, address: str, text: str) -> None:
        message = T("The text has {count} characters; {most} are kept.", count=len(text), most=LONGEST)
        self.tell("long", address, message, T("The whole text stands in the kept workbook."))

    def _told_of_edition(self) -> None:
        layout, edition = self.found.layout, self.found.edition
        like = f"{layout.template} {layout.editions[-1]}"
        compare = T("Compare some answers with the workbook.")
        if not edition:
            message = T("The workbook does not say its edition; it was read like {known}.", known=like)
            self.tell("edition", self.sheet.name, message, compare)
        elif not self.found.known:
            message = T("Edition {edition} is not known to this program; it was read like {known}.", edition=edition,
                        known=like)  # fmt: skip
            self.tell("edition", self.sheet.name, message, compare)
        if not self.found.labelled:
            message = T("The words of the questions were not stored, so their places could not be checked.")
            self.tell("labels", self.sheet.name, message, compare)

    # ------------------------------------------------------------------ the whole

    def declaration(self, records: Records) -> MineralDeclaration:
        head = {key: self.sheet.line(address) for key, address in self.found.layout.head.items()}
        effective, written = self.sheet.day(self.found.layout.head["effective"])
        answers, remarks, spoken = self.answers()
        company = head.pop("company")
        scope = head.pop("scope")
        del head["effective"]
        mines = self.mines()
        more = {"minerals": ";".join(self.minerals()) if self.template.chosen else "", "effective_text": written,
                "mines": str(mines) if mines else "", "scope_said": "" if scope_of(scope) else scope}  # fmt: skip
        known = supplier_named(records, company)
        return MineralDeclaration(
            id="",
            template=self.found.layout.template,
            edition=self.found.edition,
            company=company,
            effective=effective,
            supplier=known.id if known else "",
            scope=scope_of(scope),
            language=self.language(spoken),
            header=tuple((key, value) for key, value in (head | more).items() if value),
            answers=tuple(answers.items()),
            remarks=tuple(remarks.items()),
            smelters=tuple(self.smelters()),
            products=tuple(self.products()),
        )

    def language(self, spoken: Sequence[str]) -> str:
        said = self.sheet.line(self.found.layout.language)
        return (language_of(said) if len(said) <= _SMALL else "") or language_spoken(spoken)

    # ------------------------------------------------------------------ minerals and answers

    def minerals(self) -> tuple[str, ...]:
        """What the declaration is about: by its cells of choice, else by the rows below the first question."""
        layout = self.found.layout
        if layout.minerals:
            return layout.minerals
        chosen = [self._choice(place, address) for place, address in enumerate(layout.chosen)]
        labels = self.labels(layout.questions[0])
        return tuple(dict.fromkeys(one for one in (*chosen, *labels.values()) if one))

    def _choice(self, place: int, address: str) -> str:
        """One cell of choice; what stands in brackets is the order to take a mineral away."""
        said = narrow(self.sheet.line(address))
        if not said or said.startswith(("(", "[")):
            return ""
        if is_word(said, OTHER_MINERAL):
            others = self.found.layout.others
            return mineral_of(self.sheet.line(others[place])) if place < len(others) else ""
        return mineral_of(said)

    def labels(self, block: Block) -> dict[int, str]:
        """The rows of minerals below a question; in the order of their names where their words were not stored."""
        layout = self.found.layout
        rows = range(block.head + 1, block.head + 1 + block.rows)
        if layout.minerals:
            return dict(zip(rows, layout.minerals, strict=False))
        said = {row: mineral_of(text) for row in rows if (text := self.sheet.line(f"{layout.label}{row}"))}
        if said:
            return said
        chosen = ((self._choice(place, address), self.sheet.line(address)) for place, address in
                  enumerate(layout.chosen))  # fmt: skip
        names = dict.fromkeys(key for key, _ in sorted(chosen, key=lambda pair: pair[1].casefold()) if key)
        return dict(zip(rows, names, strict=False))

    def answers(self) -> tuple[dict[str, str], dict[str, str], list[str]]:
        """Answers and remarks by their keys, and the answers in the words of the workbook."""
        answers: dict[str, str] = {}
        remarks: dict[str, str] = {}
        spoken: list[str] = []
        for question, mineral, row in self._asked():
            key = answer_key(question.key, mineral)
            said = self.sheet.line(f"{self.found.layout.answer}{row}")
            if said:
                answers[key] = answer_of(said, question.possible(mineral))
                spoken.append(said)
            if remark := self.sheet.text(f"{self.found.layout.remark}{row}"):
                remarks[key] = remark
        return {key: said for key, said in answers.items() if said}, remarks, spoken

    def _asked(self) -> Iterator[tuple[Question, str, int]]:
        """Each question with its mineral and row."""
        layout = self.found.layout
        for block in (*layout.questions, *layout.each):
            question = self.template.question(block.key)
            assert question is not None  # layouts are held to their templates
            for row, mineral in self.labels(block).items():
                yield question, mineral, row
        for key, row in layout.company.items():
            question = self.template.question(key)
            assert question is not None
            yield question, "", row

    # ------------------------------------------------------------------ lists

    def _rows(self, part: Rows, needed: Sequence[str]) -> Iterator[Mapping[str, str]]:
        sheet = self.opened(part.sheet)
        if sheet is None:
            message = T("The workbook has no sheet “{sheet}”.", sheet=part.sheet)
            self.tell("sheet", part.sheet, message, T("Ask for the whole workbook."))
            return
        count = 0
        for row in sorted(one for one in sheet.rows if one >= part.first):
            said = {key: sheet.line(f"{column}{row}") for key, column in part.columns.items()}
            if not any(said.get(key) for key in needed):
                continue
            count += 1
            if count > MOST_ROWS:
                raise UserError(
                    T("The sheet “{sheet}” has more than {most} rows.", sheet=part.sheet, most=f"{MOST_ROWS:,}"),
                    T("Ask for one declaration for each group of products."),
                )
            yield said

    def smelters(self) -> Iterator[tuple[str, ...]]:
        for said in self._rows(self.found.layout.smelters, _KNOWS_A_ROW):
            row = dict(said)
            row["id"] = _one_id(row.pop("asked_id", ""), row.get("id", ""))
            row["mineral"] = mineral_of(row.get("mineral", ""))
            yield tuple(row.get(key, "") for key in COLUMNS)

    def products(self) -> Iterator[tuple[str, ...]]:
        for said in self._rows(self.found.layout.products, ("number", "name")):
            more = (said.get("asked_number", ""), said.get("asked_name", ""), said.get("comment", ""))
            yield said["number"], said["name"], "; ".join(one for one in more if one)

    def mines(self) -> int:
        """How many mines are listed; they stay in the kept workbook, and gaps in the list are told."""
        part = self.found.layout.mines
        if part is None or self.opened(part.sheet) is None:
            return 0
        rows = list(self._rows(part, ("mineral", "smelter", "name")))
        gaps = [str(number) for number, said in enumerate(rows, 1)
                if said["mineral"] and not (said["smelter"] and said["country"])]  # fmt: skip
        if gaps:
            message = T("A mine needs its smelter and its country: rows {rows}.", rows=some(gaps))
            self.tell("mines", part.sheet, message, T("Ask for what is missing."))
        return len(rows)


def _one_id(asked: str, found: str) -> str:
    """The number of a smelter; both where the form found another one than was asked for."""
    if asked and found and asked.upper() != found.upper():
        return f"{asked} / {found}"
    return found or asked
