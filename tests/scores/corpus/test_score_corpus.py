"""Every row of a corpus ends once: scored as an article would be, or listed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import analysis as fa
from analysis.errors import CorpusError, PartialOutputWarning, ReadingError
from tests.scores.corpus.conftest import LEXICON, SMALL, bytes_of, table_of

KEY = ["document_id", "paragraph", "category"]


def read(output: Path, table: str = "paragraphs") -> pd.DataFrame:
    return fa.open_scores(output, table).to_table().to_pandas()


def test_scores_are_those_of_single_articles(client: Any, corpus: Path, tmp_path: Path) -> None:
    summary = fa.score_corpus(corpus, tmp_path / "out", LEXICON, client=client, **SMALL)
    documents = fa.read_documents(corpus)
    paragraphs = fa.split_paragraphs(documents)
    alone = fa.score_paragraphs(paragraphs, fa.find_hits(paragraphs, LEXICON), LEXICON)
    found = read(tmp_path / "out")
    columns = [*KEY, "outlet", "date", "n_hits", "n_tokens", "n_hit_sentences", "rate", "share"]
    pd.testing.assert_frame_equal(
        found[columns].sort_values(KEY, ignore_index=True),
        alone[columns].sort_values(KEY, ignore_index=True),
        check_dtype=False,
    )
    assert summary[["n_rows", "n_scored", "n_skipped"]].iloc[0].tolist() == [120, 120, 0]
    assert summary["n_parts"].iloc[0] > 6
    rolled = read(tmp_path / "out", "documents")
    expected = fa.score_documents(alone)
    assert len(rolled) == len(expected)
    assert rolled["n_hits"].sum() == expected["n_hits"].sum()


@pytest.mark.parametrize("keep", [False, True])
def test_furniture_is_cut_as_from_single_articles(client: Any, tmp_path: Path, keep: bool) -> None:
    source = tmp_path / "news.csv"
    text = "Border patrols doubled\n\nA threat.\n\nRead more: threats at the border\n\nThey left."
    pd.DataFrame({"id": ["a"], "text": [text]}).to_csv(source, index=False)
    options = {**SMALL, "hits": True, "keep_furniture": keep}
    fa.score_corpus(source, tmp_path / "out", LEXICON, client=client, **options)
    documents, cut = fa.read_documents(source, keep_furniture=keep, return_cut=True)
    assert len(cut) == (not keep)
    alone = fa.find_hits(fa.split_paragraphs(documents), LEXICON)
    found = read(tmp_path / "out", "hits")
    columns = ["document_id", "paragraph", "start", "end", "surface"]
    assert found[columns].values.tolist() == alone[columns].values.tolist()
    assert len(found) == (4 if keep else 2)
    reasons = read(tmp_path / "out", "skipped")["reason"]
    assert reasons.str.contains("1 piece of furniture was cut: read more 1").sum() == (not keep)


def test_hits_and_splits_are_written_on_request(client: Any, corpus: Path, tmp_path: Path) -> None:
    options = {**SMALL, "hits": True, "split": ["voice", "certainty"]}
    fa.score_corpus(corpus, tmp_path / "out", LEXICON, client=client, **options)
    hits = read(tmp_path / "out", "hits")
    paragraphs = fa.split_paragraphs(fa.read_documents(corpus))
    alone = fa.find_hits(paragraphs, LEXICON)
    columns = ["document_id", "paragraph", "start", "surface", "voice", "certainty"]
    order = [*columns[:3], "surface"]
    pd.testing.assert_frame_equal(
        hits[columns].sort_values(order, ignore_index=True),
        alone[columns].sort_values(order, ignore_index=True),
        check_dtype=False,
    )
    scores = read(tmp_path / "out")
    assert scores["n_hits"].sum() == alone["blocked_by"].isna().sum()
    assert {"voice", "certainty"} <= set(scores)


def test_columns_of_the_users_keep_their_values(client: Any, corpus: Path, tmp_path: Path) -> None:
    """`words` is a number in one file and text in the others, so it is text."""
    fa.score_corpus(corpus, tmp_path / "out", LEXICON, client=client, **SMALL)
    documents = read(tmp_path / "out", "documents").drop_duplicates("document_id")
    assert documents["words"].astype(int).sort_values().tolist() == list(range(120))
    assert set(documents["outlet"]) == {"Wire", "Daily"}
    assert documents["date"].notna().all()


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "parquet"])
def test_ids_keep_their_digits_and_dates_their_local_day(
    client: Any, tmp_path: Path, kind: str
) -> None:
    ids = [1790000000000000001, 1790000000000000002, None]
    table = pd.DataFrame(
        {
            "text": ["A threat.", "Care.", "A border."],
            "id": pd.array(ids, dtype="Int64"),
            "n": pd.array(ids, dtype="Int64"),
            "date": ["2024-05-01T00:30:00+02:00", "2024-04-30T23:30:00-07:00", None],
            "date_seconds": pd.array([None, None, 1714521599], dtype="Int64"),
        }
    )
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / f"a.{kind}"
    if kind == "parquet":
        zoned = pd.to_datetime(table["date"], utc=True).dt.tz_convert("Europe/Berlin")
        table.assign(seen=zoned).to_parquet(path)
    elif kind == "jsonl":
        table.to_json(path, orient="records", lines=True)
    else:
        table.to_csv(path, index=False, sep="," if kind == "csv" else "\t")
    fa.score_corpus(path, tmp_path / "out", LEXICON, client=client, **SMALL)
    columns = ["document_id", "n", "date"]
    rows = fa.open_scores(tmp_path / "out", "documents").to_table().to_pylist()
    found = {tuple(str(row[name])[:19] for name in columns) for row in rows}
    assert found == {
        (str(ids[0]), str(ids[0]), "2024-05-01 00:30:00"),
        (str(ids[1]), str(ids[1]), "2024-04-30 23:30:00"),
        ("a#3", "None", "2024-04-30 23:59:59"),
    }
    if kind == "parquet":
        assert "2024-05-01 00:30:00" in {str(row["seen"]) for row in rows}


def test_rounded_ids_are_listed_and_their_rows_scored(client: Any, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    table = pd.DataFrame({"text": ["A threat.", "Care."], "id": [1.79e18, 1.79e18]})
    table.to_parquet(tmp_path / "in" / "a.parquet")
    fa.score_corpus(tmp_path / "in", tmp_path / "out", LEXICON, client=client, **SMALL)
    assert set(read(tmp_path / "out")["document_id"]) == {"a#1", "a#2"}
    assert read(tmp_path / "out", "skipped")["what"].tolist() == ["value", "value"]


def test_every_row_is_scored_or_listed(client: Any, tmp_path: Path) -> None:
    """Malformed, empty, too long, not UTF-8, no text: each is one row of the list."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.csv").write_bytes(
        b'id,text\n1,A threat.\n2,\n3,"open, with ""quotes"" and\nlines"\n4,too,many\n5,caf\xe9\n'
        b"6,   \n7," + b"long " * 400 + b"\n8,Care.\n"
    )
    (folder / "b.jsonl").write_text(
        '{"text": "Care."}\n{"text": 5}\n{"text": null}\nnot json\n[1]\n{"body": "x"}\n'
        '{"text": "A threat."}\n'
    )
    (folder / "c.txt").write_text("no table")
    (folder / "d.parquet").write_bytes(b"PAR1 broken")
    options = {"longest": 1_000, "part_bytes": 60, "progress": False}
    summary = fa.score_corpus(folder, tmp_path / "out", LEXICON, client=client, **options).iloc[0]
    skipped = read(tmp_path / "out", "skipped")
    rows = skipped[skipped["what"] == "row"]
    assert summary["n_rows"] == 8 + 7
    assert summary["n_scored"] + summary["n_skipped"] == summary["n_rows"]
    assert rows.groupby("path")["row"].apply(sorted).to_dict() == {
        "a.csv": [2, 4, 5, 6, 7],
        "b.jsonl": [2, 3, 4, 5, 6],
    }
    assert set(skipped.loc[skipped["what"] == "file", "path"].str[-9:]) == {
        "ews/c.txt",
        "d.parquet",
    }
    scored = read(tmp_path / "out", "documents")[["file", "row"]].drop_duplicates()
    assert scored.values.tolist() == [
        ["a.csv", 1],
        ["a.csv", 3],
        ["a.csv", 8],
        ["b.jsonl", 1],
        ["b.jsonl", 7],
    ]
    assert summary["n_files_unread"] == 2


