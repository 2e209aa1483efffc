"""What somebody would write with pandas and its default settings; run by ``inventory.py`` in another environment."""

import sys
import time

import pandas as pd


def main(source: str, factors: str) -> None:
    began = time.perf_counter()
    bills = pd.read_excel(source)
    lines = bills.merge(pd.read_csv(factors), on=["item", "unit"])
    lines["tonnes"] = lines["quantity"] * lines["factor"]
    sums = lines.groupby(["scope", "source"])["tonnes"].sum()
    assert len(sums)
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
