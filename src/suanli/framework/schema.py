"""What a framework declares: a frozen tree of groups and indicators, and the rules over it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from suanli.framework.rules import (
    Aggregation,
    Declared,
    Mean,
    MissingData,
    Normalisation,
    NormalisationOverride,
    Number,
    Switch,
    Tiers,
    Treatment,
    Weighting,
    Whole,
)
from suanli.language import Text
from suanli.problems import FrameworkError, Place, Problem, Severity

Direction = Literal["higher", "lower", "target"]


class Caliber(Declared):
    """What a computing-power figure counts; figures of different calibers never mix."""

    side: Literal["device", "infrastructure"]
    """`device`: six years of shipments (设备侧); `infrastructure`: machines in data centres
    (基础设施侧)."""
    precision: Literal["FP64", "FP32", "FP16", "INT8"]
    """The precision the figure is expressed in, after conversion."""


class Variable(Declared):
    """A statistic that indicators are computed from; it carries no weight."""

    code: str = Field(min_length=1)
    """Identifier used in expressions and as a column of data files: letters, digits and
    underscores."""
    name: Text
    """Name in both languages."""
    unit: str = Field(min_length=1)
    """Unit in which expressions read it."""
    bounds: tuple[Number | None, Number | None] = (None, None)
    """Plausible lowest and highest value; outside them `check` reports an error."""
    definition: Text | None = None
    """What it counts."""


class Indicator(Declared):
    """A leaf of the tree."""

    code: str = Field(min_length=1)
    """Unique in the framework."""
    name: Text
    """Name in both languages."""
    unit: str = Field(min_length=1)
    """Unit of the value, as printed on tables and axes."""
    direction: Direction
    """Which end is good: `higher`, `lower`, or nearness to a `target`. There is no default: the
    author must say."""
    kind: Literal["extensive", "intensive", "ready-made"]
    """`extensive` grows with a region's size, `intensive` is a ratio or mean, `ready-made` is
    another index's score."""
    definition: Text
    """What it measures, in the framework's own words."""
    formula: Text
    """How a regional value is computed from what is counted."""
    source: Text
    """Where the indicator comes from and who publishes the data."""
    notes: tuple[Text, ...] = ()
    """Known contradictions, limits and cautions, shown wherever the indicator is explained."""
    aliases: tuple[str, ...] = ()
    """Other names under which data files may carry it."""
    caliber: Caliber | None = None
    """For computing-power figures: what is counted."""
    bounds: tuple[Number | None, Number | None] = (None, None)
    """Plausible lowest and highest value; outside them `check` reports an error."""
    expression: str | None = None
    """Arithmetic over `variables` (+ - * / and parentheses) that gives the value where data do
    not; units are checked."""
    rule: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] | None = None
    """Name of the rule that computes it from records, such as `pue`; without one it is not computed from records."""
    target: tuple[Number, Number] | None = None
    """Direction `target`: the interval that scores best; a single point has two equal ends."""
    goalposts: tuple[Number, Number] | None = None
    """Fixed goalposts, lower value first whatever the direction; in the indicator's unit."""
    reference: Number | None = None
    """Value that `target-ratio` and `distance-to-reference` compare with, in the indicator's
    unit."""
    reference_note: Text | None = None
    """Who set the reference or goalposts and how."""
    normalisation: NormalisationOverride | None = None
    """What differs from the framework's normalisation."""
    weight: Number | None = Field(default=None, ge=0)
    """Local weight among siblings."""
    disabled: Switch = False
    """Whether it is left out of every score while it stays declared and shown; its weight goes to its siblings, for
    which the weighting must declare `renormalise_missing`."""


def _kind_of_node(node: object) -> str:
    has_children = "children" in node if isinstance(node, Mapping) else isinstance(node, Group)
    return "group" if has_children else "indicator"


# Told apart by `children`, so that a fault in one is not reported against both.
Node: TypeAlias = Annotated[
    Annotated["Group", Tag("group")] | Annotated[Indicator, Tag("indicator")],
    Discriminator(_kind_of_node),
]


