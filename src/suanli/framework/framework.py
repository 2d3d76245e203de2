"""A framework that has passed every check, and the frameworks that changes make of it."""

from collections.abc import Mapping
from typing import Self

from suanli.framework.changes import changed
from suanli.framework.schema import Declaration


class Framework(Declaration):
    """A composite index as declared. The framework itself is the root of its tree."""

    def with_changes(self, changes: Mapping[str, object]) -> Self:
        """Return the framework with some values replaced, validated and cross-checked as a whole.

        Parameters
        ----------
        changes
            New values by path: `normalisation/method`, `aggregation/levels/0/method`,
            `nodes/<code>/weight`. All are made before anything is checked, so that values which
            depend on one another can change together. A level without a mean of its own starts
            from the framework's default mean.

        Raises
        ------
        FrameworkError
            If a path leads nowhere, a value is refused, or the changed framework contradicts
            itself; every problem names the path.
        """
        return changed(self, changes)
