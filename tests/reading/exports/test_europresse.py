"""Pages of Europresse in both of their forms, with texts of our own."""

from typing import Any

import pytest
from lxml import html

from analysis.reading.exports import europresse
from analysis.reading.parsing.limits import ParsingError


def _page(*articles: str) -> Any:
    return html.document_fromstring(f"<html><body>{''.join(articles)}</body></html>")


def _article(
    outlet: str = "Le Journal, no. 22040",
    header: str = "Politique, mardi 14 mars 2006, p. 4",
    author: str = '<div class="docAuthors">Ada Quill</div>',
) -> str:
    return f"""<article><header><span class="DocPublicationName">{outlet}  </span>
    <span class="DocHeader">{header}</span>
    <div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">Les <mark>bateaux</mark>
    doublent</p></div>{author}</header>
    <section><div class="DocText clearfix"><div class="docOcurrContainer"><p>Un <b>b</b>ateau.</p>
    <p>Deux bateaux.</p></div></div></section>
    <aside><p><b>Illustration(s) :</b></p><p>Une photo du port.</p></aside>
    <footer><small>© 2006 Le Journal. Tous droits réservés.</small>
    <p>Numéro de document : news·20060314·LJ·04</p>
    <span>Date d'émission : <b>2024-06-07</b></span></footer></article>"""


def test_each_article_has_an_element_of_its_own() -> None:
    page = _page(_article(), _article(header="Monde, mercredi 15 mars 2006"))
    assert europresse.recognises(page)
    export = europresse.split(page)
    assert [article.date for article in export.articles] == ["2006-03-14", "2006-03-15"]
    article = export.articles[0]
    assert (article.title, article.outlet, article.author) == (
        "Les bateaux doublent",
        "Le Journal",
        "Ada Quill",
    )
    assert article.text == "Un bateau.\n\nDeux bateaux."
    assert article.columns == {
        "section": "Politique",
        "page": "4",
        "source_id": "news·20060314·LJ·04",
    }
    assert export.notes == ["captions were left out in 2 of 2 articles"]


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("Business, Tuesday, March 14, 2006, p. A3", "2006-03-14"),
        ("March 14, 2006", "2006-03-14"),
        ("Wirtschaft, Dienstag 14. März 2006 08:30:00 UTC", "2006-03-14"),
        ("Politique", None),
    ],
)
def test_the_day_of_the_download_is_never_the_day_of_the_article(
    header: str, day: str | None
) -> None:
    (article,) = europresse.split(_page(_article(header=header))).articles
    assert article.date == day


def test_an_article_may_lack_an_author() -> None:
    (article,) = europresse.split(_page(_article(author=""))).articles
    assert article.author is None


@pytest.mark.parametrize(
    ("outlet", "name"),
    [
        ("Le Journal", "Le Journal"),
        ("Le Journal, no. 5968", "Le Journal"),
        ("Le Journal (site web)\n          Monde", "Le Journal (site web)"),
        ("Nord, Éco", "Nord, Éco"),
    ],
)
def test_the_number_of_an_issue_is_no_part_of_the_outlet(outlet: str, name: str) -> None:
    (article,) = europresse.split(_page(_article(outlet=outlet))).articles
    assert article.outlet == name


def _cell(author: str = "") -> str:
    return f"""<table><tr><td><table><tr><td id="celPublication"><img src="x.gif"></td></tr></table>
<span class="DocPublicationName">Mag 1, no. 5968</span><br>
<span class="DocHeader">Éditorial, </span>
<span class="DocHeader">jeudi </span><span class="DocHeader">4 octobre 2012</span>
<span class="DocHeader">, p. 03</span><br><br>Entretien<br><span class="TitreArticleVisu">Un
<span style="color:red">titre</span></span><br><br>{author}Un <font>bateau.</font><p></p>
Deux.<p></p>
<b><i>© 2012 Mag. Tous droits réservés.</i></b><p></p>Numéro de document : news·20121004·M·15<br>
<table><tr><td>Ce certificat est émis à <b>University</b></td></tr>
<tr><td>Date d'émission : <b>2024-10-05</b></td></tr></table></td></tr></table>"""


def test_older_pages_have_a_cell_for_each_article() -> None:
    page = _page(_cell(), _cell("Cléo Hart<br><p></p>"))
    assert europresse.recognises(page)
    without, signed = europresse.split(page).articles
    for article in (without, signed):
        assert (article.title, article.outlet, article.date) == ("Un titre", "Mag 1", "2012-10-04")
        assert article.text == "Un bateau.\n\nDeux."
        assert article.columns == {
            "section": "Éditorial",
            "page": "03",
            "kicker": "Entretien",
            "source_id": "news·20121004·M·15",
        }
    assert (without.author, signed.author) == (None, "Cléo Hart")


@pytest.mark.parametrize(
    "page",
    [
        '<span class="DocPublicationName">Mag</span><span class="DocHeader">2012</span>',
        _article().replace("</article>", _article()),
        _cell().replace("Entretien", '<span class="DocPublicationName">Mag 2</span>'),
        _cell().replace("TitreArticleVisu", "other"),
    ],
    ids=["nothing around", "within one another", "two in a cell", "no headline"],
)
def test_marks_that_part_no_articles_are_refused(page: str) -> None:
    source = _page(page)
    assert europresse.recognises(source)
    with pytest.raises(ParsingError, match="save it again from Europresse"):
        europresse.split(source)


def test_other_pages_are_left_alone() -> None:
    assert not europresse.recognises(_page("<article><p>Europresse is an archive.</p></article>"))
