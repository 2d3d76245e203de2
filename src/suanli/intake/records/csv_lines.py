"""CSV files read by DuckDB to the letter of RFC 4180, and the lines that are not as their heading says."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from suanli.intake.folder import shown
from suanli.intake.records.casts import DUCKDB
from suanli.intake.records.duckdb_paths import path_literal
from suanli.intake.records.duckdb_trouble import told
from suanli.intake.records.parts import Part
from suanli.problems import Place, Problem, Severity, StudyError

MOST_LINES = 100
"""Most lines of a file that are told of."""
# of a line with too many fields only the first of those is counted
_RAGGED = {"MISSING COLUMNS": "", "TOO MANY COLUMNS": "≥ "}
_LONGEST = 1_000_000
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


def torn_lines(connection: duckdb.DuckDBPyConnection, part: Part) -> list[Problem]:
    """Return an error for each line of the one CSV file of a part that is not made of the fields of its heading.

    Neighbouring lines with the same number of fields are told together, and of all lines the first `MOST_LINES`.

    Raises
    ------
    StudyError
        If the file cannot be taken apart into lines at all.
    """
    (path,), (called,) = part.paths, part.called
    place = Place(file=shown(called))
    try:
        with told(place):
            torn = _rejected(connection, part, path)
    except StudyError:
        if line := _other_end(path):
            return [Problem("line-ends-mixed", Severity.ERROR, replace(place, cell=f"line {line}"))]
        raise
    lines = _lines_at(path, [position for position, _ in torn])
    return _folded(
        (line, _torn(place, *said, len(part.names)))
        for (_, said), line in zip(torn, lines, strict=True)
    )


def _rejected(
    connection: duckdb.DuckDBPyConnection, part: Part, path: str
) -> list[tuple[int, tuple[str, str]]]:
    """Return where torn lines begin, in order, and the kind and the words of what is wrong first in each."""
    # a line is rejected once for each field that it lacks
    rejects = (
        ", store_rejects = true, rejects_table = 'torn_lines', rejects_scan = 'torn_scans',"
        f" rejects_limit = {MOST_LINES * len(part.names)}"
    )
    reader = csv_reader(f"[{path_literal(path)}]", part, rejects)
    # every field is counted: a line is only taken apart as far as it is asked for
    fields = ", ".join(f"count({name})" for name in part.own_names)
    connection.execute(f"SELECT {fields} FROM {reader}").fetchall()  # noqa: S608
    torn = connection.execute(
        "SELECT line_byte_position, first((error_type, error_message) ORDER BY column_idx)"
        " FROM torn_lines GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    connection.execute("DROP TABLE torn_lines")
    connection.execute("DROP TABLE torn_scans")
    return torn[:MOST_LINES]


def _folded(torn: Iterable[tuple[int, Problem]]) -> list[Problem]:
    """Return the problems of lines in their places, one for each run of neighbours with the same number of fields."""
    runs: list[tuple[int, int, Problem]] = []
    for line, problem in torn:
        if runs and runs[-1][1:] == (line - 1, problem) and problem.code == "row-ragged":
            runs[-1] = (runs[-1][0], line, problem)
        else:
            runs.append((line, line, problem))
    return [
        replace(problem, place=replace(problem.place, cell=_cell(first, last)))
        for first, last, problem in runs
    ]


def _cell(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first}–{last}"


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


def _other_end(path: str) -> int | None:
    """Return the number of the first line of a file that ends otherwise than its first line, if there is one."""
    first, number, quoted = "", 1, False
    with Path(path).open(encoding="utf-8", newline="") as stream:
        while line := stream.readline(_LONGEST):
            quoted ^= line.count('"') % 2 == 1
            end = line[len(line.rstrip("\r\n")) :]
            first = first or end
            if end and end != first and not quoted:
                return number
            number += bool(end)
    return None
