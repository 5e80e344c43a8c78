"""Feeds, exports of blogs, debates and news items of our own, as the programs write them."""

from xml.sax.saxutils import escape

_SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements'
    '/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"'
)
PAGE = "<p>Crews worked <b>through</b> the night.</p><p>“No comment,” she said.</p>"
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" {_SPACES}><channel><title>The Herald</title><link>https://herald.example</link>
<description>News</description><language>en-gb</language>
<atom:link href="https://herald.example/feed" rel="self"/>{{}}</channel></rss>"""
ITEM = f"""<item><title>Boats &amp;amp; crews</title><media:title>No title</media:title>
<link>https://herald.example/1</link><guid isPermaLink="false">1</guid>
<dc:creator><![CDATA[Ada Quill]]></dc:creator><dc:creator>Ben Marsh</dc:creator>
<category>Sea</category><category><![CDATA[Home & abroad]]></category>
<pubDate>Tue, 14 May 2024 23:30:00 -0500</pubDate><description>Crews worked.</description>
<content:encoded><![CDATA[{PAGE}<figure><img src="a.jpg"><figcaption>A boat.</figcaption></figure>
<script>var threat;</script>]]></content:encoded></item>"""
SUMMARY = """<item><title>Talks</title><link>https://herald.example/2</link>
<pubDate>Wed, 15 May 2024 10:00:00 GMT</pubDate><author>desk@herald.example (Cleo Hart)</author>
<description>&lt;p&gt;Envoys met.&lt;/p&gt;</description></item>"""
RDF = f"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
{_SPACES}><channel rdf:about="https://herald.example"><title>The Herald</title></channel>
<item rdf:about="https://herald.example/1"><title>Talks</title><link>https://herald.example/1</link>
<dc:date>2024-05-14T10:00:00+02:00</dc:date><dc:creator>Ada Quill</dc:creator>
<content:encoded>{escape(PAGE)}</content:encoded></item></rdf:RDF>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-AT"><title type="html">The &amp;lt;Herald
</title><author><name>Desk</name></author>
<entry><title>Pages</title><link rel="edit" href="https://herald.example/edit"/>
<link href="https://herald.example/1"/><updated>2024-05-16T10:00:00Z</updated>
<published>2024-05-14T10:00:00Z</published><author><name>Ada Quill</name></author>
<category term="sea" label="Sea"/><summary>Crews.</summary>
<content type="html">{escape(PAGE)}</content></entry>
<entry><title>Elements</title><link href="https://herald.example/2" rel="alternate"/>
<updated>2024-05-15T10:00:00Z</updated><content type="xhtml">
<x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>Envoys met.</x:p><x:p>They <x:i>left</x:i>.</x:p>
</x:div></content></entry>
<entry><title>Words</title><updated>2024-05-15T10:00:00Z</updated>
<content>Envoys met.

They left.</content></entry>
<entry><title>Short</title><updated>2024-05-15T10:00:00Z</updated>
<summary>Envoys met.</summary></entry></feed>"""

_OF_WORDPRESS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">'
    "<channel><title>The Blog</title><language>en-US</language>"
    "<wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>aq</wp:author_login>"
    "<wp:author_display_name><![CDATA[Ada Quill]]></wp:author_display_name></wp:author>"
    "<wp:category><wp:cat_name>Sea</wp:cat_name></wp:category>{}</channel></rss>"
)
_POST = (
    "<item><title>{title}</title><link>https://blog.example/1</link>"
    "<pubDate>Wed, 15 May 2024 01:00:00 +0000</pubDate><dc:creator>aq</dc:creator>"
    "<content:encoded><![CDATA[{content}]]></content:encoded>"
    "<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>"
    "<wp:post_date>{date}</wp:post_date><wp:status>{status}</wp:status>"
    '<wp:post_type>{kind}</wp:post_type><category domain="category">Sea</category>'
    '<category domain="post_tag">boats</category><category domain="post_tag">crews</category>'
    "</item>"
)


def wordpress_of(*posts: str) -> str:
    return _OF_WORDPRESS.format("".join(posts))


def post_of(content: str, **others: str) -> str:
    fields = {"title": "Boats", "date": "2024-05-14 22:00:00", "status": "publish", "kind": "post"}
    return _POST.format(content=content, **{"excerpt": "", **fields, **others})


