"""Which answers a declaration owes: some questions are only asked after others were answered in a certain way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.ledger import MineralDeclaration
from core.minerals.templates import (
    ADDED,
    REMAINS,
    SHARE,
    Question,
    Template,
    answer_key,
    minerals_of,
    template_of,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A declaration beside its template."""

    declaration: MineralDeclaration
    template: Template
    minerals: tuple[str, ...]
    """That it is about."""
    answers: Mapping[str, str]
    remarks: Mapping[str, str]
    header: Mapping[str, str]

    @classmethod
    def of(cls, declaration: MineralDeclaration) -> Asked:
        """The same for every check."""
        return cls(
            declaration,
            template_of(declaration.template, declaration.edition),
            minerals_of(declaration),
            dict(declaration.answers),
            dict(declaration.remarks),
            dict(declaration.header),
        )

    def answer(self, about: str, mineral: str) -> str:
        """What was answered about something for a mineral; empty where nothing was, or it is not asked."""
        question = self.template.about(about)
        return "" if question is None else self.answers.get(answer_key(question.key, mineral), "")

    def stays(self, mineral: str) -> bool:
        """Whether a mineral is still in question: no answer before has ended it."""
        return not any(self.answer(about, mineral) in ends for about, ends in self.template.out.items())

    def wanted(self, question: Question, mineral: str) -> bool:
        """Whether a question about minerals must be answered for one of them.

        Notes
        -----
        Added on purpose is always asked; whether it remains, unless it was not added; everything else, unless one of
        the two has ended it. That is how the check sheets of the templates decide which cells are required.
        """
        if question.about == ADDED:
            return True
        if question.about == REMAINS:
            return self.answer(ADDED, mineral) not in self.template.out.get(ADDED, ())
        return self.stays(mineral)

    def wants_smelters(self, mineral: str) -> bool:
        """Whether the list must name smelters of a mineral."""
        if self.template.smelters == "full_share":
            return self.stays(mineral) and self.answer(SHARE, mineral) == "100"
        return self.stays(mineral)

    @property
    def staying(self) -> tuple[str, ...]:
        """Minerals that are still in question."""
        return tuple(one for one in self.minerals if self.stays(one))
