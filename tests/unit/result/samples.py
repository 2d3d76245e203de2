"""A small study, its scores and its result, for the tests of this room."""

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from suanli.framework import Framework
from suanli.intake.folder import InputFile
from suanli.intake.grid import ORIGINS, ValueGrid
from suanli.intake.study import Study
from suanli.language import Text
from suanli.problems import Place, Problem, Severity
from suanli.regions import Regions, provinces
from suanli.result import Result, assembled
from suanli.scoring.change import changes
from suanli.scoring.score import score
from suanli.scoring.scores import Scores

PERIODS = ("2021", "2022", "2023")
TEXT = {"zh": "说明", "en": "Text"}


def framework(**other: Any) -> Framework:
    declared: dict[str, Any] = {
        "id": "small-1.0",
        "family": "small",
        "version": "1.0",
        "title": {"zh": "小型评价体系", "en": "A small framework"},
        "description": TEXT,
        "source": {"zh": "测试用", "en": "Made for tests"},
        "region_level": "province",
        "name": {"zh": "综合指数", "en": "Index"},
        "missing": {"method": "none"},
        "treatment": {"method": "none"},
        "normalisation": {"method": "min-max", "goalposts": "annual"},
        "weighting": {"method": "given", "renormalise_missing": True},
        "aggregation": {},
        "tiers": {"method": "ranks", "cuts": [2, 5]},
        "children": [
            {
                "code": "scale",
                "name": {"zh": "规模", "en": "Scale"},
                "weight": 0.6,
                "children": [
                    indicator("compute", "算力", "EFLOPS", 0.5, caliber=INFRASTRUCTURE),
                    indicator("storage", "存力", "EB", 0.3),
                    indicator("revenue", "收入", "亿元", 0.2),
                ],
            },
            {
                "code": "quality",
                "name": {"zh": "质效", "en": "Quality"},
                "weight": 0.4,
                "children": [
                    indicator("pue", "PUE", "1", 0.7, direction="lower", kind="intensive"),
                    indicator("rate", "上架率", "%", 0.3, kind="intensive"),
                ],
            },
        ],
    }
    return Framework.model_validate(declared | other)


INFRASTRUCTURE = {"side": "infrastructure", "precision": "FP32"}


def indicator(code: str, name: str, unit: str, weight: float, **other: Any) -> dict[str, Any]:
    declared = {
        "code": code,
        "name": {"zh": name, "en": code.title()},
        "unit": unit,
        "weight": weight,
        "direction": "higher",
        "kind": "extensive",
        "definition": TEXT,
        "formula": TEXT,
        "source": TEXT,
    }
    return declared | other


def grid(
    framework: Framework,
    regions: Regions,
    *,
    periods: tuple[str, ...] = PERIODS,
    seed: int = 7,
    sources: tuple[str, ...] = ("", "年鉴"),
) -> ValueGrid:
    codes = tuple(item.code for item in framework.indicators())
    shape = (len(periods), len(regions.codes), len(codes))
    values = np.random.default_rng(seed).lognormal(2.0, 1.0, shape)
    origins = np.full(shape, ORIGINS.index("official"), dtype=np.int8)
    source_ids = np.ones(shape, dtype=np.int32)
    gap = (0, shape[1] - 1, slice(1, 2))
    values[gap], origins[gap], source_ids[gap] = np.nan, 0, 0
    origins[-1, 0, 0] = ORIGINS.index("estimated")
    return ValueGrid(regions.codes, periods, codes, values, origins, source_ids, sources)


def study(framework: Framework, regions: Regions, grid: ValueGrid, **other: Any) -> Study:
    plain = Study(
        name="small",
        title=Text("小研究", "A small study"),
        framework=framework,
        regions=regions,
        periods=grid.periods,
        observations=pl.DataFrame(),
        grid=grid,
        weights=None,
        panel=None,
        mode="official",
        seed=11,
        as_of="2024-06-30",
        simulated=False,
        changes={},
        problems=(NOTE,),
        inputs=(InputFile("data/values.csv", "ab" * 32, 1234),),
    )
    return replace(plain, **other)


NOTE = Problem(
    "result-file-invalid",
    Severity.WARNING,
    Place(file="values.csv", cell="line 7", region="110000", period="2022", code="pue"),
    found="=HYPERLINK(1)",
    details={"count": 3, "share": 0.25, "names": ("甲", "乙")},
)


def scored(study: Study) -> Scores:
    return score(study.framework, study.grid, weights=study.weights, mode=study.mode)


def result(
    *,
    framework: Framework | None = None,
    regions: Regions | None = None,
    grid: ValueGrid | None = None,
    **other: Any,
) -> Result:
    """Return the result of the small study; what is given takes the place of its own."""
    used = framework if framework is not None else small()
    where = regions if regions is not None else some_regions()
    values = grid if grid is not None else globals()["grid"](used, where)
    own = study(used, where, values, **other)
    scores = scored(own)
    moved = [
        changes(scores, scores, period_before=earlier, period_after=later)
        for earlier, later in zip(values.periods, values.periods[1:], strict=False)
    ]
    return assembled(own, scores, moved)


def small() -> Framework:
    return framework()


def some_regions() -> Regions:
    return provinces().only(["北京", "天津", "河北", "上海", "江苏", "浙江", "广东", "贵州"])
