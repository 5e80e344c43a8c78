"""Furniture of texts: cut by rules that are listed, counted in a note, returned on request."""

import re
from pathlib import Path

import pandas as pd
import pytest

import analysis as fa
from analysis.errors import ReadingWarning
from analysis.languages.language import load_language
from analysis.reading.furniture import furniture_of
from tests.reference_cases import OUTSIDE

TITLE = "Harbour patrols doubled"
PROSE = "Coastguards doubled their patrols on Tuesday, and nobody objected to it."
QUOTE = '"We will not lose control," the minister said.'

LINES = {
    "advertisement": [
        "ADVERTISEMENT",
        "Advertisement",
        "(Advertisement)",
        "Story continues below advertisement",
        "Article continues after this advertisement",
        "Sponsored content",
    ],
    "continue reading": [
        "Continue reading the main story",
        "Continue reading…",
        "Read the full story here",
        "Read the rest of the story at The Harbour Post.",
        "Scroll down for video",
    ],
    "read more": [
        "Read more: Pension top-up clears the lower house",
        "READ MORE: Pension top-up clears the lower house",
        "READ MORE Pension top-up clears the lower house",
        "Related: Court ruling stirs row",
        "Read: Why the harbour closed",
        "• See also: Harbour opens again",
        "More on this story",
        "Related articles",
        "You may also like",
        "Watch the full interview with the minister below.",
    ],
    "share": [
        "Share this article",
        "Share",
        "Share on Facebook",
        "Share this with Facebook, Twitter or email",
        "Tweet this",
        "Leave a comment",
    ],
    "follow us": [
        "Follow us on Twitter @herald",
        "Follow Ada Quill on Twitter: @adaquill",
        "Follow Herald investigative reporter and founder Ada Quill on Twitter at @quill.",
        "Follow @herald",
        "Like us on Facebook",
    ],
    "sign-up": [
        "Sign up to our newsletter for security news",
        "Sign up for the Morning Briefing email",
        "Subscribe now",
        "Never miss a story again - sign up to our Telegram channel",
        "Get the latest headlines delivered to your inbox",
        "Enter your email address:",
        "You can unsubscribe at any time.",
    ],
    "feedback": [
        "We'd love to get your feedback at radio@herald.example",
        "We’d love to hear from you",
        "Do you have a story? Email tips@herald.example",
        "Contact us at desk@herald.example",
    ],
    "click here": [
        "Click here to see the list",
        "For the whole list, click here.",
        "For more information, visit www.harbour.example",
    ],
    "caption": [
        "Image caption: A boat at dawn",
        "Image caption A boat at dawn",
        "Image copyright Getty Images",
        "FILE PHOTO: Soldiers guard the border in May",
        "Soldiers guard the border. Photo: Agency",
        "A patrol boat at dawn. Photograph: A. Quill/Agency",
        "A patrol boat at dawn (AP Photo/Ada Quill)",
        "A patrol boat at dawn (Photo by Ada Quill/Getty Images)",
        "The minister at the harbour [Getty]",
        "A boat at dawn. REUTERS/Ada Quill/File Photo",
    ],
    "photo credit": [
        "Photo: Ada Quill/Reuters",
        "Photograph: Ada Quill/The Herald",
        "Picture: GETTY",
        "Image: EPA",
        "Photo by Ada Quill",
        "Credit: Ada Quill",
        "Bloomberg/Getty Images",
        "Ada Quill via Getty Images.",
        "© AP Photo/ Ada Quill Soldiers guard the border",
    ],
    "copyright": [
        "© 2014 Herald Media Ltd",
        "(c) 2014 Herald Media Ltd. All rights reserved",
        "Copyright 2014 The Herald Times Limited",
        "Copyright © The Herald. 2014",
        "The Herald © 2014 Herald Media Group Ltd",
        "All rights reserved.",
        "Alle Rechte vorbehalten",
    ],
    "archive line": [
        "Load-Date: May 14, 2014",
        "LOAD-DATE: May 14, 2014",
        "933 words",
        "Document HRLD000020140418ea4i00018",
    ],
    "embedded": [
        '<iframe src="https://video.example/embed/1">',
        '<iframe src="https://video.example/embed/1"></iframe>',
        "A post shared by Ada Quill (@quill) on Sep 28, 2017 at 7:44pm PDT",
    ],
    "disclaimer": [
        "The views expressed in this article are solely those of the author and do not reflect "
        "the position of the Herald.",
        "The views expressed by Ada Quill do not necessarily reflect those of the Herald.",
    ],
    "amended": [
        "This article was amended on 3 May 2014 to correct a name.",
        "• This article was amended on 3 May 2014. An earlier version named the wrong harbour.",
        "This story has been updated with a comment from the ministry.",
        "Correction: An earlier version of this article gave the wrong year.",
        "This article was originally published in the Herald.",
    ],
    "to follow": [
        "DETAILS TO FOLLOW",
        "More to follow",
        "This is a developing story and will be updated.",
        "Media playback is unsupported on your device",
    ],
}
TAILS = {
    "agency tail": [
        "(Reporting by Ada Quill; Editing by Ben Marsh)",
        "Reporting by Ada Quill in Lenna, editing by Ben Marsh",
        "(Additional reporting by Ada Quill)",
        "Additional reporting by Ada Quill and agencies",
        "Our Standards: The Thomson Reuters Trust Principles.",
        "The Associated Press contributed to this report.",
        "Ada Quill and Ben Marsh contributed to this report.",
        "Contributing: Ada Quill, Ben Marsh",
        "With files from The Canadian Press",
        "dk-ar/rjm/jhb",
        "-ENDS-",
    ],
    "contact": ["ada.quill@herald.example", "Email: ada.quill@herald.example", "Twitter: @quill"],
    "updated": ["Updated at 10.30am BST", "Last modified on 3 May 2014 at 10:30 GMT"],
}
KEPT = [
    "Read more books, the minister told pupils, and fear the sea less.",
    "Share prices fell on Monday after the talks broke down.",
    "Shares",
    "Follow the money, the auditors said on Twitter's own pages in May.",
    "Sign up for the coastguard, young men were told.",
    "Subscribers to the fund lost their savings.",
    "Related questions were put to the minister, who left.",
    "Copyright law was reformed in 2014, and the courts were asked to rule.",
    "Copyright infringement cost the owners 500 million.",
    "This article of the constitution was amended in 1993 to protect asylum.",
    "This report was published on Monday by the ministry and names three ports.",
    "This story of a border town was told to the court.",
    "The views expressed by the minister do not reflect policy, his office said.",
    "Updated rules on asylum came into force in May.",
    "Photographs of the wreck were shown to the court.",
    "Picture the harbour at dawn: forty boats, no patrol.",
    "Advertisements for the army were banned.",
    "Contact with the boat was lost at noon.",
    "Click languages are spoken on the border.",
    "Reporting by the agency led to three arrests.",
    "Editing the treaty by hand took the envoys a year.",
    "Documents show that the minister knew.",
    "The plan has 933 words",
    "The minister wrote to the council at desk@herald.example and had no answer.",
    "Continue reading the law, the judge told him, and come back.",
    'The minister said: "Photo opportunities are over."',
    "Voss: Read more, and talk less, I told them.",
    '"Share this with your neighbours," the mayor said.',
    "“Read more: that is all I ask,” he said.",
    "REUTERS/Ipsos polls showed a lead of ten points for the party in May, and again in June.",
    "Watch what they do at the harbour below the fort, he said.",
    "Get out of the harbour, they were told.",
    "MOSCOW (AP) — Envoys met on Monday.",
    "The town has two harbours (Getty calls them twins).",
    "Love/hate",
]


