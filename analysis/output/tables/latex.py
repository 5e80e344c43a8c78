"""The texts of a table → LaTeX that a document reads in."""

from collections.abc import Sequence
from itertools import zip_longest

from analysis.output.tables.printed import PrintedTable

# More characters in a row than fit on a page, which is then made smaller; and more rows, which
# then run over several pages.
_WIDEST = 95
MOST_ROWS = 35
_PREAMBLE = (
    "% \\input this file; the preamble needs \\usepackage{{{packages}}}.\n"
    "% Letters beyond the Latin alphabet need XeLaTeX or LuaLaTeX."
)
_SIZE = "\n\\fontsize{10.5pt}{12.6pt}\\selectfont\n"
_ESCAPED = str.maketrans(
    {
        **{character: f"\\{character}" for character in "&%$#_{}"},
        **{"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"},
        **{"<": "\\textless{}", ">": "\\textgreater{}"},
        **{"∞": "$\\infty$", "−": "$-$", "–": "--", "\xa0": "~"},
    }
)


def whole_file(parts: Sequence[str]) -> str:
    """Return what a document reads in: the packages that it needs, then the parts."""
    others = {"longtable": "{longtable}", "graphicx": "\\resizebox \\includegraphics"}
    content = "\n\n".join(parts)
    needed = [name for name, marks in others.items() if any(m in content for m in marks.split())]
    return f"{_PREAMBLE.format(packages=','.join(['booktabs', 'caption', *needed]))}\n{content}"


def picture(file: str, words: str) -> str:
    """Return a figure, with its words for those who cannot see it."""
    # Programs that read aloud know no formulas.
    told = escaped(words.replace("−", "-"))
    shown = f"\\includegraphics[width=\\linewidth,alt={{{told}}}]{{{file}}}"
    return "\n".join(["\\begin{figure}[htbp]", shown, "\\end{figure}", ""])


def as_latex(printed: PrintedTable) -> str:
    """Return a table of booktabs, with its title above and its notes below."""
    long = len(printed.rows) > MOST_ROWS
    widths = [max(map(len, cells)) for cells in zip(printed.headings, *printed.rows, strict=True)]
    wide = not long and sum(widths) + len(widths) > _WIDEST
    sides = "".join(column.side[0] for column in printed.columns)
    bold = [column.bold for column in printed.columns]
    caption = _caption(printed.title)
    if long:
        begin = ["\\begingroup", _SIZE, "\\setlength{\\LTpost}{0mm}"]
        begin += [f"\\begin{{longtable}}{{{sides}}}", caption and f"{caption}\\\\"]
        end = ["\\end{longtable}"]
    else:
        begin = ["\\begin{table}[htbp]", caption, _SIZE]
        if wide:
            begin.append(f"\\resizebox{{\\linewidth}}{{!}}{{\\begin{{tabular}}{{{sides}}}")
            end = ["\\end{tabular}}\\par"]
        else:
            fill = "@{\\extracolsep{\\fill}}"
            begin.append(f"\\begin{{tabular*}}{{\\linewidth}}{{{fill}{sides}}}")
            end = ["\\end{tabular*}"]
    return "\n".join(
        [
            *begin,
            "\\toprule",
            f"{_line(printed.headings)} ",
            "\\midrule\\addlinespace[2.5pt]",
            "\n".join(_line(row, bold) for row in printed.rows),
            "\\bottomrule",
            *end,
            "\\begin{minipage}{\\linewidth}",
            *(f"{_guarded(escaped(note))}\\\\" for note in printed.notes),
            "\\end{minipage}",
            "\\endgroup" if long else "\\end{table}",
            "",
        ]
    )


def _caption(title: tuple[str, ...]) -> str:
    sized = (
        f"{{\\{size} {escaped(line)}}}"
        for size, line in zip(("large", "small"), title, strict=False)
    )
    lines = " \\\\\n".join(sized)
    return f"\\caption*{{\n{lines}\n}} " if title else ""


def _line(cells: tuple[str, ...], bold: Sequence[bool] = ()) -> str:
    marked = zip_longest(map(escaped, cells), bold)
    texts = [f"\\textbf{{{text}}}" if own else text for text, own in marked]
    return f"{_guarded(' & '.join(texts))} \\\\"


def _guarded(text: str) -> str:
    """Keep a bracket at the beginning from being read as an option of the line end before it."""
    return f"{{}}{text}" if text.lstrip().startswith("[") else text


def escaped(text: str) -> str:
    """Keep signs from being read as commands."""
    return text.translate(_ESCAPED)
