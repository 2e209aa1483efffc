"""Takes pictures of the real program: each place in each dress, once it has come to rest."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QSize, QTimer, QtMsgType
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from core.cli.demo import Demo
from core.exchange.demo import YEARS
from core.exchange.demo_audits import audited_year, name_in
from core.ledger import Evidence
from core.store import PlantFile
from docs.drawing import save
from docs.staging import WHEN, YEAR, example
from gui.activity.page import ActivityPage
from gui.app import Program
from gui.change.page import ChangePage
from gui.history.dialog import show_history
from gui.inbox.page import InboxPage
from gui.jobs import Job
from gui.meters.detail import DURATION, HEAT, MONTHS, PROBLEMS, PROFILE, READINGS
from gui.meters.page import MetersPage
from gui.report.page import ReportPage
from gui.settings import Settings
from gui.solar.page import SolarPage
from gui.start import StartWindow
from gui.tables.table import Table
from gui.trust.page import TrustPage
from gui.window import Window

TRACES = {"trace": "stationary_combustion", "trace-electricity": "purchased_electricity"}
"""Pictures of the inspector, and the method of the record it explains."""
OF_METER = {"heat": HEAT, "profile": PROFILE, "duration": DURATION, "months": MONTHS, "problems": PROBLEMS,
            "readings": READINGS}  # fmt: skip
"""Pictures of the views of a meter: ``meters`` is its load, ``meters-heat`` its heat map."""
OF_SYSTEM = {f"solar-{view}": view for view in ("performance", "use", "avoided", "forecast")} | {"claim": "claims"}
"""Pictures of the views of a PV system: ``solar`` is the overview."""
OF_PLAN = {
    "renewables": ("instruments", "allocation", "way", "hourly", "rules"),
    "targets": ("base", "forecast", "budget", "neutrality", "credits", "rules"),
    "actions": ("curve", "timeline", "decisions", "measured"),
}
"""Tabs of the pages about the way ahead: ``actions-curve`` is the cost curve, ``actions`` the tab in front."""
AUDIT = ("audit", "samples", "analytics", "tests", "audit_findings", "evidence", "plan")
"""Pages that show something while somebody audits the year, as an auditor sees the audit that is under way."""
CONCLUSION = "conclusion"
"""Shown on an audit that was handed to the reviewer."""
SMALL, LARGE = QSize(1280, 800), QSize(1920, 1080)
ROUND_S, QUIET_ROUNDS, PATIENCE_S = 0.01, 60, 60.0
"""A page is ready when nothing was at work for so many rounds: longer than the pause before a report is drawn."""


@dataclass(frozen=True, slots=True)
class Dress:
    """How the program is shown."""

    language: str
    theme: str
    size: QSize = SMALL

    @property
    def name(self) -> str:
        return f"{self.language}-{self.theme}"


def settle(app: QApplication) -> None:
    """Let the program finish what it does."""
    end = time.monotonic() + PATIENCE_S
    quiet = 0
    while quiet < QUIET_ROUNDS:
        app.processEvents()
        time.sleep(ROUND_S)
        quiet = 0 if Job.any_running() else quiet + 1
        if time.monotonic() > end:
            raise TimeoutError("the program did not come to rest")


def told(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """What Qt says, but for the habits of its plugin that draws into memory."""
    if not words.startswith("This plugin does not support"):
        print(words, file=sys.stderr)


def looked_at(widget: QWidget) -> QImage:
    """The picture of a window."""
    return widget.grab().toImage()


def dialog_of(app: QApplication, ask: Callable[[], object]) -> QImage:
    """What a dialog looks like that opens when asked; it is cancelled then."""
    seen: list[QImage] = []
    timer = QTimer()
    timer.setInterval(300)

    def look() -> None:
        found = app.activeModalWidget() or app.activePopupWidget()
        if found is not None:
            timer.stop()
            seen.append(looked_at(found))
            found.close()

    timer.timeout.connect(look)
    timer.start()
    ask()
    end = time.monotonic() + PATIENCE_S
    while not seen and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.01)
    return seen[0]


class Camera:
    """Takes the pictures of one dress and keeps those that are wanted."""

    def __init__(self, app: QApplication, folder: Path, dress: Dress, keep: Callable[[str], bool], out: Path) -> None:
        self._app, self._folder, self._keep, self._out = app, folder, keep, out
        self.dress = dress
        settings = Settings(folder / f"settings-{dress.name}-{dress.size.width()}.ini")
        settings.language, settings.theme = dress.language, dress.theme
        settings.person = "李娜" if dress.language == "zh" else "Li Na"
        self.program = Program(app, settings)

    def wants(self, *places: str) -> bool:
        return any(self._keep(f"{place}-{self.dress.name}") for place in places)

    def take(self, place: str, image: QImage | None = None) -> None:
        """Keep a picture of the window, or the one given, under the name of a place."""
        if self.wants(place):
            settle(self._app)
            save(image or looked_at(self.window), self._out / f"{place}-{self.dress.name}.png")

    def dialog(self, place: str, ask: Callable[[], object]) -> None:
        """Keep a picture of the dialog that opens."""
        if self.wants(place):
            self.take(place, dialog_of(self._app, ask))

    @property
    def window(self) -> Window | StartWindow:
        assert self.program.window is not None
        return self.program.window

    @contextmanager
    def opened(self, path: str, year: int = YEAR) -> Iterator[Window]:
        """The window on a file."""
        if not self.program.open(Path(path)):
            raise RuntimeError(f"{path} does not open")
        window, desk = self.window, self.program.desk
        assert isinstance(window, Window) and desk is not None
        window.resize(self.dress.size)
        desk.show_year(year)
        settle(self._app)
        yield window
        self.program.close_file()
        settle(self._app)

    def shoot(self) -> None:
        """All places, the first screen first."""
        self.program.show().resize(self.dress.size)
        self.take("start")
        self.dialog("new-plant", self.program.files.new_plant)
        plant = Path("plants/zhangjiakou.plant")
        unsigned = plant.read_bytes()
        with self.opened(str(plant)) as window:
            self._plant(window)
        plant.write_bytes(unsigned)  # a signature is not undone
        if self.wants(*AUDIT):
            with self.opened("plants/zhangjiakou.plant", audited_year("zhangjiakou") or YEAR) as window:
                self._audit(window, name_in("zhangjiakou", "chen"), AUDIT)
        if self.wants(CONCLUSION):
            with self.opened("review/krosno.plant", audited_year("krosno") or YEAR) as window:
                self._audit(window, name_in("krosno", "chen"), (CONCLUSION,))
        if self.wants(*TRACES):
            with self.opened("plants/zhangjiakou.plant") as window:
                self._traces(window)
        with self.opened("plants/fangshan.plant", YEARS[-1]) as window:
            for place in ("overview", "report"):
                window.go(place)
                self.take(f"{place}-faults")
        if self.wants("overview-empty", "activity-empty", "solar-empty", "report-empty"):
            self._bare()
        with self.opened("office/head-office.group") as window:
            self._office(window)
        self.window.resize(self.dress.size)
        self.take("start-recent")
        self.window.close()

    def _plant(self, window: Window) -> None:
        for place in window.places:
            if place.info.key not in (*AUDIT, CONCLUSION):
                window.go(place.info.key)
                self.take(place.info.key)
        page = window.page("activity")
        assert isinstance(page, ActivityPage)
        language = self.dress.language
        self.dialog("import-refused", lambda: page.files.start_import(example("import", language, Path("bills.csv"))))
        self.dialog("commands", window.show_palette)
        if self.wants("history"):
            assert window.session is not None
            listed = show_history(window, window.session, window.settings)
            settle(self._app)
            self.take("history", looked_at(listed))
            listed.close()
        report = window.page("report")
        assert isinstance(report, ReportPage)
        self.dialog("request", report.request_certificate)
        self.dialog("complete", report.take_in_certificate)
        self._energy(window)
        self._ahead(window)
        if self.wants("signed"):
            self._sign(window, report)

    def _energy(self, window: Window) -> None:
        """The views of meters and of the PV system."""
        window.go("meters")
        meters = window.page("meters")
        assert isinstance(meters, MetersPage)
        for name, place in OF_METER.items():
            if self.wants(f"meters-{name}"):
                meters.detail.show_view(place)
                self.take(f"meters-{name}")
        loads = example("interval-data", self.dress.language, Path("loads.csv"))
        self.dialog("meters-import", lambda: meters.intake.begin([loads]))
        window.go("solar")
        solar = window.page("solar")
        assert isinstance(solar, SolarPage)
        for name, view in OF_SYSTEM.items():
            if self.wants(name):
                solar.go(view)
                settle(self._app)
                if name == "claim":
                    solar.claims.list.setCurrentRow(solar.claims.list.count() - 1)
                self.take(name)

    def _ahead(self, window: Window) -> None:
        """The tabs of renewable electricity, targets and actions."""
        for page, tabs in OF_PLAN.items():
            for tab in tabs:
                if self.wants(f"{page}-{tab}"):
                    window.go(page, tab)
                    self.take(f"{page}-{tab}")

    def _audit(self, window: Window, who: str, places: Sequence[str]) -> None:
        """The pages of an audit, with the first row of each looked at."""
        assert window.session is not None
        window.session.act_as(who)
        shown = next((one.id for one in window.session.ledger.held(Evidence) if one.media_type.endswith("/pdf")), None)
        for place in places:
            window.go(place, shown if place == "evidence" else None)
            settle(self._app)
            for table in window.page(place).findChildren(Table):
                if table.current_record() is None and table.model.rowCount():
                    table.view.go(0, 0)
            self.take(place)

    def _traces(self, window: Window) -> None:
        """The inspector on a fuel and on electricity."""
        assert window.session is not None
        for name, method in TRACES.items():
            first = next(a for a in window.session.inventory.activities if a.method == method)
            window.go("activity", first.id)
            self.take(name)

    def _sign(self, window: Window, report: ReportPage) -> None:
        """Sign for real; the report is thrown away."""
        window.go("report")
        settle(self._app)
        demo = Demo(Path("plants"))
        report.panel.key.set_path(demo.key)
        report.panel.secret.setText(demo.passphrase.read_text(encoding="utf-8").strip())
        report.sign()
        self.take("signed")
        for path in demo.folder.glob("*.pdf"):
            path.unlink()

    def _bare(self) -> None:
        from core.ledger import Plant

        path = Path("plants/Hillside.plant")
        path.unlink(missing_ok=True)
        PlantFile.create(path, Plant("Hillside", "CN", "CN-HE"), "Li Na", WHEN)
        with self.opened(str(path)) as window:
            for place in window.places:
                window.go(place.info.key)
                self.take(f"{place.info.key}-empty")
        path.unlink()

    def _office(self, window: Window) -> None:
        for place in window.places:
            window.go(place.info.key)
            page = window.page(place.info.key)
            if isinstance(page, ChangePage):
                page.compare()
                settle(self._app)
            self.take(place.info.key)
        inbox = window.page("inbox")
        assert isinstance(inbox, InboxPage)
        window.go("inbox")
        for name, state in (("verdict", "accepted"), ("verdict-rejected", "rejected")):
            if self.wants(name):
                window.go("inbox", next(row.id for row in inbox.table.model.records if row.state == state))
                window.show_inspector(True)
                self.take(name)
        window.show_inspector(False)
        trust = window.page("trust")
        assert isinstance(trust, TrustPage)
        self.dialog("authority", trust.acts.create_root)
        self.dialog("issue", trust.acts.issue)