def cut(*paragraphs: str, **fields: object) -> pd.DataFrame:
    table = pd.DataFrame({"text": ["\n\n".join(paragraphs)], **fields})
    return fa.read_documents(table, return_skipped=True, return_cut=True)[2]


@pytest.mark.parametrize(
    ("rule", "line"), [(rule, line) for rule, lines in LINES.items() for line in lines]
)
def test_a_line_that_is_no_article_is_cut_wherever_it_stands(rule: str, line: str) -> None:
    assert cut(TITLE, PROSE, line, PROSE, QUOTE)[["rule", "text"]].values.tolist() == [[rule, line]]
    assert cut(TITLE, PROSE, line)["text"].tolist() == [line]


@pytest.mark.parametrize(
    ("rule", "line"), [(rule, line) for rule, lines in TAILS.items() for line in lines]
)
def test_a_tail_is_cut_at_the_end_alone(rule: str, line: str) -> None:
    assert cut(TITLE, PROSE, QUOTE, line)[["rule", "text"]].values.tolist() == [[rule, line]]
    assert cut(TITLE, line, *[PROSE] * 7)["text"].tolist() == []


@pytest.mark.parametrize("line", KEPT)
def test_prose_that_begins_like_furniture_stays(line: str) -> None:
    assert cut(TITLE, PROSE, line, QUOTE)["text"].tolist() == []
    assert cut(TITLE, PROSE, QUOTE, line)["text"].tolist() == []


