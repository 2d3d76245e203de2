"""Simulated studies: values that agree with published facts, records that come to them; imports result and below."""

from suanli.simulation.profiles import simulated_ids
from suanli.simulation.sizes import SIZES, Size, SizeName
from suanli.simulation.study import SimulatedStudy, check_simulation, simulated_study
from suanli.simulation.tables import record_tables
from suanli.simulation.targets import Targets, targets

__all__ = [
    "SIZES",
    "SimulatedStudy",
    "Size",
    "SizeName",
    "Targets",
    "check_simulation",
    "record_tables",
    "simulated_ids",
    "simulated_study",
    "targets",
]
