"""From a study and its scores to a result: arrays become tables."""

from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.intake import ORIGINS, Study
from suanli.language import Text, pair
from suanli.problems import in_order
from suanli.result.contents import About, RegionName
from suanli.result.judged import experts_table, panel_note, weightings_table, weights_table
from suanli.result.result import Result
from suanli.result.tables import frame_of, no_rows
from suanli.scoring import FACTORS, Change, Scores
from suanli.weighting import Comparison, PanelWeights

ROUNDING = 1e-11
"""Points of a change below which an amount is noise of the arithmetic."""

_SIMULATED = ORIGINS.index("simulated")


def assembled(
    study: Study,
    scores: Scores,
    changes: Sequence[Change] = (),
    *,
    panel: PanelWeights | None = None,
    comparison: Comparison | None = None,
) -> Result:
    """Return the result of a study.

    `changes` explains the index from each period to the next; without any, the table of changes has no rows. `panel` is
    where the weights come from if experts judged them, `comparison` other weights to be shown beside.
    """
    return Result(
        framework=scores.framework,
        about=_about(study, scores, panel),
        regions=tuple(
            RegionName(region.code, region.name.zh, region.short.zh, region.name.en)
            for region in map(study.regions.by_code.__getitem__, scores.values.regions)
        ),
        indicators=_indicators(study, scores),
        normalised=_long(scores, "normalised", {"score": scores.normalised}),
        weights=weights_table(scores, panel),
        experts=experts_table(panel),
        weightings=weightings_table(comparison),
        scores=_scores(study, scores),
        contributions=_long(scores, "contributions", {"contribution": scores.contributions}),
        changes=pl.concat([no_rows("changes"), *map(change_table, changes)]),
        goalposts=_goalposts(scores),
        problems=in_order((*study.problems, *scores.problems)),
    )


def _about(study: Study, scores: Scores, panel: PanelWeights | None) -> About:
    grid = scores.values
    return About(
        name=study.name,
        title=study.title,
        mode=scores.mode,
        seed=study.seed,
        as_of=study.as_of,
        version=version("suanli"),
        simulated=study.simulated
        or bool(np.any(grid.origins == _SIMULATED))
        or (panel is not None and panel.simulated),
        periods=grid.periods,
        region_level=study.regions.level,
        inputs=study.inputs,
        weights_note=_weights_note(study, scores, panel),
    )


def _weights_note(study: Study, scores: Scores, panel: PanelWeights | None) -> Text:
    if panel is not None:
        return panel_note(panel)
    if study.weights is not None:
        return pair("result", "weights_of_study")
    weighting = scores.framework.weighting
    return weighting.note or pair("result", f"weights_{weighting.method}")


def _indicators(study: Study, scores: Scores) -> pl.DataFrame:
    grid = scores.values
    units = {indicator.code: indicator.unit for indicator in scores.framework.indicators()}
    width = len(grid.codes)
    everywhere = np.tile(np.arange(width), len(grid.periods) * len(grid.regions))
    sources = [source or None for source in grid.sources]
    return frame_of(
        "indicators",
        {
            **_keys(scores, "indicator", grid.codes),
            "region": _region_column(study, scores, width),
            "value": grid.values.ravel(),
            "unit": _texts([units[code] for code in grid.codes], everywhere),
            "origin": _texts(list(ORIGINS), grid.origins.ravel()),
            "source": _texts(sources, grid.source_ids.ravel()),
        },
    )


def _scores(study: Study, scores: Scores) -> pl.DataFrame:
    width = len(scores.nodes)
    cells = len(scores.values.periods) * len(scores.values.regions)
    return frame_of(
        "scores",
        {
            **_keys(scores, "node", scores.nodes),
            "region": _region_column(study, scores, width),
            "level": np.tile(scores.levels.astype(np.int32), cells),
            "score": scores.scores.ravel(),
            "rank": _or_null(scores.ranks),
            "tier": _or_null(scores.tiers),
        },
    )


def _long(scores: Scores, table: str, columns: dict[str, NDArray[np.float64]]) -> pl.DataFrame:
    keys = _keys(scores, "indicator", scores.values.codes)
    return frame_of(table, {**keys, **{name: array.ravel() for name, array in columns.items()}})


def _goalposts(scores: Scores) -> pl.DataFrame:
    periods, codes = scores.values.periods, scores.values.codes
    return frame_of(
        "goalposts",
        {
            "period": _texts(periods, np.repeat(np.arange(len(periods)), len(codes))),
            "indicator": _texts(codes, np.tile(np.arange(len(codes)), len(periods))),
            "low": scores.goalposts.low.ravel(),
            "high": scores.goalposts.high.ravel(),
        },
    )


def change_table(change: Change) -> pl.DataFrame:
    """Return the rows of one change: region by region, indicator by indicator, factor by factor.

    Amounts below `ROUNDING` points, which are arithmetic noise, are left out, and so are regions without an index on
    either side.
    """
    moved = np.nonzero(np.abs(np.nan_to_num(change.amounts, nan=0.0)) >= ROUNDING)
    region, indicator, factor = moved
    rows = len(region)
    return frame_of(
        "changes",
        {
            "region_code": _texts(change.regions, region),
            "period_from": [change.period_before] * rows,
            "period_to": [change.period_after] * rows,
            "indicator": _texts(change.indicators, indicator),
            "factor": _texts(FACTORS, factor),
            "amount": change.amounts[moved],
        },
    )


def _keys(scores: Scores, column: str, codes: Sequence[str]) -> dict[str, pl.Series]:
    """Return the period, region and node of each cell of an array of shape (periods, regions, codes)."""
    grid = scores.values
    counts = (len(grid.periods), len(grid.regions), len(codes))
    period, region, code = (axis.ravel() for axis in np.indices(counts, dtype=np.int32))
    return {
        "period": _texts(grid.periods, period),
        "region_code": _texts(grid.regions, region),
        column: _texts(codes, code),
    }


def _region_column(study: Study, scores: Scores, width: int) -> pl.Series:
    names = [study.regions.by_code[code].name.zh for code in scores.values.regions]
    once = np.repeat(np.arange(len(names)), width)
    return _texts(names, np.tile(once, len(scores.values.periods)))


def _texts(values: Sequence[str | None], positions: NDArray[np.integer]) -> pl.Series:
    return pl.Series(values, dtype=pl.String).gather(positions)


def _or_null(places: NDArray[np.integer]) -> pl.Series:
    """Return ranks or tiers with null for 0, which stands for none."""
    series = pl.Series(places.ravel().astype(np.int32))
    return series.set(series == 0, None)
