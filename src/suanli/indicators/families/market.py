"""Market: leading firms, graduates, events, honours, and what firms of computing centres research and protect."""

from datetime import date

import narwhals as nw
import polars as pl

from suanli.indicators.families.intellectual_property import granted
from suanli.indicators.families.technology import research_of
from suanli.indicators.items import as_of, items
from suanli.indicators.rule import Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records


def leading_firms(records: Records) -> Frame:
    """Return the items of 头部企业布局: leading firms present in the region / leading firms of the nation (3.4.2.1).

    Every leading firm of the year is an item of every region, so that both numbers stay. A firm present at several
    places of a region counts once; one present only outside the regions of the study still counts in the nation.
    """
    leading = records.table("firms").filter(nw.col("leading"))
    nation = leading.select("firm_id", "period").unique()
    present = (
        leading.filter(~nw.col("region").is_null())
        .select("firm_id", "period", "region")
        .unique()
        .with_columns(nw.lit(1.0).alias("present"))
    )
    regions = records.engine.frame(pl.DataFrame({"region": list(records.regions.codes)}))
    everywhere = nation.join(regions, how="cross").join(
        present, on=["firm_id", "period", "region"], how="left"
    )
    return items(
        everywhere,
        record=nw.col("firm_id"),
        numerator=nw.coalesce("present", nw.lit(0.0)),
    )


def graduates(records: Records) -> Frame:
    """Return the items of 人才储备: graduates of all fields (人; ccpe-3.0 3.4.2.2).

    Where the total is not stated, computing and other fields stand in together; one of them alone is not the total.
    """
    rows = records.table("graduates")
    number, field = nw.col("graduates"), nw.col("field")
    names = ("all", "computing", "other")
    apart = rows.with_columns(
        *(nw.when(field == name).then(number).otherwise(None).alias(name) for name in names)
    )
    known = (
        apart.group_by("region", "region_code", "period")
        .agg(
            *(nw.col(name).max() for name in names)  # one row each: the only one is the greatest
        )
        .with_columns((nw.col("computing") + nw.col("other")).alias("fields"))
    )
    return items(
        known,
        record=nw.col("region_code"),
        numerator=nw.coalesce("all", "fields"),
        level=nw.when(nw.col("all").is_null()).then(1).otherwise(0),
    )


def industry_events(records: Records) -> Frame:
    """Return the items of 行业交流频次: events held in the year (次; ccpe-3.0 3.4.2.3)."""
    return items(records.table("industry_events"), record=nw.col("event_id"), numerator=nw.lit(1.0))


def honours(records: Records) -> Frame:
    """Return the items of 示范荣誉: honours awarded by the period's end and still standing (个; ccpe-3.0 3.4.2.4).

    With `honours_valid_only`, an honour stands on the day it expires and no longer; without an expiry it always does.
    """
    awarded = as_of(records.table("honours"), records.periods)
    if records.options.honours_valid_only:
        standing = [awarded.filter(_standing(period)) for period in records.periods]
        awarded = nw.concat(standing, how="vertical")
    return items(awarded, record=nw.col("honour_id"), part=nw.col("kind"), numerator=nw.lit(1.0))


def centre_research(records: Records) -> Frame:
    """Return the items of 软硬件研发总投入: Σ R&D expenditure of computing-centre firms (万元; ccpe-3.0 3.4.2.5)."""
    return research_of(records, "centre_firms")


def centre_patents(records: Records) -> Frame:
    """Return the items of 算力中心相关发明专利、软著授权总数: Σ grants and copyrights of centre firms (件; 3.4.2.6).

    In computing, storage and networks, over the last `patent_years` years up to the period.
    """
    return granted(
        records,
        ("invention_grant", "software_copyright"),
        nw.col("holder") == "centre_firm",
        nw.col("kind"),
    )


def _standing(period: str) -> nw.Expr:
    """Return whether a row of a period has not expired before its last day."""
    last = date(int(period), 12, 31)
    expires = nw.col("expires")
    return (nw.col("period") == period) & (expires.is_null() | (expires >= last))


RULES: tuple[Rule, ...] = (
    Rule("leading_firms", leading_firms, "ratio", "1", ("firms",), counted_in="every"),
    Rule(
        "graduates",
        graduates,
        "sum",
        "人",
        ("graduates",),
        levels=("all_fields_stated", "fields_added"),
    ),
    Rule("industry_events", industry_events, "sum", "次", ("industry_events",), absent="zero"),
    Rule("honours", honours, "sum", "个", ("honours",), absent="zero", lasting=True),
    Rule("centre_research", centre_research, "sum", "万元", ("research_spending",)),
    Rule("centre_patents", centre_patents, "sum", "件", ("intellectual_property",)),
)
"""The rules of this family."""
