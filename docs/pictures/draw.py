"""Draw the pictures of the README from the bundled study and panel: SVG files in both languages.

Run with `make pictures`. The same study gives the same pictures, byte for byte.
"""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import polars as pl

from suanli.framework import Framework
from suanli.intake import bundled_study
from suanli.language import LANGUAGES, Language, pair
from suanli.pipeline import judged, run
from suanli.result import PanelResult, Result

FOLDER = Path(__file__).parent
# Okabe and Ito's colours: told apart by readers who do not see red and green
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999", "#6A3D9A")
INK, PALE, RULE = "#24292f", "#6e7781", "#d8dee4"
FONTS = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',Arial,sans-serif"
WORDS = {
    "ranking": ("公开数据算力基础指数，2023 年前 15 名", "Open-data computing-power base index, first 15 in 2023"),
    "ranking-note": ("各色为各维度对综合得分的贡献；括号内为较上年位次变化", "Colours are the dimensions' contributions; rank change on the year in brackets"),
    "trend": ("固定阈值下的综合得分，2018—2023 年", "Index under fixed goalposts, 2018–2023"),
    "trend-note": ("得分可跨年比较；圆点旁为地区和 2023 年得分", "Comparable between years; region and score of 2023 at the dots"),
    "moved": ("综合得分变化的来源，2022→2023 年", "What moved the index, 2022 → 2023"),
    "moved-note": ("位次变化最大的 8 个地区；◆ 及其旁数字为各项之和，即得分变化", "The 8 regions whose rank moved most; ◆ and the number beside it: the sum of the parts, the change"),
    "data": ("指标值变化", "Indicator values"),
    "goalposts": ("阈值变化", "Goalposts"),
    "weights": ("综合算力评价体系 3.0：专家判断得出的全局权重", "Comprehensive evaluation 3.0: overall weights from experts' judgements"),
    "weights-note": ("15 位模拟专家；横线为 90% 区间；CR 与共识度属于该行各下级之间的比较", "15 simulated experts; lines are 90% intervals; CR and consensus are of comparing what stands below"),
    "weights-head": ("CR　　共识度", "CR　 consensus"),
    "weights-source": ("专家及其判断均由程序模拟，不代表任何机构或个人的意见", "Experts and judgements are simulated; they are nobody's opinion"),
    "source": ("数据：国家统计局；权重由本项目设为等权，非任何机构发布的评价", "Data: National Bureau of Statistics of China; equal weights set by this project, no institution's evaluation"),
}  # fmt: skip


def main() -> None:
    """Draw every picture in both languages."""
    study = bundled_study("open-1.0")
    annual = run(study)
    fixed = run(study, with_changes={"normalisation/goalposts": "fixed"})
    panel = judged("ccpe-3.0")
    for language in LANGUAGES:
        save(f"ranking.{language}", ranking(annual, language))
        save(f"trend.{language}", trend(fixed, language))
        save(f"moved.{language}", moved(annual, language))
        save(f"weights.{language}", weights(panel, language))


