import polars as pl
import pytest

from suanli.result.csv_files import csv_of, table_from_csv
from suanli.result.tables import SCHEMAS

KEYS = {"period": "2023", "indicator": "x"}


def normalised(codes, scores):
    return pl.DataFrame(
        {
            "region_code": codes,
            "period": ["2023"] * len(codes),
            "indicator": ["x"] * len(codes),
            "score": scores,
        },
        schema_overrides={"score": pl.Float64, "region_code": pl.String},
    )


def test_formulas_are_disarmed_and_come_back():
    hostile = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "＝1",
        "'quoted",
        "plain",
        "a=b",
    ]
    frame = normalised(hostile, [1.0] * len(hostile))
    data = csv_of(frame)
    first = [line.lstrip('"')[0] for line in data.decode().split("\n")[1:3]]
    assert first == ["'", "'"]
    assert not any(line.startswith(("=", "+", "-", "@")) for line in data.decode().split("\n"))
    assert table_from_csv(SCHEMAS["normalised"], data)["region_code"].to_list() == hostile


def test_negative_numbers_are_numbers():
    assert csv_of(normalised(["a"], [-0.5])).endswith(b"a,2023,x,-0.5\n")


def test_shortest_digits_come_back_exactly():
    numbers = [0.1 + 0.2, 1e-300, 5e-324, 1.7976931348623157e308, 1 / 3, 123456789.123456789, 1e16]
    data = csv_of(normalised(["a"] * len(numbers), numbers))
    assert b"0.30000000000000004" in data
    assert table_from_csv(SCHEMAS["normalised"], data)["score"].to_list() == numbers


def test_missing_is_empty_and_an_empty_text_is_not_missing():
    frame = normalised([None, ""], [None, 0.0])
    data = csv_of(frame)
    assert data == b'region_code,period,indicator,score\n,2023,x,\n"",2023,x,0.0\n'
    assert table_from_csv(SCHEMAS["normalised"], data).equals(frame, null_equal=True)


def test_codes_keep_their_leading_zeros():
    data = csv_of(normalised(["0110"], [1.0]))
    assert table_from_csv(SCHEMAS["normalised"], data)["region_code"].to_list() == ["0110"]


def test_no_byte_order_mark_and_line_feeds_only():
    data = csv_of(normalised(["北京"], [1.0]))
    assert data.startswith(b"region_code")
    assert b"\r" not in data


def test_other_columns_are_refused():
    with pytest.raises(ValueError, match="the columns are a,b, not region_code,period"):
        table_from_csv(SCHEMAS["normalised"], b"a,b\n1,2\n")


def test_a_word_in_a_number_column_is_refused():
    data = b"region_code,period,indicator,score\na,2023,x,much\n"
    with pytest.raises(ValueError, match="much"):
        table_from_csv(SCHEMAS["normalised"], data)
