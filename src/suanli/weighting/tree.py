"""From the weights of judged groups to those of every node, local and overall."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suanli.framework import Framework, Group

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WeightTree:
    """The nodes below the index, in tree order, and which of them can carry weight."""

    codes: tuple[str, ...]
    parents: tuple[int, ...]
    """Position of each node's parent; −1 for the index."""
    enabled: tuple[bool, ...]
    """Which nodes are not disabled themselves."""
    live: tuple[bool, ...]
    """Which nodes are neither disabled nor below a disabled one."""
    leaves: tuple[bool, ...]
    """Which nodes are indicators."""
    root: str
    """Code of the index."""

    def siblings(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield each parent's position and those of its enabled children, in tree order; −1 is the index."""
        below: dict[int, list[int]] = {}
        for position, parent in enumerate(self.parents):
            if self.enabled[position]:
                below.setdefault(parent, []).append(position)
        for parent, children in sorted(below.items()):
            yield parent, tuple(children)


def weight_tree(framework: Framework) -> WeightTree:
    """Return the tree whose nodes are to be weighted.

    >>> from suanli.framework import bundled
    >>> tree = weight_tree(bundled("cpdi-2.0"))
    >>> next(tree.siblings())
    (-1, (0, 7, 14, 20, 28))
    """
    placed = tuple(framework.walk())
    at = {each.node.code: position for position, each in enumerate(placed)}
    parents = tuple(at.get(each.parent, -1) for each in placed)
    live: list[bool] = []
    for each, parent in zip(placed, parents, strict=True):
        live.append(not each.node.disabled and (parent < 0 or live[parent]))
    return WeightTree(
        codes=tuple(at),
        parents=parents,
        enabled=tuple(not each.node.disabled for each in placed),
        live=tuple(live),
        leaves=tuple(not isinstance(each.node, Group) for each in placed),
        root=framework.code,
    )


def local_weights(
    tree: WeightTree, judged: Mapping[str, tuple[tuple[str, ...], ArrayLike]]
) -> Floats:
    """Return the weight of every node among its siblings, (..., N) in tree order.

    A disabled node has none, and its siblings share what it was judged to have in proportion. Children of a group
    that is out of the index, being disabled or below a disabled one, were not judged: they share equally, of nothing.

    Parameters
    ----------
    tree
        The nodes.
    judged
        By parent's code: the judged children's codes and their weights (..., n). Leading axes, such as draws, must
        be alike.

    Raises
    ------
    ValueError
        If siblings were not judged.

    >>> tree = WeightTree(("a", "b", "c"), (-1,) * 3, (True, True, False), (True,) * 3, (True,) * 3, "index")
    >>> local_weights(tree, {"index": (("a", "b", "c"), (0.2, 0.3, 0.5))})
    array([0.4, 0.6, 0. ])
    """
    lead = next((np.shape(weights)[:-1] for _, weights in judged.values()), ())
    local = np.zeros((*lead, len(tree.codes)))
    for parent, children in tree.siblings():
        if len(children) == 1 or (parent >= 0 and not tree.live[parent]):
            local[..., list(children)] = 1 / len(children)
            continue
        node = tree.codes[parent] if parent >= 0 else tree.root
        items, weights = judged.get(node, ((), ()))
        codes = [tree.codes[child] for child in children]
        if lacking := [code for code in codes if code not in items]:
            message = f"no weights for the children of {node}: {', '.join(lacking)}"
            raise ValueError(message)
        columns = [items.index(code) for code in codes]
        taken = np.asarray(weights, dtype=np.float64)[..., columns]
        local[..., list(children)] = taken / taken.sum(axis=-1, keepdims=True)
    return local


def overall_weights(tree: WeightTree, local: Floats) -> Floats:
    """Return the weight of every node in the index, (..., N): the product of local weights from the top down."""
    overall = np.array(local, dtype=np.float64)
    for position, parent in enumerate(tree.parents):
        if parent >= 0:
            overall[..., position] *= overall[..., parent]
    return overall


def by_code(tree: WeightTree, weights: Floats) -> dict[str, float]:
    """Return the weights (N,) by code of the node, in tree order."""
    return dict(zip(tree.codes, weights.tolist(), strict=True))
