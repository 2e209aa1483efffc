"""Make the files that tests of later versions open: a small plant, its signed report, and head office's file.

By hand, before a release: ``python -m tests.versions.keep 0.9.0``. With ``--program`` another checkout makes them, as
far as it ``--knows``. Only commands are typed, for they stay while functions change.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parents[2]
KEPT = HERE / "tests" / "data" / "versions"
WORD = "a long passphrase"
YEAR = "2023"
FILES = ("old.plant", "old.group", "group.pdf", "trust.pem")
"""What is kept; the report of the plant lies in the group file, as it was received."""
NOW = 8
"""What this checkout knows: see ``STEPS``."""
BILLS = {
    1: """source,method,item,start,end,quantity,unit,estimated,evidence,note
公务车 / Company cars,mobile_combustion,gasoline,2023-01-01,2023-03-31,1363,l,,B-01,
Boiler house,stationary_combustion,natural_gas,2022-12-16,2023-01-15,68870.5,m3,,B-02,over the end of a year
Emergency generator,stationary_combustion,diesel,2023-01-01,2023-12-31,329,l,yes,B-03,
Substation,purchased_electricity,electricity,2023-01-01,2023-06-30,2444100,kWh,,B-04,
Substation,purchased_electricity,electricity,2023-07-01,2023-12-31,2310.75,MWh,,B-05,
District heating,purchased_heat,heat,2022-11-16,2023-05-15,15580,GJ,,B-06,
冷水机组 / Chillers,refrigerants,R-410A,2023-08-02,2023-08-02,22,kg,,B-07,
Welding of tubes,welding_gas,ar82_co2_18,2023-01-01,2023-01-31,7400,kg,,B-08,
Rooftop PV,solar_generation,solar_generated,2023-01-01,2023-12-31,65550,kWh,,B-09,
Rooftop PV,solar_generation,solar_fed_in,2023-01-01,2023-12-31,1310,kWh,,B-10,
""",
    2: """source,method,item,start,end,quantity,unit,estimated,evidence,note,category,parameters
Cutting,acetylene,acetylene,2023-01-01,2023-03-31,165,kg,,C-01,,,opening=25; closing=20
Switchgear,switchgear_gas,SF6,2023-01-01,2023-12-31,412.0,kg,,C-02,,,basis=charge
CHP unit,chp,natural_gas,2023-01-01,2023-01-31,79184,m3,,C-03,,,heat=740; power=171; power_sold=18
Compressed air,compressed_air,compressed_air,2023-01-01,2023-01-31,265212,m3,,C-04,,,specific_energy=0.118
Heat sold,exported_energy,heat_sold,2023-01-01,2023-01-31,384,GJ,,C-05,,,
Steel tube,purchased_goods,steel,2023-01-01,2023-01-31,691.6,t,,C-06,,1,uncertainty=7.5
Springs,spend,naics_332613,2023-01-01,2023-12-31,39000000,CNY,,C-07,,1,exchange_rate=0.1412; inflation=1.041
Lorries,freight,truck_articulated,2023-01-01,2023-03-31,4136.9,t,,C-08,,4,distance=410
Swarf,waste,scrap_metal,2023-01-01,2023-03-31,364.4,t,,C-09,,5,treatment=recycling_closed
Flights,business_travel,flight_domestic,2023-01-01,2023-03-31,166495,pkm,,C-10,,6,radiative_forcing=yes
Metro,commuting,metro,2023-01-01,2023-12-31,118000,person_day,yes,C-11,from a survey,7,distance=16
Fuel upstream,upstream_energy,gasoline,2023-01-01,2023-03-31,1363,l,,C-12,,3,
""",
}  # fmt: skip
"""Since when, and what: one list of bills each."""
GREEN = {
    1: """source,method,item,start,end,quantity,unit,estimated,evidence,note
Green power contract,purchased_electricity,renewable_electricity,2023-07-01,2023-09-30,308,MWh,,GREEN-7,
""",
    2: """source,method,item,start,end,quantity,unit,estimated,evidence,note,category,parameters
