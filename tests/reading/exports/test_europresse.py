"""Pages of Europresse in both of their forms, with texts of our own."""

import pytest

from analysis.reading.exports import europresse, read_export
from analysis.reading.parsing.limits import ParsingError
from tests.reading.exports.europresse_samples import article_of, cell_of, page_of


def test_each_article_has_an_element_of_its_own() -> None:
    page = page_of(article_of(), article_of(header="Monde, mercredi 15 mars 2006"))
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
    (article,) = europresse.split(page_of(article_of(header=header))).articles
    assert article.date == day


@pytest.mark.parametrize(
    ("before", "caption"),
    [
        ("<div class='docOcurrContainer'><p>Un chapeau.</p></div>", ""),
        ("<p>Un chapeau.</p>", ""),
        ("<div class='docOcurrContainer'><p>Un chapeau.</p></div>", "<aside>Une photo.</aside>"),
    ],
    ids=["in another box", "in none", "with a caption beside it"],
)
def test_a_lead_stands_beside_the_text(before: str, caption: str) -> None:
    box = '<div class="docOcurrContainer">'
    page = page_of(article_of().replace(box, f"{before}{caption}{box}"))
    (article,) = europresse.split(page).articles
    assert article.text == "Un chapeau.\n\nUn bateau.\n\nDeux bateaux."


def test_an_article_may_lack_an_author() -> None:
    (article,) = europresse.split(page_of(article_of(author=""))).articles
    assert article.author is None


@pytest.mark.parametrize(
    ("outlet", "name"),
    [
        ("Le Journal", "Le Journal"),
        ("Le Journal, no. 5968", "Le Journal"),
        ("Le Journal, n° 5968", "Le Journal"),
        ("Die Zeitung, Nr. 12", "Die Zeitung"),
        ("Le Nord 5968", "Le Nord 5968"),
        ("Le Journal (site web)\n          Monde", "Le Journal (site web)"),
        ("Nord, Éco", "Nord, Éco"),
    ],
)
def test_the_number_of_an_issue_is_no_part_of_the_outlet(outlet: str, name: str) -> None:
    (article,) = europresse.split(page_of(article_of(outlet=outlet))).articles
    assert article.outlet == name


def test_rights_behind_the_text_are_left_out_and_noted() -> None:
    rights = "<p>© 2006 Le Journal. Tous droits réservés.</p>"
    page = page_of(article_of().replace("Deux bateaux.</p>", f"Deux bateaux.</p>{rights}"))
    export = read_export("page", page)
    assert export is not None
    assert export["articles"][0]["text"].endswith("\n\nDeux bateaux.")
    assert "lines of copyright behind the text were left out in 1 of its 1" in export["notes"][1]


def test_older_pages_have_a_cell_for_each_article() -> None:
    page = page_of(cell_of(), cell_of("Cléo Hart<br><p></p>"))
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
        article_of().replace("</article>", article_of()),
        cell_of().replace("Entretien", '<span class="DocPublicationName">Mag 2</span>'),
        cell_of().replace("TitreArticleVisu", "other"),
    ],
    ids=["nothing around", "within one another", "two in a cell", "no headline"],
)
def test_marks_that_part_no_articles_are_refused(page: str) -> None:
    source = page_of(page)
    assert europresse.recognises(source)
    with pytest.raises(ParsingError, match="save it again from there"):
        europresse.split(source)


def test_other_pages_are_left_alone() -> None:
    assert not europresse.recognises(page_of("<article><p>Europresse is an archive.</p></article>"))
