"""Docstrings → the pages of docs/api, one for each group of public names.

The source is read and never run, so that the pages are the same with every version of Python.
"""

import re
import sys
from pathlib import Path
from typing import Any

import griffe

ROOT = Path(__file__).resolve().parent.parent

# Every public name stands in one group; a test holds it so.
GROUPS = {
    "reading": (
        "Reading articles",
        "read_documents documents_from_texts read_nltk_corpus read_speakers reading_report "
        "drop_duplicates describe_reading name_documents split_paragraphs split_sentences "
        "find_mixed_script data_folder",
    ),
    "lexica": (
        "Lexica",
        "load_lexicon lexicon_from_dict Lexicon save_lexicon change_entry lint_lexicon "
        "lexicon_coverage suggest_terms",
    ),
    "hits": (
        "Hits, voice and certainty",
        "find_hits count_hits find_attributions find_speakers find_hedges find_negations "
        "find_overlaps count_entries count_speakers hedging_density keywords_in_context "
        "context_validity",
    ),
    "scores": ("Scores", "analyze score_paragraphs score_documents score_corpus open_scores"),
    "comparison": (
        "Comparing, and how sure it is",
        "score_intervals compare_groups compare_documents compare_periods placebo_periods "
        "pair_documents compare_pairs word_shift keyness log_odds trend leave_one_out multiverse "
        "length_effect compare_pair describe_comparison check_comparison",
    ),
    "exploration": (
        "Similarity, topics and co-occurrence",
        "similarity cluster_documents cooccurrence find_topics topic_frames",
    ),
    "validation": (
        "Human codes and validation",
        "make_codebook read_codebook make_coding_sheet save_coding_sheet code_paragraphs "
        "read_codes coding_folder demonstration_codes agreement disagreements gold_codes "
        "validate_lexicon describe_validation supervised_ceiling",
    ),
    "curation": (
        "Your own frames",
        "curate compare_lexica read_decisions read_judgements entry_precision describe_curation",
    ),
    "figures": (
        "Figures and highlighted text",
        "use_style category_styles show_text describe_document explore alt_text "
        "plot_paragraphs plot_documents plot_entries plot_voices plot_speakers "
        "plot_word_shift plot_log_odds plot_coverage plot_contrasts plot_periods plot_trend "
        "plot_similarity plot_cooccurrence plot_topics plot_leave_one_out plot_multiverse "
        "plot_length_effect plot_agreement plot_validity plot_thresholds plot_entry_errors",
    ),
    "export": (
        "Tables, files and notes",
        "format_table save_formatted save_table save_figure save_texts figures_folder method_note "
        "plain_messages",
    ),
}
_NOTICE = "<!-- Made by `make docs` from the docstrings; change those. -->\n"
_WIDEST = 88


def make_pages() -> dict[str, str]:
    """Return the text of every page by the name of its file."""
    package = griffe.load("analysis", search_paths=[ROOT])
    pages = {}
    index = [f"{_NOTICE}\n# Reference\n\nAll names are those of `import analysis as fa`.\n"]
    for group, (title, names) in GROUPS.items():
        objects = {name: _public(package, name) for name in names.split()}
        pages[f"{group}.md"] = "\n".join(
            [f"{_NOTICE}\n# {title}\n", *(_entry(name, one) for name, one in objects.items())]
        )
        index.append(f"## [{title}]({group}.md)\n")
        index += [
            f"- [`{name}`]({group}.md#{_anchor(name)}): {_summary(one)}"
            for name, one in objects.items()
        ]
        index.append("")
    pages["README.md"] = "\n".join(index)
    return pages


def _public(package: Any, name: str) -> Any:
    return package[name].final_target


def _entry(name: str, one: Any) -> str:
    parts = [f"## fa.{name}\n", _signature(name, one), _docstring(one)]
    if one.kind is griffe.Kind.CLASS:
        for member in one.members.values():
            if not member.name.startswith("_") and member.docstring:
                call = _signature(member.name, member) if member.is_function else ""
                parts += [f"### {name}.{member.name}\n", call, _docstring(member)]
    return "\n".join(part for part in parts if part)


def _signature(name: str, one: Any) -> str:
    if one.kind is griffe.Kind.CLASS:
        return ""
    pieces, keyword_only = [], False
    for parameter in one.parameters:
        if parameter.name == "self":
            continue
        kind = parameter.kind.value
        if kind == "keyword-only" and not keyword_only:
            keyword_only = True
            pieces.append("*")
        star = {"variadic positional": "*", "variadic keyword": "**"}.get(kind, "")
        keyword_only |= star == "*"
        default = "" if parameter.default is None else f"={parameter.default}"
        pieces.append(star + parameter.name + ("" if star else default))
    line = f"{name}({', '.join(pieces)})"
    if len(line) > _WIDEST:
        line = f"{name}(\n    " + ",\n    ".join(pieces) + ",\n)"
    return f"```python\n{line}\n```\n"


def _docstring(one: Any) -> str:
    sections = griffe.Docstring(one.docstring.value, parent=one).parse(
        "numpy", warn_unknown_params=False, warn_missing_types=False, warnings=False
    )
    return "\n".join(_section(section) for section in sections)


def _section(section: Any) -> str:
    kind = section.kind.value
    if kind == "text":
        return _prose(section.value) + "\n"
    if kind == "admonition":
        return f"**{section.title}**\n\n{_prose(section.value.description)}\n"
    if kind == "examples":
        code = "\n".join(text for what, text in section.value if what.value == "examples")
        return f"**Example**\n\n```python\n{code}\n```\n"
    heading = {"raises": "Errors", "warns": "Warnings"}.get(kind, kind.capitalize())
    return f"**{heading}**\n\n" + "\n".join(map(_item, section.value)) + "\n"


def _item(item: Any) -> str:
    name = getattr(item, "name", "") or ""
    annotation = str(item.annotation) if item.annotation else ""
    if annotation.startswith("("):
        # A list of values has lost its quotation marks, a list of types has none.
        values = annotation.strip("()")
        own = 'or "'.join(f'{value}" ' for value in values.split(", ")).rstrip()
        annotation = f'"{own}' if name and "." not in values else values
    default = getattr(item, "value", None)
    shown = f"`{name}`" if name else ""
    if annotation:
        told = f"{annotation}, default {default}" if default else annotation
        shown = f"{shown} ({_prose(told)})" if shown else f"`{annotation}`"
    about = _prose(item.description or "").replace("\n", "\n  ")
    return f"- {shown}: {about}" if about else f"- {shown}"


def _prose(text: str) -> str:
    return re.sub(r"``(.+?)``", r"`\1`", text, flags=re.DOTALL).strip()


def _summary(one: Any) -> str:
    return _prose(one.docstring.value.split("\n\n")[0].replace("\n", " "))


def _anchor(name: str) -> str:
    return f"fa{name.lower()}"


def main() -> None:
    """Write the pages, and remove those of groups that are no more."""
    folder = ROOT / "docs" / "api"
    folder.mkdir(exist_ok=True)
    pages = make_pages()
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"Written: {len(pages)} pages in {folder}\n")


if __name__ == "__main__":
    main()
