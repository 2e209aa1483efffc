"""What the page has in common for a plant and for head office: frameworks at the left, what is asked at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.disclosures.readiness import QuestionState, Readiness
from core.disclosures.value import Origin, PointValue
from core.ledger import Submission
from gui.commands import Command
from gui.disclosures.acts import Acts
from gui.disclosures.found import Found, Place
from gui.disclosures.frame import COMPARED, OWN, POINTS, QUESTIONS, SUBMITTED, TABS, Frame
from gui.disclosures.inspector import Explained, Ways
from gui.disclosures.offers import Offers
from gui.disclosures.origins import Named
from gui.disclosures.out import Out
from gui.disclosures.row_acts import RowActs
from gui.disclosures.submitted import SubmittedView
from gui.entering.part import Keeper, RecordsPart
from gui.language import _, say
from gui.latest import Latest
from gui.page import Page
from gui.settings import Settings
from gui.widgets import allow, button, clear, in_order, label, marked

MOST_NOTICES = 2


class DisclosuresBase(Page):
    """Who derives says what is worked out, and where links lead."""

    def __init__(self, desk: Keeper, settings: Settings) -> None:
        super().__init__()
        self.desk, self.settings = desk, settings
        self.today: Callable[[], date] = date.today
        """The clock of the page: answers must hold on this day."""
        self.found: Found | None = None
        """What was last worked out."""
        self.before: Mapping[str, PointValue] | None = None
        """The data points of the year before, where they are known."""
        self._basis: tuple[object, ...] = ()
        self._failed = ""
        self._wish: object = None
        """Where to go once there is an answer."""
        self.latest, self.latest_before = Latest(self), Latest(self)
        self.latest.answered.connect(self._answered)
        self.latest_before.answered.connect(self._answered_before)
        self.latest.broken.connect(self._broken)
        self.latest_before.broken.connect(lambda why: self.tell("warning", why))
        self.latest.busy_changed.connect(lambda _busy: self.show_busy())
        self.acts = Acts(self, desk, settings, lambda: self.found)
        self.out = Out(self.acts, lambda: self.before)
        self.frame = Frame(self.acts, self.out)
        self.row_acts = RowActs(self.acts, self.frame, lambda: self.found)
        self.offers = Offers(self.acts, self.frame, self.out, lambda: self.found)
        self._wire()
        self.frame.lay_out(self)

    def _wire(self) -> None:
        frame = self.frame
        frame.frameworks.chosen.connect(lambda _key: self._show_framework())
        frame.compared.before_wanted.connect(self.read_before)
        frame.submitted.compare.connect(self._compare_with)
        frame.tabs.currentChanged.connect(lambda _tab: self._turned())
        for part in (frame.questions, frame.compared, frame.points, frame.submitted):
            part.chosen.connect(self._moved)

    # ------------------------------------------------------------------ of the page that derives

    def basis(self) -> tuple[object, ...]:
        """What the answer rests on: asked anew when one of them is another."""
        raise NotImplementedError

    def work(self) -> Callable[[], Found] | None:
        """What is worked out on another thread; None while something has to be read first."""
        raise NotImplementedError

    def work_before(self) -> Callable[[], Mapping[str, PointValue]] | None:
        """The same of the year before; None where nothing is known of it."""
        raise NotImplementedError

    def named(self, origin: Origin) -> Named:
        """The records of an origin as people call them, the weightiest first."""
        raise NotImplementedError

    def go_origin(self, value: PointValue, origin: Origin, key: str) -> None:
        """Open a record behind a value."""
        raise NotImplementedError

    def proof(self) -> Callable[[str], object] | None:
        """What opens a kept file."""
        return None

    def hints(self) -> list[QWidget]:
        """Lines above everything else, with the way on."""
        return []

    def can_read_before(self) -> bool:
        """Whether there is something of the year before that is not read yet."""
        return False

    def reading_before(self) -> str:
        """Why the year before is not known, and what to do."""
        return _("Nothing is known of {year}.", year=str(self.desk.year - 1))

    def read_before(self) -> None:
        """Read what the year before needs."""

    @property
    def key(self) -> str:
        """Of the framework that is chosen."""
        return self.frame.frameworks.key

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Ask anew when something has changed; what is shown stays until the answer comes."""
        self.frame.title.setText(_("Disclosures {year}", year=str(self.desk.year)))
        self.frame.own.refresh()
        self.ask()

    def ask(self) -> None:
        """Work it out, unless what is shown rests on the same."""
        basis = self.basis()
        if same_basis(basis, self._basis) and not self._failed:
            self.show_found()
            return
        work = self.work()
        if work is not None:
            self._basis, self._failed = basis, ""
            self.latest.ask(work)
        else:
            self.show_found()

    def _answered(self, found: Found) -> None:
        same = self.found is not None and self.found.year == found.year
        self.found, self.before = found, self.before if same else None
        self.show_found()
        self.ask_before()
        wish, self._wish = self._wish, None
        if wish is not None:
            self.show_subject(wish)

    def ask_before(self) -> None:
        """Work the year before out, where something is known of it."""
        found, work = self.found, self.work_before()
        if work is None:
            self.before = None
        else:
            self.latest_before.ask(lambda: (found, work()))

    def _answered_before(self, answer: tuple[Found, Mapping[str, PointValue]]) -> None:
        if answer[0] is self.found:  # another one is on its way else
            self.before = answer[1]
            self._show_tab()
            self.selected.emit()

    def _broken(self, why: str) -> None:
        self._failed = why
        self.tell("bad", why)
        self.show_busy()

    def show_busy(self) -> None:
        """What is going on, or why there is nothing."""
        self.frame.busy.setText(_("Calculating…") if self.latest.busy else "")
        if self._failed:
            self.frame.said.setText(self._failed)

    # ------------------------------------------------------------------ show

    def show_found(self) -> None:
        """Everything, from what is known."""
        found = self.found
        for one in (self.frame.export, self.frame.freeze, self.frame.more):
            allow(one, "" if found is not None else _("It is being worked out."))
        self.show_hints()
        if found is None:
            return
        allow(self.frame.freeze, self.acts.locked)
        self.frame.frameworks.show_frameworks(found.ready.values())
        self._show_framework()

    def show_hints(self) -> None:
        """What has to be known before the numbers are read."""
        clear(self.frame.notices)
        made = self.hints()
        for one in made:
            self.frame.notices.addWidget(one)
        links = [link for one in made for link in one.findChildren(QPushButton)]
        in_order(self.frame.more, *links, self.frame.frameworks.list)  # what is made anew would come last
        said = [] if self.found is None else [say(one) for one in self.found.notices]
        for words_of in said[:MOST_NOTICES]:
            self.frame.notices.addWidget(marked("warning", "warning", words_of))
        if len(said) > MOST_NOTICES:
            rest = label(_("and {count} more", count=len(said) - MOST_NOTICES), "muted")
            rest.setToolTip("\n".join(said[MOST_NOTICES:]))
            self.frame.notices.addWidget(rest)

    def _show_framework(self) -> None:
        ready = None if self.found is None else self.found.ready.get(self.key)
        if ready is None:
            return
        self.frame.framework.setText(say(ready.map.title))
        self.frame.said.setText(summary(ready))
        self.frame.said.setToolTip("" if ready.map.note is None else say(ready.map.note))
        self._show_tab()

    def _show_tab(self) -> None:
        found, front = self.found, self.frame.front
        if found is None or self.key not in found.ready:
            return
        if front is self.frame.questions:
            self.frame.questions.show_ready(found.ready[self.key], self.acts.locked)
        elif front is self.frame.compared:
            busy = self.latest_before.busy
            why = _("Calculating…") if busy else self.reading_before()
            self.frame.compared.show_found(found, self.key, self.before, why, can_read=self.can_read_before())
        elif front is self.frame.points:
            self.frame.points.show_found(found)
        elif front is self.frame.submitted:
            self.frame.submitted.show_found(found, self.acts.locked)

    def _turned(self) -> None:
        self._show_tab()
        self._moved()

    def _moved(self) -> None:
        """Another row, or another tab, is looked at."""
        self.selected.emit()

    def inspect(self) -> QWidget | None:
        """What is known of the row, down to its records."""
        found, front = self.found, self.frame.front
        if isinstance(front, SubmittedView | RecordsPart):
            return front.inspect()
        if found is None:
            return None
        point, state_of = self.frame.points.current, self._state()
        if front is self.frame.points:
            return Explained(found, self.before, self.ways()).point(point) if point else None
        if state_of is None:
            return None
        return Explained(found, self.before, self.ways()).question(self.key, state_of)

    def _state(self) -> QuestionState | None:
        """The question that is looked at."""
        if self.frame.front is self.frame.questions:
            return self.frame.questions.current
        row = self.frame.compared.current
        return None if row is None or self.found is None else self.found.state_of((self.key, row[0]))

    def ways(self) -> Ways:
        """What links of the inspector do."""
        return Ways(
            self.settings, self.acts.why_not, self.acts.answer, self.acts.decide, self.acts.comment,
            self.show_point, self.show_question, self.named, self.go_origin, self.proof(),
        )  # fmt: skip

    # ------------------------------------------------------------------ go

    def show_point(self, key: str) -> None:
        """A data point among all of them."""
        self.frame.go(POINTS)
        self.frame.points.show_point(key)

    def show_question(self, place: Place) -> None:
        """A question of a framework."""
        self.frame.frameworks.choose(place[0])
        self.frame.go(QUESTIONS)
        self.frame.questions.show_question(place[1])

    def show_subject(self, subject: object) -> None:
        """A tab or framework by its key, a question by both, a data point, or a record by its id."""
        found = self.found
        if found is None:
            self._wish = subject
        elif isinstance(subject, tuple) and len(subject) == 2:
            self.show_question((str(subject[0]), str(subject[1])))
        elif isinstance(subject, str):
            self._show_named(found, subject)

    def _show_named(self, found: Found, subject: str) -> None:
        records = found.records
        if subject in TABS:
            self.frame.go(subject)
        elif self.frame.frameworks.choose(subject):
            self.frame.go(QUESTIONS)
        elif records.get("submission", subject) is not None:
            self.frame.go(SUBMITTED)
            self.frame.submitted.table.show_record(subject)
        elif records.get("own_question", subject) is not None:
            self.frame.go(OWN)
            self.frame.own.table.show_record(subject)
        elif records.get("question_decision", subject) is not None:
            _year, key, question = subject.split(" ", 2)
            self.show_question((key, question))
        else:
            self.show_point(subject.split(" ", 1)[-1])  # an answer is called by its year and its data point
            self.inspector_wanted.emit()

    def _compare_with(self, submission: str) -> None:
        held = self.desk.records.get("submission", submission)
        if isinstance(held, Submission):
            self.frame.frameworks.choose(held.map)
            self.frame.go(COMPARED)
            self.frame.compared.choose(submission)

    def commands(self) -> list[Command]:
        return self.offers.commands()

    def takes(self, path: Path) -> bool:
        return self.offers.takes(path)

    def take(self, paths: Sequence[Path]) -> None:
        self.offers.take(paths)


def same_basis(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether two answers rest on the same: values are not compared, for that would take longer than to answer."""
    return len(one) == len(other) and all(
        a == b if isinstance(a, int) else a is b for a, b in zip(one, other, strict=True)
    )  # fmt: skip


def hint(picture: str, words_of: str, do: str, act: Callable[[], object]) -> QWidget:
    """A line with its way on."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(marked(picture, "accent", words_of), 1)
    row.addWidget(button(do, act, role="link"))
    return made


def summary(ready: Readiness) -> str:
    """What is to be done, in counts that stand apart; nothing of them is a score."""
    return _(
        "Missing or in part: {missing} · To be decided: {undecided} · Proof expired: {expired} · Not counted: {rest}",
        missing=len(ready.of_state("missing")) + len(ready.of_state("part")),
        undecided=len(ready.of_state("undecided")), expired=len(ready.of_state("expired")),
        rest=len(ready.questions) - len(ready.counted),
    )  # fmt: skip
