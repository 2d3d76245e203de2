"""A framework before anything in it was disabled."""

from suanli.framework import Framework, Group, Indicator


def with_all_enabled(framework: Framework) -> Framework:
    """Return the framework with no node disabled.

    A panel may have judged what was disabled only afterwards; its forms and tables are read by this one.

    >>> from suanli.framework import bundled
    >>> with_all_enabled(bundled("cpdi-2.0")) == bundled("cpdi-2.0")
    True
    """
    children = tuple(_enabled(child) for child in framework.children)
    return framework.model_copy(update={"children": children})


def _enabled(node: Group | Indicator) -> Group | Indicator:
    if isinstance(node, Indicator):
        return node.model_copy(update={"disabled": False})
    children = tuple(_enabled(child) for child in node.children)
    return node.model_copy(update={"disabled": False, "children": children})
