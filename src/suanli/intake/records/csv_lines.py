"""CSV files read by DuckDB to the letter of RFC 4180, and the lines that are not as their heading says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from suanli.intake.folder import shown
from suanli.intake.records.casts import DUCKDB
from suanli.intake.records.duckdb_paths import path_literal
from suanli.intake.records.duckdb_trouble import told
from suanli.intake.records.parts import Part
from suanli.problems import Place, Problem, Severity

MOST_LINES = 100
"""Most lines of a file that are told of."""
# of a line with too many fields only the first of those is counted
_RAGGED = {"MISSING COLUMNS": "", "TOO MANY COLUMNS": "≥ "}
_FIELDS = re.compile(r"Found: ([0-9]+)")


def csv_reader(paths: str, part: Part, more: str = "") -> str:
    """Return the SQL that reads the CSV files of a part by RFC 4180, every column as text, named `c0`, `c1`, ….

    `paths` is the SQL of the list of files, `more` further options. Nothing is guessed from the contents.
    """
    assert part.csv is not None
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in part.own_names)
    return (
        f"read_csv({paths}, auto_detect = false, header = false, skip = 1, columns = {{{columns}}},"
        f" delim = {DUCKDB.literal(part.csv.delimiter)}, quote = '\"', escape = '\"',"
        f" strict_mode = true, compression = 'none'{more})"
    )


def torn_lines(connection: duckdb.DuckDBPyConnection, part: Part, path: str) -> list[Problem]:
    """Return an error for each line of a CSV file that cannot be taken apart into the fields of its heading.

    Raises
    ------
    StudyError
        If the file cannot be taken apart into lines at all.
    """
    rejects = (
        ", store_rejects = true, rejects_table = 'torn_lines', rejects_scan = 'torn_scans',"
        f" rejects_limit = {MOST_LINES}"
    )
    reader = csv_reader(f"[{path_literal(path)}]", part, rejects)
    # every field is counted: a line is only taken apart as far as it is asked for
    fields = ", ".join(f"count({name})" for name in part.own_names)
    with told():
        connection.execute(f"SELECT {fields} FROM {reader}").fetchall()  # noqa: S608
        torn = connection.execute(
            "SELECT DISTINCT line_byte_position, error_type, error_message"
            " FROM torn_lines ORDER BY ALL"
        ).fetchall()
        connection.execute("DROP TABLE torn_lines")
        connection.execute("DROP TABLE torn_scans")
    lines = _lines_at(path, [position for position, _, _ in torn])
    place = Place(file=shown(Path(path).name))
    return [
        _torn(replace(place, cell=f"line {line}"), kind, message, len(part.names))
        for (_, kind, message), line in zip(torn, lines, strict=True)
    ]


def _torn(place: Place, kind: str, message: str, expected: int) -> Problem:
    found = _FIELDS.search(message)
    if kind in _RAGGED and found:
        return Problem("row-ragged", Severity.ERROR, place, _RAGGED[kind] + found[1], str(expected))
    return Problem("not-a-text-table", Severity.ERROR, place, shown(message, 100))


def _lines_at(path: str, positions: Sequence[int]) -> Iterator[int]:
    """Yield the numbers of the lines that begin at ascending positions in a file."""
    line, at = 1, 0
    with Path(path).open("rb") as stream:
        for position in positions:
            while at < position:
                block = stream.read(min(position - at, 1 << 20))
                line += block.count(b"\n")
                at += len(block) or position
            yield line
