"""Small files as LexisNexis and Nexis Uni write them."""

import html
from collections.abc import Sequence
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

COVER = """


Download Request: Selected Items: 1-2
Time Of Request: Friday, June 07, 2024  10:12:31

Send To:

EXAMPLE UNIVERSITY LIBRARY

Terms: (harbour OR pension) and DATE(>=2024-05-01)


"""
ENGLISH = """
                               1 of 2 DOCUMENTS


                             The Northgate Herald

                             May 14, 2024 Tuesday
                                Final Edition

Harbour patrols doubled
after night crossing;
Ministers meet

BYLINE: By Ada Quill

SECTION: NEWS; Pg. 4

LENGTH: 44 words

DATELINE: NORTHGATE, May 14

Coastguards doubled their patrols on Tuesday after a boat with forty people
reached the harbour at night.

"We will not lose control of our borders," the interior minister told the few
reporters.

GRAPHIC: A patrol boat
at dawn

The crew of the boat

LOAD-DATE: May 15, 2024

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                      Copyright 2024 Northgate Media Ltd
                             All Rights Reserved

                               2 of 2 DOCUMENTS


                      Copyright 1991 Dale Newspapers Limited
                              Dale Evening Post

                   September 3, 1991, Tuesday, Late Edition

SECTION: NEWS
LENGTH: 12 words
HEADLINE: Pension top-up clears the lower house
BODY:
   The lower house passed a pension top-up worth two billion crowns.

LOAD-DATE: September 4, 1991
"""
GERMAN = """
                               Dokument 1 von 1


                                  Der Bote

                     27. Februar 2012 Montag 9:50 PM GMT+1

Patrouillen verdoppelt

AUTOR: Ada Quill

RUBRIK: HAFEN; S. 4

LÄNGE: 12 Wörter

HIGHLIGHT: Ein Boot kam.

BOTE: Was geschah am Hafen?

UPDATE: Die Küstenwache meldet mehr.

UPDATE: 28. Februar 2012

SPRACHE: GERMAN; DEUTSCH

BIBLIOGRAPHIE: Quill, Ada

GRAFIK: Ein Boot

                          Copyright 2012 Bote GmbH
                           Alle Rechte vorbehalten
"""
FRENCH = """
                               Document 1 de 1


                                 Le Courrier

                             mardi 14 mars 2006

Les patrouilles doublent

AUTEUR: Ada Quill

RUBRIQUE: MONDE

LONGUEUR: 8 mots

Les patrouilles doublent au port.

DATE-CHARGEMENT: 14 mars 2006

LANGUE: FRENCH; FRANÇAIS
"""
DUTCH = """
                               1 of 1 DOCUMENTS


                                 De Bode

                           14 mei 2024 dinsdag

KOP: Patrouilles verdubbeld

BYLINE: Ada Quill

LENGTE: 8 woorden

TEKST: De kustwacht verdubbelde de patrouilles.

LOAD-DATE: 14 mei 2024

LANGUAGE: DUTCH
"""
# Labels among lines that have none, headings without a colon, rights that take several lines.
ODD = """
                               1 of 3 DOCUMENTS


     Copyright 1993 Northgate Associated Newspapers of Ireland, a division of
                                  Harbour Ltd
                              The Northgate Times

                             January 4, 1993 Monday
                              Correction Appended
                              Late Edition - Final

Boats doubled

BYLINE: By ADA QUILL

Staff writer

SECTION: NEWS; Pg. 2

TYPE: Review

LENGTH: 5 words

ABSTRACT
They worked.

FULL TEXT
The crews worked all night.

CORRECTION: There were two boats.

Not three.

LOAD-DATE: January 5, 1993

LANGUAGE: ENGLISH

JOURNAL-CODE: NT

      Copyright 1993 Northgate Associated Newspapers of Ireland, a division of
                                  Harbour Ltd
                              All Rights Reserved

                            FOCUS - 2 of 3 DOCUMENTS

                                    Die Post

                               Mo, 4. Januar 1993

Zwei

AUTOR: Von Ada Quill

LÄNGE: 2 Wörter

SUBTITLE: U

HIGHLIGHT: V

Der Text.

UPDATE: 5. Januar 1993

SPRACHE: GERMAN; DEUTSCH

                        Copyright 1993 Post Verlags- und
                               gesellschaft mbH
                           Alle Rechte vorbehalten

                               3 van 3 DOCUMENTEN

                                   Het Blad

                             maandag 4 januari 1993

KOP: Drie

SECTIE: Buitenland

LENGTE: 3 woorden

SAMENVATTING:
Kort.

VOLLEDIGE TEKST:
De boot kwam.

LAADDATUM: 5 januari 1993

TAAL: DUTCH; NEDERLANDS

GRAFIEK: Een boot

                           Alle rechten voorbehouden
"""


