"""Files of a saved folder, each held against the digest and the number of rows that the folder says it has."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from suanli.framework import Framework, parse
from suanli.problems import ResultError, SuanliError
from suanli.result.csv_files import table_from_csv
from suanli.result.reading import digest, file_bytes, file_error


@dataclass(frozen=True, slots=True)
class VerifiedFiles:
    """A folder with the SHA-256 of its files and the number of rows of its tables, both by name of the file."""

    folder: Path
    digests: Mapping[str, str]
    rows: Mapping[str, int]

    def content(self, name: str) -> bytes:
        """Return the bytes of a file.

        Raises
        ------
        ResultError
            If the file is missing, too large, or does not have its digest.
        """
        data = file_bytes(self.folder, name)
        if self.digests.get(name) != digest(data):
            raise file_error("result-file-changed", name)
        return data

    def framework(self, expected: str) -> Framework:
        """Return the framework in `framework.yaml`, which must have the id that is expected.

        Raises
        ------
        ResultError
            If the file cannot be used, or holds another framework.
        """
        name = "framework.yaml"
        data = self.content(name)
        try:
            framework = parse(data.decode(), file=name)
        except SuanliError as wrong:
            raise ResultError(wrong.problems) from wrong
        except UnicodeDecodeError as wrong:
            raise file_error("result-file-invalid", name, "not UTF-8") from wrong
        if framework.id != expected:
            raise file_error("result-file-invalid", name, framework.id, expected)
        return framework

    def table(self, table: str, schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
        """Return the table in a CSV file of its name, with these columns and types.

        Raises
        ------
        ResultError
            If the file cannot be used, or has more or fewer rows than recorded.
        """
        name = f"{table}.csv"
        data = self.content(name)
        try:
            frame = table_from_csv(schema, data)
        except ValueError as wrong:
            raise file_error("result-file-invalid", name, str(wrong)[:200]) from wrong
        if frame.height != self.rows.get(name):
            found, expected = f"{frame.height}", f"{self.rows.get(name)}"
            raise file_error("result-file-invalid", name, found, expected)
        return frame


def check_known(tables: Mapping[str, pl.DataFrame], known: Mapping[str, frozenset[str]]) -> None:
    """Refuse tables that speak of things that there are not; `known` holds what a column may hold, by its name.

    Raises
    ------
    ResultError
        If a column holds anything else.
    """
    for table, frame in tables.items():
        for column in known.keys() & set(frame.columns):
            strange = set(frame[column].unique().to_list()) - known[column]
            if strange:
                listed = ", ".join(sorted(map(str, strange))[:5])
                raise file_error("result-file-invalid", f"{table}.csv", f"{column}: {listed}")
