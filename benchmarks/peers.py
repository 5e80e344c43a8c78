"""Other programs that count a dictionary's words, each as well as it can do the job.

Each peer is built from the same lexicon and returns hits per category for each text.
Those that know no wildcards get every word of the text that fits one, expanded before
the clock starts. What a peer leaves out of the job is said beside its name in `LACKS`.
"""

import importlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

Count = Callable[[list[str]], np.ndarray]


@dataclass(frozen=True)
class Terms:
    """A lexicon as peers take it: (term, category) pairs, with wildcards and expanded."""

    terms: list[tuple[str, int]]
    expanded: list[tuple[str, int]]
    n_categories: int


WORD = r"(?u)\b\w+\b"

LACKS = {
    "pyahocorasick": "wildcards expanded, no longest match, no exclusions, no word counts",
    "CountVectorizer": "wildcards expanded, no longest match, no exclusions",
    "re": "one category per place, no exclusions, no word counts",
    "flashtext": "wildcards expanded, longest over all categories, no exclusions, no word counts",
    "spacy": "wildcards expanded, no longest match, no exclusions",
    "liwc": "single words and trailing * only, no exclusions",
    "nltk": "wildcards expanded, no longest match, no exclusions",
    "quanteda": "no exclusion phrases per category",
}


def available() -> dict[str, Callable[[Terms], Count]]:
    """Return the peers that are installed here."""
    modules = {"re": "re", "CountVectorizer": "sklearn", "pyahocorasick": "ahocorasick"}
    found = {
        name: build
        for name, build in _BUILDERS.items()
        if name != "quanteda" and importlib.util.find_spec(modules.get(name, name))
    }
    if (
        shutil.which("Rscript")
        and not subprocess.run(
            [str(shutil.which("Rscript")), "-e", "library(quanteda)"],
            capture_output=True,
            check=False,
        ).returncode
    ):
        found["quanteda"] = _BUILDERS["quanteda"]
    return found


def _pyahocorasick(lexicon: Terms) -> Count:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for term, category in lexicon.expanded:
        automaton.add_word(term, (len(term), category))
    automaton.make_automaton()

    def count(texts: list[str]) -> np.ndarray:
        counts = np.zeros((len(texts), lexicon.n_categories), dtype=np.int64)
        for row, text in enumerate(texts):
            lower = text.lower()
            padded = f" {lower} "
            own = counts[row]
            for end, (length, category) in automaton.iter(lower):
                # In the padded text, the neighbours of the match.
                if not (padded[end - length + 1].isalnum() or padded[end + 2].isalnum()):
                    own[category] += 1
        return counts

    return count


def _count_vectorizer(lexicon: Terms) -> Count:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    terms = sorted({term for term, _ in lexicon.expanded})
    place = {term: n for n, term in enumerate(terms)}
    rows, columns = zip(*((place[t], c) for t, c in lexicon.expanded), strict=True)
    belongs = csr_matrix(
        (np.ones(len(rows), dtype=np.int64), (rows, columns)),
        shape=(len(terms), lexicon.n_categories),
    )
    longest = max(len(term.split()) for term in terms)
    vectorizer = CountVectorizer(vocabulary=terms, ngram_range=(1, longest), token_pattern=WORD)
    return lambda texts: (vectorizer.transform(texts) @ belongs).toarray()


def _re(lexicon: Terms) -> Count:
    by_category: dict[int, list[str]] = {}
    for term, category in sorted(lexicon.terms, key=lambda item: -len(item[0])):
        pattern = re.escape(term).replace(r"\*", r"\w*").replace(r"\?", r"\w").replace(r"\ ", r"\s")
        by_category.setdefault(category, []).append(pattern)
    groups = (f"(?P<c{c}>{'|'.join(patterns)})" for c, patterns in by_category.items())
    expression = re.compile(rf"\b(?:{'|'.join(groups)})\b", re.IGNORECASE)

    def count(texts: list[str]) -> np.ndarray:
        counts = np.zeros((len(texts), lexicon.n_categories), dtype=np.int64)
        for row, text in enumerate(texts):
            for match in expression.finditer(text):
                counts[row, int(match.lastgroup[1:])] += 1
        return counts

    return count


def _flashtext(lexicon: Terms) -> Count:
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    for term, category in lexicon.expanded:
        processor.add_keyword(term, str(category))

    def count(texts: list[str]) -> np.ndarray:
        counts = np.zeros((len(texts), lexicon.n_categories), dtype=np.int64)
        for row, text in enumerate(texts):
            for category in processor.extract_keywords(text):
                counts[row, int(category)] += 1
        return counts

    return count


