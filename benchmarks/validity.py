"""How well the measures agree with human annotation, beside published word lists.

Run ``python benchmarks/validity.py attribution --data DIR [--peers DIR] [--json]`` or the
same with ``hedging``, ``scopes``, ``frames`` or ``places``. DIR holds annotated texts as
``.csv.gz``:

- ``c1_*``: paragraphs of news with the columns article, text, cues, sources and contents,
  each a JSON list of [start, end] (PolNeAR; Newell, Margolin & Ruths 2018);
- ``b1_*``, ``b2_*``: sentences with the columns text, hedged and cues, a JSON list of
  [start, end, type, surface] (Szeged Uncertainty Corpus; Szarvas et al. 2012);
- ``s*``: sentences with the columns corpus, text and cues, a JSON list of [type, cue spans,
  scope spans] for ``negation`` and ``speculation`` (SFU Review Corpus, BioScope, CD-SCO);
- ``a*``: texts with a column ``text`` and, 0 or 1, those of ``security``, ``sovereignty`` and
  ``welfare`` that were coded; ``doc`` or ``id`` names the document (`benchmarks/frames.py`);
- ``d*_places.csv``: hits that were coded, a row each: document_id, start, category, voice and
  speaker, and perhaps certainty and weight (`benchmarks/places.py`). With ``--write`` the figures
  go to the folder of the language, where captions find them, and those of English to the README
  (`benchmarks/rates.py`).

A cue found is right if it shares a character with one that was marked; several found for
one marked count once. Contents are compared token by token. A source is right if it
overlaps the marked one nearest to its cue; ``mentions`` tells how many are pronouns,
descriptions ("the minister") and names, how many of each were led to a speaker, and how many are
the marked words or overlap them. The word lists of ``--peers`` are scored in the same run; a
list of verbs is a list of cues. For hedging, approximators, evidentials, plain attribution, and
would and can do not count, since those corpora do not mark them; the share of hits on a marked
cue is told of every kind. For scopes, the tokens behind the cue are compared, over the marked
cues that are found; beside them stands the rule "from the cue to the next mark". A file that
cannot be read, or lacks the columns of a measure, is left out with a line.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from annotated import leave_out, read_table
from frames import FRAMES, frames
from places import measured_mentions, mention_kind, places
from rates import write

import analysis as fa
from analysis.hits.voice.document import DocumentVoices
from analysis.languages.language import load_language
from analysis.text.tokens import tokenize

UNMARKED = ("approximator", "evidential", "attribution", "would", "ability")
NEAR = 60
MARK = re.compile(r"[,.;:!?()]")

Span = tuple[int, int]


def main() -> None:
    """Measure, and print a table or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=[*MEASURES, "places"])
    parser.add_argument("--data", type=Path, required=True, help="folder of annotated texts")
    parser.add_argument("--peers", type=Path, help="folder of published word lists")
    parser.add_argument(
        "--texts",
        nargs="*",
        default=[],
        metavar="PREFIX=FILE",
        help="tables with columns id and text, whose rows places call PREFIX_id",
    )
    parser.add_argument("--language", default="en", help="of places: a code, or your own folder")
    parser.add_argument("--lexicon", default="framing", help="of places: what was coded")
    parser.add_argument(
        "--write",
        action="store_true",
        help="of places: write the figures that captions name into the folder of the language",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    peers = options.peers or options.data.parent / "peer_lexica"
    results: dict[str, dict[str, Any]] = {}
    if options.what == "places":
        given = dict(one.partition("=")[::2] for one in options.texts)
        if absent := [file for file in given.values() if not Path(file).is_file()]:
            parser.error(f"--texts takes PREFIX=FILE, and {absent[0]!r} is no file")
        of = {
            "lexicon": fa.load_lexicon(options.lexicon),
            "language": load_language(options.language),
        }
        results, rows = places(options.data, given, **of)
        if options.write:
            if not rows:
                parser.error("nothing is written: not every place could be measured")
            print(f"Written: {write(rows, **of)}", file=sys.stderr)
    else:
        pattern, measure, needed = MEASURES[options.what]
        for path in sorted(options.data.glob(f"{pattern}.csv.gz")):
            if (table := read_table(path, needed)) is None:
                continue
            try:
                result = measure(table, peers)
            except (TypeError, ValueError, LookupError) as fault:
                leave_out(path.name, f"its cells cannot be measured ({fault})")
                continue
            if result:
                results[path.name.split("_")[0]] = result
            else:
                leave_out(path.name, "no column that was coded")
    if not results:
        parser.error(f"{options.data} holds no file that {options.what} can measure")
    print(json.dumps(results) if options.json else _table(results))


def attribution(table: pd.DataFrame, peers: Path) -> dict[str, Any]:
    """Score cues, contents and sources of attributions."""
    texts = table["text"].tolist()
    cues, sources, contents = (_spans(table[name]) for name in ("cues", "sources", "contents"))
    paragraphs = pd.DataFrame(
        {"document_id": table["article"], "paragraph": range(len(table)), "start": 0}
    ).assign(text=table["text"])
    found = fa.find_attributions(paragraphs)
    rows = dict(list(found.groupby("paragraph")))
    ours = [_of(rows, n, "cue") for n in range(len(texts))]
    our_contents = [_of(rows, n, "content") for n in range(len(texts))]
    quoted: list[list[Span]] = []
    for _, article in table.groupby("article", sort=False):
        document = DocumentVoices(article["text"].tolist(), {}, load_language())
        quoted += [[(q.start, q.end) for q in document.quotes(n)] for n in range(len(article))]
    met = _sources_met(rows, cues, sources)
    result = {
        "cue_f1": _overlap_f1(ours, cues),
        "content_f1": _token_f1(texts, our_contents, contents),
        "speaker_accuracy": float(met["overlap"].mean()),
        "mentions": measured_mentions(met),
        "n_cues": sum(map(len, cues)),
        "peers": {"quoted text only, contents": _token_f1(texts, quoted, contents)},
    }
    verbs = peers / "gendergaptracker_quote_verbs.txt"
    if verbs.is_file():
        listed = _listed(texts, verbs.read_text(encoding="utf-8").split())
        result["peers"]["GenderGapTracker verbs"] = _overlap_f1(listed, cues)
    return result


def hedging(table: pd.DataFrame, peers: Path) -> dict[str, Any]:
    """Score hedged sentences and cues of the kinds that the corpora mark."""
    texts = table["text"].tolist()
    gold = table["hedged"].astype(bool).tolist()
    marked = [json.loads(cues) if isinstance(cues, str) else [] for cues in table["cues"]]
    paragraphs = pd.DataFrame({"document_id": "a", "paragraph": range(len(texts)), "start": 0})
    hits = fa.find_hits(paragraphs.assign(text=table["text"]), fa.load_lexicon("hedging"))
    every = hits[hits["blocked_by"].isna()]
    hits = every[~every["subcategory"].isin(UNMARKED)]
    ours: list[list[Span]] = [[] for _ in texts]
    for number, start, end in hits[["paragraph", "start", "end"]].itertuples(index=False):
        ours[number].append((start, end))
    met: dict[str, list[bool]] = defaultdict(list)
    for found, cues in zip(ours, marked, strict=True):
        for start, end, kind, _ in cues:
            met[kind].append(any(a < end and start < b for a, b in found))
    cue_spans = [[(cue[0], cue[1]) for cue in cues] for cues in marked]
    on_cue = [
        any(start < b and a < end for a, b in cue_spans[number])
        for number, start, end in every[["paragraph", "start", "end"]].itertuples(index=False)
    ]
    return {
        "sentence_f1": _f1(list(map(bool, ours)), gold),
        "cue_f1": _overlap_f1(ours, cue_spans),
        "recall_by_type": {kind: sum(values) / len(values) for kind, values in met.items()},
        "precision_by_kind": every.assign(right=on_cue)
        .groupby("subcategory")["right"]
        .mean()
        .to_dict(),
        "n_sentences": len(texts),
        "peers": {
            name: _f1([bool(own) for own in _listed(texts, words)], gold)
            for name, words in _hedge_lists(peers).items()
        },
    }


def scopes(table: pd.DataFrame, _: Path) -> dict[str, Any]:
    """Score how far cues reach: F1 of the tokens behind marked cues that are found."""
    paragraphs = pd.DataFrame({"document_id": "a", "paragraph": range(len(table)), "start": 0})
    paragraphs = paragraphs.assign(text=table["text"].to_numpy())
    found = {"negation": fa.find_negations(paragraphs), "speculation": fa.find_hedges(paragraphs)}
    own = {kind: dict(list(rows.groupby("paragraph"))) for kind, rows in found.items()}
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 7)
    for number, row in enumerate(table.itertuples()):
        for kind, cues, marked in json.loads(row.cues):
            if not marked:
                continue
            count = counts[kind, row.corpus]
            count[1] += 1
            met = [
                one
                for one in own[kind].get(number, pd.DataFrame()).itertuples()
                if any(one.cue_start < end and start < one.cue_end for start, end in cues)
            ]
            if met:
                count[0] += 1
                reached = [(one.scope_start, one.scope_end) for one in met]
                for place, size in enumerate(_behind(row.text, cues, marked, reached), 2):
                    count[place] += size
    return {
        f"{kind} {corpus}": {
            "f1": 2 * both / (ours + gold),
            "to the next mark": 2 * both_rule / (rule + gold),
            "found": hits,
            "marked": total,
        }
        for (kind, corpus), (hits, total, both, ours, gold, both_rule, rule) in counts.items()
    }