PERSONS = """<particDesc><listPerson><person xml:id="QuillAda"><persName><surname>Quill</surname>
<forename>Ada</forename></persName></person></listPerson></particDesc>"""
SPEECHES = """<div type="debateSection"><head>Boats</head><note type="speaker">The Chair</note>
<u who="#QuillAda" ana="#chair" xml:id="u1"><seg>The sitting <gap reason="inaudible"/>is open.</seg>
<vocal type="noise"><desc>Laughter</desc></vocal><seg>Crews <note>(calls)</note> worked.</seg></u>
<u who="#MarshBen" ana="#regular" xml:id="u2"><seg>No comment.</seg></u></div>"""
WORDS = """<u who="#QuillAda" ana="#chair"><seg><s><w lemma="crew">Crews</w> <w>do<w norm="do"/>
<w norm="not"/></w><w join="right">work</w><pc>.</pc></s> <s><w>They</w><w join="right">met</w>
<pc>.</pc><linkGrp><link target="#a"/></linkGrp></s></seg></u>"""


def tei_of(body: str, more: str = "") -> str:
    return f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en-GB"><teiHeader><fileDesc>
<titleStmt><title type="sub">Minutes</title><title type="main">Sitting of the House</title>
</titleStmt><publicationStmt><date when="2024-01-23"/></publicationStmt><sourceDesc><bibl>
<title>Hansard</title><date when="2020-02-11"/></bibl></sourceDesc></fileDesc><profileDesc>
<settingDesc><setting><date when="2020-02-12"/></setting></settingDesc>{more}</profileDesc>
</teiHeader><text><body>{body}</body></text></TEI>"""


CORPUS = """<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Debates
</title></titleStmt></fileDesc></teiHeader>{}<xi:include
xmlns:xi="http://www.w3.org/2001/XInclude" href="2020/debate_2020-02-12.xml"/></teiCorpus>"""

NITF = """<nitf baselang="en-GB"{space}><head><title>No title</title><docdata>
<doc-id regsrc="AGENCY" id-string="n1"/><date.issue norm="20240514T100000Z"/></docdata></head><body>
<body.head><hedline><hl1>Boats doubled</hl1><hl2>Crews worked</hl2></hedline>
<byline>By Ada Quill</byline><dateline><location>Northgate</location></dateline>
<abstract>Boats.</abstract></body.head>
<body.content>{content}</body.content><body.end><tagline>END</tagline></body.end></body></nitf>"""
BLOCK = """<block><p>Crews worked.</p><hl2>Behind it</hl2><media><media-caption>A boat.
</media-caption></media><p>“No comment,” she said.</p></block>"""
_NEWS = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1" standard="NewsML-G2"
xml:lang="en-GB"><itemMeta><itemClass qcode="ninat:{kind}"/><provider qcode="nprov:AGENCY"/>
<versionCreated>2024-05-16T10:00:00Z</versionCreated><firstCreated>2024-05-14T23:00:00-05:00
</firstCreated><pubStatus qcode="stat:{status}"/></itemMeta><contentMeta><creator><name>Ada Quill
</name></creator><subject qcode="medtop:1"><name>sea</name><name xml:lang="de">See</name></subject>
<headline role="hld:sub">No title</headline><headline>Boats doubled</headline></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""


def news_of(content: str, kind: str = "text", status: str = "usable") -> str:
    return _NEWS.format(content=content, kind=kind, status=status)


def message_of(*items: str) -> str:
    return f"<newsMessage><header/><itemSet>{''.join(items)}</itemSet></newsMessage>"


def nitf_of(content: str = BLOCK, space: str = "") -> str:
    return NITF.format(content=content, space=space)


XHTML = f"""<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>No title</title></head><body>{PAGE}</body></html></inlineXML>"""
DATA = f"""<inlineData contenttype="text/html"><![CDATA[{PAGE}]]></inlineData>"""
SEEDS = (
    RSS.format(ITEM + SUMMARY),
    RDF,
    ATOM,
    wordpress_of(post_of(f"{PAGE}[caption]A[/caption]"), post_of("A\n\nB", status="draft")),
    tei_of(SPEECHES, PERSONS),
    CORPUS.format(tei_of(WORDS)),
    message_of(news_of(XHTML), news_of(nitf_of(space=' xmlns="http://iptc.org/std/NITF/"'))),
    nitf_of(),
)