def _spacy(lexicon: Terms) -> Count:
    import spacy
    from spacy.matcher import PhraseMatcher

    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    for category in range(lexicon.n_categories):
        own = [term for term, of in lexicon.expanded if of == category]
        matcher.add(str(category), list(language.pipe(own)))
    numbers = {language.vocab.strings[str(c)]: c for c in range(lexicon.n_categories)}

    def count(texts: list[str]) -> np.ndarray:
        counts = np.zeros((len(texts), lexicon.n_categories), dtype=np.int64)
        for row, text in enumerate(texts):
            for category, _, _ in matcher(language.make_doc(text)):
                counts[row, numbers[category]] += 1
        return counts

    return count


def _liwc(lexicon: Terms) -> Count:
    import liwc

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lexicon.dic")
        header = "".join(f"{c + 1}\tc{c}\n" for c in range(lexicon.n_categories))
        # One category per word, as its reader keeps only the last.
        single = {term: c for term, c in lexicon.terms if re.fullmatch(r"\w+\*?", term)}
        words = "".join(f"{term}\t{c + 1}\n" for term, c in single.items())
        path.write_text(f"%\n{header}%\n{words}", encoding="utf-8")
        parse, _ = liwc.load_token_parser(str(path))
    tokenize = re.compile(r"\w+").findall

    def count(texts: list[str]) -> np.ndarray:
        counts = np.zeros((len(texts), lexicon.n_categories), dtype=np.int64)
        for row, text in enumerate(texts):
            for token in tokenize(text.lower()):
                for category in parse(token):
                    counts[row, int(category[1:])] += 1
        return counts

    return count


def _nltk(lexicon: Terms) -> Count:
    from nltk.tokenize import NLTKWordTokenizer

    tokenize = NLTKWordTokenizer().tokenize
    categories: dict[tuple[str, ...], list[int]] = {}
    for term, category in lexicon.expanded:
        categories.setdefault(tuple(term.split()), []).append(category)
    lengths = sorted({len(term) for term in categories})

    def count(texts: list[str]) -> np.ndarray:
        counts = np.zeros((len(texts), lexicon.n_categories), dtype=np.int64)
        for row, text in enumerate(texts):
            tokens = tokenize(text.lower())
            for length in lengths:
                for gram in _grams(tokens, length):
                    for category in categories.get(gram, ()):
                        counts[row, category] += 1
        return counts

    return count


def _grams(tokens: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(tokens[n:] for n in range(length)), strict=False)


_R_PROGRAM = """
suppressMessages(library(quanteda))
quanteda_options(threads = 1)
folder <- commandArgs(trailingOnly = TRUE)[1]
texts <- readLines(file.path(folder, "texts.txt"), encoding = "UTF-8")
started <- proc.time()[["elapsed"]]
dictionary <- dictionary(file = file.path(folder, "lexicon.yml"))
counted <- dfm(tokens_lookup(tokens(texts, remove_punct = TRUE), dictionary))
cat(proc.time()[["elapsed"]] - started)
write.csv(convert(counted, to = "data.frame"), file.path(folder, "counts.csv"), row.names = FALSE)
"""


def _quanteda(lexicon: Terms) -> Count:
    def count(texts: list[str]) -> np.ndarray:
        with tempfile.TemporaryDirectory() as folder:
            lines = "\n".join(re.sub(r"\s+", " ", text) for text in texts)
            Path(folder, "texts.txt").write_text(lines, encoding="utf-8")
            keys = "".join(
                f"c{c}:\n" + "".join(f"  - {t}\n" for t, of in lexicon.terms if of == c)
                for c in range(lexicon.n_categories)
            )
            Path(folder, "lexicon.yml").write_text(keys, encoding="utf-8")
            Path(folder, "program.R").write_text(_R_PROGRAM, encoding="utf-8")
            command = [str(shutil.which("Rscript")), str(Path(folder, "program.R")), folder]
            run = subprocess.run(command, check=True, capture_output=True, text=True)
            # R's own clock: neither its start nor the exchange of files counts against it.
            count.seconds = float(run.stdout)  # type: ignore[attr-defined]
            return np.loadtxt(
                Path(folder, "counts.csv"), delimiter=",", skiprows=1, dtype=str, ndmin=2
            )[:, 1:].astype(np.int64)

    return count


_BUILDERS: dict[str, Callable[[Terms], Count]] = {
    "pyahocorasick": _pyahocorasick,
    "CountVectorizer": _count_vectorizer,
    "re": _re,
    "flashtext": _flashtext,
    "spacy": _spacy,
    "liwc": _liwc,
    "nltk": _nltk,
    "quanteda": _quanteda,
}
