"""Measure every claim, print a table, and fail if one does not hold.

`python -m benchmarks records` measures those on 10⁸ records alone, which take some minutes and half a gigabyte of disk.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks import panels, processes, records, scoring
from benchmarks.measure import Claim

_VERDICTS = {True: "holds", False: "DOES NOT HOLD", None: ""}


def main() -> int:
    """Print every claim and return 1 if any does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        if "records" in sys.argv[1:]:
            claims = [*records.claims(home)]
        else:
            claims = [*scoring.claims(), *panels.claims(home), *processes.claims(home)]
    head = Claim("claim", "measured", "against", "limit", holds=True)
    widths = [
        max(len(getattr(claim, field)) for claim in (head, *claims))
        for field in ("what", "measured", "baseline", "limit")
    ]
    for claim in (head, *claims):
        cells = (claim.what, claim.measured, claim.baseline, claim.limit)
        line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        print(line, "" if claim is head else _VERDICTS[claim.holds])
    return 1 if any(claim.holds is False for claim in claims) else 0


if __name__ == "__main__":
    sys.exit(main())
