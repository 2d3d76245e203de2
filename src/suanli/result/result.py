"""The result of a study: the waist between what computes and what people see."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from suanli.result.contents import Contents, RegionName
from suanli.result.names import node_code, region_named
from suanli.result.saving import save_contents
from suanli.result.standing import Profile, TopChange, profile, ranking, top_change


@dataclass(frozen=True, slots=True, eq=False)
class Result(Contents):
    """Scores, ranks and tiers with everything they come from; frozen, and a plain folder on disk.

    The tables are polars frames whose columns `suanli.result.tables` declares; `frame.to_pandas()` gives pandas.
    """

    def save(self, folder: Path | str) -> None:
        """Write the result into a folder, all or nothing; a former result there is replaced as a whole.

        Raises
        ------
        ResultError
            If the folder exists and is not a result, holds other files too, or cannot be written.
        """
        save_contents(self, folder)

    def ranking(self, node: str = "index", period: str | None = None) -> pl.DataFrame:
        """Return the regions by rank on a node, in the last period unless another is named.

        Columns: rank, region_code, region, score, tier, previous_rank, rank_change (positive: rose).

        Raises
        ------
        ResultError
            If the node or the period is unknown.
        """
        return ranking(self, node, period)

    def top_change(
        self, node: str = "index", period: str | None = None, count: int = 10
    ) -> TopChange | None:
        """Return who entered and left the first `count` places; None in the first period.

        Raises
        ------
        ResultError
            If the node or the period is unknown.
        """
        return top_change(self, node, period, count)

    def profile(self, region: str, period: str | None = None) -> Profile:
        """Return everything the result says about a region, named by code or in any of its names.

        Strengths and weaknesses follow the rule stated at `suanli.result.standing.profile`.

        Raises
        ------
        ResultError
            If the region or the period is unknown.
        """
        return profile(self, region, period)

    def node(self, name: str) -> str:
        """Return the code of a node, named by code or by its name in either language.

        Raises
        ------
        ResultError
            If the framework has no such node.
        """
        return node_code(self, name)

    def region(self, spelling: str) -> RegionName:
        """Return the region with this code, full, short or English name.

        Raises
        ------
        ResultError
            If the result has no such region, or several.
        """
        return region_named(self, spelling)
