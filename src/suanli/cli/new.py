"""`suanli new`."""

import click

from suanli.cli.program import argument, made_command, option
from suanli.language import Language, say


def command(language: Language) -> click.Command:
    """Return the command in a language."""

    def new(folder: str, framework: str, periods: str, regions: str | None) -> None:
        from suanli.framework import bundled
        from suanli.intake import new_study
        from suanli.regions import prefectures, provinces

        chosen = bundled(framework)
        level = regions or (
            "prefectures" if chosen.region_level == "prefecture" else "provinces"
        )
        units = {"provinces": provinces, "prefectures": prefectures}[level]()
        named = tuple(part.strip() for part in periods.replace("，", ",").split(",") if part.strip())
        made = new_study(folder, chosen, units, named, language=language)
        files = ", ".join(path.name for path in made)
        click.echo(say("cli", "made-study", language, folder=folder, files=files))

    return made_command(
        "new",
        language,
        new,
        [
            argument("folder", "folder", language),
            option("framework", "--framework", language=language, required=True, metavar="ID"),
            option("periods", "--periods", language=language, default="2023", show_default=True),
            option(
                "regions",
                "--regions",
                language=language,
                type=click.Choice(["provinces", "prefectures"]),
            ),
        ],
    )
