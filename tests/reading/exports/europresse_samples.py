"""Pages of Europresse in both of their forms, with texts of our own."""

from typing import Any

from lxml import html


def page_of(*articles: str) -> Any:
    return html.document_fromstring(f"<html><body>{''.join(articles)}</body></html>")


def article_of(
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


def cell_of(author: str = "") -> str:
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
