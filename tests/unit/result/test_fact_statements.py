import re

import pytest

from suanli.result.fact_catalogue import published_facts
from suanli.result.fact_statements import statement

CATALOGUE = published_facts()
BY_ID = {fact.id: statement(fact, CATALOGUE) for fact in CATALOGUE.facts}


@pytest.mark.parametrize(
    ("fact", "zh", "en"),
    [
        (
            "A-001",
            "2022年全国基础设施算力规模为180 EFLOPS，居全球第2位。",
            "2022, China, Infrastructure computing power: 180 EFLOPS; place 2 in the world.",
        ),
        (
            "A-002",
            "2022年全国在用数据中心机架数超过650万标准机架。",
            "2022, China, Data-centre racks in use: more than 650 × 10,000 standard racks.",
        ),
        (
            "A-084",
            "2022年算力发展指数：第1—6位依次为广东、北京、江苏、浙江、山东、上海，均达到40分以上，列第一梯队。",
            "2022, Computing power development index: places 1–6 in order Guangdong, Beijing, Jiangsu, "
            "Zhejiang, Shandong, Shanghai; each at least 40 points; first tier.",
        ),
        (
            "A-105",
            "2022年北京软件业务收入为23912亿元，居各地区首位。",
            "2022, Software business revenue, Beijing: 23912 × 100 million yuan; the highest.",
        ),
        (
            "A-066",
            "2022年全国IT支出规模为2.3万亿元，下降0.2%。",
            "2022, China, IT spending: 2.3 trillion yuan; fall of 0.2%.",
        ),
        (
            "B-043",
            "2023年电价较低且算力居前十的省份：包括河北、贵州、山西、内蒙古（不分先后）。",
            "2023, Low-price provinces in the top ten of computing power: "
            "Hebei, Guizhou, Shanxi, Inner Mongolia (in no order).",
        ),
    ],
)
def test_a_statement_in_both_languages(fact, zh, en):
    assert (BY_ID[fact].zh, BY_ID[fact].en) == (zh, en)


def test_every_fact_has_a_whole_sentence_in_both_languages():
    assert len(BY_ID) == 186
    for said in BY_ID.values():
        assert said.zh.endswith("。")
        assert said.en.endswith(".")
        assert not re.search(r"\{|\}|None|：。|: \.|，，|；；| {2}", said.zh + said.en)
        assert not re.search(r"[\u4e00-\u9fff]", said.en)


def test_every_figure_of_a_fact_is_in_its_statement():
    for fact in CATALOGUE.facts:
        for value in fact.values:
            digits = f"{value:.10g}"
            assert digits in BY_ID[fact.id].zh, fact.id
            assert digits in BY_ID[fact.id].en, fact.id


def test_every_region_of_a_fact_is_in_its_statement():
    for fact in CATALOGUE.facts:
        if fact.regions and fact.id != "A-089":
            zh = BY_ID[fact.id].zh
            positions = [zh.find(name) for name in fact.regions]
            assert -1 not in positions, fact.id
            if fact.order in ("explicit", "listed"):
                assert positions == sorted(positions), fact.id
