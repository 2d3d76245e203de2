"""Names of methods inside messages, in both languages."""

from suanli.language import pair


def method_words(method: str) -> dict[str, object]:
    """Return the details `method_zh` and `method_en` of a message that names a method.

    >>> method_words("group-mean")
    {'method_zh': '组均值', 'method_en': 'group mean'}
    """
    name = pair("scoring", f"method-{method}")
    return {"method_zh": name.zh, "method_en": name.en}