def save(name: str, svg: str) -> None:
    """Write one picture."""
    (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")


def ranking(result: Result, language: Language) -> str:
    """Return ranked bars, stacked by what each dimension contributes."""
    rows = result.ranking().head(15).to_dicts()
    dimension = dimensions(result.framework)
    parts = (
        result.contributions.filter(pl.col("period") == result.about.periods[-1])
        .with_columns(pl.col("indicator").replace_strict(dimension).alias("dimension"))
        .group_by("region_code", "dimension", maintain_order=True)
        .agg(pl.col("contribution").sum())
    )
    amounts = {(region, part): amount for region, part, amount in parts.iter_rows()}
    codes = [node.code for node in result.framework.children]
    scale = 560 / max(row["score"] for row in rows)
    shapes = legend([node.name.said(language) for node in result.framework.children], y=78)
    for place, row in enumerate(rows):
        y, x = 108 + place * 26, 170.0
        shapes.append(text(34, y + 14, str(row["rank"]), anchor="end"))
        shapes.append(text(44, y + 14, name_of(result, row["region_code"], language)))
        for colour, code in zip(COLOURS, codes, strict=False):
            width = amounts[row["region_code"], code] * scale
            shapes.append(bar(x, y, width, 18, colour))
            x += width
        change = row["rank_change"]
        mark = "–" if not change else f"▲{change}" if change > 0 else f"▼{-change}"
        shapes.append(text(x + 8, y + 14, f"{row['score']:.2f}  ({mark})"))
    return page("ranking", shapes, language, height=540)


def trend(result: Result, language: Language) -> str:
    """Return lines of the index over the years, labelled at their ends."""
    leaders = result.ranking().head(8)["region_code"].to_list()
    index = result.scores.filter(pl.col("node") == result.framework.code)
    periods = result.about.periods
    series = {
        code: index.filter(pl.col("region_code") == code)["score"].to_list() for code in leaders
    }
    top = max(max(scores) for scores in series.values())
    shapes = []
    for tick in range(0, int(top) + 1, 10):
        y = 430 - tick * 5.2
        shapes += [line(70, y, 700, y, RULE), text(60, y + 4, str(tick), anchor="end", colour=PALE)]
    steps = [80 + place * 120.0 for place in range(len(periods))]
    shapes += [
        text(x, 452, period, anchor="middle", colour=PALE)
        for x, period in zip(steps, periods, strict=True)
    ]
    labels = spread([430 - scores[-1] * 5.2 for scores in series.values()], gap=17)
    for colour, (code, scores), label in zip(COLOURS, series.items(), labels, strict=True):
        points = " ".join(
            f"{x:.1f},{430 - score * 5.2:.1f}" for x, score in zip(steps, scores, strict=True)
        )
        shapes.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>'
        )
        shapes.append(
            f'<circle cx="{steps[-1]}" cy="{430 - scores[-1] * 5.2:.1f}" r="4" fill="{colour}"/>'
        )
        words = f"{name_of(result, code, language)} {scores[-1]:.1f}"
        shapes.append(line(steps[-1], 430 - scores[-1] * 5.2, steps[-1] + 24, label, colour))
        shapes.append(text(steps[-1] + 28, label + 4, words))
    return page("trend", shapes, language, height=500)


def moved(result: Result, language: Language) -> str:
    """Return diverging bars of what moved the index of the regions whose rank moved most."""
    period = result.about.periods[-1]
    movers = (
        result.ranking()
        .sort(pl.col("rank_change").abs(), descending=True, maintain_order=True)
        .head(8)
        .to_dicts()
    )
    sums = (
        result.changes.filter(pl.col("period_to") == period)
        .group_by("region_code", "factor", maintain_order=True)
        .agg(pl.col("amount").sum())
    )
    amounts = {(region, factor): amount for region, factor, amount in sums.iter_rows()}
    shapes = legend([word("data", language), word("goalposts", language)], y=78)
    shapes.append(line(470, 98, 470, 108 + len(movers) * 34, INK))
    for place, row in enumerate(movers):
        y = 108 + place * 34
        total = 0.0
        reach = {1: 470.0, -1: 470.0}
        for colour, factor in zip(COLOURS, ("data", "goalposts"), strict=False):
            amount = amounts.get((row["region_code"], factor), 0.0)
            total += amount
            sign = 1 if amount >= 0 else -1
            width = abs(amount) * 60
            shapes.append(bar(reach[sign] - (width if sign < 0 else 0), y, width, 22, colour))
            reach[sign] += sign * width
        change = row["rank_change"]
        mark = f"▲{change}" if change > 0 else f"▼{-change}"
        shapes.append(text(34, y + 16, f"{name_of(result, row['region_code'], language)}  {mark}"))
        shapes += net(reach, total, y)
    return page("moved", shapes, language, height=420)


def weights(panel: PanelResult, language: Language) -> str:
    """Return bars of the overall weights of dimensions and pillars, with intervals, CR and consensus."""
    rows = panel.weights.filter(pl.col("level") < 3).to_dicts()
    below = {row["parent"]: row for row in panel.weights.to_dicts()}
    left = 250 if language == "zh" else 310
    scale = (650 - left) / max(row["global_high"] for row in rows)
    stamp = pair("result", "simulated")
    shapes = [
        text(34, 78, f"{stamp.zh} / {stamp.en}", colour="#c0392b", size=14),
        text(820, 78, word("weights-head", language), colour=PALE, size=13, anchor="end"),
    ]
    colours = dict(zip((row["node"] for row in rows if row["level"] == 1), COLOURS, strict=False))
    for place, row in enumerate(rows):
        y, top = 94 + place * 28, row["level"] == 1
        name = panel.framework.node(row["node"]).name.said(language)
        colour = colours[row["node"] if top else row["parent"]]
        shapes.append(text(34 if top else 54, y + 15, name, size=14 if top else 13))
        shapes.append(
            bar(
                left, y + (2 if top else 5), row["global_weight"] * scale, 16 if top else 10, colour
            )
        )
        low, high = (left + row[f"global_{end}"] * scale for end in ("low", "high"))
        shapes += [
            line(low, y + 10, high, y + 10, INK),
            line(low, y + 6, low, y + 14, INK),
            line(high, y + 6, high, y + 14, INK),
        ]
        shapes.append(text(high + 8, y + 15, f"{row['global_weight']:.1%}", size=13))
        judgement = below[row["node"]]
        told = f"{judgement['consistency_ratio']:.3f}　　{judgement['consensus']:.2f}"
        shapes.append(text(820, y + 15, told, colour=PALE, size=13, anchor="end"))
    return page(
        "weights", shapes, language, height=120 + 28 * len(rows) + 14, source="weights-source"
    )