def test_a_damaged_row_group_costs_that_row_group_alone(client: Any, tmp_path: Path) -> None:
    """I37: a flipped byte is noticed by its checksum."""
    table = pa.Table.from_pandas(table_of(90), preserve_index=False)
    path = tmp_path / "a.parquet"
    pq.write_table(
        table,
        path,
        row_group_size=30,
        compression="none",
        write_page_checksum=True,
        use_dictionary=False,
    )
    group = pq.ParquetFile(path).metadata.row_group(1)
    place = next(
        group.column(n)
        for n in range(group.num_columns)
        if group.column(n).path_in_schema == "text"
    )
    data = bytearray(path.read_bytes())
    data[place.data_page_offset + place.total_compressed_size // 2] ^= 0x55
    path.write_bytes(data)
    summary = fa.score_corpus(path, tmp_path / "out", LEXICON, client=client, progress=False)
    assert summary[["n_rows", "n_scored", "n_skipped"]].iloc[0].tolist() == [90, 60, 30]
    skipped = read(tmp_path / "out", "skipped").dropna(subset="row")
    assert skipped["row"].tolist() == list(range(31, 61))
    assert skipped["reason"].str.contains("row group 1 cannot be read").all()


def test_ids_may_repeat_across_a_corpus(client: Any, tmp_path: Path) -> None:
    table = table_of(10).assign(id="same")
    table.to_parquet(tmp_path / "a.parquet")
    fa.score_corpus(
        tmp_path / "a.parquet", tmp_path / "out", LEXICON, client=client, progress=False
    )
    documents = read(tmp_path / "out", "documents")
    assert documents["row"].drop_duplicates().tolist() == list(range(1, 11))
    assert documents["document_id"].eq("same").all()


def test_parts_are_the_same_bytes_whatever_the_chunk(
    client: Any, corpus: Path, tmp_path: Path
) -> None:
    """S03."""
    for n, chunk in enumerate((7, 1_000)):
        fa.score_corpus(
            corpus, tmp_path / f"out{n}", LEXICON, client=client, chunk_size=chunk, **SMALL
        )
    first = bytes_of(tmp_path / "out0")
    assert len(first) > 20
    assert bytes_of(tmp_path / "out1") == first


SCRIPT = """
import sys
import analysis as fa
from tests.scores.corpus.conftest import LEXICON, SMALL
if __name__ == "__main__":
    source, output, workers = sys.argv[1:]
    fa.score_corpus(source, output, LEXICON, workers=int(workers), **SMALL)
"""


def run_alone(corpus: Path, output: Path, workers: int, hash_seed: int) -> None:
    script = corpus.parent / "run.py"
    script.write_text(SCRIPT)
    subprocess.run(
        [sys.executable, script, corpus, output, str(workers)],
        check=True,
        env={
            **os.environ,
            "PYTHONHASHSEED": str(hash_seed),
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
    )


def test_parts_are_the_same_bytes_in_other_processes(
    scored: Path, corpus: Path, tmp_path: Path
) -> None:
    """S03: `make test-deep` tries more."""
    run_alone(corpus, tmp_path / "there", workers=2, hash_seed=3)
    assert bytes_of(tmp_path / "there") == bytes_of(scored)


def test_a_run_goes_on_where_it_was_broken_off(client: Any, corpus: Path, scored: Path) -> None:
    output = scored
    whole = bytes_of(output)
    for name in ("_SUCCESS", "manifest.json", "records/part-000001.json"):
        (output / name).unlink()
    (output / "paragraphs" / "part-000002.parquet").write_bytes(b"half")
    (output / "paragraphs" / ".part-000001.parquet.ab.tmp").write_bytes(b"half")
    before = (output / "paragraphs" / "part-000000.parquet").stat().st_mtime_ns
    summary = fa.score_corpus(corpus, output, LEXICON, client=client, **SMALL)
    assert summary["n_parts_before"].iloc[0] == summary["n_parts"].iloc[0] - 2
    assert bytes_of(output) == whole
    assert not list(output.glob("*/.*.tmp"))
    assert (output / "paragraphs" / "part-000000.parquet").stat().st_mtime_ns == before


def test_what_is_finished_is_not_done_again(client: Any, corpus: Path, scored: Path) -> None:
    again = fa.score_corpus(corpus, scored, LEXICON, client=client, **SMALL).iloc[0]
    assert again["n_parts_before"] == again["n_parts"]
    assert again["n_scored"] == 120


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("lexicon", "differs in lexica"),
        ("input", "differs in input"),
        ("options", "differs in options"),
    ],
)
def test_results_of_two_makings_are_never_mixed(
    client: Any, corpus: Path, scored: Path, change: str, message: str
) -> None:
    """R04."""
    output = scored
    whole = bytes_of(output)
    lexicon, options = LEXICON, dict(SMALL)
    if change == "lexicon":
        lexicon = fa.lexicon_from_dict("demo", {"security": ["threat*"]})
    elif change == "input":
        with (corpus / "b.csv").open("a") as file:
            file.write("more,Rain.,Wire,2024-02-01,5\n")
    else:
        options["longest"] = 5_000
    with pytest.raises(CorpusError, match=message):
        fa.score_corpus(corpus, output, lexicon, client=client, **options)
    assert bytes_of(output) == whole
    fa.score_corpus(corpus, output, lexicon, client=client, resume=False, **options)
    assert (output / "_SUCCESS").exists()


