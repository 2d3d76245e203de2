"""Files to validated data, or every reason why not; imports framework, regions and what is below them."""

from suanli.intake.folder import InputFile
from suanli.intake.framework_file import framework_named, study_framework
from suanli.intake.grid import ORIGINS, ValueGrid, grid_of
from suanli.intake.panels import Panel, check_panel, read_panel
from suanli.intake.study import (
    Study,
    bundled_studies,
    bundled_study,
    check_study,
    read_study,
)
from suanli.intake.template import new_study

__all__ = [
    "ORIGINS",
    "InputFile",
    "Panel",
    "Study",
    "ValueGrid",
    "bundled_studies",
    "bundled_study",
    "check_panel",
    "check_study",
    "framework_named",
    "grid_of",
    "new_study",
    "read_panel",
    "read_study",
    "study_framework",
]
