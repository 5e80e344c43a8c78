// The category, how large it is by now, and the decision that would be taken back.

function makeHead({ choose, undo }) {
  const category = make("select", { onchange: () => choose(category.value) });
  category.setAttribute("aria-label", "Category");
  const only = piece("only", "strong");
  const counters = piece("counters", "span");
  const back = piece("undo", "button", { type: "button", onclick: undo });
  back.setAttribute("aria-keyshortcuts", "u");
  const node = piece("head", "div", {}, [category, only, counters, back]);

  function show(state) {
    only.hidden = state.categories.length > 1;
    category.hidden = !only.hidden;
    only.textContent = state.category;
    const options = state.categories.map((value) => make("option", { value, textContent: value }));
    category.replaceChildren(...options);
    category.value = state.category;
    counters.textContent = state.counters;
    back.hidden = state.undo === null;
    const what = `Undo: ${state.undo?.what} `;
    back.replaceChildren(what, make("kbd", { textContent: "u" }));
  }

  return { node, show };
}