def net(reach: Mapping[int, float], total: float, y: float) -> list[str]:
    """Return a mark where the parts net, and their sum beside the bars on its side."""
    at = 470 + total * 60
    mark = (
        f'<path d="M{at:.1f} {y + 4} l6 7 l-6 7 l-6 -7 z" fill="{INK}" '
        'stroke="#ffffff" stroke-width="1.2"/>'
    )
    if total < 0:
        return [mark, text(min(reach[-1], at - 6) - 8, y + 16, f"{total:+.2f}", anchor="end")]
    return [mark, text(max(reach[1], at + 6) + 8, y + 16, f"{total:+.2f}")]


def dimensions(framework: Framework) -> dict[str, str]:
    """Return the code of each indicator's dimension."""
    found, current = {}, ""
    for placed in framework.walk():
        current = placed.node.code if placed.level == 1 else current
        found[placed.node.code] = current
    return found


def name_of(result: Result, code: str, language: Language) -> str:
    """Return a region's short name."""
    region = result.region(code)
    return region.short if language == "zh" else region.en


def word(key: str, language: Language) -> str:
    """Return a word of the pictures."""
    return WORDS[key][0 if language == "zh" else 1]


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Return label heights at least `gap` apart; labels that crowd are centred on where they would be."""
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    crowds: list[list[int]] = []
    middles: list[float] = []
    for at in order:
        crowd, middle = [at], wanted[at]
        while crowds and middle - middles[-1] < gap * (len(crowd) + len(crowds[-1])) / 2:
            crowd = [*crowds.pop(), *crowd]
            middles.pop()
            middle = sum(wanted[one] for one in crowd) / len(crowd)
        crowds.append(crowd)
        middles.append(middle)
    placed = [0.0] * len(wanted)
    for crowd, middle in zip(crowds, middles, strict=True):
        for place, at in enumerate(crowd):
            placed[at] = middle + gap * (place - (len(crowd) - 1) / 2)
    return placed


def text(
    x: float, y: float, words: str, *, anchor: str = "start", colour: str = INK, size: int = 14
) -> str:
    """Return a line of text."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size}">{escape(words)}</text>'


def bar(x: float, y: float, width: float, height: float, colour: str) -> str:
    """Return a bar."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.2f}" height="{height}" fill="{colour}"/>'


def line(x: float, y: float, to_x: float, to_y: float, colour: str) -> str:
    """Return a straight line."""
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{colour}"/>'


def legend(names: Sequence[str], y: float) -> list[str]:
    """Return coloured squares with their names in a row."""
    shapes, x = [], 34.0
    for colour, name in zip(COLOURS, names, strict=False):
        shapes += [bar(x, y - 11, 12, 12, colour), text(x + 18, y, name)]
        x += 44 + sum(15 if ord(letter) > 0x2E80 else 7.6 for letter in name)
    return shapes


def page(
    key: str, shapes: Sequence[str], language: Language, *, height: int, source: str = "source"
) -> str:
    """Return a picture with its title, note and source."""
    head = [
        text(34, 34, word(key, language), size=18),
        text(34, 55, word(f"{key}-note", language), colour=PALE, size=13),
        text(34, height - 14, word(source, language), colour=PALE, size=12),
    ]
    body = "\n".join((*head, *shapes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 {height}" font-family="{FONTS}" role="img" '
        f'aria-label="{escape(word(key, language))}">\n<rect width="860" height="{height}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


if __name__ == "__main__":
    main()
