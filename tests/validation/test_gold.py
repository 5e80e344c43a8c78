"""What most coders said of each paragraph."""

from collections import Counter

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import TableError
from analysis.tables.checks import check_table, empty_table
from tests.validation.invented_codes import codes_of, random_matrix


def gold_list(codes: pd.DataFrame, coder: str | None = None) -> list[str | None]:
    table = fa.gold_codes(codes, coder=coder)
    check_table(table, "gold")
    return table["code"].astype(object).where(table["code"].notna(), None).tolist()


def test_the_code_of_most_coders_is_that_of_a_count_by_hand() -> None:
    for seed in range(8):
        matrix = random_matrix(seed, n_coders=4, n_labels=3)
        expected = []
        for unit in zip(*matrix, strict=True):
            ranked = Counter(str(code) for code in unit if code is not None).most_common()
            if ranked:
                tied = len(ranked) > 1 and ranked[0][1] == ranked[1][1]
                expected.append(None if tied else ranked[0][0])
        assert gold_list(codes_of(matrix)) == expected


def test_a_tie_between_coders_has_no_code() -> None:
    codes = codes_of([[1, 1, 1], [0, 1, 0], [None, 0, 0]])
    table = fa.gold_codes(codes)
    assert gold_list(codes) == [None, "1", "0"]
    assert table["n_coders"].tolist() == [2, 3, 3]
    assert table["n_agreeing"].tolist() == [1, 2, 2]


def test_units_keep_their_order_also_where_the_first_coder_is_outvoted() -> None:
    table = fa.gold_codes(codes_of([[0, 1, 0, 1], [1, 1, 0, 0], [1, 1, 1, 0]]))
    assert table["paragraph"].tolist() == [0, 1, 2, 3]
    assert table["code"].tolist() == ["1", "1", "0", "0"]


def test_one_coder_decides_alone_where_named() -> None:
    codes = codes_of([[1, 1, None], [0, 0, 1], [0, 0, 1]])
    assert gold_list(codes, "coder 0") == ["1", "1"]
    assert gold_list(codes, "coder 1") == ["0", "0", "1"]


def test_what_holds_no_codes_is_refused_in_one_sentence() -> None:
    codes = codes_of([[1, 1], [0, 1]])
    with pytest.raises(TableError, match="no coder 'Eve'; there are coder 0, coder 1"):
        fa.gold_codes(codes, coder="Eve")
    with pytest.raises(TableError, match="holds no code"):
        fa.gold_codes(codes_of([[None, None]]))
    with pytest.raises(TableError, match="holds no code"):
        fa.gold_codes(empty_table("codes"))
    with pytest.raises(TableError, match="'code' of the codes table has dtype int64"):
        fa.gold_codes(codes.assign(code=1))
