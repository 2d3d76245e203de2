"""Options that say where records are computed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from suanli.cli.program import option
from suanli.cli.usage import wrong_usage
from suanli.language import Language

if TYPE_CHECKING:
    from suanli.indicators import EngineChoice

ENGINES = ("duckdb", "spark")
_WITH_URL = "spark"


def engine_options(language: Language) -> list[click.Parameter]:
    """Return `--engine` and `--engine-url`."""
    return [
        option(
            *("engine", "--engine"),
            language=language,
            type=click.Choice(ENGINES),
            default=ENGINES[0],
        ),
        option("engine-url", "--engine-url", language=language, metavar="url"),
    ]


def engine_choice(given: Mapping[str, str | None], language: Language) -> "EngineChoice":
    """Return what the options say.

    Raises
    ------
    UsageError
        If an address is given for an engine that has none.
    """
    if given["engine_url"] is not None and given["engine"] != _WITH_URL:
        raise wrong_usage("needs-spark", language, names="--engine-url")
    if given["engine"] == _WITH_URL:
        _quiet_libraries()
    return {"engine": given["engine"] or ENGINES[0], "engine_url": given["engine_url"]}


def _quiet_libraries() -> None:
    """Keep from the user what Spark's libraries log of interrupts: what concerns the user is told as a problem."""
    import logging

    logging.getLogger().addHandler(logging.NullHandler())