def test_two_runs_do_not_share_a_folder(client: Any, corpus: Path, tmp_path: Path) -> None:
    from analysis.saving.ownership import claim_folder
    from analysis.scores.corpus.output import locked

    claim_folder(tmp_path / "out", "score")
    with (
        locked(tmp_path / "out"),
        pytest.raises(CorpusError, match=r"another run is writing to .* \(process \d+ on"),
    ):
        fa.score_corpus(corpus, tmp_path / "out", LEXICON, client=client, **SMALL)
    fa.score_corpus(corpus, tmp_path / "out", LEXICON, client=client, **SMALL)


def test_an_unfinished_output_says_so(scored: Path) -> None:
    """R11."""
    output = scored
    n_parts = len(list((output / "records").iterdir()))
    for name in ("_SUCCESS", "manifest.json", "records/part-000000.json"):
        (output / name).unlink()
    with pytest.warns(PartialOutputWarning, match=f"partial, {n_parts - 1} of {n_parts} parts"):
        dataset = fa.open_scores(output)
    assert "a.parquet" in dataset.to_table().column("file").to_pylist()


@pytest.mark.parametrize("damage", ["deleted", "shorter", "flipped", "manifest"])
def test_damage_to_a_finished_output_is_noticed(
    client: Any, corpus: Path, scored: Path, damage: str
) -> None:
    """R09."""
    output = scored
    path = output / "paragraphs" / "part-000001.parquet"
    data = bytearray(path.read_bytes())
    if damage == "deleted":
        path.unlink()
    elif damage == "shorter":
        path.write_bytes(data[:-9])
    elif damage == "flipped":
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    else:
        (output / "manifest.json").write_text("{}")
    with pytest.raises(CorpusError, match="is damaged"):
        fa.open_scores(output, verify=damage == "flipped")
    if damage in ("deleted", "shorter"):
        fa.score_corpus(corpus, output, LEXICON, client=client, **SMALL)
        assert fa.open_scores(output, verify=True).count_rows() > 0


