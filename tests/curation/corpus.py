"""Invented news of invented countries, large enough that terms are suggested from them."""

import pandas as pd

import analysis as fa

SEEDS = ["talks", "ceasefire", "settlement"]
_CITIES = ("Orlan", "Veld", "Marno", "Tarsk", "Quell")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday")
_HOW = ("resumed", "stalled", "ended", "began", "went on")
_OUTLETS = ("Herald", "Post", "Courier")


def curated_paragraphs() -> pd.DataFrame:
    """Return paragraphs of 60 articles from three outlets: half of talks, half of other things."""
    texts = [_article(n) for n in range(60)]
    documents = fa.documents_from_texts(texts, [f"d{n:02}" for n in range(60)])
    outlets = [_OUTLETS[(n // 2) % 3 if n < 40 else 0] for n in range(60)]
    return fa.split_paragraphs(documents.assign(outlet=outlets))


def _article(n: int) -> str:
    city, day, how = _CITIES[n % 5], _DAYS[n % 4], _HOW[n % 3]
    if n % 2:
        return (
            f"Rain fell on the barley near {city} on {day}, and the farmers waited.\n\n"
            f"A choir sang at the feast in {city}. Sales talks at the fair drew {n} traders."
        )
    who = "An envoy" if n % 4 else "Two envoys"
    return (
        f"{who} of Norland met the ministers of Sudmark in {city} before the talks {how}.\n\n"
        f"The truce held on {day} while the mediator spoke of a settlement with both sides. "
        f"A ceasefire followed at the border after {n} days of shelling.\n\n"
        f"Ministers called the summit in {city} a step. Peace talks {how} at once, "
        f"the mediator said, and the truce was signed by an envoy."
    )
