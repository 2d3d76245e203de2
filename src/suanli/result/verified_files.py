"""Files of a saved folder, each held against the digest and the number of rows that the folder says it has."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from suanli.framework import Framework, parse
from suanli.problems import Problem, ResultError, SuanliError
from suanli.result.csv_files import NO_MARKS, table_from_csv
from suanli.result.manifest_parts import Recorded
from suanli.result.problem_rows import problems_from
from suanli.result.reading import digest, file_bytes, file_error
from suanli.result.tables import MARKS, SCHEMAS


@dataclass(frozen=True, slots=True)
class VerifiedFiles:
    """A folder, what its description records of its files, and how the codes of what is wrong with them begin."""

    folder: Path
    recorded: Recorded
    problems: str = "result"

    def content(self, name: str) -> bytes:
        """Return the bytes of a file.

        Raises
        ------
        ResultError
            If the file is missing, too large, or does not have its digest.
        """
        data = file_bytes(self.folder, name, self.problems)
        if self.recorded.digests.get(name) != digest(data):
            raise file_error(f"{self.problems}-file-changed", name)
        return data

    def framework(self) -> Framework:
        """Return the framework in `framework.yaml`, which must have the id that is recorded.

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
            raise self.invalid(name, "not UTF-8") from wrong
        if framework.id != self.recorded.framework_id:
            raise self.invalid(name, framework.id, self.recorded.framework_id)
        return framework

    def table(self, table: str, schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
        """Return the table in a CSV file of its name, with these columns and types, and its marks if there are any.

        Raises
        ------
        ResultError
            If the file cannot be used, or has more or fewer rows than recorded.
        """
        name = f"{table}.csv"
        data = self.content(name)
        try:
            frame = table_from_csv(schema, data, MARKS.get(table, NO_MARKS))
        except ValueError as wrong:
            raise self.invalid(name, str(wrong)[:200]) from wrong
        rows = self.recorded.rows.get(name)
        if frame.height != rows:
            raise self.invalid(name, f"{frame.height}", f"{rows}")
        return frame

    def found_problems(self) -> tuple[Problem, ...]:
        """Return the problems in `problems.csv`.

        Raises
        ------
        ResultError
            If the file cannot be used, or does not go with the details that are recorded.
        """
        table = self.table("problems", SCHEMAS["problems"])
        try:
            return problems_from(table, self.recorded.problem_details)
        except ValueError as wrong:
            raise self.invalid("problems.csv", str(wrong)[:200]) from wrong

    def check_known(
        self, tables: Mapping[str, pl.DataFrame], known: Mapping[str, frozenset[str | None]]
    ) -> None:
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
                    raise self.invalid(f"{table}.csv", f"{column}: {listed}")

    def invalid(self, name: str, found: str, expected: str = "") -> ResultError:
        """Return the error that a file does not have the form it must have, to be raised."""
        return file_error(f"{self.problems}-file-invalid", name, found, expected)
