"""JSON as services, programs and people write it: articles at any depth, and what is refused."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingError

TEXT = "The army left the border."
FOUND = ["title", "date", "outlet", "author", "url", "text"]
DAY = "2015-03-12"


def read(path: Path, data: Any, **options: str) -> tuple[pd.DataFrame, list[str]]:
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    documents, skipped = fa.read_documents(path, return_skipped=True, **options)
    return documents, skipped["reason"].tolist()


def cells(documents: pd.DataFrame) -> list[list[str | None]]:
    shown = documents[FOUND].assign(date=documents["date"].dt.strftime("%Y-%m-%d"))
    return [[None if pd.isna(cell) else cell for cell in row] for row in shown.values.tolist()]


def refusal(path: Path, data: Any, **options: str) -> str:
    with pytest.raises(ReadingError) as error:
        read(path, data, **options)
    assert "\n" not in str(error.value)
    return str(error.value).partition("cannot be read: ")[2]


_GUARDIAN = {
    "id": "world/a",
    "webPublicationDate": "2015-03-12T10:00:00Z",
    "webTitle": "Talks resume | World",
    "webUrl": "https://a.example/1",
    "fields": {
        "headline": "Talks resume",
        "byline": "Ada Quill",
        "publication": "The Herald",
        "body": f"<p>{TEXT}</p>",
        "bodyText": TEXT,
    },
}
_POST = {
    "subreddit": "herald",
    "selftext": TEXT,
    "title": "Talks resume",
    "created_utc": 1426154400.0,
    "author": "Ada Quill",
    "url": "https://a.example/1",
}
ANSWERS = {
    "Event Registry": {
        "articles": {
            "results": [
                {
                    "uri": "7",
                    "lang": "eng",
                    "date": "2015-03-19",
                    "dateTimePub": "2015-03-12T09:00:00Z",
                    "url": "https://a.example/1",
                    "title": "Talks resume",
                    "body": TEXT,
                    "source": {"uri": "herald.example", "title": "The Herald"},
                    "authors": [{"uri": "a@herald.example", "name": "Ada Quill"}],
                }
            ],
            "totalResults": 1,
        }
    },
    "NewsAPI": {
        "status": "ok",
        "articles": [
            {
                "source": {"id": None, "name": "The Herald"},
                "author": "Ada Quill",
                "title": "Talks resume",
                "description": "What sums it up.",
                "url": "https://a.example/1",
                "publishedAt": "2015-03-12T09:00:00Z",
                "content": TEXT,
            }
        ],
    },
    "the Guardian": {"response": {"status": "ok", "results": [_GUARDIAN]}},
    "one article of the Guardian": {"response": {"status": "ok", "content": _GUARDIAN}},
    "WordPress": [
        {
            "date": "2015-03-12T10:00:00",
            "link": "https://a.example/1",
            "title": {"rendered": "Talks <i>resume</i>"},
            "content": {"rendered": f"<p>{TEXT}</p><script>x</script>", "protected": False},
            "excerpt": {"rendered": "<p>What sums it up.</p>"},
            "author": "Ada Quill",
            "source": "The Herald",
        }
    ],
    "Reddit": {"kind": "Listing", "data": {"children": [{"kind": "t3", "data": _POST}]}},
    "a feed": {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Herald",
        "items": [
            {
                "url": "https://a.example/1",
                "title": "Talks resume",
                "content_text": TEXT,
                "date_published": DAY,
                "authors": [{"name": "Ada Quill"}],
            }
        ],
    },
    "Elasticsearch": {
        "hits": {
            "total": {"value": 1},
            "hits": [
                {
                    "_index": "news",
                    "_source": {
                        "title": "Talks resume",
                        "date": DAY,
                        "source": {"name": "The Herald"},
                        "author": {"name": "Ada Quill"},
                        "url": "https://a.example/1",
                        "body": TEXT,
                    },
                }
            ],
        }
    },
    "MongoDB": [
        {
            "title": "Talks resume",
            "date": {"$date": "2015-03-12T09:00:00Z"},
            "outlet": "The Herald",
            "author": ["Ada Quill"],
            "url": "https://a.example/1",
            "body": TEXT,
        }
    ],
}


@pytest.mark.parametrize("service", ANSWERS)
def test_the_answer_of_a_service_is_read_with_what_it_tells(tmp_path: Path, service: str) -> None:
    expected = ["Talks resume", DAY, "The Herald", "Ada Quill", "https://a.example/1"]
    answer = ANSWERS[service]
    expected[2] = "herald" if service == "Reddit" else "The Herald"
    documents, reasons = read(tmp_path / "a.json", answer)
    assert cells(documents) == [[*expected, f"Talks resume\n\n{TEXT}"]]
    assert any("the texts were read from" in reason for reason in reasons)
    lines = f"{json.dumps(answer)}\n" * 2
    if isinstance(answer, dict) and "content" not in answer.get("response", {}):
        for name in ("pages.json", "pages.jsonl", "pages.ndjson"):
            assert len(read(tmp_path / name, lines)[0]) == 2


def test_posts_are_read_without_titles_that_are_not_theirs(tmp_path: Path) -> None:
    post = {
        "date": "2015-03-12 10:00:00",
        "title": "Of the page that it links to",
        "message": TEXT,
        "postUrl": "https://a.example/1",
        "account": {"id": 7, "name": "The Herald"},
        "statistics": {"actual": {"likeCount": 3}},
    }
    silent = {name: value for name, value in post.items() if name != "message"}
    posts = [post, {**post, "message": ""}, {**post, "message": " \n"}, silent]
    answer = {"status": 200, "result": {"posts": posts}}
    documents, reasons = read(tmp_path / "a.json", answer)
    assert documents[["outlet", "url", "text"]].values.tolist() == [
        ["The Herald", "https://a.example/1", TEXT]
    ]
    assert documents["statistics.actual.likeCount"].tolist() == [3]
    assert any("of 4 objects, 3 without a text" in reason for reason in reasons)


def _chat(name: str, *texts: Any) -> dict[str, Any]:
    told = {"type": "message", "date": "2015-03-12T10:00:00", "from": name}
    messages = [{"id": n, **told, "text": text} for n, text in enumerate(texts, start=2)]
    made = {"id": 1, "type": "service", "action": "create_channel", "title": name, "text": ""}
    return {"name": name, "type": "public_channel", "id": 9, "messages": [made, *messages]}


def test_chats_of_telegram_are_read_with_their_names_and_pieces_joined(tmp_path: Path) -> None:
    pieces = [{"type": "bold", "text": "Talks"}, "\n\nSee ", {"type": "link", "text": "a.example"}]
    documents, reasons = read(tmp_path / "a.json", _chat("The Herald", pieces, "", TEXT))
    assert documents["text"].tolist() == ["Talks\n\nSee a.example", TEXT]
    assert documents["document_id"].tolist() == ["2", "4"]
    assert documents["title"].iloc[0] == "Talks"
    assert set(documents["outlet"]) == {"The Herald"}
    assert any("of 4 objects, 2 without a text" in reason for reason in reasons)
    bare = [{"id": 2, "text_entities": pieces}, {"id": 3, "text_entities": []}]
    documents, _ = read(tmp_path / "c.json", {"name": "The Herald", "messages": bare})
    assert documents["text"].tolist() == ["Talks\n\nSee a.example"]
    whole = {
        "contacts": {"list": [{"first_name": "Ada"}]},
        "chats": {"list": [_chat("The Herald", TEXT), _chat("The Post", pieces)]},
        "left_chats": {"list": [_chat("The Times", TEXT)]},
    }
    documents, _ = read(tmp_path / "b.json", whole)
    assert documents["outlet"].tolist() == ["The Herald", "The Post", "The Times"]
    assert documents["document_id"].is_unique


def test_the_archive_of_an_account_is_read_though_it_is_a_program(tmp_path: Path) -> None:
    tweet = {"id": "7", "full_text": TEXT, "created_at": "Thu Mar 12 10:00:00 +0000 2015"}
    data = f"window.YTD.tweets.part0 = {json.dumps([{'tweet': tweet}], indent=1)}"
    for name in ("tweets.js", "tweets.json"):
        documents, _ = read(tmp_path / name, data)
        assert documents["document_id"].tolist() == ["7"]
        assert cells(documents) == [[None, DAY, None, None, None, TEXT]]
    older = f"Grailbird.data.tweets_2015_03 = {json.dumps([{'text': TEXT, 'id_str': '7'}])}"
    assert read(tmp_path / "2015_03.js", older)[0]["text"].tolist() == [TEXT]
    letters = f"window.YTD.direct_messages.part0 = {json.dumps([{'messages': [{'text': TEXT}]}])}"
    for data in ("function a() { return 1; }", letters):
        assert "it is a program" in refusal(tmp_path / "a.js", data)


def test_the_whole_of_a_long_tweet_is_read(tmp_path: Path) -> None:
    user = {"user": {"name": "Ada Quill", "lang": "de"}, "lang": "en"}
    tweets = [
        {"text": "The army left…", "extended_tweet": {"full_text": TEXT}, **user},
        {"text": "It rained.", **user},
    ]
    documents, _ = read(tmp_path / "a.jsonl", "\n".join(map(json.dumps, tweets)))
    assert documents["text"].tolist() == [TEXT, "It rained."]
    assert documents["text_given"].tolist()[0] == "The army left…"
    assert documents[["author", "language"]].values.tolist() == [["Ada Quill", "en"]] * 2


def test_an_object_keeps_all_of_its_values_as_columns(tmp_path: Path) -> None:
    article = {
        "text": TEXT,
        "source": {"uri": "herald.example", "title": "The Herald"},
        "n": {"likes": 3, "by": {"day": [1, 2]}},
        "none": {},
    }
    documents, _ = read(tmp_path / "a.jsonl", article)
    own = ["outlet", "source.uri", "n.likes", "n.by.day"]
    assert documents[own].values.tolist() == [["The Herald", "herald.example", 3, "[1, 2]"]]
    both = {"text": TEXT, "headline": {"main": "Talks resume", "name": "Talks"}}
    documents, _ = read(tmp_path / "b.json", both)
    assert documents[["title", "headline.name"]].values.tolist() == [["Talks resume", "Talks"]]


def test_a_title_without_a_name_is_listed_and_stands_above_no_text(tmp_path: Path) -> None:
    rows = [{"title": [{"n": 1}], "authors": [{"id": 7}], "body": TEXT}]
    documents, reasons = read(tmp_path / "a.json", rows)
    assert cells(documents) == [[None, None, None, None, None, TEXT]]
    assert sum("without names; it was left empty" in reason for reason in reasons) == 2


def test_text_column_names_texts_by_their_path_within_a_row_or_the_file(tmp_path: Path) -> None:
    answer = {"items": [{"when": "x", "story": {"words": TEXT, "title": "Talks resume"}}]}
    assert "only 'when', 'story.words', 'story.title'" in refusal(tmp_path / "a.json", answer)
    for path in ("story.words", "items.story.words"):
        documents, _ = read(tmp_path / "a.json", answer, text_column=path)
        assert documents[["title", "text"]].values.tolist() == [["Talks resume", TEXT]]
    line = json.dumps(answer["items"][0])
    assert len(read(tmp_path / "a.jsonl", line, text_column="story.words")[0]) == 1


@pytest.mark.parametrize(
    ("data", "paths", "chosen"),
    [
        (
            {"data": [{"text": TEXT}], "includes": {"tweets": [{"text": "B."}]}},
            "'data.text', 'includes.tweets.text'",
            "data.text",
        ),
        (
            {"news": [{"story": TEXT}], "sport": [{"story": "B."}]},
            "'news.story', 'sport.story'",
            "news.story",
        ),
        (
            [{"data": [{"text": TEXT}], "notes": [{"text": "B."}]}],
            "'data.text', 'notes.text'",
            "data.text",
        ),
    ],
)
def test_of_several_lists_one_is_chosen_by_a_path_of_the_refusal(
    tmp_path: Path, data: Any, paths: str, chosen: str
) -> None:
    assert refusal(tmp_path / "a.json", data).endswith(f"with text_column=, of {paths}")
    documents, _ = read(tmp_path / "a.json", data, text_column=chosen)
    assert documents["text"].tolist() == [TEXT]


def test_lists_within_an_article_are_no_articles(tmp_path: Path) -> None:
    article = {"title": "Talks", "text": TEXT, "comments": [{"text": "Never."}]}
    documents, reasons = read(tmp_path / "a.json", article)
    assert documents["text"].tolist() == [TEXT]
    assert any("read as one article" in one and "'comments.text'" in one for one in reasons)
    documents, _ = read(tmp_path / "a.json", article, text_column="comments.text")
    assert documents["text"].tolist() == ["Never."]
    assert len(read(tmp_path / "b.json", [article, article])[0]) == 2


def test_of_one_text_in_two_forms_the_one_without_marks_is_read(tmp_path: Path) -> None:
    row = {"content": f"<p>{TEXT}</p>", "body": TEXT}
    assert read(tmp_path / "a.json", row)[0]["text"].tolist() == [TEXT]
    reason = refusal(tmp_path / "b.json", {"content": TEXT, "body": "It rained."})
    assert "columns 'content' and 'body' may each hold the texts" in reason
    rows = [{"selftext": TEXT}, {"body": "It rained."}]
    assert read(tmp_path / "c.json", rows)[0]["text"].tolist() == [TEXT, "It rained."]


def test_paragraphs_in_a_list_are_joined_and_single_words_are_not(tmp_path: Path) -> None:
    rows = [{"title": "A", "body": ["One day.", "Another."]}, {"title": "B", "body": ["a", "b"]}]
    documents, reasons = read(tmp_path / "a.json", rows)
    assert documents["text"].tolist() == ["A\n\nOne day.\n\nAnother."]
    assert any("the texts of 1 row are lists" in reason for reason in reasons)
    assert any("is list, not text" in reason for reason in reasons)


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{TEXT}</p>\n<p>It&#8217;s\n<b>late</b>.</p>",
        f"<div><h2>{TEXT}</h2><style>p {{}}</style>It’s late.</div>",
        f"<ul><li>{TEXT}<li>It&rsquo;s late.</ul><!-- <p>x</p> -->",
        f"<P TITLE='a > b' class=\"c\">{TEXT}</P><!-- wp:p {{}} --><p>It’s late.</p><script>a<b",
    ],
)
def test_what_wordpress_made_ready_for_a_page_is_text_without_marks(
    tmp_path: Path, markup: str
) -> None:
    post = {"title": {"rendered": "Talks &amp; aid"}, "content": {"rendered": markup}}
    documents, _ = read(tmp_path / "a.json", [post])
    assert documents["text"].tolist() == [f"Talks & aid\n\n{TEXT}\n\nIt’s late."]
    line = json.dumps({"content": {"rendered": "One<br />two"}})
    documents, _ = read(tmp_path / "a.jsonl", line, text_column="content.rendered")
    assert documents["text"].tolist() == ["One\ntwo"]


def test_articles_under_their_addresses_are_a_list_and_parts_of_one_are_none(
    tmp_path: Path,
) -> None:
    pages = {f"https://a.example/{n}": {"title": "Talks", "text": TEXT} for n in range(2)}
    documents, _ = read(tmp_path / "a.json", pages)
    assert documents[["document_id", "text"]].values.tolist() == [[one, TEXT] for one in pages]
    parts = {"lead": {"text": TEXT}, "rest": {"text": "It rained."}}
    reason = refusal(tmp_path / "b.json", parts)
    assert "columns 'lead.text' and 'rest.text' may each hold the texts" in reason


@pytest.mark.parametrize("mark", ["<a ", "<!--", '<a b="', "<p", "</", "&", "<script", "x\n \n"])
def test_markup_that_never_ends_is_read_like_any_other(tmp_path: Path, mark: str) -> None:
    for text in (f"{mark * 100_000}<br>", f"<br>{mark * 100_000}"):
        rows = [{"content": {"rendered": text}}, {"content": {"rendered": TEXT}}, {"body": text}]
        documents, _ = read(tmp_path / "a.json", rows)
        assert TEXT in documents["text"].tolist()


def test_posts_and_feeds_written_as_pages_are_read_without_marks(tmp_path: Path) -> None:
    account = {"username": "ada", "display_name": "Ada Quill"}
    post = {"created_at": DAY, "content": f"<p>{TEXT}</p><p>One<br>two</p>", "account": account}
    documents, reasons = read(tmp_path / "a.json", [post, {**post, "content": TEXT}])
    assert documents["text"].tolist() == [f"{TEXT}\n\nOne\ntwo", TEXT]
    assert any("marks of web pages were taken out of 1 text" in reason for reason in reasons)
    assert documents["outlet"].tolist() == ["Ada Quill"] * 2
    # What is named, or called `text`, stays what it was.
    kept, reasons = read(tmp_path / "a.json", [post], text_column="content")
    assert kept["text"].tolist() == [post["content"]]
    assert any("marks of web pages, such as <p>, which are read as words" in one for one in reasons)
    drafts = [{"content": f"{TEXT}\n\nIt rained.<br>"}, {"content": f"{TEXT} <b>now</b>"}]
    documents, _ = read(tmp_path / "b.json", drafts)
    assert documents["text"].tolist() == [one["content"] for one in drafts]


@pytest.mark.parametrize("orient", ["columns", "index", "records", "table"])
def test_what_pandas_writes_is_read(tmp_path: Path, orient: Any) -> None:
    frame = pd.DataFrame({"title": ["A", "B"], "body": [TEXT, "It rained."]})
    data = frame.to_json(orient=orient)
    documents, _ = read(tmp_path / "a.json", data)
    assert documents["text"].tolist() == [f"A\n\n{TEXT}", "B\n\nIt rained."]


@pytest.mark.parametrize("ending", ["… [+1311 chars]", "... [1419 chars]"])
def test_texts_that_a_service_has_cut_are_listed_one_by_one(tmp_path: Path, ending: str) -> None:
    answer = {"articles": [{"title": "A", "content": f"The army{ending}"}] * 3}
    _, reasons = read(tmp_path / "a.json", answer)
    assert sum("its text is cut" in reason for reason in reasons) == 3


@pytest.mark.parametrize("notice", ["[removed]", "[deleted]", "ONLY AVAILABLE IN PAID PLANS"])
def test_what_a_service_writes_in_place_of_a_text_is_none(tmp_path: Path, notice: str) -> None:
    rows = [{"title": "A", "content": notice}, {"title": "B", "content": TEXT}]
    documents, reasons = read(tmp_path / "a.json", rows)
    assert len(documents) == 1
    assert any(f"{notice!r} stands for its text" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            {"response": {"docs": [{"abstract": "A.", "lead_paragraph": "B.", "keywords": [{}]}]}},
            "only what sums them up ('abstract' and 'lead_paragraph'); fetch the articles",
        ),
        (
            {"data": [{"title": "A", "description": "B.", "url": "https://a.example"}]},
            "only what sums them up ('description')",
        ),
        (
            {"response": {"results": [{"webTitle": "A", "webUrl": "https://a.example"}]}},
            "it holds no texts, only links (column 'webUrl')",
        ),
        ({"status": "error", "code": "x", "message": "No such key."}, "only a message"),
        ({"message": "Unauthorized"}, "only a message of the service ('Unauthorized')"),
        ([], "it holds no objects"),
        (None, "it holds no objects"),
        (["A.", "B."], "it holds no objects"),
        ({}, "there is no column 'text'"),
    ],
)
def test_an_answer_without_texts_is_refused_by_what_it_holds(
    tmp_path: Path, data: Any, reason: str
) -> None:
    assert reason in refusal(tmp_path / "a.json", data)


def test_what_sums_texts_up_is_read_where_it_is_named(tmp_path: Path) -> None:
    docs = [{"headline": {"main": "Talks"}, "abstract": "A.", "byline": {"original": "By Ada"}}]
    answer = {"response": {"docs": docs}}
    documents, _ = read(tmp_path / "a.json", answer, text_column="abstract")
    assert documents[["title", "author", "text"]].values.tolist() == [["Talks", "By Ada", "A."]]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('[{"text": "A."},]', "a comma stands before the end of a list, at character 17"),
        ('[\n{"text": "A.",}]', "a comma stands before the end of a list, at line 2"),
        ("[{'text': 'A.'}]", "' stands for \" at character 3; write it with json.dump"),
        ('[{"text": "A.", "title": "B', "it ends within what begins at character 26"),
        ('[{"text": "A."}, {"text": "B."}', "it ends within"),
        ('{"text": "A.", "n": tr', "it ends within"),
        ('{"text": "A." // no', "not valid JSON: Expecting ',' delimiter at character 15"),
        ('[{"text": "A.", "n": NaN}]', "NaN is no number that JSON knows"),
        ('[{"text": "A.", "n": %s}]' % ("9" * 5000), "has too many digits; write it as text"),
        ('[{"text": "A.", "text": "B."}]', "the key 'text' stands twice"),
        ('{"a.b": 1, "a": {"b": 2}, "text": "A."}', "the key 'a.b' stands twice"),
        ('[{"text": "A.", "n": %s}]' % ("[" * 100_000), "nested too deep"),
    ],
)
def test_broken_json_is_refused_with_what_is_wrong_and_what_to_do(
    tmp_path: Path, data: str, reason: str
) -> None:
    assert reason in refusal(tmp_path / "a.json", data)


def test_an_object_that_cannot_be_read_costs_itself_alone(tmp_path: Path) -> None:
    data = '[{"a.b": 1, "a": {"b": 2}, "text": "A."}, {"text": "B."}, 5, {"text": 7}]'
    documents, reasons = read(tmp_path / "a.json", data)
    assert documents["document_id"].tolist() == ["a#2"]
    assert len(reasons) == 3


@pytest.mark.parametrize("between", ["", "\n", ",\n", "\x1e", "\n\ufeff"])
def test_values_behind_one_another_are_read_as_one_list(tmp_path: Path, between: str) -> None:
    values = [json.dumps({"text": one}, indent=1) for one in ("A.", "B.")]
    documents, _ = read(tmp_path / "a.json", between.join(values))
    assert documents["text"].tolist() == ["A.", "B."]
    pages = [json.dumps([{"text": one}]) for one in ("A.", "B.")]
    assert len(read(tmp_path / "b.json", between.join(pages))[0]) == 2


@pytest.mark.parametrize("indent", [None, 1])
def test_one_list_is_read_whatever_its_ending(tmp_path: Path, indent: int | None) -> None:
    rows = [{"text": "A."}, {"text": "B."}]
    for name in ("a.jsonl", "a.ndjson"):
        documents, reasons = read(tmp_path / name, json.dumps(rows, indent=indent))
        assert documents["text"].tolist() == ["A.", "B."]
        assert not reasons
    by_line = "[\n" + ",\n".join(map(json.dumps, rows)) + "\n]"
    assert len(read(tmp_path / "b.jsonl", by_line)[0]) == 2
    objects = "\n".join(json.dumps(one, indent=1) for one in rows)
    assert len(read(tmp_path / "c.jsonl", objects)[0]) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_json_with_a_byte_order_mark_is_read(tmp_path: Path, encoding: str) -> None:
    data = json.dumps([{"text": "The café closed."}], ensure_ascii=False)
    (tmp_path / "a.json").write_text(data, encoding=encoding)
    assert fa.read_documents(tmp_path / "a.json")["text"].tolist() == ["The café closed."]


def test_lone_surrogates_and_large_numbers_in_a_file_are_read_or_listed(tmp_path: Path) -> None:
    data = r'{"articles": [{"id": 1790000000000000123, "text": "A \ud800.", "n": 1e3}]}'
    documents, reasons = read(tmp_path / "a.json", data)
    assert documents[["document_id", "text"]].values.tolist() == [["1790000000000000123", "A �."]]
    assert any("lone surrogates" in reason for reason in reasons)


def test_objects_nested_deep_stay_one_column(tmp_path: Path) -> None:
    nested = '{"a": ' * 300 + "1" + "}" * 300
    data = f'{{"text": "A.", "n": {nested}}}'
    documents, _ = read(tmp_path / "a.json", data)
    assert max(name.count(".") for name in documents.columns) < 20


@pytest.mark.parametrize("depth", [300, 900])
def test_lists_nested_deep_are_refused_or_stay_one_column(tmp_path: Path, depth: int) -> None:
    lists = "[" * depth + "1" + "]" * depth
    for name in ("a.json", "a.jsonl"):
        assert refusal(tmp_path / name, f'{{"n": {lists}}}')
        documents, _ = read(tmp_path / name, f'{{"text": "A.", "n": {lists}}}')
        assert documents["text"].tolist() == ["A."]


def test_the_outlet_that_stands_once_above_a_list_is_that_of_its_articles(tmp_path: Path) -> None:
    answer = {"source": "The Herald", "articles": [{"text": TEXT}, {"text": "It rained."}]}
    documents, reasons = read(tmp_path / "a.json", answer)
    assert documents["outlet"].tolist() == ["The Herald"] * 2
    assert any("'The Herald' was taken from 'source'" in reason for reason in reasons)
    answer["articles"] = [{"text": TEXT, "source": {"name": "The Post"}}]
    assert read(tmp_path / "b.json", answer)[0]["outlet"].tolist() == ["The Post"]


def test_cells_of_any_kind_are_read_under_other_names() -> None:
    names = np.array(["Ada Quill", "Ben Marsh"])
    frame = pd.DataFrame(
        {
            "body": [TEXT, "", names, TEXT],
            "content": [None, None, None, None],
            "authors": [["Ada Quill"], names, None, ""],
            "source": [{"name": "The Herald"}, "The Post", 7, names],
        }
    )
    documents, skipped = fa.read_documents(frame, return_skipped=True)
    assert documents["text"].tolist() == [TEXT, "", TEXT]
    assert documents["author"].tolist()[0] == "Ada Quill"
    assert documents["outlet"].tolist()[:2] == ["The Herald", "The Post"]
    assert any("ndarray, not text" in reason for reason in skipped["reason"])
