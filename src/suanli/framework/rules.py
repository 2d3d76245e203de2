"""The rules of an index by name: missing data, outliers, normalisation, weights, means, tiers."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from suanli.language import Text

Mode: TypeAlias = Literal["official", "audit"]

# Strict, or `yes` would be read as 1 and the text "0.5" as a number.
Number: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Whole: TypeAlias = Annotated[int, Field(strict=True)]
Switch: TypeAlias = Annotated[bool, Field(strict=True)]

NormalisationMethod: TypeAlias = Literal[
    "min-max",
    "target-ratio",
    "z-score",
    "rank",
    "percentile-rank",
    "borda",
    "distance-to-leader",
    "distance-to-reference",
    "fraction-of-maximum",
]


class Declared(BaseModel):
    """Base of everything a framework declares: frozen, and a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class MissingData(Declared):
    """What is done about missing values. The default is nothing: a missing value stays missing."""

    method: Literal["none", "carry-forward", "group-mean", "group-median", "regression", "knn"] = (
        "none"
    )
    """`none` leaves gaps; `carry-forward` takes the region's latest earlier value; `group-mean`
    and `group-median` take the mean or median of the region's group in the same period;
    `regression` predicts from other indicators; `knn` averages the most similar regions."""
    max_age: Whole | None = Field(default=None, ge=1)
    """`carry-forward`: the oldest value that may be carried, in periods. No limit when absent."""
    grouping: str | None = None
    """`group-mean`, `group-median`: the name of a region grouping (such as `economic-belts`); all
    regions when absent."""
    predictors: tuple[str, ...] = ()
    """`regression`: codes of the indicators to predict from; the most correlated complete
    indicator when empty."""
    neighbours: Whole = Field(default=3, ge=1)
    """`knn`: how many regions are averaged."""
    region_floor: Number = Field(default=0.65, ge=0, le=1)
    """Share of indicators a region must have before any filling; below it `check` warns. OECD/JRC
    advise 0.65."""
    indicator_floor: Number = Field(default=0.65, ge=0, le=1)
    """Share of regions an indicator must have before any filling; below it `check` warns."""
    group_coverage: Number = Field(default=0.0, ge=0, le=1)
    """Share of a group's children that must have a score; below it the group has none for that
    region."""


class Treatment(Declared):
    """What is done about outliers, in which modes. Every treated value is logged."""

    method: Literal["none", "winsorise", "winsorise-then-log", "log", "box-cox"] = "none"
    """`winsorise` pulls the extreme points in to the next value until the shape passes;
    `winsorise-then-log` takes logarithms of the original where winsorising does not suffice; `log`
    and `box-cox` transform at once."""
    modes: tuple[Mode, ...] = ("audit",)
    """Modes in which treatment is on. The published method of both CAICT systems has none."""
    skewness: Number = Field(default=2.0, gt=0)
    """An indicator is treated when |skewness| exceeds this and kurtosis exceeds the next
    (sample-corrected, excess)."""
    kurtosis: Number = Field(default=3.5, gt=0)
    """See `skewness`."""
    max_points: Whole = Field(default=2, ge=1)
    """The most points winsorised per indicator and period."""


class Normalisation(Declared):
    """How values of different units become scores on one scale."""

    method: NormalisationMethod
    """The formula; see the framework format for each."""
    goalposts: Literal["annual", "pooled", "fixed"]
    """Where the formula's reference values come from: each period's own data, all periods
    together, or the values declared at each indicator (`goalposts`, `reference`)."""
    scale: tuple[Number, Number] = (0.0, 100.0)
    """Scores of the worst and the best goalpost."""
    outside: Literal["cap", "pass"] = "pass"
    """Values beyond the goalposts keep their score (`pass`) or take the goalpost's (`cap`)."""
    constant: Literal["midpoint", "lowest", "highest", "missing"] = "midpoint"
    """Score of an indicator in which all regions are equal; always reported."""
    transform: Literal["none", "log", "log1p"] = "none"
    """Taken of the value, and of its goalposts, before the formula."""


class NormalisationOverride(Declared):
    """The parts of the normalisation rule that differ for one indicator."""

    method: Literal[NormalisationMethod, "as-given"] | None = None
    """As in the framework's rule; `as-given` takes a ready-made score unchanged."""
    goalposts: Literal["annual", "pooled", "fixed"] | None = None
    """As in the framework's rule."""
    outside: Literal["cap", "pass"] | None = None
    """As in the framework's rule."""
    transform: Literal["none", "log", "log1p"] | None = None
    """As in the framework's rule."""


class Weighting(Declared):
    """Where local weights come from when a study brings none of its own."""

    method: Literal["given", "equal"]
    """`given`: every node below the index carries `weight`; `equal`: siblings share equally."""
    renormalise_missing: Switch
    """Whether a missing child's weight goes to its siblings. If not, a group with a missing child
    has no score."""
    note: Text | None = None
    """Where the weights come from, in a sentence that is shown with them."""


class Mean(Declared):
    """How a group's children become one score."""

    method: Literal[
        "arithmetic", "geometric", "harmonic", "power", "weighted-median", "copeland"
    ] = "arithmetic"
    """The mean; `copeland` counts pairwise wins and is not compensatory."""
    power: Number | None = None
    """`power`: the exponent; neither 0 (geometric) nor absent."""
    floor: Number | None = Field(default=None, ge=0)
    """Scores below it are raised to it before the mean is taken. `geometric`, `harmonic` and
    `power` must declare one; above 0, or zeros would decide alone."""

    @model_validator(mode="after")
    def _declared_in_full(self) -> Self:
        if self.method == "power" and not self.power:
            raise PydanticCustomError(
                "framework-mean-power", "a power mean needs `power`, and not 0"
            )
        if self.method in ("geometric", "harmonic", "power") and self.floor is None:
            raise PydanticCustomError(
                "framework-mean-floor",
                "a {method} mean needs `floor`, the score that stands for zero",
                {"method": self.method},
            )
        return self


class Aggregation(Declared):
    """How scores rise through the tree."""

    default: Mean = Mean()
    """Used wherever nothing else is declared."""
    levels: dict[int, Mean] = Field(default_factory=dict)
    """By the level of the group that is formed: 0 is the index, 1 its dimensions, and so on. A
    group's own `aggregation` comes before this."""


class Tiers(Declared):
    """How ranked regions are put into tiers; tier 1 is the best."""

    method: Literal["none", "thresholds", "ranks", "shares", "natural-breaks"] = "none"
    """`thresholds`: lowest scores of tier 1, 2, …; `ranks`: last ranks of tier 1, 2, …; `shares`:
    cumulative shares of the regions; `natural-breaks`: Fisher–Jenks classes of the scores."""
    cuts: tuple[Number, ...] = ()
    """The cut-offs, best first; what is beyond the last falls into one more tier."""
    count: Whole | None = Field(default=None, ge=2)
    """`natural-breaks`: the number of tiers."""
    note: Text | None = None
    """Where the cut-offs come from."""
