"""How Parquet files of records store their columns, by what their footers say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from suanli.intake.records.duckdb_paths import path_literal
from suanli.problems import StudyError

if TYPE_CHECKING:
    import duckdb

_TOGETHER = 500
"""Files that are asked about in one query."""

_SAID = (
    *("file_name", "name", "num_children", "type", "type_length"),
    *("converted_type", "scale", "precision", "logical_type"),
)


@dataclass(frozen=True, slots=True)
class ParquetForm:
    """How a Parquet file stores its columns.

    Files of one form may have their columns in different orders: `names` are in that of the first. `instants` are
    columns of moments of 96 bits, as Hive and older Spark write them: they are of UTC, which their type does not say.
    """

    stored: tuple[str, ...]
    names: tuple[str, ...] = field(compare=False)
    instants: tuple[str, ...] = field(compare=False)


def parquet_forms(paths: Sequence[str]) -> Mapping[str, ParquetForm]:
    """Return the form of each file that has a footer of Parquet, in the order of the files."""
    found: dict[str, ParquetForm] = {}
    for first in range(0, len(paths), _TOGETHER):
        found |= _forms(paths[first : first + _TOGETHER])
    return {path: found[path] for path in paths if path in found}


def _forms(paths: Sequence[str]) -> dict[str, ParquetForm]:
    from suanli.intake.records.duckdb_trouble import told

    listed = ", ".join(path_literal(path) for path in paths)
    if len(paths) == 1:
        # patterns know no backslash beside other signs; what else this finds goes by other names
        listed = listed.replace("\\", "?")
    query = f"SELECT {', '.join(_SAID)} FROM parquet_schema([{listed}])"  # noqa: S608
    try:
        # an interrupt of the user is none of the files' faults
        with told():
            rows = _reader().cursor().execute(query).fetchall()
    except (StudyError, UnicodeError):
        if len(paths) == 1:
            return {}
        return {path: form for each in paths for path, form in _forms([each]).items()}
    return {
        path: _form([row[1:] for row in stored]) for path, stored in groupby(rows, itemgetter(0))
    }


def _form(rows: Iterable[tuple[Any, ...]]) -> ParquetForm:
    """Return the form that the elements of a schema say, its root first, what is nested after that which holds it."""
    _, *elements = rows
    columns = []
    nested = 0
    for element in elements:
        if nested:
            nested -= 1
        else:
            columns.append(element)
        nested += element[1] or 0
    return ParquetForm(
        stored=tuple(sorted(map(str, elements))),
        names=tuple(name for name, *_ in columns),
        instants=tuple(name for name, _, kind, *_ in columns if kind == "INT96"),
    )


@cache
def _reader() -> "duckdb.DuckDBPyConnection":
    """Return the connection that looks into footers: to open one takes longer than to read many files."""
    import duckdb

    return duckdb.connect(
        config={
            "threads": 1,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
        }
    )
