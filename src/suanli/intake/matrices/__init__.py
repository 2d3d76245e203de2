"""One matrix of judgements from a file, or every reason why not; imports the reading of files and the methods."""

from suanli.intake.matrices.matching import Snap
from suanli.intake.matrices.matrix import LabelledMatrix, read_matrix

__all__ = ["LabelledMatrix", "Snap", "read_matrix"]
