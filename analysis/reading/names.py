"""The names that others give to columns, without the libraries that tables need."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# As `folded` makes them: small letters and digits only.
_NAMES = {
    "text": "body bodytext content articlecontent articletext articlebody fulltext maintext "
    "contenttext contenthtml selftext volltext artikeltext inhalt texte texteintégral "
    "textedelarticle contenu tekst artikeltekst inhoud",
    "title": "headline articletitle documenttitle webtitle titel artikeltitel überschrift "
    "schlagzeile titre titredelarticle kop",
    "date": "publishedat publishedon pubdate published publisheddate publishdate datepublish "
    "datepublished publicationdate dateofpublication datetimepub webpublicationdate datum "
    "erscheinungsdatum erschienenam veröffentlichungsdatum veröffentlichtam datedepublication "
    "datedeparution publicatiedatum",
    "outlet": "source sourcename sourcetitle sourcedomain medium medianame newspaper newspapername "
    "publication publicationname publicationtitle pubtitle outletname accountname pagename "
    "postownername subreddit zeitung quelle medientitel medienname publikation journal média "
    "nomdujournal krant bron publicatie",
    "author": "authors authorname byline autor autorin autoren verfasser verfasserin auteur "
    "autrice auteurs",
    "url": "link articleurl articlelink documenturl weburl posturl permalink",
    "language": "lang langs languagecode sprache langue taal",
    # Of tables about the files beside them.
    "file": "filename datei dateiname fichier nomdufichier bestand bestandsnaam",
}
OTHERS = {name: frozenset(others.split()) for name, others in _NAMES.items()}
# Where a service has both, `date` is when it found the article.
SURER = {"date": frozenset({"datetimepub"})}
# What is ours where nothing else is: mostly of posts in social media.
WEAKER = {
    "text": frozenset({"message", "textentities"}),
    "date": frozenset({"createdat", "createdtime", "creationtime", "postcreated"}),
    "outlet": frozenset({"account", "publisher"}),
    "author": frozenset({"from", "username"}),
}
# Columns that sum an article up, in services that do not have the whole of it.
_SUMMARIES = frozenset(
    "abstract description excerpt leadparagraph snippet standfirst summary teaser trailtext "
    "zusammenfassung résumé samenvatting".split()
)
# Where a column is an object, what of it is its name; an address has none.
OWN_NAMES = ("main", "original", "rendered", "name", "title", "displayName", "display_name")
_OWN_NAMES_OF = {
    "text": ("rendered",),
    "date": ("$date",),
    "url": (),
    **dict.fromkeys(("id", "document_id"), ("$oid",)),
}
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


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return the small letters and digits of a name."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", name).casefold()))


def of_object(column: str, ours: str) -> str:
    """Return the column whose own name stands in it as an object: `source` for `source.title`."""
    before, _, last = column.rpartition(".")
    return before if before and last in _OWN_NAMES_OF.get(ours, OWN_NAMES) else column


def is_ours(column: str, ours: str) -> bool:
    """Tell whether a column has our name, or one that others give to ours."""
    names = {folded(column), folded(of_object(column, ours))}
    return not names.isdisjoint({ours, *OTHERS[ours], *WEAKER.get(ours, ())})


@lru_cache(maxsize=1024)
def text_columns(columns: tuple[str, ...]) -> Sequence[str]:
    """List the columns with texts that lie least deep in the objects of a row."""
    for names in (_TEXT_NAMES, WEAKER["text"]):
        found = [one for one in columns if last_name(one) in names or folded(one) in names]
        if found:
            depths = {name: of_object(name, "text").count(".") for name in found}
            return [name for name in found if depths[name] == min(depths.values())]
    return []


def summaries(columns: Sequence[str]) -> list[str]:
    """List the columns that only sum the texts up."""
    return [name for name in columns if last_name(name) in _SUMMARIES]


def by_own_names(columns: Sequence[str]) -> list[str]:
    """Sort the columns of one object by what is most its name."""
    order = {name: n for n, name in enumerate(OWN_NAMES)}
    return sorted(columns, key=lambda name: order.get(name.rpartition(".")[2], -1))


def listed(names: Sequence[str], most: int, between: str = ", ") -> str:
    """Name columns or paths, up to a number."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{between.join(map(repr, names[:most]))}{more}"


def last_name(column: str) -> str:
    """Return the name of a column of texts without the objects that it stands in."""
    return folded(of_object(column, "text").rpartition(".")[2])
