"""From a study and its scores to a result: arrays become tables."""

from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.indicators import Recorded
from suanli.intake import ORIGINS, Study
from suanli.language import Text, pair
from suanli.problems import in_order
from suanli.result.contents import About
from suanli.result.judged import experts_table, panel_note, weightings_table, weights_table
from suanli.result.result import Result
from suanli.result.tables import frame_of, no_rows, table_of
from suanli.result.value_rows import (
    cell_keys,
    region_column,
    region_names,
    texts,
    value_table,
)
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
    recorded: Recorded | None = None,
) -> Result:
    """Return the result of a study.

    `changes` explains the index from each period to the next; without any, the table of changes has no rows. `panel` is
    where the weights come from if experts judged them, `comparison` other weights to be shown beside. `recorded` is
    what the study's records gave, if it has any.
    """
    about = _about(study, scores, panel)
    return Result(
        framework=scores.framework,
        about=about,
        regions=region_names(study.regions, scores.values.regions),
        indicators=value_table(scores.framework, study.regions, scores.values),
        normalised=_long(scores, "normalised", {"score": scores.normalised}),
        weights=weights_table(study, scores, panel, fitted=about.fitted),
        experts=experts_table(panel),
        weightings=weightings_table(comparison),
        scores=_scores(study, scores),
        contributions=_long(scores, "contributions", {"contribution": scores.contributions}),
        changes=pl.concat([no_rows("changes"), *map(change_table, changes)]),
        measures=table_of("measures", recorded.measures) if recorded else no_rows("measures"),
        region_pairs=(
            table_of("region_pairs", recorded.pairs) if recorded else no_rows("region_pairs")
        ),
        goalposts=_goalposts(scores),
        problems=in_order((*study.problems, *scores.problems)),
    )


def _about(study: Study, scores: Scores, panel: PanelWeights | None) -> About:
    grid = scores.values
    note = _weights_note(study, scores, panel)
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
        weights_note=note,
        # a framework frozen from such a result has the note, and no file of weights
        fitted=note == pair("result", "fitted_note"),
    )


def _weights_note(study: Study, scores: Scores, panel: PanelWeights | None) -> Text:
    if panel is not None:
        return panel_note(panel)
    if study.weights is not None:
        return pair("result", "fitted_note" if study.fitted else "weights_of_study")
    weighting = scores.framework.weighting
    return weighting.note or pair("result", f"weights_{weighting.method}")


def _scores(study: Study, scores: Scores) -> pl.DataFrame:
    width = len(scores.nodes)
    cells = len(scores.values.periods) * len(scores.values.regions)
    return frame_of(
        "scores",
        {
            **cell_keys(scores.values, "node", scores.nodes),
            "region": region_column(study.regions, scores.values, width),
            "level": np.tile(scores.levels.astype(np.int32), cells),
            "score": scores.scores.ravel(),
            "rank": _or_null(scores.ranks),
            "tier": _or_null(scores.tiers),
        },
    )


def _long(scores: Scores, table: str, columns: dict[str, NDArray[np.float64]]) -> pl.DataFrame:
    keys = cell_keys(scores.values, "indicator", scores.values.codes)
    return frame_of(table, {**keys, **{name: array.ravel() for name, array in columns.items()}})


def _goalposts(scores: Scores) -> pl.DataFrame:
    periods, codes = scores.values.periods, scores.values.codes
    return frame_of(
        "goalposts",
        {
            "period": texts(periods, np.repeat(np.arange(len(periods)), len(codes))),
            "indicator": texts(codes, np.tile(np.arange(len(codes)), len(periods))),
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
            "region_code": texts(change.regions, region),
            "period_from": [change.period_before] * rows,
            "period_to": [change.period_after] * rows,
            "indicator": texts(change.indicators, indicator),
            "factor": texts(FACTORS, factor),
            "amount": change.amounts[moved],
        },
    )


def _or_null(places: NDArray[np.integer]) -> pl.Series:
    """Return ranks or tiers with null for 0, which stands for none."""
    series = pl.Series(places.ravel().astype(np.int32))
    return series.set(series == 0, None)
