"""Speakers by the names and groups that the researcher gives them."""

import pandas as pd

from analysis.errors import TableError
from analysis.languages.language import Language, LanguageName, languages_of, load_language
from analysis.tables.checks import check_table, records_of

# How the names of speakers who say something together are joined.
_AND = " and "
# The document of a row, null for all; and the name, as it is compared.
_Key = tuple[str | None, str]


class _Names:
    """What a table says of the names of speakers, in documents of one language."""

    def __init__(self, table: pd.DataFrame, language: Language) -> None:
        self._articles = language.words["voice"]["articles"]
        self._forms: dict[_Key, tuple[str, str | None, int]] = {}
        self._groups: dict[_Key, tuple[str, str, int]] = {}
        for number, row in enumerate(records_of(table)):
            form = row["form"]
            speaker, group, document = row["speaker"] or form, row["group"], row["document_id"]
            key = (document, self._plain(form))
            if not key[1]:
                raise TableError(
                    f"row {number} of the speaker_names table has no form; write a name of the "
                    "speaker's, or remove the row"
                )
            known = self._forms.setdefault(key, (speaker, group, number))
            if known[:2] != (speaker, group):
                raise _disagreeing(known[2], number, f"the form {form!r}")
            if group is not None:
                named = (document, self._plain(speaker))
                of = self._groups.setdefault(named, (group, speaker, number))
                if of[0] != group:
                    raise _disagreeing(of[2], number, f"the group of {speaker!r}")
        # A speaker's own name is a form, too.
        for (document, _), (speaker, group, number) in sorted(self._forms.items(), key=_by_name):
            self._forms.setdefault((document, self._plain(speaker)), (speaker, group, number))

    def find(self, document: str, name: str) -> tuple[str, str | None]:
        """Return how a speaker is called, and the group; what is not listed stays as it is."""
        parts = name.split(_AND)
        if len(parts) == 1 or self._is_listed(document, name):
            return self._find_one(document, name)
        found = [self._find_one(document, part) for part in parts]
        groups = {group for _, group in found}
        speaker = _AND.join(dict.fromkeys(one for one, _ in found))
        return speaker, groups.pop() if len(groups) == 1 else None

    def _is_listed(self, document: str, name: str) -> bool:
        plain = self._plain(name)
        known = (self._forms, self._groups)
        return any((of, plain) in rows for rows in known for of in (document, None))

    def _find_one(self, document: str, name: str) -> tuple[str, str | None]:
        plain = self._plain(name)
        row = self._forms.get((document, plain)) or self._forms.get((None, plain))
        speaker, group = row[:2] if row else (name, None)
        if group is None:
            plain = self._plain(speaker)
            of = self._groups.get((document, plain)) or self._groups.get((None, plain))
            group = of[0] if of else None
        return speaker, group

    def _plain(self, name: str) -> str:
        words = name.casefold().replace("\u2019", "'").split()
        return " ".join(words[1:] if len(words) > 1 and words[0] in self._articles else words)


def check_names(speakers: pd.DataFrame, language: LanguageName | None) -> pd.DataFrame:
    """Return a table of names, checked as it will be read; refuse one that disagrees."""
    table = check_table(speakers, "speaker_names")
    _Names(table, load_language(language))
    return table


def united(
    speakers: pd.DataFrame,
    hits: pd.DataFrame,
    paragraphs: pd.DataFrame,
    language: LanguageName | None,
) -> dict[str, pd.Series]:
    """Return the columns of hits with speakers by the names of a table, and with their groups."""
    table = check_table(speakers, "speaker_names")
    first = paragraphs.drop_duplicates("document_id")
    of_document = dict(zip(first["document_id"], languages_of(first, language), strict=True))
    names = {own: _Names(table, own) for own in dict.fromkeys(of_document.values())}
    known: dict[tuple[str, str], tuple[str, str | None]] = {}
    for pair in hits[["document_id", "speaker"]].dropna().itertuples(index=False, name=None):
        if pair not in known:
            known[pair] = names[of_document[pair[0]]].find(*pair)
    pairs = zip(hits["document_id"].tolist(), hits["speaker"].tolist(), strict=True)
    found = [known.get(pair, (None, None)) for pair in pairs]
    return {
        "speaker": pd.Series([speaker for speaker, _ in found], dtype="str"),
        "speaker_group": pd.Series([group for _, group in found], dtype="str"),
    }


def _by_name(item: tuple[_Key, tuple[str, str | None, int]]) -> tuple[str, str]:
    (document, form), (speaker, _, _) = item
    return speaker, f"{document} {form}"


def _disagreeing(one: int, two: int, about: str) -> TableError:
    return TableError(
        f"rows {one} and {two} of the speaker_names table disagree about {about}; correct or "
        "remove one of them"
    )
