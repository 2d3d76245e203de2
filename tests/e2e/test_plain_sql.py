"""Every indicator of simulated studies against plain SQL that shares no line with the rules."""

import numpy as np
import pytest

from suanli.indicators import recorded
from suanli.intake import read_study
from suanli.intake.records import open_records
from suanli.simulation import simulated_study
from tests import plain_sql

CLOSE = 1e-12
FACTS_OF = {"cpdi-2.0": 2022, "ccpe-3.0": 2023}


@pytest.mark.parametrize("framework", FACTS_OF)
def test_the_rules_give_what_plain_sql_gives(framework, tmp_path):
    folder = tmp_path / "study"
    simulated_study(framework, FACTS_OF[framework], folder, size="medium", seed=5)
    study = read_study(folder)
    with open_records(study.records) as records:
        grid = recorded(study.framework, records, origin="simulated").grid
    connection = plain_sql.connected(folder / "records", study.periods)
    queries = plain_sql.cpdi_queries()
    if framework == "ccpe-3.0":
        plain_sql.stage_centres(connection)
        queries = plain_sql.ccpe_queries()
    assert set(queries) == set(grid.codes)
    for code, query in queries.items():
        by_hand = plain_sql.value_of(connection, query)
        compared = 0
        for (p, r), value in np.ndenumerate(grid.values[:, :, grid.codes.index(code)]):
            place = (grid.regions[r], grid.periods[p])
            if place not in by_hand:
                # a region of which a complete list says nothing has none
                assert np.isnan(value) or value == 0, (code, place)
                continue
            assert value == pytest.approx(by_hand[place], rel=CLOSE), (code, place)
            compared += 1
        assert compared >= len(grid.regions), code