def _behind(
    text: str, cues: list[Span], marked: list[Span], reached: list[tuple[Any, Any]]
) -> tuple[int, int, int, int, int]:
    """Count tokens behind a cue: shared, ours, marked, shared with the next mark, up to it."""
    end = max(stop for _, stop in cues)
    mark = MARK.search(text, end)
    tokens = tokenize(text)
    starts = [tokens.original_span(n, n)[0] for n in range(len(tokens.forms))]
    starts = [at for at in starts if at >= end and not any(a <= at < b for a, b in cues)]
    rule = {at for at in starts if mark is None or at < mark.start()}
    ours, gold = (
        {at for at in starts if any(a <= at < b for a, b in spans if pd.notna(a))}
        for spans in (reached, marked)
    )
    return len(ours & gold), len(ours), len(gold), len(rule & gold), len(rule)


def _spans(column: pd.Series) -> list[list[Span]]:
    return [
        [(span[0], span[1]) for span in json.loads(value)] if isinstance(value, str) else []
        for value in column
    ]


def _of(rows: dict[int, pd.DataFrame], number: int, what: str) -> list[Span]:
    if number not in rows:
        return []
    own = rows[number][[f"{what}_start", f"{what}_end"]].dropna()
    return list(own.itertuples(index=False, name=None))


