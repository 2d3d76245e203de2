"""The lists of regions that come with the program: GB/T 2260 provinces and prefectures."""

from functools import cache

from suanli.regions.region import Region
from suanli.regions.regions import Regions
from suanli.regions.rows import parts, region, table


@cache
def provinces() -> Regions:
    """Return the 31 provinces, autonomous regions and municipalities.

    >>> len(provinces().codes), provinces().resolve("吉林").name.zh
    (31, '吉林省')
    """
    return Regions("province", _listed("provinces"), known=_known())


@cache
def prefectures() -> Regions:
    """Return the 333 units of prefecture level: cities, prefectures, leagues.

    Municipalities (北京, 天津, 上海, 重庆) are provincial units; `everything` has both levels.

    >>> len(prefectures().codes), prefectures().resolve("江苏苏州").code
    (333, '320500')
    """
    return Regions("prefecture", _listed("prefectures"), known=_known())


@cache
def everything() -> Regions:
    """Return provinces and prefectures together; a name that both levels bear is ambiguous.

    A municipality is one unit here, whether a table means the province or the city by its name:
    北京 is always 110000.

    >>> [region.code for region in everything().candidates("吉林")]
    ['220000', '220200']
    """
    return Regions("everything", _known(), known=_known())


@cache
def _known() -> tuple[Region, ...]:
    return _listed("provinces") + _listed("prefectures")


@cache
def _listed(name: str) -> tuple[Region, ...]:
    return tuple(region(parts(row)) for row in table(name))
