"""`suanli new`."""

import click

from suanli.cli.program import argument, made_command, option
from suanli.language import Language, say


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def new(folder: str, framework: str, periods: str, regions: str | None) -> None:
        from suanli.intake import framework_named, new_study
        from suanli.regions import prefectures, provinces
        from suanli.report.words import as_typed

        chosen = framework_named(framework)
        level = regions or ("prefectures" if chosen.region_level == "prefecture" else "provinces")
        units = {"provinces": provinces, "prefectures": prefectures}[level]()
        made = new_study(folder, chosen, units, period_names(periods), language=language)
        between = "、" if language == "zh" else ", "
        files = between.join(str(path) for path in made)
        click.echo(say("cli", "made-study", language, folder=as_typed(folder), files=files))

    return made_command(
        "new",
        language,
        new,
        [
            argument("folder", "folder", language),
            option(
                *("framework", "--framework"), language=language, required=True, metavar="framework"
            ),
            option(*("periods", "--periods"), language=language, default="2023", metavar="periods"),
            option(
                *("regions", "--regions"),
                language=language,
                type=click.Choice(["provinces", "prefectures"]),
            ),
        ],
    )


def period_names(words: str) -> tuple[str, ...]:
    """Return the periods named in a list with commas of either script.

    >>> period_names("2022，2023, 2024")
    ('2022', '2023', '2024')
    """
    parts = words.replace("，", ",").replace("、", ",").split(",")
    return tuple(part.strip() for part in parts if part.strip())