class Group(Declared):
    """A dimension, a pillar, or any node with children."""

    code: str = Field(min_length=1)
    """Unique in the framework."""
    name: Text
    """Name in both languages."""
    definition: Text | None = None
    """What the group stands for."""
    weight: Number | None = Field(default=None, ge=0)
    """Local weight among siblings."""
    disabled: Switch = False
    """Whether the group with everything in it is left out of the scores above it, as for an indicator."""
    aggregation: Mean | None = None
    """How this group's children are combined, where it differs from the framework's rule."""
    tiers: Tiers | None = None
    """Tiers of this group's scores, where they differ from the framework's rule."""
    children: tuple[Node, ...] = Field(min_length=1)
    """Groups or indicators, in the order they are shown."""


class Correspondence(Declared):
    """How an indicator relates to one of another framework."""

    code: str | None
    """Code in this framework; none for an indicator that was dropped."""
    framework: str
    """The other framework's id."""
    other: str | None
    """Code in the other framework; none for an indicator that is new here."""
    relation: Literal["same", "redefined", "moved", "new", "dropped", "stand-in"]
    """`stand-in`: a public figure that takes the place of one that is not published."""
    note: Text | None = None
    """What changed, or how far the two agree."""


class Declaration(Declared):
    """A composite index as declared; it is itself the root of its tree."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9.\-]*$")
    """Name of the framework and its version, such as `cpdi-2.0`."""
    family: str = Field(min_length=1)
    """Indices of one lineage share a family; versions are compared only inside it."""
    version: str = Field(min_length=1)
    """Version inside the family."""
    title: Text
    """Full title."""
    description: Text
    """What the index measures, of what, and whose it is."""
    source: Text
    """The publication that the framework follows."""
    region_level: Literal["province", "prefecture", "any"]
    """The units it evaluates."""
    code: str = "index"
    """Code of the root node in every table of the result."""
    name: Text
    """Short name of the composite score."""
    predecessor: str | None = None
    """Id of the version before this one, inside the family."""
    correspondences: tuple[Correspondence, ...] = ()
    """Indicator by indicator: the lineage from the predecessor, and stand-ins for other
    frameworks' indicators."""
    variables: tuple[Variable, ...] = ()
    """Statistics that expressions read."""
    missing: MissingData
    """What is done about missing values."""
    treatment: Treatment
    """What is done about outliers."""
    normalisation: Normalisation
    """How values become scores."""
    weighting: Weighting
    """Where weights come from."""
    aggregation: Aggregation
    """How scores rise through the tree."""
    tiers: Tiers
    """How ranked regions are put into tiers."""
    simulated: Switch = False
    """Whether goalposts or weights in it come from simulated data; whatever is computed by it then says so."""
    decimals: Whole = Field(default=2, ge=0, le=6)
    """Decimals shown; scores are never rounded before ranking."""
    children: tuple[Node, ...] = Field(min_length=1)
    """The dimensions."""

    def walk(self) -> Iterator["Placed"]:
        """Yield every node below the index, parents before children, in the declared order."""
        yield from _walk(self.children, parent=self.code, level=1)

    def indicators(self) -> tuple[Indicator, ...]:
        """Return the indicators in tree order."""
        return tuple(placed.node for placed in self.walk() if isinstance(placed.node, Indicator))

    def node(self, code: str) -> Group | Indicator:
        """Return the node below the index that has this code.

        Raises
        ------
        FrameworkError
            If there is none; the problem names the codes that come nearest.
        """
        codes = []
        for placed in self.walk():
            if placed.node.code == code:
                return placed.node
            codes.append(placed.node.code)
        near = ", ".join(get_close_matches(code, codes, n=3, cutoff=0.5) or codes[:5])
        place = Place(code=code)
        raise FrameworkError(
            [Problem("framework-node-unknown", Severity.ERROR, place, found=code, expected=near)]
        )

    def name_of(self, code: str) -> Text:
        """Return the name of a node, or that of the index for the code of the root.

        Raises
        ------
        FrameworkError
            If there is no such node; the problem names the codes that come nearest.
        """
        return self.name if code == self.code else self.node(code).name


@dataclass(frozen=True, slots=True)
class Placed:
    """A node with its place in the tree.

    `parent` is the code of the node above it; `level` is 1 for dimensions and grows downwards, the
    index itself is 0.
    """

    node: Group | Indicator
    parent: str
    level: int


def _walk(nodes: tuple[Group | Indicator, ...], parent: str, level: int) -> Iterator[Placed]:
    for node in nodes:
        yield Placed(node, parent, level)
        if isinstance(node, Group):
            yield from _walk(node.children, node.code, level + 1)
