"""Records of facilities, meters, probes and shipments: schemas, engines and checks; imports what intake may."""

from suanli.intake.records.checks import check_records
from suanli.intake.records.opening import ENGINES, open_records
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.outlines import Outlines, read_outlines
from suanli.intake.records.places import located, place_of
from suanli.intake.records.records import Records
from suanli.intake.records.schema import Column, TableSchema, table_schemas
from suanli.intake.records.sources import RecordSources, Wanted, read_tables
from suanli.intake.records.span import Span
from suanli.intake.records.table_reading import check_tables, unread

__all__ = [
    "ENGINES",
    "CaliberOptions",
    "Column",
    "Outlines",
    "RecordSources",
    "Records",
    "Span",
    "TableSchema",
    "Wanted",
    "check_records",
    "check_tables",
    "located",
    "open_records",
    "place_of",
    "read_outlines",
    "read_tables",
    "table_schemas",
    "unread",
]
