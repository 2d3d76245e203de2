"""The words that columns of data files are headed with, in both languages, and how they are compared."""

import unicodedata
from types import MappingProxyType
from typing import Literal, get_args

Field = Literal[
    "region", "region_code", "period", "code", "name", "value", "unit", "origin", "source", "date"
]
"""What a column may hold besides the values of an indicator."""
FIELDS: tuple[Field, ...] = get_args(Field)

_WORDS: dict[Field, str] = {
    "region": (
        "地区 地区名称 区域 区域名称 省份 省市 省（区、市） 省级行政区 城市 城市名称 地市 "
        "region region_name province city"
    ),
    "region_code": "地区代码 区域代码 行政区划代码 区划代码 行政区代码 region_code adcode province_code city_code",
    "period": "年份 年度 年 评价期 时期 期间 统计期 数据年份 period year",
    "code": "指标代码 变量代码 indicator_code variable_code code variable series",
    "name": "指标 指标名称 变量 变量名称 indicator indicator_name variable_name",
    "value": "数值 值 指标值 数据 value",
    "unit": "单位 计量单位 unit units",
    "origin": "数据性质 来源类型 性质 origin",
    "source": "来源 数据来源 资料来源 source",
    "date": "日期 数据日期 发布日期 截止日期 date as_of",
}
_DESCRIPTIVE = (
    "备注 注 说明 序号 编号 排序 地区英文名 地区（英文） 英文名 英文名称 region_en region_name_en name_en "
    "note notes remark remarks comment comments no no. # id index"
)
_LABELS = "单位 计量单位 unit units 代码 指标代码 code codes 名称 指标名称 name names 指标 indicator 中文名 英文名"


def normal(text: str) -> str:
    """Return a spelling as it is compared: full width, letter case and spaces make no difference.

    >>> normal(" ＧＤＰ （亿元）")
    'gdp(亿元)'
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _field_key(text: str) -> str:
    return normal(text).replace("_", "").replace("-", "")


_FIELD_OF: MappingProxyType[str, Field] = MappingProxyType(
    {_field_key(word): field for field, words in _WORDS.items() for word in words.split()}
)
_DESCRIPTIVE_KEYS = frozenset(_field_key(word) for word in _DESCRIPTIVE.split())
_LABEL_KEYS = frozenset(_field_key(word) for word in _LABELS.split())


def field_of(heading: str | None) -> Field | None:
    """Return the field that a heading names, if any.

    >>> field_of("行政区划代码"), field_of("Year"), field_of("GDP")
    ('region_code', 'period', None)
    """
    return _FIELD_OF.get(_field_key(heading)) if heading else None


def is_descriptive(heading: str) -> bool:
    """Tell whether a heading is of a column that describes and carries no data, such as 备注.

    >>> is_descriptive("备注"), is_descriptive("PUE")
    (True, False)
    """
    return _field_key(heading) in _DESCRIPTIVE_KEYS


def is_label(text: str | None) -> bool:
    """Tell whether a cell where a region is expected labels its row instead: empty, 单位, 代码 or a heading.

    >>> is_label("单位"), is_label(None), is_label("北京")
    (True, True, False)
    """
    return text is None or _field_key(text) in _LABEL_KEYS or field_of(text) is not None


def heading_words(field: Field) -> str:
    """Return the headings that name a field, as they may be listed to a person."""
    return ", ".join(_WORDS[field].split())
