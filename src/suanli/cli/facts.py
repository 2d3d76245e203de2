"""`suanli facts`."""

from typing import TYPE_CHECKING

import click

from suanli.cli.files import result_folder
from suanli.cli.program import argument, made_command, option
from suanli.cli.usage import wrong_usage
from suanli.language import Language, say

if TYPE_CHECKING:
    from suanli.result import FittedWeights, Result

_VERDICTS = ("agrees", "differs", "not-testable")


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def facts(
        folder: str,
        verdict: str | None,
        fit: bool,
        seed: int | None,
        weights_out: str | None,
        as_json: bool,
    ) -> None:
        from suanli.report.fact_fitting import fitted_json, fitted_view
        from suanli.report.facts import facts as facts_shown
        from suanli.report.facts import facts_json
        from suanli.report.screen import print_json, show
        from suanli.result import facts_beside, load_result

        _check_fit(fit, {"--seed": seed, "--weights-out": weights_out}, language)
        result = load_result(result_folder(folder))
        found = facts_beside(result)
        fitted = _fitted(result, seed or 0, weights_out, language) if fit else None
        if as_json:
            told = facts_json(found, result, verdict=verdict)
            if fitted:
                told["fitted_weights"] = fitted_json(fitted, result, file=weights_out)
            print_json(told)
            return
        show(facts_shown(found, result, language, verdict=verdict))
        if fitted:
            click.echo()
            show(fitted_view(fitted, result, language))
            _tell_written(weights_out, language)

    return made_command(
        "facts",
        language,
        facts,
        [
            argument("result", "folder", language),
            option("verdict", "--verdict", language=language, type=click.Choice(_VERDICTS)),
            option("fit", "--fit", language=language, is_flag=True),
            option(
                *("fit-seed", "--seed"),
                language=language,
                type=click.IntRange(min=0, max=2**63 - 1),
                metavar="seed",
            ),
            option("fit-weights-out", "--weights-out", language=language, metavar="file"),
            option("json", "--json", "as_json", language=language, is_flag=True),
        ],
    )


def _check_fit(fit: bool, others: dict[str, object], language: Language) -> None:
    """Refuse options that say how weights are fitted where none are to be."""
    given = [name for name, value in others.items() if value is not None]
    if given and not fit:
        raise wrong_usage("needs-fit", language, names=", ".join(given))


def _fitted(
    result: "Result", seed: int, weights_out: str | None, language: Language
) -> "FittedWeights":
    """Return fitted weights, written to a file where one is named."""
    from suanli.cli.files import write_new
    from suanli.cli.progress import progress
    from suanli.result import fitted_weights

    with progress(language) as stage:
        stage("fitting")
        fitted = fitted_weights(result, seed=seed)
    if weights_out is not None:
        write_new(weights_out, fitted.weights_file)
    return fitted


def _tell_written(weights_out: str | None, language: Language) -> None:
    from suanli.report.prose import Prose
    from suanli.report.screen import show
    from suanli.report.words import as_typed

    if weights_out is not None:
        show(Prose(say("cli", "fitted-written", language, file=as_typed(weights_out))))
