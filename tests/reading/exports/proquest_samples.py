"""Text and pages of ProQuest, with texts of our own."""

from typing import Any

from lxml import html

RULE = "_" * 60
ARTICLE = """
Document {n} of 2

Boats doubled after a crossing

Author: Quill, Ada; Marsh, Ben

Publication info: The Herald ; Northgate [Northgate]14 May 2024: A.2.

http://search.proquest.com/docview/10{n}?accountid=1

Abstract: Crews worked through the night.

Links: Check for it

Full text: Crews worked through the night.

Location: at the harbour, as ever.

"No comment," she said.

Subject: Boats; Harbours

Location: Northgate

Title: Boats doubled after a crossing

Publication title: The Herald; Northgate

Publication year: 2024

Publication date: May 14, 2024

Section: News

Language of publication: English

ProQuest document ID: 10{n}

Last updated: 2025-11-07

Database: Newsstream
"""


def text_of(*articles: str) -> str:
    head = "Report Information from ProQuest\n\n1. Boats doubled\n2. Boats doubled\n"
    foot = "Contact us at: https://a.example\nDatabase copyright 2024 ProQuest LLC.\n"
    return f"\n{RULE}\n".join([head, *articles, foot])


_LABEL = "<p><strong>{}: </strong>{}</p>"


def block_of(number: int, full_text: str = "<p>Crews worked.</p><p>No comment.</p>") -> str:
    labels = {
        "Author": "Quill, Ada",
        "Abstract": "</p><p>Crews worked.",
        "Full text": f"<text wordcount='4'>{full_text}</text>",
        "Subject": "Boats",
        "Publication title": "The Herald; Northgate",
        "Publication date": "Nov 22, 2008",
        "ProQuest document ID": str(number),
        "Last updated": "2017-11-07",
    }
    if not full_text:
        del labels["Full text"], labels["Abstract"]
    body = "".join(_LABEL.format(*one) for one in labels.items())
    return f"<div><a name='DocID_{number}'></a><p></p><p>Boats doubled</p>{body}</div>"


def page_of(*blocks: str) -> Any:
    return html.document_fromstring(f"<html><body>Email 4 of 5{''.join(blocks)}</body></html>")
