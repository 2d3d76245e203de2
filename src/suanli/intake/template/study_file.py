"""The text files of a new study: study.yaml, with comments in both languages, and the files it names."""

import csv
from collections.abc import Iterator
from io import StringIO

from suanli.framework import Framework, bundled, bundled_ids, dump
from suanli.intake.folder import STUDY_FILE
from suanli.intake.template.plan import Plan
from suanli.intake.yaml_lines import comment, entry, quoted
from suanli.regions import Regions, prefectures, provinces

WORKBOOK = "data.xlsx"
FRAMEWORK = "framework.yaml"
REGIONS = "regions.csv"
_SEED = 20240101
_REGION_COLUMNS = (
    "code",
    "name_zh",
    "name_en",
    "short",
    "short_en",
    "parent",
    "level",
    "kind",
    "iso",
    "aliases",
)


def text_files(plan: Plan) -> dict[str, str]:
    """Return the text of each file by name: study.yaml, and a framework and regions of the user's own."""
    files = {STUDY_FILE: "\n".join(_study_lines(plan)) + "\n"}
    if not _is_bundled(plan.framework):
        files[FRAMEWORK] = dump(plan.framework)
    if plan.regions.level not in ("province", "prefecture", "everything"):
        files[REGIONS] = _region_table(plan.regions)
    return files


def _study_lines(plan: Plan) -> Iterator[str]:
    title = plan.framework.title
    yield from comment("template", "study_head", plan.language)
    yield from entry("template", "study_format", plan.language, "suanli: 1")
    yield from entry("template", "study_title", plan.language, "title:")
    yield f"  zh: {quoted(title.zh)}"
    yield f"  en: {quoted(title.en)}"
    own = not _is_bundled(plan.framework)
    name = FRAMEWORK if own else plan.framework.id
    yield from entry("template", "study_framework", plan.language, f"framework: {quoted(name)}")
    yield from comment("template", "study_regions", plan.language)
    yield from _regions(plan.regions)
    periods = ", ".join(quoted(period) for period in plan.periods)
    yield from entry("template", "study_periods", plan.language, f"periods: [{periods}]")
    yield from entry("template", "study_mode", plan.language, "mode: official")
    yield from entry("template", "study_seed", plan.language, f"seed: {_SEED}")
    yield from entry("template", "study_simulated", plan.language, "simulated: false")
    yield from entry("template", "study_as_of", plan.language, "# as_of: 2024-12-31")
    yield from entry("template", "study_data", plan.language, "data:")
    yield f"  - file: {WORKBOOK}"
    yield "    origin: reported"
    yield from entry("template", "study_records", plan.language, "# records: {folder: records}")
    yield from entry("template", "study_weights", plan.language, "# weights: weights.csv")
    yield from entry("template", "study_panel", plan.language, "# panel: panel")
    yield from entry(
        "template", "study_changes", plan.language, "# changes: {normalisation/method: z-score}"
    )


def _regions(regions: Regions) -> Iterator[str]:
    whole = {"province": provinces, "prefecture": prefectures}.get(regions.level)
    if whole is None and regions.level != "everything":
        yield f"regions: {{file: {REGIONS}}}"
    elif whole and regions.codes == whole().codes:
        yield f"regions: {regions.level}s"
    else:
        yield "regions:"
        for region in regions.members:
            yield f"  - {quoted(region.code)}  # {region.name.zh} {region.name.en}"


def _is_bundled(framework: Framework) -> bool:
    return framework.id in bundled_ids() and bundled(framework.id) == framework


def _region_table(regions: Regions) -> str:
    """Return the regions as a table that `suanli.regions.custom` reads back."""
    table = StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(_REGION_COLUMNS)
    for region in regions.members:
        writer.writerow(
            (
                region.code,
                region.name.zh,
                region.name.en,
                region.short.zh,
                region.short.en,
                region.parent or "",
                region.level,
                region.kind,
                region.iso or "",
                "|".join(region.aliases),
            )
        )
    return table.getvalue()