Hall,purchased_electricity,electricity,2023-01-01,2023-03-31,262,MWh,,G-01,,,covered_share=40; instrument=certificate
Hall,purchased_electricity,electricity,2022-12-01,2023-04-30,390.5,MWh,,G-02,,,covered=120000; instrument_factor=0.02
""",
}  # fmt: skip
"""What versions before the ledger of instruments said in the bill itself."""
LAST_GREEN = 5
WRONG = """source,method,item,start,end,quantity,unit,estimated,evidence,note
Typed twice,stationary_combustion,diesel,2023-01-01,2023-01-31,99999,l,,X-1,
"""
LOADS = "Time,30010001 Main meter (kWh)\n" + "".join(
    f"2023-01-{day:02} {hour:02}:00,{95 + 3 * hour + day % 7}.5\n" for day in range(1, 8) for hour in range(24)
)
UNDO = (
    "import sys; from datetime import UTC, datetime; from pathlib import Path; from core.store import PlantFile\n"
    "with PlantFile.open(Path(sys.argv[1])) as plant:\n"
    "    assert plant.undo('Li Na', datetime(2026, 11, 1, tzinfo=UTC))\n"
)
STEPS: tuple[tuple[int, str], ...] = (
    (1, "new old.plant --name Hillside --country CN --region CN-HE --person 'Li Na'"),
    (1, "import old.plant bills1.csv --person 'Li Na'"),
    (2, "import old.plant bills2.csv --person 'Li Na'"),
    (1, "GREEN"),
    (1, "import old.plant wrong.csv --person 'Li Na'"),
    (1, "UNDO"),
    (1, "attach old.plant proof.txt --to a00004 --person 'Li Na'"),
    (2, "factors add old.plant --name Tariff --item electricity --use supplier --unit kg/kWh --amount CO2e=0.5217"
        " --publisher 'City Power' --document 2023-17 --place 'p. 2' --from 2023-07-01 --to 2023-12-31"
        " --proof proof.txt --uncertainty 3 --person 'Li Na'"),
    (2, "declare old.plant --year 2023 --category 15 --not-relevant --reason 'No investments' --person 'Li Na'"),
    (3, "meter add old.plant --name 'Main meter' --medium electricity --direction import --unit kWh --serial 30010001"
        " --accuracy 0.5S --source Substation --item electricity --person 'Li Na'"),
    (3, "meter import old.plant loads.csv --person 'Li Na'"),
    (3, "solar add old.plant --name 'Rooftop PV' --commissioned 2022-09-01 --latitude 40.8 --longitude 114.9"
        " --elevation 720 --attributes-owner plant --person 'Li Na'"),
    (3, "solar array old.plant --system p00001 --name South --dc-power 60 --tilt 10 --azimuth 180 --mounting roof"
        " --area 320 --inverter-power 55 --person 'Li Na'"),
    (3, "savings add old.plant --kind lighting --name 'LED in hall 1' --start 2023-01-01 --end 2032-12-31"
        " --set luminaires_before=400 --set watts_before=90 --set luminaires_after=400 --set watts_after=14"
        " --set hours_per_day=12 --set days=250 --person 'Li Na'"),
    (4, "audit people old.plant --add 'Chen Jing' --role team_lead --organisation Lakeside --person 'Chen Jing'"),
    (4, "audit people old.plant --add 'Liu Yang' --role auditor --organisation Lakeside --person 'Chen Jing'"),
    (4, "audit people old.plant --add 'Zhou Min' --role reviewer --organisation Lakeside --person 'Chen Jing'"),
    (4, "audit people old.plant --add 'Li Na' --role preparer --person 'Chen Jing'"),
    (4, "audit figures add old.plant --name production --unit piece --start 2023 --quantity 148000"
        " --evidence 'Production report' --person 'Li Na'"),
    (4, "audit plan propose old.plant --year 2023 --person 'Li Na'"),
    (6, "audit evidence old.plant --add contract.txt --kind contract --person 'Li Na'"),
    (6, "audit evidence old.plant --add settlement.txt --kind bill --person 'Li Na'"),
    (6, "renewables instrument add old.plant --name 'Wind contract' --kind ppa_physical --market CN --start 2023-07"
        " --end 2023-12 --quantity 900 --technology wind --generator Zhangbei --commissioned 2020-05-01"
        " --supplier 'Hebei Wind' --contract HW-17 --attributes with --price 12 --currency CNY"
        " --evidence 'e00004;e00005' --person 'Li Na'"),
    (6, "renewables allocate old.plant --instrument i00001 --record a00005 --kwh 800000 --person 'Li Na'"),
    (6, "targets target add old.plant --name '42 % by 2030' --kind near_term --parts 'scope1;scope2_market'"
        " --base-year 2023 --year 2030 --reduction 42 --ruleset own --status own --declared 2024-03-01"
        " --person 'Li Na'"),
    (6, "actions action add old.plant --name 'Heat pumps' --area heat --part scope1 --start 2027-01-01 --life 15"
        " --owner 'Li Na' --status planned --source 'Boiler house' --tonnes 40 --capex 900000 --saving 60000"
        " --currency CNY --person 'Li Na'"),
    (7, "product product add old.plant --name Strut --number S-100 --unit piece --mass 3.2 --carbon 0.31 --biogenic 0"
        " --person 'Li Na'"),
    (7, "product output add old.plant --product Strut --start 2023-01 --end 2023-12 --quantity 400000"
        " --person 'Li Na'"),
    (2, "close old.plant --year 2023 --reason 'Bills are complete' --person 'Li Na'"),
    (1, "certificate authority --name Root --organisation 'Hillside Group' --out ca.p12 --certificate trust.pem"
        " --passphrase-file word.txt"),
    (1, "certificate request --name 'Chen Jing' --email chen.jing@example.org --organisation Lakeside --key key.pem"
        " --out request.csr --passphrase-file word.txt"),
    (1, "certificate issue request.csr --authority ca.p12 --passphrase-file word.txt --out certificate.pem"
        " --key key.pem --key-passphrase-file word.txt --p12 key.p12"),
    (1, "report old.plant --year 2023 --out old.pdf --lang en --sign key.p12 --passphrase-file word.txt"
        " --person 'Chen Jing'"),
    (5, "office group old.group change --name 'Hillside Group' --approach equity_share --base-year 2023"
        " --person Head"),
    (5, "office company old.group add --name 'Hillside Ltd' --country CN --person Head"),
    (5, "office plant old.group add --name Hillside --country CN --person Head"),
    (1, "office import old.group old.pdf --trust trust.pem"),
    (5, "office stake old.group add --holder 'Hillside Group' --held 'Hillside Ltd' --percent 60 --operational yes"
        " --financial full --person Head"),
    (5, "office stake old.group add --holder 'Hillside Ltd' --held Hillside --percent 100 --operational yes"
        " --financial full --person Head"),
    (5, "office report make old.group --year 2023 --out group.pdf --lang en --sign key.p12"
        " --passphrase-file word.txt --person Head"),
)  # fmt: skip
"""Since which stage of the program, and the command. 1 plants, 2 all scopes, 3 meters and sun, 4 the audit, 5 head
office, 6 plans, 7 those who ask."""


@dataclass(frozen=True)
class Program:
    """A checkout that is asked by its command line."""

    root: Path
    knows: int
    folder: Path
    said: list[str] = field(default_factory=list)

    def run(self, command: str) -> str:
        """What it prints."""
        return self._python("main.py", *shlex.split(command))

    def undo(self) -> None:
        """Take the last change back, which no command did at first."""
        self._python("-c", UNDO, str(self.folder / "old.plant"))

    def _python(self, *arguments: str) -> str:
        places = [str(self.folder / one) if (self.folder / one).is_file() or _is_new(one) else one for one in arguments]
        done = subprocess.run([sys.executable, *places], cwd=self.root, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(arguments)}\n{done.stdout}{done.stderr}")
        return done.stdout


def _is_new(word: str) -> bool:
    """A file that the command shall write."""
    return "/" not in word and Path(word).suffix in {".plant", ".group", ".pdf", ".pem", ".p12", ".csr"}


def commands(knows: int) -> Iterator[str]:
    """What a program of a stage can be told."""
    for since, command in STEPS:
        if since > knows:
            continue
        if command != "GREEN":
            yield command
        elif knows <= LAST_GREEN:
            yield from (f"import old.plant green{n}.csv --person 'Li Na'" for n in GREEN if n <= knows)


def bring(folder: Path) -> None:
    """What a person has on the desk."""
    for stem, texts in (("bills", BILLS), ("green", GREEN)):
        for number, text in texts.items():
            (folder / f"{stem}{number}.csv").write_text(text, encoding="utf-8")
    (folder / "wrong.csv").write_text(WRONG, encoding="utf-8")
    (folder / "loads.csv").write_text(LOADS, encoding="utf-8")
    (folder / "proof.txt").write_text("Bill of January to June 2023, 2,444,100 kWh\n", encoding="utf-8")
    (folder / "contract.txt").write_text("Contract HW-17\n", encoding="utf-8")
    (folder / "settlement.txt").write_text("Settlement of July to December 2023, 900 MWh\n", encoding="utf-8")
    (folder / "word.txt").write_text(WORD, encoding="utf-8")


def totals(program: Program) -> dict[str, object]:
    """What the program itself says of the year, to the last digit."""
    said = json.loads(program.run(f"inventory old.plant --year {YEAR} --json"))
    kept = {key: value for key, value in said.items() if key.endswith(("_tco2e", "_tco2"))}
    group = json.loads(program.run(f"office summary old.group --year {YEAR} --json"))
    return {"inventory": kept, "lines": {one["id"]: one["tco2e"] for one in said["lines"]}, "group": group}


def make(program: Program, out: Path) -> None:
    """Type everything and keep what a later version shall open."""
    bring(program.folder)
    for command in commands(program.knows):
        if command == "UNDO":
            program.undo()
        else:
            program.run(command)
    expected = totals(program)
    out.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        if (program.folder / name).exists():
            (out / name).write_bytes((program.folder / name).read_bytes())
    (out / "expected.json").write_text(json.dumps(expected, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", help="of the folder below tests/data/versions")
    parser.add_argument("--program", type=Path, default=HERE)
    parser.add_argument("--knows", type=int, default=NOW)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        make(Program(arguments.program, arguments.knows, Path(folder)), KEPT / arguments.name)


if __name__ == "__main__":
    main()
