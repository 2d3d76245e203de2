"""The groups that experts judge: siblings that are weighed against one another."""

import hashlib

from suanli.framework import Framework


def judged_groups(framework: Framework) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the groups with two enabled members or more: the parent's code and theirs, in tree order.

    Whatever stands below a disabled group is left out with it; an only child needs no judgement.

    >>> from suanli.framework import bundled
    >>> judged_groups(bundled("cpdi-2.0"))[1]
    ('2.1', ('2.1.1', '2.1.2'))
    """
    members: dict[str, list[str]] = {framework.code: []}
    for placed in framework.walk():
        # parents come first: one that is not listed is disabled, or stands below one that is
        if placed.parent in members and not placed.node.disabled:
            members[placed.parent].append(placed.node.code)
            members[placed.node.code] = []
    return tuple((node, tuple(items)) for node, items in members.items() if len(items) > 1)


def codes_digest(framework: Framework) -> str:
    """Return the SHA-256 of what is judged: the codes of the groups and of their members, in order.

    Two frameworks with the same digest ask the same questions, whatever the items are called.
    """
    lines = ("\t".join((node, *items)) for node, items in judged_groups(framework))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
