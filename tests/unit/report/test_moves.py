"""What moved the index: one factor and one indicator a line."""

from suanli.report.moves import moves_of_region, moves_table
from tests.unit.report.screens import shown


def test_region_in_both_languages(small):
    zh = shown(moves_of_region(small, "zh", region="110000", period="2023"))
    assert zh == (
        "综合得分变化的来源（2022 → 2023）\n"
        "地区  得分变化  按因素             影响最大的指标\n"
        "北京     +1.77  +16.84 阈值变化    +9.99 收入\n"
        "                -15.07 指标值变化  -8.31 算力\n"
        "                                   +3.64 PUE"
    )
    en = shown(moves_of_region(small, "en", region="110000", period="2023"))
    assert en.splitlines()[2].split() == (
        ["Beijing", "+1.77", "+16.84", "Goalposts", "+9.99", "Revenue"]
    )


def test_factors_sum_to_the_change(small):
    table = shown(moves_of_region(small, "en", region="440000", period="2023"))
    words = table.replace("Indicator values", "values").split()
    change = float(words[words.index("Guangdong") + 1])
    factors = [float(words[words.index(name) - 1]) for name in ("Goalposts", "values")]
    assert abs(change - sum(factors)) < 0.011


def test_first_period_has_none(small):
    assert moves_of_region(small, "zh", region="110000", period="2021") is None


def test_names_are_never_broken_in_the_middle_of_a_line(open_result):
    rows = shown(
        moves_table(
            open_result.changes.filter(period_to="2023"), ["410000", "520000"], open_result, "en"
        ),
        100,
    ).splitlines()
    assert all(len(row.split("  ")[-1].split(" ", 1)) == 2 for row in rows[2:])
    assert any(row.endswith("-2.69 Non-thermal share of power generation") for row in rows)


def test_regions_stand_in_the_order_given(small):
    codes = ["520000", "110000"]
    table = shown(moves_table(small.changes.filter(period_to="2023"), codes, small, "zh"))
    assert table.index("贵州") < table.index("北京")
