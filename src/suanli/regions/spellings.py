"""Every way of writing one region."""

from collections.abc import Iterator

from suanli.regions.name_key import name_key
from suanli.regions.region import Region

# Endings a short name or alias may carry, by kind of unit.
_CHINESE_ENDINGS = {
    "municipality": ("市",),
    "province": ("省",),
    "autonomous_region": ("自治区",),
    "special_administrative_region": ("特别行政区",),
    "city": ("市",),
    "autonomous_prefecture": ("州", "自治州"),
    "prefecture": ("地区",),
    "league": ("盟",),
}
_LATIN_ENDINGS = {
    "municipality": ("municipality", "city", "shi"),
    "province": ("province", "sheng"),
    "autonomous_region": ("autonomousregion", "ar", "region", "zizhiqu"),
    "special_administrative_region": ("specialadministrativeregion",),
    "city": ("city", "shi"),
    "autonomous_prefecture": ("autonomousprefecture", "prefecture", "zizhizhou", "zhou"),
    "prefecture": ("prefecture", "region", "diqu"),
    "league": ("league", "meng"),
}
_CODE_DIGITS = 6
_STATISTICAL_CODE_ZEROS = (
    "000000"  # the 12-digit codes of statistical bureaus go on to towns and villages
)


def exact_keys(region: Region) -> frozenset[str]:
    """Return the normal forms that name the region beyond doubt: code and full Chinese name."""
    return frozenset({name_key(region.code), name_key(region.name.zh)} - {""})


def loose_keys(region: Region) -> frozenset[str]:
    """Return the normal forms that another region may share: short, English, ISO, aliases.

    >>> from suanli.language import Text
    >>> jilin = Text("吉林省", "Jilin"), Text("吉林", "Jilin")
    >>> sorted(loose_keys(Region("220000", *jilin, "province", None, "province", "CN-JL")))[:4]
    ['22', '2200', '220000000000', 'cnjl']
    """
    keys = {name_key(region.name.en), name_key(region.iso or ""), *_code_forms(region)}
    for base in (region.short.zh, region.short.en, *region.aliases):
        keys.update(_with_endings(name_key(base), region.kind))
    return frozenset(keys - exact_keys(region) - {""})


def likely_keys(region: Region) -> tuple[str, ...]:
    """Return the normal forms of the names a person is likeliest to have meant when misspelling.

    >>> from suanli.language import Text
    >>> names = Text("广东省", "Guangdong"), Text("广东", "Guangdong")
    >>> likely_keys(Region("44", *names, "province", None, "province", None))
    ('广东省', '广东', 'guangdong')
    """
    names = (region.name.zh, region.short.zh, region.name.en, region.short.en)
    return tuple(dict.fromkeys(key for key in map(name_key, names) if key))


def is_latin(key: str) -> bool:
    """Return whether a normal form is written in Latin letters only."""
    return key.isascii() and key.isalpha()


def _with_endings(base: str, kind: str) -> Iterator[str]:
    yield base
    # one-character abbreviations (粤) take no ending
    if len(base) > 1:
        endings = _LATIN_ENDINGS if is_latin(base) else _CHINESE_ENDINGS
        yield from (base + ending for ending in endings.get(kind, ()))


def _code_forms(region: Region) -> Iterator[str]:
    code = name_key(region.code)
    if not (code.isascii() and code.isdigit()):
        return
    yield code.lstrip("0")  # spreadsheets drop leading zeros
    if len(code) == _CODE_DIGITS:
        yield code + _STATISTICAL_CODE_ZEROS
        yield from _cut_codes(code, region.level)


def _cut_codes(code: str, level: str) -> Iterator[str]:
    if level in {"province", "prefecture"} and code.endswith("00"):
        yield code[:4]
    if level == "province" and code.endswith("0000"):
        yield code[:2]
