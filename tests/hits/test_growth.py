"""Voice and certainty of a long text take no more time, for its length, than of a short one."""

import pytest

import analysis as fa
from tests.growth import growth

LEXICON = fa.lexicon_from_dict("k", {"k": ["army", "border"]})
KINDS = {
    "no speech": "The army left. ",
    "quotations": '"The army left the border," said Ana Rell. ',
    "nested quotations": "\u201cThe minister said the army left. We go,\u201d Kern said. ",
    "words in marks": 'Mr Otto Kern called it "we heard". She said the army left. ',
    "pronouns": "Ana Rell came. He said the army left. ",
    "offices": "The minister said that the army left. Minister Otto Kern said so. ",
    "bodies": "The Dorna Council said the army left. The council said the border closed. ",
    "several bodies": "The ministry said that aid came. The council said that the army left. ",
    "open quotations": '"The army left. He said ',
    "one sentence": "he said the army left, ",
}


@pytest.mark.parametrize("between", ["", "\n\n"], ids=["paragraph", "document"])
@pytest.mark.parametrize("kind", KINDS)
def test_sixteen_times_as_much_text_takes_about_sixteen_times_as_long(
    kind: str, between: str
) -> None:
    tables = {
        size: fa.split_paragraphs(fa.documents_from_texts([(KINDS[kind] + between) * size]))
        for size in (60, 960)
    }
    assert growth(lambda size: fa.find_hits(tables[size], LEXICON), 60) < 80
