"""A new study's folder and workbook to fill in, and how text is set in sheets; imports framework, regions and below."""

from suanli.intake.template.folder import new_study
from suanli.intake.template.typesetting import line_count, row_height, text_width

__all__ = ["line_count", "new_study", "row_height", "text_width"]
