"""Files that keep everything: a plant's ledger and journal (``*.plant``), head office's group (``*.group``).

One SQLite file each, in WAL mode while open and one single file when closed. The only room that knows sqlite-utils.
"""

from core.store.group_file import Filed, GroupFile
from core.store.health import Health
from core.store.plant_file import PlantFile

__all__ = ["Filed", "GroupFile", "Health", "PlantFile"]
