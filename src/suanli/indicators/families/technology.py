"""Technology: patents in computing, and what computer makers spend on research and development."""

import narwhals as nw

from suanli.indicators.families.intellectual_property import granted
from suanli.indicators.items import items
from suanli.indicators.rule import Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records


def patent_applications(records: Records) -> Frame:
    """Return the items of 计算发明专利申请数: Σ invention patents in computing applied for (件; cpdi-2.0 2.3.1.1).

    Over the last `patent_years` years up to the period; patents in storage and networks are not computing ones.
    """
    return _in_computing(records, "invention_application")


def patent_grants(records: Records) -> Frame:
    """Return the items of 计算发明专利授权数: Σ invention patents in computing granted (件; cpdi-2.0 2.3.1.2).

    Over the last `patent_years` years up to the period; patents in storage and networks are not computing ones.
    """
    return _in_computing(records, "invention_grant")


def manufacturing_research(records: Records) -> Frame:
    """Return the items of 计算机制造业R&D经费: Σ expenditure of computer makers (万元; cpdi-2.0 2.3.2.1)."""
    return research_of(records, "computer_manufacturing")


def electronics_research(records: Records) -> Frame:
    """Return the items of R&D of the whole 计算机、通信和其他电子设备制造业, which published results quote (万元)."""
    return research_of(records, "electronics_manufacturing")


def research_of(records: Records, performer: str) -> Frame:
    """Return an item for each row of research spending by one kind of performer (万元)."""
    rows = records.table("research_spending").filter(nw.col("performer") == performer)
    return items(rows, record=nw.col("region_code"), numerator=nw.col("amount"))


def _in_computing(records: Records, kind: str) -> Frame:
    year = nw.col("year").cast(nw.String)
    return granted(records, (kind,), nw.col("field") == "computing", year)


_RESEARCH = ("research_spending",)
_PATENTS = ("intellectual_property",)

RULES: tuple[Rule, ...] = (
    Rule("patent_applications", patent_applications, "sum", "件", _PATENTS),
    Rule("patent_grants", patent_grants, "sum", "件", _PATENTS),
    Rule(
        "manufacturing_research",
        manufacturing_research,
        "sum",
        "万元",
        _RESEARCH,
        beside={
            "electronics_research": Rule(
                "electronics_research", electronics_research, "sum", "万元", _RESEARCH
            )
        },
    ),
)
"""The rules of this family."""
