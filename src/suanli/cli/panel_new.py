"""`suanli panel new`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from suanli.cli.program import argument, made_command, option
from suanli.cli.usage import wrong_usage
from suanli.language import Language, say

if TYPE_CHECKING:
    from suanli.framework import Framework

_STUDY = "study.yaml"
_PANEL = "panel"
MODES = ("pairwise", "incomplete", "best-worst", "scores", "budget")
RULES = ("ratio", "difference")


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def new(folder: str, framework: str | None, *, count: bool, **asking: Any) -> None:  # noqa: ANN401
        from suanli.intake.questionnaires import judgement_count, new_panel
        from suanli.report.burden import burdens
        from suanli.report.screen import show
        from suanli.report.words import as_typed

        target = Path(folder)
        chosen = framework_of(target, framework, language)
        asked = {each: judgement_count(chosen, each) for each in MODES}  # type: ignore[arg-type]
        if count:
            show(burdens(chosen, asked, language))
            return
        in_study = (target / _STUDY).is_file()
        place = target / _PANEL if in_study else target
        made = new_panel(
            place,
            chosen,
            elicitation=asking["mode"],
            score_rule=asking["rule"],
            experts=expert_ids(asking["experts"], language),
            language=language,
            seed=asking["seed"],
            standalone=None if in_study else framework,
        )
        show(burdens(chosen, asked, language, chosen=asking["mode"]))
        click.echo(say("cli", "made-panel", language, count=len(made), folder=place))
        key = "made-panel-study" if in_study else "made-panel-alone"
        click.echo(say("cli", key, language, folder=as_typed(folder)))

    return made_command(
        "panel-new",
        language,
        new,
        [
            argument("panel-place", "folder", language),
            option(*("panel-framework", "--framework"), language=language, metavar="framework"),
            option(
                *("panel-mode", "--mode"),
                language=language,
                type=click.Choice(MODES),
                default="pairwise",
            ),
            option(
                *("panel-rule", "--rule"),
                language=language,
                type=click.Choice(RULES),
                default="ratio",
            ),
            option(
                *("panel-experts", "--expert", "experts"),
                language=language,
                multiple=True,
                metavar="expert",
            ),
            option(
                *("panel-seed", "--seed"),
                language=language,
                type=click.IntRange(min=0, max=2**63 - 1),
                default=0,
                metavar="seed",
            ),
            option(*("panel-count", "--count"), language=language, is_flag=True),
        ],
    )


def framework_of(folder: Path, named: str | None, language: Language) -> "Framework":
    """Return the framework that is judged: the one named, or that of the study in the folder.

    Raises
    ------
    WrongUsage
        If neither says which.
    """
    from suanli.intake import framework_named, study_framework

    if named is not None:
        return framework_named(named)
    if (folder / _STUDY).is_file():
        return study_framework(folder)
    raise wrong_usage("panel-framework", language)


def expert_ids(words: tuple[str, ...], language: Language) -> int | tuple[str, ...]:
    """Return how many experts there are, or their ids: `--expert 15`, or `--expert 张三 --expert 李四`.

    Raises
    ------
    WrongUsage
        If a number stands beside names, or is not from 1 to 500.
    """
    if not words:
        return 10
    if len(words) == 1 and words[0].isdecimal():
        number = int(words[0])
        if not 1 <= number <= 500:
            raise wrong_usage("panel-experts", language)
        return number
    return words
