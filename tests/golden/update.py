"""Put the golden result and the demonstration panels on record anew: `make golden`."""

from pathlib import Path

from suanli.pipeline import run
from tests.golden import panels

HERE = Path(__file__).parent


def main() -> None:
    """Write the result of the golden study; its workbook is left out, since the tables hold the same."""
    run(HERE / "study").save(HERE / "result")
    (HERE / "result" / "result.xlsx").unlink()
    panels.write()


if __name__ == "__main__":
    main()
