"""What panel.yaml declares: who is asked, how, and how the answers become weights."""

from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticKnownError

from suanli.framework.rules import Number, Whole
from suanli.intake.declaration import Path, Stated, Written
from suanli.intake.questionnaires.experts import IDENTIFIER, is_usable_id
from suanli.intake.questionnaires.layout import Elicitation
from suanli.language import Text
from suanli.methods.pairwise import SCALES, TABLES, Method, ScoreRule, table_named

MOST_ROUNDS = 20
"""Most rounds of questions."""


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _known_scale(name: str) -> str:
    """Return the name of a scale that the methods know."""
    return _one_of(name, tuple(SCALES))


def _known_table(spelling: str) -> str:
    """Return the methods' name of a table of random indices, whatever its spelling."""
    try:
        return table_named(spelling)
    except ValueError:
        return _one_of(spelling, tuple(TABLES))


def _one_of(name: str, names: tuple[str, ...]) -> str:
    if name not in names:
        expected = ", ".join(f"'{each}'" for each in names)
        raise PydanticKnownError("literal_error", {"expected": expected})
    return name


def _usable_id(text: str) -> str:
    """Return an expert's id that is fit for the name of a file."""
    if not is_usable_id(text):
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": IDENTIFIER})
    return text


Identifier: TypeAlias = Annotated[Written, AfterValidator(_usable_id)]
"""An expert's id."""


class ExpertEntry(Stated):
    """One member of the panel."""

    id: Identifier
    """Short and unique; it names the expert's questionnaire."""
    name: Written | None = None
    """The name; the id when absent."""
    affiliation: Annotated[str, Field(strict=True, max_length=200)] = ""
    """Where the expert works."""
    weight: Number = Field(default=1.0, ge=0)
    """How much the expert counts where `expert_weights` is `entered`; only the proportions matter."""


class Exclusion(Stated):
    """When an expert's answers on a group are left out. Whatever is left out is listed."""

    consistency_ratio: Number = Field(gt=0)
    """A matrix with a consistency ratio above this is left out of its group."""


class Uncertainty(Stated):
    """How the intervals of the weights are found."""

    draws: Whole = Field(default=1000, ge=0, le=100_000)
    """How many panels are drawn; 0 for none."""
    interval: Number = Field(default=0.9, gt=0, lt=1)
    """Share of the draws inside an interval."""
    experts: Annotated[bool, Field(strict=True)] = True
    """Whether experts are drawn anew, with replacement."""
    half_step: Annotated[bool, Field(strict=True)] = True
    """Whether each judgement is moved by up to half a step of the scale."""


class StopRule(Stated):
    """When rounds of questions end: whichever is reached first."""

    consensus: Number | None = Field(default=0.75, gt=0, le=1)
    """Consensus that every group must reach; null: no such rule."""
    change: Number | None = Field(default=0.05, gt=0, le=1)
    """Largest change of any weight between two rounds; null: no such rule."""


def _usual(value: object) -> object:
    """Return what is usual where nothing is said."""
    return Uncertainty() if value is None else value


def _no_rule(value: object) -> object:
    """Return a rule that never ends the rounds where nothing is said."""
    return StopRule(consensus=None, change=None) if value is None else value


class PanelRules(Stated):
    """A panel as declared by its panel.yaml."""

    suanli: Literal[1]
    """Version of the format: 1."""
    framework: Path | None = None
    """The id of a bundled framework, or a framework file beside panel.yaml (a name that ends in .yaml or .yml); absent
    where a study says which."""
    title: Text | None = None
    """Title in both languages; the framework's when absent."""
    simulated: Annotated[bool, Field(strict=True)] = False
    """Whether the answers are made up; whatever is computed from them then says so."""
    elicitation: Elicitation = "pairwise"
    """How the experts are asked: `pairwise` every pair of a group; `incomplete` some of the pairs; `best-worst` each
    item with the best and the worst; `scores` a number an item; `budget` 100 points a group."""
    scale: Annotated[Written, AfterValidator(_known_scale)] = "saaty"
    """How grades from 1 to 9 become ratios."""
    method: Method = "eigenvector"
    """How a matrix becomes weights."""
    random_index: Annotated[Written, AfterValidator(_known_table)] = "alonso-lamata"
    """The table of random indices that consistency ratios are computed with."""
    aggregation: Literal["judgements", "priorities-geometric", "priorities-arithmetic"] = (
        "judgements"
    )
    """What is averaged over the experts: `judgements` by the geometric mean, or their weights by either mean."""
    expert_weights: Literal["equal", "entered", "consistency", "distance"] = "equal"
    """How much each expert counts: equally, as entered, by consistency, or by nearness to the group."""
    trim: Number = Field(default=0.0, ge=0, lt=0.5)
    """Share of the answers that is cut at either end before averaging."""
    exclude: Exclusion | None = None
    """When answers are left out; nothing is when absent."""
    score_rule: ScoreRule = "ratio"
    """Scores and budget: how two scores become a comparison, by their ratio or by 1 and their difference."""
    uncertainty: Annotated[Uncertainty, BeforeValidator(_usual)] = Uncertainty()
    """How the intervals of the weights are found."""
    stop: Annotated[StopRule, BeforeValidator(_no_rule)] = StopRule()
    """When rounds of questions end; null: no such rule."""
    seed: Annotated[int, Field(strict=True, ge=0, lt=2**63)] = 0
    """Seed of everything random."""
    experts: Annotated[
        tuple[ExpertEntry, ...], BeforeValidator(_as_tuple), Field(max_length=2_000)
    ] = ()
    """The members of the panel; those in the files when absent."""
    rounds: Annotated[
        tuple[
            Annotated[
                tuple[Path, ...], BeforeValidator(_as_tuple), Field(min_length=1, max_length=2_000)
            ],
            ...,
        ],
        BeforeValidator(_as_tuple),
        Field(max_length=MOST_ROUNDS),
    ] = ()
    """The files of each round, first round first; when absent, those in the folders returned/round-1, returned/round-2
    and so on. The files of the first round may lie in returned/ itself."""
    revisions: Path | None = None
    """A CSV file of changes that experts accepted: the columns expert, node, item, other, before, after and reason."""