@pytest.mark.parametrize("line", ["Read more: how to save a library", "Sign up for the newsletter"])
def test_a_headline_is_never_taken_for_a_link(line: str) -> None:
    documents, pieces = fa.read_documents(
        pd.DataFrame({"text": [f"{line}\n\n{PROSE}"]}), return_cut=True
    )
    assert documents["title"].tolist() == [line]
    assert pieces.empty


def test_bylines_and_datelines_stay() -> None:
    text = f"{TITLE}\n\nBy Ada Quill\n\nUpdated 3 May 2014\n\nLENNA (Reuters) - {PROSE}\n\n{QUOTE}"
    documents = fa.read_documents(pd.DataFrame({"text": [text]}))
    assert fa.split_paragraphs(documents)["role"].tolist()[:3] == ["headline", "byline", "byline"]
    assert documents["text"].tolist() == [text]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_lines_end_in_every_way(end: str) -> None:
    lines = [TITLE, "", PROSE, "", "ADVERTISEMENT", "", QUOTE, "", "Share this article"]
    table = pd.DataFrame({"text": [end.join(lines)]})
    documents, pieces = fa.read_documents(table, return_cut=True)
    assert pieces["rule"].tolist() == ["advertisement", "share"]
    assert fa.split_paragraphs(documents)["text"].tolist() == [TITLE, PROSE, QUOTE]


def test_a_text_with_a_paragraph_a_line_keeps_its_lines() -> None:
    text = "\n".join([TITLE, PROSE * 3, "ADVERTISEMENT", QUOTE, "Share this article"])
    documents = fa.read_documents(pd.DataFrame({"text": [text]}), return_cut=True)[0]
    assert fa.split_paragraphs(documents)["text"].tolist() == [TITLE, PROSE * 3, QUOTE]


def test_a_wrapped_piece_is_cut_whole_and_wrapped_prose_stays() -> None:
    prose = (
        "Coastguards doubled their patrols on Tuesday, and told the crews of the boats to\n"
        "Share this article\nof faith with the people of the harbour, who have seen worse."
    )
    tail = "(Reporting by Ada Quill in Lenna and Ben Marsh in\nMeridian; Editing by Cora Venn)"
    documents, pieces = fa.read_documents(
        pd.DataFrame({"text": [f"{TITLE}\n\n{prose}\n\n{QUOTE}\n\n{tail}\n"]}), return_cut=True
    )
    assert pieces["text"].tolist() == [tail]
    assert prose in documents["text"].iloc[0]


def test_what_follows_a_line_without_a_stop_is_not_cut_with_it() -> None:
    text = "\n".join(
        ["harbour patrols", "© 2014 herald media limited of the harbour", "by ada", "ok"]
    )
    documents, pieces = fa.read_documents(pd.DataFrame({"text": [text]}), return_cut=True)
    assert pieces["text"].tolist() == ["© 2014 herald media limited of the harbour"]
    assert documents["text"].iloc[0].split() == "harbour patrols by ada ok".split()


def test_pages_keep_their_numbers() -> None:
    text = f"{TITLE}\n\n{PROSE}\n\nShare this article\f{QUOTE}"
    documents = fa.read_documents(pd.DataFrame({"text": [text]}), return_cut=True)[0]
    assert fa.split_paragraphs(documents)["page_in_file"].tolist() == [1, 1, 2]


def test_no_offset_moves() -> None:
    lines = ["ADVERTISEMENT", TITLE, "A threat 😀", "Related articles", QUOTE, "© 2014 Herald"]
    text = "\n\n".join(lines)
    documents, pieces = fa.read_documents(pd.DataFrame({"text": [text]}), return_cut=True)
    stored = documents["text"].iloc[0]
    assert documents["title"].tolist() == [TITLE]
    assert len(stored) == len(text)
    places = list(zip(pieces["start"], pieces["end"], strict=True))
    assert [text[start:end] for start, end in places] == pieces["text"].tolist()
    assert [stored[start:end].strip() for start, end in places] == [""] * 3
    paragraphs = fa.split_paragraphs(documents)
    assert paragraphs["text"].tolist() == [lines[n] for n in (1, 2, 4)]
    hits = fa.find_hits(paragraphs, fa.lexicon_from_dict("k", {"k": ["threat", "control"]}))
    found = [text[a:b] for a, b in zip(hits["start"], hits["end"], strict=True)]
    assert found == hits["surface"].tolist() == ["threat", "control"]
    assert documents["sha256"].tolist() == fa.documents_from_texts([stored])["sha256"].tolist()


