"""The names that others give to columns, without the libraries that tables need."""

import unicodedata
from collections.abc import Sequence

# As `folded` makes them: small letters and digits only.
_NAMES = {
    "text": "body bodytext content articlecontent articletext articlebody fulltext maintext "
    "volltext artikeltext inhalt texte texteintégral textedelarticle contenu tekst artikeltekst "
    "inhoud",
    "title": "headline articletitle documenttitle titel artikeltitel überschrift schlagzeile titre "
    "titredelarticle kop",
    "date": "publishedat publishedon pubdate published publisheddate publishdate datepublish "
    "datepublished publicationdate dateofpublication datetimepub datum erscheinungsdatum "
    "erschienenam veröffentlichungsdatum veröffentlichtam datedepublication datedeparution "
    "publicatiedatum",
    "outlet": "source sourcename sourcetitle sourcedomain medium medianame newspaper newspapername "
    "publication publicationname publicationtitle pubtitle outletname zeitung quelle medientitel "
    "medienname publikation journal média nomdujournal krant bron publicatie",
    "author": "authors authorname byline autor autorin autoren verfasser verfasserin auteur "
    "autrice auteurs",
    "url": "link articleurl articlelink documenturl weburl permalink",
    "language": "lang sprache langue taal",
    # Of tables about the files beside them.
    "file": "filename datei dateiname fichier nomdufichier bestand bestandsnaam",
}
OTHERS = {name: frozenset(others.split()) for name, others in _NAMES.items()}
_TEXT_NAMES = {"text", *OTHERS["text"]}
_OURS = {*_NAMES, "id", "documentid"}.union(*OTHERS.values())


def header_among(rows: Sequence[Sequence[str]], known: Sequence[str] = ()) -> int:
    """Return the place of the header: the first row, or one below it that names more of ours."""
    if not rows or any(name in known for name in rows[0]):
        return 0
    most = max(1, number_known(rows[0], known))
    needed = _TEXT_NAMES.union(map(folded, known), *(OTHERS.get(name, ()) for name in known))
    places = (n for n, names in enumerate(rows) if number_known(names, known) > most)
    return next((n for n in places if not needed.isdisjoint(map(folded, rows[n]))), 0)


def number_known(columns: Sequence[str], known: Sequence[str] = ()) -> int:
    """Count the names that columns of articles have."""
    ours = {*_OURS, *map(folded, known)}
    return sum(folded(name) in ours for name in columns)


def names_texts(columns: Sequence[str]) -> bool:
    """Tell whether the names of columns are those of a table of articles."""
    return len(columns) > 1 and any(folded(name) in _TEXT_NAMES for name in columns)


def folded(name: str) -> str:
    """Return the small letters and digits of a name."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", name).casefold()))
