"""Frames against human codes: how well hits per token tell coded texts from the rest."""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import spearmanr
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

import analysis as fa

FRAMES = ("security", "sovereignty", "welfare")
# Which categories of published dictionaries mean about the same.
LEXICODER = {
    "security": ["defence", "crime"],
    "sovereignty": ["constitutional_natl_unity", "immigration", "intl_affairs"],
    "welfare": ["social_welfare", "healthcare", "housing"],
}
LAVER_GARRY = {
    "security": ["LAW_AND_ORDER/LAW-CONSERVATIVE"],
    "sovereignty": ["CULTURE", "INSTITUTIONS/CONSERVATIVE"],
    "welfare": ["ECONOMY/+STATE+"],
}
EMPATH = {
    "security": ["war", "military", "crime", "weapon", "fight"],
    "sovereignty": ["government", "politics", "law"],
    "welfare": ["health", "medical_emergency", "home", "healing"],
}
EMFD = {"security": "care_p", "sovereignty": "authority_p", "welfare": "fairness_p"}
RESAMPLES = 200

Score = Callable[[Sequence[str]], np.ndarray]


def frames(
    table: pd.DataFrame, peers: Path, seed: int = 1, lexicon: str = "framing"
) -> dict[str, Any]:
    """Score one file of coded texts with our lexicon, with the peers and with a trained model.

    Documents are the column ``doc`` or ``id``, else each text by itself. The
    threshold of ``f1_other_half`` is chosen on one half of the documents and used on the
    other, both ways.
    """
    texts = table["text"].astype(str).tolist()
    names = table["doc"] if "doc" in table else table.get("id", table.index.to_series())
    documents = names.astype(str).to_numpy()
    ours = _rates(texts, fa.load_lexicon(lexicon), "category")
    others = _peers(peers)
    results: dict[str, Any] = {}
    for frame in (frame for frame in FRAMES if frame in table):
        coded = pd.to_numeric(table[frame], errors="coerce").to_numpy(float)
        known = ~np.isnan(coded)
        gold, own = coded[known].astype(int), documents[known]
        if gold.min() == gold.max():
            continue
        score = ours[frame][known]
        part = np.array([_part(name) for name in own])
        low, high = _interval(gold, score, own, seed, roc_auc_score)
        result: dict[str, Any] = {
            "auc": float(roc_auc_score(gold, score)),
            "auc_low": low,
            "auc_high": high,
            "f1": _best(gold, score)[0],
            "f1_other_half": _across(gold, score, part),
            "n": len(gold),
            "positives": int(gold.sum()),
            "n_documents": len(set(own)),
        }
        result["f1_low"], result["f1_high"] = _interval(
            gold, score, own, seed, lambda g, s: _best(g, s)[0]
        )
        result["auc_parts"] = [
            float(roc_auc_score(gold[part == half], score[part == half])) for half in (0, 1)
        ]
        if f"share_{frame}" in table:
            share = table.loc[known, f"share_{frame}"].astype(float)
            result["spearman"] = float(spearmanr(score, share).statistic)
        own_texts = [text for text, keep in zip(texts, known, strict=True) if keep]
        result["peers"] = {
            name: float(roc_auc_score(gold, peer[frame](own_texts)))
            for name, peer in others.items()
        }
        result["ceiling_auc"] = _ceiling(own_texts, gold, own)
        results[frame] = result
    return results


def _part(document: str) -> int:
    """Return 0 for part A, on which new entries were counted, and 1 for part B."""
    return int(hashlib.md5(document.encode(), usedforsecurity=False).hexdigest(), 16) % 2


def _rates(texts: Sequence[str], lexicon: fa.Lexicon, by: str) -> dict[str, np.ndarray]:
    """Return hits per token of each category, or of each subcategory as category › subcategory."""
    paragraphs = pd.DataFrame({"document_id": "a", "paragraph": range(len(texts)), "start": 0})
    paragraphs["text"] = list(texts)
    hits = fa.find_hits(paragraphs, lexicon, in_context=False)
    hits = hits[hits["blocked_by"].isna()]
    counts = fa.count_hits(paragraphs, lexicon).drop_duplicates("paragraph")
    tokens = np.maximum(counts["n_tokens"].to_numpy(), 1)
    names = hits["category"] if by == "category" else hits["category"] + " › " + hits["subcategory"]
    return {
        str(name): np.bincount(own["paragraph"], minlength=len(texts)) / tokens
        for name, own in hits.groupby(names)
    } | {
        name: np.zeros(len(texts)) for name in FRAMES if by == "category" and name not in set(names)
    }


