import numpy as np
import pytest

from suanli.methods.pairwise import least_lambda, principal
from suanli.weighting.completion import completed_matrices
from tests.made_panels import matrix


def drawn(size, missing, count):
    generator = np.random.default_rng(size)
    pairs = size * (size - 1) // 2
    upper = np.exp(generator.normal(0, 0.6, size=(count, pairs)))
    told = [[None if k in missing else float(x) for k, x in enumerate(each)] for each in upper]
    return np.stack([matrix(size, each) for each in told])


@pytest.mark.parametrize(("size", "missing"), [(4, {1}), (5, {0, 7}), (7, {0, 3, 8, 11, 20})])
def test_completions_are_those_of_newtons_method(size, missing):
    gaps = drawn(size, missing, 12)
    expected = principal(least_lambda(gaps))
    found = principal(completed_matrices(gaps))
    np.testing.assert_allclose(found.weights, expected.weights, atol=1e-9)
    np.testing.assert_allclose(found.lambda_max, expected.lambda_max, atol=1e-12)


def test_what_is_known_stays_and_complete_matrices_are_left_alone():
    gaps = np.concatenate([drawn(5, {2, 6}, 3), drawn(5, set(), 1)])
    found = completed_matrices(gaps)
    known = np.isfinite(gaps)
    np.testing.assert_array_equal(found[known], gaps[known])
    assert np.isfinite(found).all()
    assert np.isnan(gaps).any()


def test_what_does_not_settle_goes_to_newtons_method():
    # eleven wild judgements in a ring and a few across it settle too slowly
    generator = np.random.default_rng(0)
    rows, columns = np.triu_indices(11, 1)
    known = np.isin(columns - rows, (1, 10)) | (generator.random(len(rows)) < 0.1)
    wild = np.exp(generator.normal(0, 1.5, size=(3, len(rows))))
    told = [
        [float(x) if there else None for x, there in zip(each, known, strict=True)] for each in wild
    ]
    gaps = np.stack([matrix(11, each) for each in told])
    found, expected = completed_matrices(gaps), least_lambda(gaps)
    np.testing.assert_allclose(principal(found).weights, principal(expected).weights, atol=1e-12)


def test_disconnected_judgements_are_refused():
    with pytest.raises(ValueError, match="do not connect"):
        completed_matrices(matrix(4, [2, None, None, None, None, 3])[None])
