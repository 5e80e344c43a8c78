// The rows of candidates or entries: one stop of the Tab key, and what has the focus is chosen.
// A row has a key, a term, cells and something said below them.

function makeList({ choose }) {
  const heading = piece("heading");
  heading.setAttribute("aria-hidden", "true");
  const list = piece("list", "div", { role: "listbox" });
  let chosen = null;
  let options = new Map(); // by what they say

  // Rows that stay are the same elements: a click that has begun must not be lost.
  function show(rows, label, heads) {
    heading.replaceChildren(...heads.map((textContent) => make("span", { textContent })));
    const before = options;
    options = new Map();
    for (const { key, term, cells, said } of rows) {
      const says = JSON.stringify([label, key, cells, said]);
      options.set(says, before.get(says) ?? optionOf({ key, term, cells, said }, heads));
    }
    const shown = [...options.values()];
    const isSame = list.children.length === shown.length;
    if (!isSame || shown.some((option, place) => option !== list.children[place]))
      list.replaceChildren(...shown);
    list.setAttribute("aria-label", label);
    list.hidden = heading.hidden = rows.length === 0;
  }

  function optionOf({ key, term, cells, said }, [, ...heads]) {
    const option = piece("option", "div", { role: "option" }, [
      piece("name", "span", {}, visible(term)),
      ...cells.map((textContent) => piece("number", "span", { textContent })),
      ...(said ? [piece("said", "span", { textContent: said })] : []),
    ]);
    option.dataset.roving = "";
    option.dataset.key = key;
    const counted = heads.map((head, place) => `${head.toLowerCase()} ${cells[place]}`);
    option.setAttribute("aria-label", [term, ...counted, said].filter(Boolean).join(", "));
    return option;
  }

  function mark(key) {
    chosen = key;
    for (const option of list.children) {
      const is = option.dataset.key === key;
      option.setAttribute("aria-selected", String(is));
      option.tabIndex = is ? 0 : -1;
      if (is) reveal(option);
    }
  }

  // Within the list alone: the notebook must not jump.
  function reveal(option) {
    const around = list.getBoundingClientRect();
    const own = option.getBoundingClientRect();
    if (own.top < around.top) list.scrollTop += own.top - around.top;
    else if (own.bottom > around.bottom) list.scrollTop += own.bottom - around.bottom;
  }

  // Returns whether there is such a row.
  function focus(key) {
    const option = [...list.children].find((one) => one.dataset.key === key);
    option?.focus({ preventScroll: true });
    return option !== undefined;
  }

  arrows(list);
  list.addEventListener("focusin", ({ target: { dataset } }) => {
    if (dataset.key !== undefined && dataset.key !== chosen) choose(dataset.key);
  });
  list.addEventListener("click", ({ target }) => target.closest("[role=option]")?.focus());
  return { heading, list, show, mark, focus, has: (node) => list.contains(node) };
}
