"""A new study's folder and workbook to fill in; imports framework, regions and below."""

from suanli.intake.template.folder import new_study

__all__ = ["new_study"]
