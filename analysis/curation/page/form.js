// The fields of one entry. changed() is told when one of them is another.

function makeForm(mark, { changed }) {
  let base = {}; // fields that the form does not show
  let unless = [];
  let original = "";

  const term = piece("term", "input", { type: "text", autocomplete: "off", spellcheck: false });
  term.setAttribute("aria-label", "Term; an asterisk stands for any ending");
  const reason = make("input", { type: "text", autocomplete: "off" });
  const exclusions = piece("exclusions");
  const capitals = make("input", { type: "checkbox" });
  const terms = make("input", { type: "text", autocomplete: "off" });
  terms.placeholder = "for instance: peace, truce, ceasefire*";
  const tokens = make("input", { type: "text", inputMode: "numeric", autocomplete: "off" });
  const sentence = make("input", { type: "checkbox" });
  const side = choice({ "": "before or after it", before: "before it", after: "after it" });
  const subcategory = make("input", { type: "text", autocomplete: "off" });
  subcategory.setAttribute("list", `${mark}-subcategories`);
  const subcategories = make("datalist", { id: `${mark}-subcategories` });
  const kind = choice({ "": "not said" });
  const note = make("input", { type: "text", autocomplete: "off" });
  const options = piece("options", "details", {}, [
    make("summary", { textContent: "Options: capitals, words near it, subcategory, kind, note" }),
    box(capitals, "capitals as written: May and not may"),
    field("only near these terms", terms),
    field("within so many tokens", tokens),
    box(sentence, "in the same sentence"),
    field("on which side", side),
    field("subcategory", subcategory, subcategories),
    field("kind", kind),
    field("note in the lexicon", note),
  ]);
  for (const input of [term, terms, tokens, subcategory, note])
    input.addEventListener("input", changed);
  for (const input of [capitals, sentence, side, kind]) input.addEventListener("change", changed);

  function draft() {
    return filled({
      ...base,
      term: term.value.trim(),
      case: capitals.checked && "sensitive",
      near: nearness(listed(terms.value), tokens.value, sentence.checked, side.value),
      subcategory: subcategory.value.trim(),
      kind: kind.value,
      note: note.value.trim(),
      unless,
    });
  }

  function fill(fields) {
    const near = fields.near ?? {};
    const within = [near.within ?? []].flat();
    base = { ...fields };
    term.value = fields.term ?? "";
    capitals.checked = fields.case === "sensitive";
    terms.value = (near.terms ?? []).join(", ");
    tokens.value = within.find((one) => one !== "sentence") ?? "";
    sentence.checked = within.includes("sentence");
    side.value = near.side ?? "";
    subcategory.value = fields.subcategory ?? "";
    kind.value = fields.kind ?? "";
    note.value = fields.note ?? "";
    reason.value = "";
    unless = [...(fields.unless ?? [])];
    showExclusions();
    settle();
  }

  function settle() {
    original = JSON.stringify(draft());
  }

  function exclude(phrase, on = true) {
    unless = unless.filter((other) => other !== phrase);
    if (on) unless.push(phrase);
    showExclusions();
    changed();
  }

  function showExclusions() {
    exclusions.hidden = unless.length === 0;
    const chips = unless.map((phrase) => {
      const chip = piece("chip", "button", { type: "button" }, [...visible(phrase), " ×"]);
      chip.setAttribute("aria-label", `Count it in “${phrase}” again`);
      chip.addEventListener("click", () => exclude(phrase, false));
      return chip;
    });
    exclusions.replaceChildren("Does not count in: ", ...chips);
  }

  function offer({ subcategories: names, kinds }) {
    subcategories.replaceChildren(...names.map((value) => make("option", { value })));
    if (kind.children.length > 1) return;
    kind.append(...kinds.map((value) => make("option", { value, textContent: value })));
  }

  const isChanged = () => JSON.stringify(draft()) !== original;
  return { term, reason, exclusions, options, draft, fill, settle, exclude, offer, isChanged };
}
