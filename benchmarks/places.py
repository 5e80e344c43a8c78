"""Voice and speaker of hits that were coded one by one, by how the text mentions who speaks.

A mention is a pronoun ("he"), a name ("Foreign Minister Anton Drey"), whose first and last word
behind a determiner begin with a capital, or a description ("the minister", "US officials"). A
speaker is right if titles aside it has the words of the coded one, or is a fuller form of a
coded surname, and overlaps if it shares one; where the narrator was coded, it does neither.
Every place counts once, however it was drawn, unless figures are called weighted
(`rates.py`).
"""

import re
from pathlib import Path
from typing import Any

import pandas as pd
from annotated import leave_out, read_table
from rates import DATA, SHARES, effective_number, rates, wilson

import analysis as fa
from analysis.languages.language import Language, load_language

NEEDED = ["document_id", "start", "category", "voice", "speaker"]
PRONOUNS = ("he", "she", "they", "it", "author", "relatives")
TITLES = set(
    "a an and chancellor col colonel defence defense dr for foreign former gen general in king "
    "lord minister mr mrs ms of president prime rep russian secretary sen senator sir spokesman "
    "spokesperson spokeswoman the u s us".split()
)


def places(
    data: Path,
    texts: dict[str, str],
    *,
    lexicon: fa.Lexicon,
    language: Language,
) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Measure every file of coded places, and speakers by how they are mentioned.

    Returns what is printed of each file, and the rows of the table ``context_validity``: none
    where anything was left out.
    """
    known = _texts(data, texts)
    results, rows, complete = {}, [], True
    for path in sorted(data.glob("d*_places.csv")):
        coded = read_table(path, NEEDED)
        if coded is None:
            complete = False
            continue
        without = coded.loc[~coded["document_id"].isin(known), "document_id"]
        if len(without):
            complete = False
            what = f"{len(without):,} of {len(coded):,} places of {path.name}"
            leave_out(what, f"no text for {without.iloc[0]!r}, see --texts")
            coded = coded.drop(without.index)
        if coded.empty:
            continue
        hits = _counted_hits(coded, known, lexicon, language=language.folder)
        place = ["document_id", "category", "start"]
        names = ["voice", "speaker", "speaker_mention", "certainty"]
        own = hits.drop_duplicates(place).set_index(place)[names].add_prefix("our_")
        met = _compared(coded.join(own, on=place, how="inner"))
        name = path.stem.split("_")[0]
        results[name] = {"n_places": len(coded), **_measured(met)}
        rows += [{"data": DATA.get(name, name), **row} for row in rates(met)]
    return results, rows if complete else []


def frame_precision(
    data: Path, texts: dict[str, str], lexicon: fa.Lexicon
) -> dict[str, list[list[Any]]]:
    """Return of each file of places, by source and category, the share that is right.

    A row holds source, category, hits that are found, their precision with bounds, and the share
    of the right ones that are found.
    """
    known = _texts(data, texts)
    measured = {}
    for path in sorted(data.glob("d*_places.csv")):
        coded = read_table(path, ["document_id", "start", "category", "frame_ok"])
        if coded is None:
            continue
        without = ~coded["document_id"].isin(known)
        if without.any():
            leave_out(path.name, f"no text for {coded.loc[without, 'document_id'].iloc[0]!r}")
            continue
        hits = _counted_hits(coded, known, lexicon, in_context=False)
        covered = {
            (document, category, place)
            for document, category, start, end in hits[
                ["document_id", "category", "start", "end"]
            ].itertuples(index=False)
            for place in range(start, end)
        }
        places = coded[["document_id", "category", "start"]].itertuples(index=False, name=None)
        parts = coded["document_id"].str.split("_")
        coded = coded.assign(
            weight=coded.get("weight", 1.0),
            right=coded["frame_ok"].astype(str) == "1",
            found=[place in covered for place in places],
            source=parts.str[1].where(parts.str[0] == "c1", parts.str[0]),
        )
        measured[path.stem.split("_")[0]] = [
            [source, category, *_precision(own)]
            for source, rows in [("all", coded), *coded.groupby("source")]
            for category, own in rows.groupby("category")
        ]
    return measured


def _counted_hits(
    coded: pd.DataFrame, known: dict[str, str], lexicon: fa.Lexicon, **options: Any
) -> pd.DataFrame:
    """Find the hits that count in the texts that were coded, with options of `find_hits`."""
    wanted = coded["document_id"].unique().tolist()
    table = pd.DataFrame({"document_id": wanted, "text": [known[name] for name in wanted]})
    paragraphs = fa.split_paragraphs(fa.read_documents(table), language=options.get("language"))
    hits = fa.find_hits(paragraphs, lexicon, **options)
    return hits[hits["blocked_by"].isna()]


def _precision(own: pd.DataFrame) -> list[float | int | None]:
    found, right = own[own["found"]], own[own["right"]]
    kept = None
    if len(right):
        kept = float(right.loc[right["found"], "weight"].sum() / right["weight"].sum())
    if found.empty:
        return [0, None, None, None, kept]
    weight = found["weight"]
    share = float(weight[found["right"]].sum() / weight.sum())
    return [len(found), share, *wilson(share, effective_number(weight)), kept]


def mention_kind(mention: Any) -> str:
    """Return pronoun, name or description; an empty text without a mention."""
    if not isinstance(mention, str):
        return ""
    lists = load_language().words["voice"]
    if any(mention.lower() in lists[name] for name in PRONOUNS):
        return "pronoun"
    words = re.findall(r"\w[\w.'’-]*", mention)
    if words and words[0].lower() in lists["determiners"]:
        words = words[1:]
    named = words and words[0][0].isupper() and words[-1][0].isupper()
    return "name" if named else "description"


def measured_mentions(met: pd.DataFrame) -> dict[str, float]:
    """Return for each kind how many there are, and the shares that are named and right."""
    measured: dict[str, float] = {}
    for kind in ("pronoun", "description", "name"):
        own = met[met["kind"] == kind]
        measured[f"{kind}, n"] = len(own)
        shares = (name for name in ("named", "right", "overlap") if name in met)
        measured |= {f"{kind}, {name}": float(own[name].mean()) for name in shares}
    return measured


def _compared(met: pd.DataFrame) -> pd.DataFrame:
    """Tell of each place whether a speaker was coded, and whether ours is right or overlaps."""
    said = met["voice"].ne("narrator") & met["speaker"].notna() & met["speaker"].ne("unknown")
    pairs = list(zip(met["our_speaker"], met["speaker"].where(said), strict=True))
    return met.assign(
        weight=met.get("weight", 1.0),
        said=said,
        kind=met["our_speaker_mention"].map(mention_kind),
        right=[_is_same(ours, theirs) for ours, theirs in pairs],
        overlap=[bool(_words(ours) & _words(theirs)) for ours, theirs in pairs],
    )


def _measured(met: pd.DataFrame) -> dict[str, Any]:
    said, given = met["said"], met["our_speaker"].notna()
    measured: dict[str, Any] = {
        "n_hits": len(met),
        "voice_accuracy": float((met["our_voice"] == met["voice"]).mean()),
        "speaker": {
            "n": int(said.sum()),
            "right": float(met.loc[said, "right"].mean()),
            "overlap": float(met.loc[said, "overlap"].mean()),
            "given wrongly": float(1 - met.loc[given, "overlap"].mean()),
        },
        # An open speaker is neither right nor wrong.
        "mentions": measured_mentions(met[given]),
    }
    for row in rates(met):
        if row["texts"] == "all":
            name = f"{row['column']} {row['value']}, weighted"
            measured[name] = {
                key: row[key] for key in (*SHARES, *SHARES.values()) if row[key] is not None
            }
    return measured


def _texts(data: Path, texts: dict[str, str]) -> dict[str, str]:
    """Return the texts that places are in; PolNeAR's are its paragraphs, joined by blank lines."""
    known: dict[str, str] = {}
    for path in data.glob("c1_*.csv.gz"):
        table = read_table(path, ["article", "para", "text"])
        if table is not None:
            joined = table.sort_values(["article", "para"]).groupby("article")["text"]
            known |= {f"c1_{name}": text for name, text in joined.agg("\n\n".join).items()}
    for prefix, file in texts.items():
        read = pd.read_parquet if file.endswith(".parquet") else pd.read_csv
        rows = read(file)[["id", "text"]].itertuples(index=False)
        known |= {f"{prefix}_{name}": text for name, text in rows}
    return known


def _words(name: Any) -> set[str]:
    return set(re.findall(r"\w+", name.lower())) - TITLES if isinstance(name, str) else set()


def _is_same(ours: Any, theirs: Any) -> bool:
    a, b = _words(ours), _words(theirs)
    if not a or not b:
        return False
    capitals = all(w[0].isupper() for w in re.findall(r"\w+", ours) if w.lower() in a)
    return a == b or (len(b) == 1 and b < a and len(a) <= 3 and capitals)
