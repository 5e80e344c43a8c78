"""The export of a WordPress site → its posts and pages."""

import re
from collections import Counter
from typing import Any

from analysis.reading.exports.articles import Article, Export
from analysis.reading.exports.contents import (
    CAPTIONS,
    Content,
    first_text,
    read_page,
    source_of,
    summary,
)
from analysis.reading.exports.elements import text_in
from analysis.reading.exports.feeds import Fields, article_of, fields_of, parts_of, text_of
from analysis.reading.parsing.limits import ParsingError

# What WordPress keeps beside posts and pages, and what begins the names of more of it.
_NO_ARTICLES = frozenset(
    "attachment nav_menu_item revision custom_css customize_changeset oembed_cache user_request "
    "elementor_library acf-field acf-field-group".split()
)
_OF_ITS_OWN = "wp_"
# Marks that a site replaces by pictures and players; the first ones stand around a caption.
_CAPTION = re.compile(r"\[caption\b[^\[\]]*\].*?\[/caption\]", re.IGNORECASE | re.DOTALL)
_SHORTCODE = re.compile(
    r"\[(?:gallery|audio|video|playlist)\b[^\[\]]*\]|\[embed\b[^\[\]]*\][^\[\]]*\[/embed\]"
    r"|\[/?[a-zA-Z][\w-]*(?:\s+[\w-]+=(?:\"[^\"\[\]]*\"|'[^'\[\]]*'))+\s*/?\]"
    r"|\[/(?:audio|video|playlist)\]",
    re.IGNORECASE,
)
_NO_DAY = "0000-00-00"


def recognises(source: Any) -> bool:
    """Know the file by the version of its form, or by the kinds of its items."""
    if source.tag != "rss":
        return False
    channel, items = parts_of(source)
    return "wp:wxr_version" in channel or any("wp:post_type" in fields_of(one) for one in items)


def split(source: Any) -> Export:
    """Part the export into its posts and pages."""
    channel, items = parts_of(source)
    authors = {
        text_of(one, "wp:author_login"): text_of(one, "wp:author_display_name")
        for one in map(fields_of, channel.get("wp:author", ()))
    }
    articles: list[Article] = []
    others: Counter[str] = Counter()
    for item in items:
        fields = fields_of(item)
        kind = text_of(fields, "wp:post_type") or "post"
        if kind in _NO_ARTICLES or kind.startswith(_OF_ITS_OWN):
            others[kind] += 1
        else:
            articles.append(_article(item, channel, authors, kind))
    left_out = ", ".join(f"{n:,} {kind}" for kind, n in others.most_common())
    if not articles:
        told = f", only {left_out}" if left_out else ""
        raise ParsingError(
            f"the export of WordPress holds no posts or pages{told}; export all content"
        )
    notes = [f"what is no post or page was left out ({left_out})"] if left_out else []
    return Export(articles, None, notes)


def _article(item: Any, channel: Fields, authors: dict[str, str], kind: str) -> Article:
    fields = fields_of(item)
    article = article_of(item, channel, _content(fields))
    written = text_of(fields, "wp:post_date")
    status = text_of(fields, "wp:status") or "publish"
    told = f"it was not published: its status is {status!r}; remove it if you study what was"
    columns = {**article.columns, "document_type": kind}
    for name, domain in (("categories", "category"), ("tags", "post_tag")):
        own = [one for one in fields.get("category", ()) if one.get("domain", "category") == domain]
        columns[name] = "; ".join(map(text_in, own))
    return article._replace(
        date=article.date if not written or written.startswith(_NO_DAY) else written[:10],
        author=authors.get(article.author or "") or article.author,
        columns={name: value for name, value in columns.items() if value},
        notes=article.notes if status == "publish" else (told, *article.notes),
        left_out=[*article.left_out, *(["comments of readers"] if "wp:comment" in fields else [])],
    )


def _content(fields: Fields) -> Content:
    whole = map(_read, fields.get("content:encoded", ()))
    return first_text([*whole, *map(summary, map(_read, fields.get("excerpt:encoded", ())))])


def _read(element: Any) -> Content:
    source, n_captions = _CAPTION.subn("", source_of(element))
    source, n_marks = _SHORTCODE.subn("", source)
    content = read_page(source, typed=True)
    left_out = [CAPTIONS] * bool(n_captions) + ["marks of galleries and players"] * bool(n_marks)
    return content._replace(left_out=tuple(dict.fromkeys((*left_out, *content.left_out))))
