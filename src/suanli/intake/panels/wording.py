"""The words for what problems name: columns of tables, ways of asking, the best and the worst item."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "round": ("轮次", "round"),
        "expert": ("专家", "expert"),
        "node": ("组", "node"),
        "item": ("指标", "item"),
        "other": ("对比指标", "other"),
        "judgement": ("判断", "judgement"),
        "score": ("评分", "score"),
        "before": ("原判断", "before"),
        "after": ("新判断", "after"),
        "reason": ("理由", "reason"),
        "best": ("最重要项", "the most important"),
        "worst": ("最不重要项", "the least important"),
        "pairwise": ("两两比较", "pairwise"),
        "incomplete": ("不完全两两比较", "incomplete"),
        "best-worst": ("最优最劣法", "best-worst"),
        "scores": ("直接评分", "scores"),
        "budget": ("百分分配", "budget"),
    }
)


def words(key: str, names: Iterable[str]) -> dict[str, str]:
    """Return details of a problem: what names of the program are called, listed in each language.

    >>> words("fields", ["expert", "item"])
    {'fields_zh': '专家、指标', 'fields_en': 'expert, item'}
    """
    both = [_WORDS[name] for name in names]
    return {
        f"{key}_zh": "、".join(zh for zh, _ in both),
        f"{key}_en": ", ".join(en for _, en in both),
    }
