"""Where each computing centre of a provincial study stands: about the capital of its province."""

import numpy as np

from suanli.simulation.aims import Aims
from suanli.simulation.places import places, radii, scattered
from suanli.simulation.register import Register
from suanli.simulation.shares import Floats, stream


def coordinates(aims: Aims, listed: Register) -> Floats:
    """Return longitudes and latitudes of the centres, (2, centres); NaN where regions are not provinces."""
    found = np.full((2, len(listed.ids)), np.nan)
    if aims.targets.regions.level != "province":
        return found
    for region, radius in enumerate(radii(aims.base("area")[-1])):
        code = aims.regions[region]
        here = np.flatnonzero(listed.region == region)
        rng = stream(aims.seed, "coordinates", code)
        found[:, here] = scattered(places()[code], float(radius), here.size, rng)
    return found
