"""Small frameworks and grids that tests make."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from suanli.framework import Framework
from suanli.intake.grid import ORIGINS, ValueGrid


def text(words: str) -> dict[str, str]:
    return {"zh": words, "en": words}


def indicator(code: str, **fields: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": text(code),
        "unit": "1",
        "direction": "higher",
        "kind": "intensive",
        "definition": text(code),
        "formula": text(code),
        "source": text(code),
        **fields,
    }


def group(code: str, *children: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    return {"code": code, "name": text(code), "children": list(children), **fields}


def framework(*children: Mapping[str, Any], **fields: Any) -> Framework:
    declared = {
        "id": "test-1.0",
        "family": "test",
        "version": "1.0",
        "title": text("test"),
        "description": text("test"),
        "source": text("test"),
        "region_level": "any",
        "name": text("index"),
        "missing": {},
        "treatment": {},
        "normalisation": {"method": "min-max", "goalposts": "annual"},
        "weighting": {"method": "equal", "renormalise_missing": False},
        "aggregation": {},
        "tiers": {},
        "children": list(children),
        **fields,
    }
    return Framework.model_validate(declared)


def grid(values: ArrayLike, codes: Sequence[str] | None = None, **axes: Sequence[str]) -> ValueGrid:
    """Values of shape (periods, regions, codes), or (regions, codes) for one period, all of them reported."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim == 2:
        array = array[None]
    periods, regions, count = array.shape
    return ValueGrid(
        regions=tuple(axes.get("regions") or (f"r{row}" for row in range(regions))),
        periods=tuple(axes.get("periods") or (str(2020 + row) for row in range(periods))),
        codes=tuple(codes or (f"i{column}" for column in range(count))),
        values=array,
        origins=np.where(np.isnan(array), 0, ORIGINS.index("reported")).astype(np.int8),
        source_ids=np.zeros(array.shape, dtype=np.int32),
        sources=("",),
    )


def flat(count: int, **fields: Any) -> Framework:
    """A framework of `count` indicators i0, i1, … right below the index."""
    return framework(*(indicator(f"i{column}") for column in range(count)), **fields)
