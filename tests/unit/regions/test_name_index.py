import pytest

from suanli.regions import everything
from suanli.regions.name_index import name_index, shared_names
from suanli.regions.name_key import name_key

INDEX = name_index(everything().members)


def hits(text):
    return [region.code for region in INDEX.hits(name_key(text))]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # a region with the unit that holds it
        ("江苏苏州", ["320500"]),
        ("江苏省苏州市", ["320500"]),
        ("Suzhou, Jiangsu", ["320500"]),
        ("Anhui Suzhou", ["341300"]),
        ("Suzhou City, Anhui Province", ["341300"]),
        ("吉林吉林", ["220200"]),
        ("吉林省吉林市", ["220200"]),
        ("Jilin, Jilin", ["220200"]),
        ("青海海南", ["632500"]),
        ("320000 苏州市", ["320500"]),
        # a region said twice
        ("广东 Guangdong", ["440000"]),
        ("广东省（Guangdong Province）", ["440000"]),
        ("440000 广东省", ["440000"]),
        ("北京市北京市", ["110000"]),
        ("吉林省 Jilin", ["220000"]),
        ("吉林 Jilin", ["220000", "220200"]),
        # with the country
        ("中国广东", ["440000"]),
        ("Guangdong, China", ["440000"]),
        ("Guangdong, P.R. China", ["440000"]),
        ("Suzhou, Jiangsu, China", ["320500"]),
        ("中国江苏省苏州市", ["320500"]),
        # parts that do not belong together
        ("广东苏州", []),
        ("440000 湖南省", []),
        ("广东广东", []),
        ("广东省广东省", []),
        ("上海北京", []),
        ("中国", []),
        ("中国中国", []),
    ],
)
def test_names_of_several_parts(text, codes):
    assert hits(text) == codes


def test_overlong_keys_are_not_taken_apart():
    assert hits("江苏苏州") == ["320500"]
    assert INDEX.hits("中国" * 40 + "江苏苏州") == ()


def test_a_full_name_that_two_regions_share_is_loose():
    first, second = everything().members[:2]
    index = name_index((first, first.__class__(**{**fields(second), "name": first.name})))
    assert "北京市" not in index.exact
    assert [region.code for region in index.hits("北京市")] == ["110000", "120000"]


def fields(region):
    return {name: getattr(region, name) for name in region.__slots__}


def test_shared_names_lists_regions_in_order():
    shared = shared_names(everything().members)
    assert [region.name.zh for region in shared["suzhou"]] == ["苏州市", "宿州市"]
    assert list(shared) == sorted(shared)


def test_an_index_cannot_be_changed():
    with pytest.raises(TypeError, match="does not support item assignment"):
        INDEX.loose["x"] = ()
