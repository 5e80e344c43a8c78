"""Compare outlets that are known to differ: tabloids against the financial press.

Run ``python benchmarks/known_groups.py --corpus FILE``: FILE is a table of articles on one
matter with a column ``outlet``. Of immigration the tabloids were expected, before anything was
counted, to tell more of crime and of cost to public services than the financial press, which
tells of labour and trade.
"""

import argparse
import warnings

import pandas as pd

import analysis as fa
from analysis.errors import StatisticsWarning

TABLOIDS, FINANCIAL = ("sun", "mail", "express"), ("ft",)


def main() -> None:
    """Print the contrast, and how it does under other choices."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", required=True, help="Parquet, CSV or folder of articles")
    parser.add_argument("--tabloids", nargs="+", default=TABLOIDS, help="names of outlets")
    parser.add_argument("--financial", nargs="+", default=FINANCIAL, help="names of outlets")
    options = parser.parse_args()
    warnings.simplefilter("ignore", StatisticsWarning)
    documents = fa.read_documents(options.corpus)
    press = dict.fromkeys(options.tabloids, "tabloid")
    press |= dict.fromkeys(options.financial, "financial")
    documents = documents.assign(press=documents["outlet"].map(press))
    documents = documents[documents["press"].notna()].reset_index(drop=True)
    framing = fa.load_lexicon("framing")
    paragraphs = fa.split_paragraphs(documents)
    hits = fa.find_hits(paragraphs, framing)
    scores = fa.score_paragraphs(paragraphs, hits, framing)
    pair = ("tabloid", "financial")
    contrasts = fa.compare_groups(scores, by="press", pairs=[pair], seed=1)
    columns = ["category", "n_units_a", "n_units_b", "rate_a", "rate_b", "difference", "low"]
    columns += ["high", "ratio", "cliffs_delta", "p", "p_adjusted"]
    with pd.option_context("display.width", 160, "display.max_columns", 20):
        print(contrasts[columns].round(4).to_string(index=False))
    for category in framing.category_names:
        sides = {"by": "press", "group_a": pair[0], "group_b": pair[1]}
        own = fa.multiverse(paragraphs, hits, framing, category, **sides, seed=1)
        known = own[own["relative_difference"].notna()]
        apart = ((known["low"] > 0) | (known["high"] < 0)).sum()
        print(
            f"{category}: same sign in {known['same_sign'].sum()} of {len(known)} specifications, "
            f"interval without 0 in {apart}"
        )


if __name__ == "__main__":
    main()
