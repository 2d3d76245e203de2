"""`suanli ahp`."""

import click

from suanli.cli.program import argument, made_command, option
from suanli.cli.usage import wrong_usage
from suanli.language import Language, say

# spelt out here so that a help page needs no numpy
_METHODS = ("eigenvector", "geometric", "least-squares", "column-mean")


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def ahp(
        file: str, method: str, ri: str, scale: str | None, sheet: str | None, as_json: bool
    ) -> None:
        from suanli.intake.matrices import read_matrix
        from suanli.methods.pairwise.judgement_scales import ratios
        from suanli.report.ahp import Source, ahp_json, ahp_shown
        from suanli.report.screen import print_json, show
        from suanli.weighting.assessment import assessment

        table, scale = table_of(ri, language), scale_of(scale, language)
        matrix = read_matrix(file, sheet=sheet, grades=scale is not None)
        values = matrix.values if scale is None else ratios(matrix.values, scale)
        found = assessment(matrix.labels, values, method=method, table=table)
        source = Source(matrix.file.path, scale, matrix.snapped, matrix.problems)
        if as_json:
            print_json(ahp_json(found, source))
        else:
            show(ahp_shown(found, source, language))

    return made_command(
        "ahp",
        language,
        ahp,
        [
            argument("matrix", "file", language),
            option(
                *("method", "--method"),
                language=language,
                type=click.Choice(_METHODS),
                default=_METHODS[0],
            ),
            option("ri", "--ri", language=language, default="alonso-lamata", metavar="table"),
            option("scale", "--scale", language=language, metavar="scale"),
            option("sheet", "--sheet", language=language, metavar="sheet"),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )


def table_of(spelling: str, language: Language) -> str:
    """Return the table of random indices that a spelling means.

    Raises
    ------
    WrongUsage
        If it means none; the message lists the tables.
    """
    from suanli.methods.pairwise import TABLES, table_named

    try:
        return table_named(spelling)
    except ValueError as error:
        raise _not_among("--ri", TABLES, language) from error


def scale_of(spelling: str | None, language: Language) -> str | None:
    """Return the scale that a spelling means, if one is given.

    Raises
    ------
    WrongUsage
        If it means none; the message lists the scales.
    """
    from suanli.methods.pairwise.judgement_scales import SCALES

    if spelling is None:
        return None
    name = spelling.casefold().replace("_", "-")
    if name not in SCALES:
        raise _not_among("--scale", SCALES, language)
    return name


def _not_among(name: str, choices: tuple[str, ...], language: Language) -> click.UsageError:
    reason = say("cli", "usage-choice", language, choices=" / ".join(choices))
    return wrong_usage("bad-value", language, name=name, reason=reason)