def _listed(texts: Sequence[str], words: Iterable[str]) -> list[list[Span]]:
    longest_first = sorted({word.lower() for word in words}, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
    return [[match.span() for match in pattern.finditer(text)] for text in texts]


def _hedge_lists(folder: Path) -> dict[str, list[str]]:
    readers: dict[str, tuple[str, Callable[[str], list[str]]]] = {
        "Hyland": ("hyland2005_hedges_boosters.json", lambda text: json.loads(text)["hedges"]),
        "ConvoKit": ("convokit_hedges.json", json.loads),
        "Islam": (
            "islam2020_hedge_words.txt",
            lambda text: [w for w in map(str.strip, text.splitlines()) if w and w[0] not in "#%"],
        ),
    }
    return {
        name: read((folder / file).read_text(encoding="utf-8"))
        for name, (file, read) in readers.items()
        if (folder / file).is_file()
    }


def _overlap_f1(found: Sequence[Sequence[Span]], gold: Sequence[Sequence[Span]]) -> float:
    hit = wrong = total = 0
    for own, marked in zip(found, gold, strict=True):
        met = [[n for n, (x, y) in enumerate(marked) if a < y and x < b] for a, b in own]
        hit += len({n for numbers in met for n in numbers})
        wrong += sum(not numbers for numbers in met)
        total += len(marked)
    return 2 * hit / (hit + wrong + total) if total else float("nan")


def _token_f1(
    texts: Sequence[str], found: Sequence[Sequence[Span]], gold: Sequence[Sequence[Span]]
) -> float:
    both = sizes = 0
    for text, own, marked in zip(texts, found, gold, strict=True):
        tokens = tokenize(text)
        spans = [tokens.original_span(n, n) for n in range(len(tokens.forms))]
        one, two = (
            {n for n, (a, b) in enumerate(spans) if any(x < b and a < y for x, y in inside)}
            for inside in (own, marked)
        )
        both += len(one & two)
        sizes += len(one) + len(two)
    return 2 * both / sizes if sizes else float("nan")


def _sources_met(
    rows: dict[int, pd.DataFrame], cues: Sequence[list[Span]], sources: Sequence[list[Span]]
) -> pd.DataFrame:
    """Return the sources of cues that were found, each with how it fits the marked one."""
    met = []
    for number, (marked, speaking) in enumerate(zip(cues, sources, strict=True)):
        own = rows.get(number)
        if own is None or not speaking:
            continue
        own = own.dropna(subset=["cue_start"])
        for start, end in marked:
            found = own[(own["cue_start"] < end) & (start < own["cue_end"])]
            gap, source = min((_gap((start, end), source), source) for source in speaking)
            if found.empty or gap > NEAR:
                continue
            first = found.iloc[0]
            span = (first["source_start"], first["source_end"])
            known = pd.notna(span[0])
            met.append(
                {
                    "kind": mention_kind(first["speaker_mention"]),
                    "named": pd.notna(first["speaker"]),
                    "right": known and span == source,
                    "overlap": bool(known and span[0] < source[1] and source[0] < span[1]),
                }
            )
    return pd.DataFrame(met, columns=["kind", "named", "right", "overlap"])


def _gap(one: Span, two: Span) -> int:
    return max(two[0] - one[1], one[0] - two[1], 0)


def _f1(found: Sequence[bool], gold: Sequence[bool]) -> float:
    both = sum(a and b for a, b in zip(found, gold, strict=True))
    return 2 * both / (sum(found) + sum(gold)) if any(gold) else float("nan")


def _table(results: dict[str, dict[str, Any]]) -> str:
    lines = []
    for name, result in results.items():
        lines.append(name)
        flat = {
            f"{frame} {key}": value
            for frame, values in result.items()
            if frame in FRAMES
            for key, value in values.items()
        } or result
        for key, value in flat.items():
            if isinstance(value, list):
                value = {"A": value[0], "B": value[1]}
            pairs = value.items() if isinstance(value, dict) else [("", value)]
            for label, number in pairs:
                shown = f"{number:.3f}" if isinstance(number, float) else f"{number:,}"
                lines.append(f"  {f'{key} {label}'.strip():44}{shown:>9}")
    return "\n".join(lines)


# The files of each measure, and the columns without which a file is left out.
MEASURES: dict[str, tuple[str, Callable[[pd.DataFrame, Path], dict[str, Any]], list[str]]] = {
    "attribution": ("c1_*", attribution, ["article", "text", "cues", "sources", "contents"]),
    "frames": ("a[0-9]*_*", frames, ["text"]),
    "hedging": ("b[0-9]*_*", hedging, ["text", "hedged", "cues"]),
    "scopes": ("s[0-9]*_*", scopes, ["corpus", "text", "cues"]),
}

if __name__ == "__main__":
    main()