def _interval(
    gold: np.ndarray,
    score: np.ndarray,
    documents: np.ndarray,
    seed: int,
    measure: Callable[[np.ndarray, np.ndarray], float],
) -> tuple[float, float]:
    """Return the 95 % percentile interval of a measure, resampling whole documents."""
    generator = np.random.default_rng(seed)
    _, place = np.unique(documents, return_inverse=True)
    rows = np.split(np.argsort(place, kind="stable"), np.cumsum(np.bincount(place))[:-1])
    values = []
    for _ in range(RESAMPLES):
        drawn = generator.integers(len(rows), size=len(rows))
        taken = np.concatenate([rows[n] for n in drawn])
        if gold[taken].min() < gold[taken].max():
            values.append(measure(gold[taken], score[taken]))
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def _best(gold: np.ndarray, score: np.ndarray) -> tuple[float, float]:
    """Return the best F1 of any threshold, and that threshold."""
    order = np.argsort(-score, kind="stable")
    right = np.cumsum(gold[order])
    values = 2 * right / (np.arange(1, len(gold) + 1) + gold.sum())
    # Texts of the same score stand on the same side.
    last = np.append(np.flatnonzero(np.diff(score[order])), len(gold) - 1)
    best = last[np.argmax(values[last])]
    return float(values[best]), float(score[order][best])


def _across(gold: np.ndarray, score: np.ndarray, part: np.ndarray) -> float:
    """Return F1 with the threshold that is best in one half, used on the other."""
    found = np.zeros(len(gold), dtype=bool)
    for half in (0, 1):
        _, threshold = _best(gold[part == half], score[part == half])
        found[part != half] = score[part != half] >= threshold
    both = int((found & (gold == 1)).sum())
    return 2 * both / int(found.sum() + gold.sum())


def _ceiling(texts: Sequence[str], gold: np.ndarray, documents: np.ndarray) -> float:
    """Return the AUC of a model trained on other documents: words and pairs, TF-IDF, logistic."""
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(C=10, class_weight="balanced", max_iter=1000),
    )
    folds = GroupKFold(min(10, len(set(documents))))
    scores = cross_val_predict(
        model, list(texts), gold, groups=documents, cv=folds, method="decision_function"
    )
    return float(roc_auc_score(gold, scores))


def _peers(folder: Path) -> dict[str, dict[str, Score]]:
    """Return how each published dictionary that is there scores texts for each frame."""
    peers: dict[str, dict[str, Score]] = {}
    for name, file, chosen in (
        ("Lexicoder 2013", "lexicoder_topic_dictionary_2013.json", LEXICODER),
        ("Laver-Garry", "laver_garry.json", LAVER_GARRY),
    ):
        if (folder / file).is_file():
            listed = json.loads((folder / file).read_text(encoding="utf-8"))
            peers[name] = {
                frame: _by_terms([term for key in keys for term in listed.get(key, [])])
                for frame, keys in chosen.items()
            }
    if (folder / "emfd_scoring.csv").is_file():
        table = pd.read_csv(folder / "emfd_scoring.csv").set_index("word")
        peers["eMFD"] = {frame: _by_weights(table[column]) for frame, column in EMFD.items()}
    try:
        from empath import Empath
    except ImportError:
        return peers
    listed = Empath().cats
    peers["Empath"] = {
        frame: _by_terms([term.replace("_", " ") for key in keys for term in listed.get(key, [])])
        for frame, keys in EMPATH.items()
    }
    return peers


def _by_terms(terms: Sequence[str]) -> Score:
    """Score texts by hits of terms per word; a term without a blank at its end is a beginning."""
    patterns = set()
    for term in terms:
        open_ended = term.endswith("*") or (term.startswith(" ") and not term.endswith(" "))
        words = re.escape(term.strip(" *").lower()).replace(r"\ ", r"\s+")
        if words:
            patterns.add(rf"\b{words}" + (r"\w*" if open_ended else r"\b"))
    expression = re.compile("|".join(sorted(patterns, key=len, reverse=True)))

    def score(texts: Sequence[str]) -> np.ndarray:
        return np.array(
            [len(expression.findall(t.lower())) / max(len(re.findall(r"\w+", t)), 1) for t in texts]
        )

    return score


def _by_weights(weights: pd.Series) -> Score:
    known = weights[~weights.index.duplicated()].to_dict()

    def score(texts: Sequence[str]) -> np.ndarray:
        words = [re.findall(r"\w+", text.lower()) for text in texts]
        return np.array([sum(known.get(w, 0.0) for w in own) / max(len(own), 1) for own in words])

    return score