# Dask resets an index in a way that pandas is about to give up.
@pytest.mark.filterwarnings("ignore:The inplace keyword")
@pytest.mark.parametrize("engine", ["arrow", "dask", "duckdb"])
def test_scores_are_opened_by_the_engine_of_ones_choice(scored: Path, engine: str) -> None:
    opened = fa.open_scores(scored, engine=engine)
    total = {
        "arrow": lambda: opened.to_table(["n_hits"]).to_pandas()["n_hits"].sum(),
        "dask": lambda: opened["n_hits"].sum().compute(scheduler="synchronous"),
        "duckdb": lambda: opened.sum("n_hits").fetchall()[0][0],
    }[engine]()
    assert total == read(scored, "documents")["n_hits"].sum()


def test_nothing_to_score_is_said_in_a_sentence(client: Any, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,body\n1,x\n")
    with pytest.raises(ReadingError, match="there is no column 'text'"):
        fa.score_corpus(tmp_path / "a.csv", tmp_path / "out", LEXICON, client=client)
    (tmp_path / "a.jsonl").write_text('{"id": 1, "FullText": "x"}\n')
    (tmp_path / "c.csv").write_text("id,body,content\n1,x,y\n")
    (tmp_path / "d.jsonl").write_text('{"id": 1, "content": {"rendered": "<p>x</p>"}}\n')
    (tmp_path / "e.jsonl").write_text('{"id": 1, "story": {"words": "x"}}\n')
    for name, remedy in {
        "d.jsonl": r"text_column='content\.rendered'",
        "e.jsonl": "text_column=",
        "a.csv": "text_column='body'",
        "a.jsonl": "text_column='FullText'",
        "c.csv": "text_column='body' or text_column='content'",
    }.items():
        with pytest.raises(ReadingError, match=f"name it with {remedy}$"):
            fa.score_corpus(tmp_path / name, tmp_path / "out", LEXICON, client=client)
    (tmp_path / "f.jsonl").write_text('[{"id": 1,\n"text": "x"}]\n')
    with pytest.raises(ReadingError, match=r"write one object {…} on each line$"):
        fa.score_corpus(tmp_path / "f.jsonl", tmp_path / "out", LEXICON, client=client)
    with pytest.raises(ReadingError, match="no file or folder"):
        fa.score_corpus(tmp_path / "b.csv", tmp_path / "out", LEXICON, client=client)
    with pytest.raises(CorpusError, match="holds no scores of a corpus"):
        fa.open_scores(tmp_path)
    for options in ({"split": "voice"}, {"longest": 0}, {"workers": 0}):
        with pytest.raises(ValueError, match="|".join(options)):
            fa.score_corpus(tmp_path / "a.csv", tmp_path / "out", LEXICON, **options)


def test_lists_and_objects_in_json_lines_are_joined_or_listed_and_never_counted(
    client: Any, tmp_path: Path
) -> None:
    pieces = ["A ", {"type": "bold", "text": "threat"}, "."]
    texts = [pieces, ["threat", "threat"], {"threat": "A threat."}, [7], "[removed]"]
    lines = [{"text": text, "source": {"name": "The Herald"}} for text in texts]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    fa.score_corpus(tmp_path / "a.jsonl", tmp_path / "out", LEXICON, client=client, **SMALL)
    documents = read(tmp_path / "out", "documents")
    assert documents[["row", "n_hits"]].max().tolist() == [1, 1]
    assert set(documents["source.name"]) == {"The Herald"}
    assert sorted(read(tmp_path / "out", "skipped")["row"]) == [2, 3, 4, 5]
    rendered = {"content": {"rendered": "<p>A <b>threat</b>.</p>"}}
    (tmp_path / "b.jsonl").write_text(json.dumps(rendered))
    options = {**SMALL, "text_column": "content.rendered"}
    fa.score_corpus(tmp_path / "b.jsonl", tmp_path / "two", LEXICON, client=client, **options)
    assert set(read(tmp_path / "two", "documents")["n_tokens"]) == {2}


def test_a_plan_is_a_cover_of_the_file_without_gaps(tmp_path: Path) -> None:
    from analysis.scores.corpus.planning import plan_input

    texts = ["plain", 'with "quotes"', "two\nlines", "", "x" * 300]
    table = pd.DataFrame({"text": texts * 30})
    table.to_csv(tmp_path / "a.csv", index=False)
    (tmp_path / "b.jsonl").write_text("\n".join(json.dumps({"text": t}) for t in texts * 30))
    for name in ("a.csv", "b.jsonl"):
        parts = plan_input(str(tmp_path / name), text_column="text", part_bytes=200).parts
        assert [p.start for p in parts[1:]] == [p.stop for p in parts[:-1]]
        assert parts[-1].stop == (tmp_path / name).stat().st_size


def test_scores_are_split_also_where_a_chunk_has_no_visible_text(
    client: Any, tmp_path: Path
) -> None:
    rows = pd.DataFrame({"text": ["The threat grew, he said.", "  ", "\u200b", "Aid came."]})
    rows.to_csv(tmp_path / "news.csv", index=False)
    options = {**SMALL, "chunk_size": 1, "split": ["voice"]}
    summary = fa.score_corpus(
        tmp_path / "news.csv", tmp_path / "out", LEXICON, client=client, **options
    )
    assert summary[["n_scored", "n_skipped"]].iloc[0].tolist() == [2, 2]
    assert read(tmp_path / "out", "documents")["voice"].notna().all()


@pytest.mark.parametrize("column", ["date", "retrieved"])
def test_an_absurd_date_is_left_empty_and_its_part_is_scored(
    client: Any, tmp_path: Path, column: str
) -> None:
    moments = pa.array([0, 2**59, None], pa.timestamp("ms"))
    table = pa.table(
        {" text ": ["A threat."] * 3, f"{column}\u00a0": moments, "outlet": [" X "] * 3}
    )
    pq.write_table(table, tmp_path / "odd.parquet")
    lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    fa.score_corpus(tmp_path / "odd.parquet", tmp_path / "out", lexicon, client=client)
    scored = fa.open_scores(tmp_path / "out").to_table().to_pandas()
    assert scored["outlet"].tolist() == ["X"] * 3
    assert scored[column].isna().tolist() == [False, True, True]
    skipped = fa.open_scores(tmp_path / "out", "skipped").to_table().to_pylist()
    assert [(note["row"], note["what"]) for note in skipped] == [(2, "value")]


@pytest.mark.parametrize("two", ["x", " x"])
def test_a_parquet_file_in_which_a_column_stands_twice_is_listed(
    client: Any, tmp_path: Path, two: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    pq.write_table(pa.table([["A."], [1], [2]], names=["text", "x", two]), folder / "a.parquet")
    pq.write_table(pa.table({"text": ["A threat."]}), folder / "b.parquet")
    lexicon = fa.lexicon_from_dict("demo", {"threat": ["threat*"]})
    summary = fa.score_corpus(folder, tmp_path / "out", lexicon, client=client)
    assert summary[["n_scored", "n_files_unread"]].values.tolist() == [[1, 1]]
