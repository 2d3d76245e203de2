"""What the values of a file mean, as SQL that DuckDB and Spark read alike: one grammar of numbers, days and moments.

Both engines would cast texts by rules of their own (`1.5` to a whole number is 2 on one and 1 on the other), so a text
is matched first and only its sound part is cast.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Literal

from suanli.intake.records.schema import Column, Kind

Nature = Literal["text", "flag", "whole", "number", "day", "moment", "instant", "other"]
"""What a file's column holds, whatever engine reads it; an `instant` is a moment of UTC."""

_WHOLE = "^[+]?(-?[0-9]{1,18})([.]0*)?$"
_NUMBER = "^[+]?(-?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?)$"
_DATE = "[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}"
_DAY = f"^({_DATE})([T ]0?0:00(:00([.]0+)?)?)?$"
_HOURS = "[T ](0?[0-9]|1[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?"
_MOMENT = f"^({_DATE}({_HOURS})?) ?(Z|z|UTC|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?$"
_MOMENT_ZONE = 6
_YES = ("true", "t", "yes", "y", "1", "是")
_NO = ("false", "f", "no", "n", "0", "否")
_LARGEST = "1.7976931348623157e308"
_WHOLE_TYPES = (
    *("tinyint", "smallint", "integer", "int", "bigint", "hugeint"),
    *("utinyint", "usmallint", "uinteger", "ubigint", "uhugeint"),
)
_NATURES: Mapping[str, Nature] = MappingProxyType(
    {
        **dict.fromkeys(("varchar", "string", "uuid"), "text"),
        **dict.fromkeys(_WHOLE_TYPES, "whole"),
        **dict.fromkeys(("float", "double"), "number"),
        **dict.fromkeys(("timestamp_s", "timestamp_ms", "timestamp_ns", "timestamp_ntz"), "moment"),
        "boolean": "flag",
        "date": "day",
        "timestamp with time zone": "instant",
    }
)
# kinds that any value of a nature is sound for
_SOUND = {
    "text": {"text", "flag", "whole", "number", "day", "moment", "instant"},
    "number": {"whole"},
    "flag": {"flag"},
    "day": {"day", "moment", "instant"},
    "moment": {"day", "moment", "instant"},
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine's SQL differs: names of types, quotation marks, two functions of time, the path of a row's file.

    `decodings` is how often the path must be decoded for the names of its folders to be as they were written.
    """

    text: str
    moment: str
    mark: str
    escapes: Mapping[str, str]
    minutes: str
    instant: str
    file: str
    decodings: int
    natures: Mapping[str, Nature] = field(default_factory=dict)

    def name(self, name: str) -> str:
        """Return a column's name, quoted."""
        return f"{self.mark}{name.replace(self.mark, self.mark * 2)}{self.mark}"

    def literal(self, text: str) -> str:
        """Return a text, quoted."""
        return "'" + "".join(self.escapes.get(sign, sign) for sign in text) + "'"

    def nature(self, type_name: str) -> Nature:
        """Return what columns of an engine's type hold."""
        name = type_name.lower()
        if name.startswith("decimal"):
            return "whole" if name.endswith(",0)") else "number"
        if name.startswith("enum"):
            return "text"
        return self.natures.get(name) or _NATURES.get(name, "other")


DUCKDB = Dialect(
    text="VARCHAR",
    moment="TIMESTAMP",
    mark='"',
    escapes={"'": "''"},
    minutes="to_minutes({})",
    # of a moment without a zone as of one with it
    instant="make_timestamp(epoch_us({}))",
    file="suanli_file",
    decodings=1,
    natures={"timestamp": "moment"},
)
SPARK = Dialect(
    text="STRING",
    moment="TIMESTAMP_NTZ",
    mark="`",
    escapes={"'": "\\'", "\\": "\\\\"},
    minutes="make_dt_interval(0, 0, CAST({} AS INT), 0)",
    instant="CAST({} AS TIMESTAMP_NTZ)",
    file="_metadata.file_path",
    decodings=2,
    natures={"timestamp": "instant"},
)


@dataclass(frozen=True, slots=True)
class Raw:
    """A column as a file has it: the SQL that reads it, and what it holds."""

    sql: str
    nature: Nature


def typed(column: Column, raw: Raw | None, dialect: Dialect, clock: timedelta) -> str:
    """Return the SQL of a column's values as its kind; null where there are none or they are not of the kind."""
    if raw is None:
        return f"CAST(NULL AS {_type_name(column.kind, dialect)})"
    if column.values and raw.nature == "text":
        raw = _meant(column, raw, dialect)
    if column.kind == "text":
        return f"NULLIF(TRIM({_text(raw, dialect)}), '')"
    if column.kind == "whole":
        return _whole(raw, dialect)
    if column.kind == "number":
        return _number(raw)
    if column.kind == "flag":
        return _flag(raw, dialect)
    moment = _moment(raw, dialect, clock)
    if column.kind == "moment":
        return moment
    return _day(raw, moment)


def is_misread(column: Column, raw: Raw, dialect: Dialect, clock: timedelta) -> str | None:
    """Return the SQL condition that a value is there and is not of the column's kind; None where none can be.

    NaN is how writers of Parquet say that there is no number, and is no fault unless the column is read as stored.
    """
    if raw.nature in _SOUND.get(column.kind, ()):
        return None
    present = f"{raw.sql} IS NOT NULL"
    if raw.nature == "text":
        present = f"TRIM({raw.sql}) <> ''"
    elif raw.nature == "number" and not column.as_stored:
        present += f" AND NOT isnan(CAST({raw.sql} AS DOUBLE))"
    return f"({present}) AND ({typed(column, raw, dialect, clock)}) IS NULL"


def folder_value(key: str, dialect: Dialect) -> Raw:
    """Return the value that a file's folder gives a column by its name, `key=value`."""
    value = f"regexp_extract({dialect.file}, {dialect.literal(f'^.*/{key}=([^/]*)/')}, 1)"
    for _ in range(dialect.decodings):
        # a plus sign is itself in the name of a folder
        value = f"url_decode(replace({value}, '+', '%2B'))"
    return Raw(f"NULLIF({value}, '__HIVE_DEFAULT_PARTITION__')", "text")


def quoted(raws: Sequence[Raw | None], dialect: Dialect) -> str:
    """Return the SQL of values of a row as people are told them: as the file has them, a dash for none."""
    said = (f"CAST({raw.sql if raw else 'NULL'} AS {dialect.text})" for raw in raws)
    shown = (f"COALESCE(NULLIF(SUBSTR(TRIM({each}), 1, 40), ''), '–')" for each in said)
    return f"concat_ws('·', {', '.join(shown)})"


def _meant(column: Column, raw: Raw, dialect: Dialect) -> Raw:
    """Return a text as the value of its column that it means, or as it is where it means none."""
    cases = " ".join(
        f"WHEN {dialect.literal(spelling)} THEN {dialect.literal(value)}"
        for spelling, value in column.spellings.items()
    )
    return Raw(f"CASE LOWER(TRIM({raw.sql})) {cases} ELSE {raw.sql} END", "text")


def _text(raw: Raw, dialect: Dialect) -> str:
    plain = f"CAST({raw.sql} AS {dialect.text})"
    if raw.nature == "text":
        return raw.sql
    if raw.nature == "other":
        return f"CAST(NULL AS {dialect.text})"
    if raw.nature != "number":
        return plain
    # a code that was stored as a floating number, as 440000.0
    whole = f"{raw.sql} = FLOOR({raw.sql}) AND ABS({raw.sql}) < 1e15"
    return (
        f"CASE WHEN {whole} THEN CAST(TRY_CAST({raw.sql} AS BIGINT) AS {dialect.text})"
        f" WHEN NOT isnan(CAST({raw.sql} AS DOUBLE)) THEN {plain} END"
    )


def _whole(raw: Raw, dialect: Dialect) -> str:
    if raw.nature == "whole":
        return f"TRY_CAST({raw.sql} AS BIGINT)"
    if raw.nature == "number":
        return f"CASE WHEN {raw.sql} = FLOOR({raw.sql}) THEN TRY_CAST({raw.sql} AS BIGINT) END"
    if raw.nature == "text":
        return f"TRY_CAST({_matched(raw, _WHOLE, 1, dialect)} AS BIGINT)"
    return "CAST(NULL AS BIGINT)"


def _number(raw: Raw) -> str:
    if raw.nature not in ("whole", "number", "text"):
        return "CAST(NULL AS DOUBLE)"
    value = f"TRY_CAST({raw.sql} AS DOUBLE)"
    if raw.nature == "whole":
        return value
    if raw.nature == "text":
        value = f"TRY_CAST(regexp_extract(TRIM({raw.sql}), '{_NUMBER}', 1) AS DOUBLE)"
    # NaN is greater than any number on both engines
    return f"CASE WHEN ABS({value}) <= {_LARGEST} THEN {value} END"


def _flag(raw: Raw, dialect: Dialect) -> str:
    if raw.nature == "flag":
        return raw.sql
    if raw.nature not in ("whole", "number", "text"):
        return "CAST(NULL AS BOOLEAN)"
    said = f"LOWER(TRIM({_text(raw, dialect)}))"
    yes, no = (", ".join(f"'{word}'" for word in words) for words in (_YES, _NO))
    return f"CASE WHEN {said} IN ({yes}) THEN TRUE WHEN {said} IN ({no}) THEN FALSE END"


def _day(raw: Raw, moment: str) -> str:
    if raw.nature == "text":
        matched = f"regexp_extract(TRIM({raw.sql}), '{_DAY}', 1)"
        return f"TRY_CAST(replace({matched}, '/', '-') AS DATE)"
    return f"CAST({moment} AS DATE)"


def _moment(raw: Raw, dialect: Dialect, clock: timedelta) -> str:
    ahead = int(clock.total_seconds() // 60)
    if raw.nature in ("day", "moment"):
        return f"CAST({raw.sql} AS {dialect.moment})"
    if raw.nature == "instant":
        return f"{dialect.instant.format(raw.sql)} + {dialect.minutes.format(ahead)}"
    if raw.nature != "text":
        return f"CAST(NULL AS {dialect.moment})"
    plain = f"TRY_CAST(replace({_matched(raw, _MOMENT, 1, dialect)}, '/', '-') AS {dialect.moment})"
    zone = _matched(raw, _MOMENT, _MOMENT_ZONE, dialect)
    digits = f"replace({zone}, ':', '')"
    hours, minutes = (f"TRY_CAST(SUBSTR({digits}, {at}, 2) AS INT)" for at in (2, 4))
    sign = f"CASE WHEN SUBSTR({zone}, 1, 1) = '-' THEN -1 ELSE 1 END"
    offset = f"({sign}) * (COALESCE({hours}, 0) * 60 + COALESCE({minutes}, 0))"
    shifted = f"{plain} + {dialect.minutes.format(f'{ahead} - {offset}')}"
    return f"CASE WHEN {zone} = '' THEN {plain} ELSE {shifted} END"


def _matched(raw: Raw, pattern: str, group: int, dialect: Dialect) -> str:
    return f"regexp_extract(TRIM({raw.sql}), {dialect.literal(pattern)}, {group})"


def _type_name(kind: Kind, dialect: Dialect) -> str:
    return {
        "text": dialect.text,
        "whole": "BIGINT",
        "number": "DOUBLE",
        "flag": "BOOLEAN",
        "day": "DATE",
        "moment": dialect.moment,
    }[kind]