def page_of(text: str, *, numbered: bool = True) -> str:
    """Write a text as the web page that the database makes of it."""
    pieces = []
    for n, block in enumerate(filter(str.strip, text.split("\n\n"))):
        lines = "<BR>".join(html.escape(line.strip()) for line in block.strip().split("\n"))
        if "DOCUMENT" in lines:
            pieces.append(f'<A NAME="DOC_ID_0_{n}"></A>')
            if not numbered:
                continue
        pieces.append(f'<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN>{lines}</SPAN></P>\n</DIV>')
    return f"<HTML><HEAD><STYLE>.c0 {{}}</STYLE></HEAD><BODY>{''.join(pieces)}</BODY></HTML>"


LIST = [
    "User Name: Example User",
    "Date and Time: Friday, June 7, 2024 10:12:00 AM CEST",
    "Job Number: 12345678",
    "Documents (2)",
    "1. Harbour patrols doubled",
    "Client/Matter: -None-",
    "Search Terms: harbour and pension",
    "2. Pension top-up clears; the lower house",
    "Client/Matter: -None-",
    "",
]
ARTICLES = [
    "#Bookmark_1",
    "Harbour patrols doubled",
    "The Northgate Herald",
    "May 14, 2024 Tuesday 9:20 AM GMT",
    "",
    "\nCopyright 2024 Northgate Media Ltd All Rights Reserved",
    "Section:\u00a0NEWS; Pg. 4",
    "Length:\u00a09 words",
    "Byline:\u00a0By Ada Quill",
    "\nSpecial to the Herald",
    "Highlight:\u00a0Ministers meet",
    "#Body",
    "Body",
    "Coastguards doubled their patrols.",
    "Tip: a word that is no label, and so is the end of nothing.",
    "Subject: the minister wrote no more in her letter.",
    "\nGraphic",
    "A patrol boat at dawn",
    "#Classification",
    "Classification",
    "Language:\u00a0ENGLISH",
    "Subject:\u00a0BORDER CONTROL (92%)",
    "Geographic:\u00a0NORTHGATE (79%)",
    "\nLoad-Date:\u00a0May 14, 2024",
    "\nEnd of Document",
    "#Bookmark_2",
    "Pension top-up clears;\nthe lower house",
    "Dale Evening Post",
    "Correction Appended",
    "September 3, 1991, Tuesday, Late Edition",
    "Copyright 1991 Dale Newspapers",
    "Length:\u00a012 words",
    "#Body_0",
    "Body",
    "ABSTRACT",
    "The house votes.",
    "FULL TEXT",
    "The lower house passed a pension top-up.",
    "Correction",
    "The top-up was smaller.",
    "\nLoad-Date:\u00a0September 4, 1991",
    "\nEnd of Document",
]


def write_docx(path: Path, lines: Sequence[str], *, bookmarks: bool = True) -> None:
    """Write paragraphs; one that begins with # names a bookmark of the next, or of an empty one."""
    document = docx.Document()
    name = ""
    for line in lines:
        if line.startswith("#Bookmark"):
            _mark(document.add_paragraph(""), line[1:] if bookmarks else "")
        elif line.startswith("#"):
            name = line[1:]
        else:
            _mark(document.add_paragraph(line), name if bookmarks else "")
            name = ""
    document.save(str(path))


def _mark(paragraph: Paragraph, name: str) -> None:
    if name:
        mark = OxmlElement("w:bookmarkStart")
        mark.set(qn("w:name"), name)
        paragraph._p.append(mark)
