"""A study of records written part by part, whole or not at all."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

import polars as pl

from suanli.intake.new_folder import check_free, unfinished_folder
from suanli.intake.records.kinds import FRAME_KINDS
from suanli.intake.records.schema import Column, TableSchema, table_schemas
from suanli.problems import StudyError

StudyPath = Path | str
"""Where a study is to be written."""

FOLDER = "records"
"""Where a written study has its tables."""


class StudyFolder:
    """A folder that is being written: it gets its name when all of it is there."""

    def __init__(self, root: Path, *, effort: int) -> None:
        self._root = root
        self._effort = effort
        self._rows: Counter[str] = Counter()

    @property
    def rows(self) -> Mapping[str, int]:
        """Rows written so far by table, in the order in which the tables were begun."""
        return MappingProxyType(dict(self._rows))

    def write_text(self, name: str, text: str) -> None:
        """Write a text file of the study's folder."""
        (self._root / name).write_bytes(text.encode("utf-8"))

    def write_part(self, table: str, part: int, frame: pl.DataFrame) -> None:
        """Write one part of a table: `<table>.parquet`, or a numbered file in a folder where a table may be large.

        Raises
        ------
        ValueError
            If the rows are not what the table's schema says, or a part of a table that has only one is not the first.
        OSError
            If the file cannot be written, as on a full disk.
        """
        schema = table_schemas()[table]
        conforming = conformed(schema, frame)
        records = self._root / FOLDER
        if schema.large:
            path = records / table / f"part-{part:05d}.parquet"
        elif part == 0:
            path = records / f"{table}.parquet"
        else:
            message = f"{table} is one file, and has no part {part}"
            raise ValueError(message)
        # in memory first: a disk that is full is then told by the system, not by the library
        content = BytesIO()
        conforming.write_parquet(
            content, compression="zstd", compression_level=self._effort, statistics=True
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.getbuffer())
        self._rows[table] += frame.height


@contextmanager
def new_study_folder(folder: StudyPath, *, effort: int = 3) -> Iterator[StudyFolder]:
    """Yield a hidden folder beside the target, which gets the target's name at the end or is removed before it.

    Parameters
    ----------
    folder
        The target; must be absent or empty.
    effort
        Level of zstd compression.

    Raises
    ------
    StudyError
        If the folder is taken, or writing fails; nothing is left behind.
    """
    target = Path(folder)
    if problems := check_free(target):
        raise StudyError(problems)
    with unfinished_folder(target) as unfinished:
        yield StudyFolder(unfinished, effort=effort)


def conformed(schema: TableSchema, frame: pl.DataFrame) -> pl.DataFrame:
    """Return rows with their columns in the schema's order and in its types.

    Raises
    ------
    ValueError
        If a column is unknown, a required one is missing or has nulls, or a value does not fit its type.
    """
    unknown = set(frame.columns) - {column.name for column in schema.columns}
    if unknown:
        message = f"{schema.name} has no columns {', '.join(sorted(unknown))}"
        raise ValueError(message)
    held = [column for column in schema.columns if column.name in frame.columns]
    for column in schema.columns:
        if column.required and _is_lacking(column, frame):
            message = f"{schema.name}.{column.name} is required"
            raise ValueError(message)
    try:
        return frame.select(pl.col(column.name).cast(FRAME_KINDS[column.kind]) for column in held)
    except pl.exceptions.InvalidOperationError as trouble:
        message = f"rows of {schema.name} are not of its types: {trouble}"
        raise ValueError(message) from trouble


def _is_lacking(column: Column, frame: pl.DataFrame) -> bool:
    return column.name not in frame.columns or frame[column.name].null_count() > 0