def test_the_rules_are_counted_in_a_note_and_in_a_warning() -> None:
    table = pd.DataFrame({"text": [f"{TITLE}\n\n{PROSE}\n\nADVERTISEMENT\n\nShare\n\nTweet"]})
    told = "3 pieces of furniture were cut: share 2, advertisement 1"
    with pytest.warns(ReadingWarning, match=told):
        fa.read_documents(table)
    assert fa.read_documents(table, return_skipped=True)[1]["reason"].str.startswith(told).all()


def test_who_asks_for_what_was_cut_is_not_warned_of_it(recwarn: pytest.WarningsRecorder) -> None:
    table = pd.DataFrame({"text": [f"{TITLE}\n\n{PROSE}\n\nADVERTISEMENT"]})
    documents, skipped, pieces = fa.read_documents(table, return_skipped=True, return_cut=True)
    assert pieces["document_id"].tolist() == documents["document_id"].tolist()
    assert len(skipped) == 1
    fa.read_documents(table, return_cut=True)
    assert not recwarn.list


def test_furniture_is_left_on_request(recwarn: pytest.WarningsRecorder) -> None:
    text = f"{TITLE}\n\n{PROSE}\n\nADVERTISEMENT"
    documents, pieces = fa.read_documents(
        pd.DataFrame({"text": [text]}), keep_furniture=True, return_cut=True
    )
    assert documents["text"].tolist() == [text]
    assert pieces.empty
    assert not recwarn.list


def test_a_text_that_is_nothing_but_furniture_stays_whole() -> None:
    documents, pieces = fa.read_documents(
        pd.DataFrame({"text": ["DETAILS TO FOLLOW\n\n© 2014 Herald"]}), return_cut=True
    )
    assert documents["text"].tolist() == ["DETAILS TO FOLLOW\n\n© 2014 Herald"]
    assert pieces.empty


def test_texts_in_memory_are_taken_as_they_are() -> None:
    assert fa.documents_from_texts(["A\n\nADVERTISEMENT"])["text"].tolist() == [
        "A\n\nADVERTISEMENT"
    ]


def test_texts_of_other_languages_lose_what_needs_no_language() -> None:
    tail = ["Share this article", "© 2014 Herald"]
    german = cut(TITLE, PROSE, *tail, language=["de"])
    assert german["text"].tolist() == ["© 2014 Herald"]
    assert cut(TITLE, PROSE, *tail, language=["en-GB"])["text"].tolist() == tail


@pytest.mark.parametrize("form", ["txt", "html", "csv", "jsonl"])
def test_every_form_of_file_is_cut(tmp_path: Path, form: str) -> None:
    pytest.importorskip("trafilatura")
    text = "\n\n".join([TITLE, PROSE * 4, QUOTE * 4, "Share this article"])
    path = tmp_path / f"a.{form}"
    if form == "txt":
        path.write_text(text, encoding="utf-8")
    elif form == "html":
        blocks = "".join(f"<p>{block}</p>" for block in text.split("\n\n"))
        path.write_text(f"<html><body><article>{blocks}</article></body></html>", encoding="utf-8")
    else:
        table = pd.DataFrame({"text": [text]})
        if form == "csv":
            table.to_csv(path, index=False)
        else:
            table.to_json(path, orient="records", lines=True)
    documents, pieces = fa.read_documents(path, return_cut=True)
    assert pieces["text"].tolist() == ["Share this article"]
    assert "Share" not in documents["text"].iloc[0]


def test_the_guide_lists_every_rule() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "your_articles.md").read_text(encoding="utf-8")
    section = guide.split("## What is cut")[1]
    listed = set(
        re.findall(r"^\| ([a-z -]+) \| .+ \| (?:anywhere|below|end)", section, re.MULTILINE)
    )
    assert listed == {rule.name for rule in furniture_of(load_language()).rules}


@pytest.mark.cases
def test_nothing_is_cut_in_speeches() -> None:
    path = OUTSIDE.parent / "corpus" / "un_general_debate_1978_2024.parquet"
    if not path.is_file():
        pytest.skip("the speeches are not there")
    speeches = pd.read_parquet(path, columns=["text"])["text"].iloc[::10]
    assert fa.read_documents(speeches.to_frame(), return_skipped=True, return_cut=True)[2].empty
