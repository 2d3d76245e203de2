"""The records that a study declares: their files found, and what is evaluated from them."""

from datetime import timedelta
from pathlib import Path

from suanli.intake.declaration import Declaration, RecordsDeclaration
from suanli.intake.folder import file_content
from suanli.intake.records.outlines import MAX_OUTLINE_BYTES, Outlines, read_outlines
from suanli.intake.records.sources import RecordSources, Wanted, read_tables
from suanli.intake.records.span import Span
from suanli.problems import Problem
from suanli.regions import Regions


def read_study_records(
    folder: Path, declaration: Declaration, regions: Regions
) -> tuple[RecordSources | None, list[Problem]]:
    """Return the records that a study declares, if it declares any, and what is wrong with their files.

    What is in the tables is looked at when they are opened.
    """
    declared = declaration.records
    if declared is None:
        return None, []
    ahead = timedelta(hours=declared.utc_offset)
    local = declared.times == "local"
    clock = ahead if local else timedelta(0)
    wanted = Wanted(declared.folder, declared.files, declared.units, clock)
    tables, problems = read_tables(folder, wanted)
    outlines, more = _outlines(folder, declared, regions)
    problems += more
    if tables is None or (outlines is None and declared.outlines):
        return None, problems
    span = Span(regions, declaration.periods, timedelta(0) if local else ahead, outlines)
    sources = RecordSources(
        tables=tables.tables,
        span=span,
        options=declared.calibers,
        origin=declared.origin or ("simulated" if declaration.simulated else "reported"),
        source=declared.source,
        inputs=(*tables.inputs, *((outlines.file,) if outlines else ())),
    )
    return sources, problems


def _outlines(
    folder: Path, declared: RecordsDeclaration, regions: Regions
) -> tuple[Outlines | None, list[Problem]]:
    if declared.outlines is None:
        return None, []
    content = file_content(folder, declared.outlines, limit=MAX_OUTLINE_BYTES)
    if isinstance(content, Problem):
        return None, [content]
    return read_outlines(content, regions)
