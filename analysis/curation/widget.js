// The page of curate: candidates and entries on the left, on the right what the chosen one would
// change. Python counts, draws and saves; what is listed and in which order is decided here.

const TYPING = 450; // milliseconds without a key until Python is asked about what was typed
const ASK_AGAIN = 1000; // milliseconds until a list that is being made is asked for again
const TABS = {
  suggestions: "Suggestions",
  entries: "Entries",
  add: "Add a term",
  decisions: "Decisions",
};
const SIGNS = {
  all: "all signs",
  z: "log-odds",
  similarity: "similarity",
  n_shared_contexts: "shared contexts",
};
const MEANINGS = {
  all: "The mean of the three ranks.",
  z: "Terms that stand in sentences with the category more often than elsewhere come first.",
  similarity: "Terms that stand among the same words as the category's hits come first.",
  n_shared_contexts:
    "Terms that stand between the same two words as hits of the category come first.",
};
// A name is written with a capital nearly always.
const NAME = 0.9;
const KEYS = {
  a: "accept",
  r: "reject",
  s: "skip",
  x: "exclude",
  u: "undo",
  c: "save",
  d: "drop",
  j: "judge",
};
const EMPTY = "Write what counts and what does not: you decide by it.";

// Candidates in the order of a sign; skipped ones come last.
export function ordered(rows, sign, skipped) {
  const by = sign === "all" ? rows : [...rows].sort((one, two) => two[sign] - one[sign]);
  const late = ({ term }) => skipped.has(term);
  return [...by.filter((row) => !late(row)), ...by.filter(late)];
}

export function matching(rows, sought) {
  const wanted = sought.trim().toLowerCase();
  return rows.filter(({ term }) => (term ?? "").toLowerCase().includes(wanted));
}

export const isName = ({ share_capitals }) => share_capitals >= NAME;

// The candidate that somebody reads stays where it is: at the top of a list made afresh.
export function withFirst(rows, first) {
  return first ? [first, ...rows.filter(({ term }) => term !== first.term)] : rows;
}

export function listed(text) {
  return text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
}

// What a file writes under near, of what the form says; null without terms.
export function nearness(terms, tokens, sentence, side) {
  if (terms.length === 0) return null;
  const number = Number.parseInt(tokens, 10);
  const bounds = [...(number > 0 ? [number] : []), ...(sentence || !(number > 0) ? ["sentence"] : [])];
  return { terms, within: bounds.length > 1 ? bounds : bounds[0], ...(side && { side }) };
}

function render({ model, el }) {
  const stop = new AbortController();
  const listen = { signal: stop.signal };
  const mark = `mf-${Math.random().toString(36).slice(2)}`;
  const part = (name, tag = "div", properties = {}, children = []) =>
    make(tag, { className: `mf-curation-${name}`, ...properties }, children);

  let state = null; // what Python said last of the category
  let tab = "suggestions";
  let candidates = null; // rows of suggestions; null while there are none yet
  let whyNone = "";
  let asking = null; // timer of a list that is being made
  let typing = null;
  let base = {}; // fields of the entry that the form does not show
  let unless = [];
  let original = ""; // the draft as it was filled in
  let judging = null;
  const decisions = new Map(); // by number
  const chosen = { suggestions: null, entries: null };
  const skipped = new Set();
  const decided = new Set(); // candidates whose decision is under way or done
  const previews = new Map(); // what was counted, by draft; for the lexicon as it stands

  // --- the parts of the page ------------------------------------------------------------

  const root = part("root", "div", { className: "mf-page mf-curation", role: "group" });
  root.setAttribute("aria-label", "Curating a lexicon");
  const { node: status, tell } = statusLine(root);
  const category = part("category", "select");
  category.setAttribute("aria-label", "Category");
  const only = part("only", "strong");
  const counters = part("counters", "span");
  const undo = part("undo", "button", { type: "button" });
  const definition = part("definition", "p");
  const edit = make("button", { type: "button", textContent: "Edit definition" });
  const written = part("written", "textarea", { rows: 3 });
  written.setAttribute("aria-label", "Definition of the category");
  const hint = part("hint", "p", { textContent: EMPTY });
  const saveDefinition = make("button", { type: "button", textContent: "Save definition" });
  const leave = make("button", { type: "button", textContent: "Cancel" });
  const editing = part("editing", "div", { hidden: true }, [
    hint,
    written,
    make("div", { className: "mf-curation-row" }, [saveDefinition, leave]),
  ]);
  const defined = part("defined", "div", {}, [definition, edit]);

  const tabs = part("tabs", "div", { role: "tablist" });
  tabs.setAttribute("aria-label", "What to work on");
  for (const [name, label] of Object.entries(TABS)) {
    const button = part("tab", "button", { type: "button", role: "tab", id: `${mark}-${name}` });
    button.dataset.roving = "";
    button.dataset.tab = name;
    button.textContent = label;
    button.setAttribute("aria-controls", `${mark}-panel`);
    tabs.append(button);
  }
  const search = make("input", { type: "search", placeholder: "Search" });
  search.setAttribute("aria-label", "Search the list");
  const sign = make("select");
  for (const [value, textContent] of Object.entries(SIGNS))
    sign.append(make("option", { value, textContent }));
  const names = make("input", { type: "checkbox" });
  const hideNames = make("label", { className: "mf-curation-box", hidden: true }, [
    names,
    "hide names",
  ]);
  const sorting = part("sorting", "div", {}, [
    make("label", { className: "mf-curation-box" }, ["Sort by ", sign]),
    hideNames,
  ]);
  const heading = part("heading", "div");
  heading.setAttribute("aria-hidden", "true");
  const list = part("list", "div", { role: "listbox" });
  const note = part("none", "p");
  const left = part("left", "div", {}, [search, sorting, heading, list, note]);

  const term = part("term", "input", { type: "text", autocomplete: "off", spellcheck: false });
  term.setAttribute("aria-label", "Term; an asterisk stands for any ending");
  const buttons = {};
  const actions = part("actions");
  for (const [name, key, label] of [
    ["accept", "a", "Accept"],
    ["reject", "r", "Reject"],
    ["skip", "s", "Skip"],
    ["save", "c", "Save change"],
    ["drop", "d", "Drop"],
    ["judge", "j", "Judge twenty"],
    ["exclude", "x", "Exclude …"],
  ]) {
    buttons[name] = keyed(label, key, () => act(name));
    actions.append(buttons[name]);
  }
  buttons.accept.classList.add("mf-primary");
  buttons.save.classList.add("mf-primary");
  const told = part("told", "p");
  told.setAttribute("aria-live", "polite");
  const more = part("more-told", "ul");
  const lint = part("lint", "ul");
  const exclusions = part("exclusions");
  const reason = make("input", { type: "text", autocomplete: "off" });
  const contexts = part("contexts", "ol");
  const contextsHeading = part("subheading", "h4");
  const tenMore = make("button", { type: "button", textContent: "Ten more" });
  const lost = part("contexts", "ol");
  const lostHeading = part("subheading", "h4");
  const capitals = make("input", { type: "checkbox" });
  const nearTerms = make("input", { type: "text", autocomplete: "off" });
  const nearTokens = make("input", { type: "number", min: 1, max: 100 });
  const nearSentence = make("input", { type: "checkbox" });
  const nearSide = make("select");
  for (const [value, textContent] of [
    ["", "before or after"],
    ["before", "before it"],
    ["after", "after it"],
  ])
    nearSide.append(make("option", { value, textContent }));
  const subcategory = make("input", { type: "text", autocomplete: "off" });
  subcategory.setAttribute("list", `${mark}-subcategories`);
  const subcategories = make("datalist", { id: `${mark}-subcategories` });
  const kind = make("select");
  const ownNote = make("input", { type: "text", autocomplete: "off" });
  const field = (label, ...inputs) =>
    make("label", { className: "mf-curation-field" }, [make("span", { textContent: label }), ...inputs]);
  const options = part("options", "details", {}, [
    make("summary", { textContent: "Options: capitals, near, subcategory, kind, note" }),
    make("label", { className: "mf-curation-box" }, [capitals, "match capitals as written"]),
    field("only near these terms", nearTerms),
    make("div", { className: "mf-curation-near" }, [
      field("within so many tokens", nearTokens),
      make("label", { className: "mf-curation-box" }, [nearSentence, "in the same sentence"]),
      field("side", nearSide),
    ]),
    field("subcategory", subcategory, subcategories),
    field("kind", kind),
    field("note", ownNote),
  ]);
  nearTerms.placeholder = "for instance: peace, truce, ceasefire*";
  const about = part("about", "div", {}, [
    make("div", { className: "mf-curation-first" }, [term, actions]),
    lint,
    told,
    more,
    exclusions,
    make("label", { className: "mf-curation-reason" }, ["Reason (optional)", reason]),
    contextsHeading,
    contexts,
    tenMore,
    lostHeading,
    lost,
    options,
  ]);
  const judge = part("judge", "div", { hidden: true, tabIndex: -1 });
  const pane = part("pane", "div", {}, [about, judge]);
  const log = part("log", "ol");
  const panel = part("panel", "div", { role: "tabpanel", id: `${mark}-panel` }, [left, pane, log]);
  const keys = part("keys", "p");
  const connection = connect(model, { tell, receive, file: () => state?.file ?? "" });
  root.append(
    part("head", "div", {}, [category, only, counters, undo]),
    part("says", "div", {}, [status, connection.againButton]),
    defined,
    editing,
    tabs,
    panel,
    keys,
  );
  el.append(root);

  function keyed(label, key, press) {
    const made = make("button", { type: "button" }, [
      `${label} `,
      make("kbd", { textContent: key }),
    ]);
    made.setAttribute("aria-keyshortcuts", key);
    made.addEventListener("click", press, listen);
    return made;
  }

  // --- asking Python --------------------------------------------------------------------

  const known = () => ({
    category: state?.category ?? null,
    known: { stamp: state?.stamp ?? "", number: state?.number ?? 0 },
  });
  const ask = (message) => connection.post({ ...known(), ...message });
  const save = (key, message) => connection.send(key, { ...known(), ...message });

  function askForSuggestions() {
    clearTimeout(asking);
    ask({ kind: "suggest" });
  }

  const targetOf = () => ({ old: tab === "entries" ? chosen.entries : null, draft: draft() });
  const nameOf = (target) => JSON.stringify([state.category, state.content, target]);

  // What the change would do; at once where it was counted before.
  function look() {
    clearTimeout(typing);
    if (!term.value.trim()) return showNothing();
    const target = targetOf();
    const found = previews.get(nameOf(target));
    if (found) return showPreview(found);
    about.setAttribute("aria-busy", "true");
    ask({ kind: "preview", ...target, name: nameOf(target) });
  }

  function lookSoon() {
    clearTimeout(typing);
    typing = setTimeout(look, TYPING);
    showChanged();
  }

  // While one candidate is read, the next is counted.
  function lookAhead() {
    if (tab !== "suggestions") return;
    const rows = rowsOf();
    const next = rows[rows.findIndex((row) => row.key === chosen.suggestions) + 1];
    if (!next) return;
    const target = { old: null, draft: { term: next.term } };
    const name = nameOf(target);
    if (!previews.has(name)) ask({ kind: "preview", ...target, name });
  }

  // --- the form -------------------------------------------------------------------------

  function draft() {
    const fields = {
      ...base,
      term: term.value.trim(),
      case: capitals.checked ? "sensitive" : null,
      near: nearness(
        listed(nearTerms.value),
        nearTokens.value,
        nearSentence.checked,
        nearSide.value,
      ),
      subcategory: subcategory.value.trim(),
      kind: kind.value,
      note: ownNote.value.trim(),
      unless,
    };
    const isFilled = ([, value]) => value && (!Array.isArray(value) || value.length);
    return Object.fromEntries(Object.entries(fields).filter(isFilled));
  }

  function fill(fields) {
    const near = fields.near ?? {};
    const within = [near.within ?? []].flat();
    base = { ...fields };
    term.value = fields.term ?? "";
    capitals.checked = fields.case === "sensitive";
    nearTerms.value = (near.terms ?? []).join(", ");
    nearTokens.value = within.find((one) => one !== "sentence") ?? "";
    nearSentence.checked = within.includes("sentence");
    nearSide.value = near.side ?? "";
    subcategory.value = fields.subcategory ?? "";
    kind.value = fields.kind ?? "";
    ownNote.value = fields.note ?? "";
    unless = [...(fields.unless ?? [])];
    reason.value = "";
    original = JSON.stringify(draft());
    showExclusions();
    showChanged();
    look();
  }

  const isChanged = () => JSON.stringify(draft()) !== original;
  const inert = (button, off) => button.setAttribute("aria-disabled", String(off));

  function showChanged() {
    inert(buttons.accept, !term.value.trim());
    inert(buttons.save, !isChanged());
  }

  function showExclusions() {
    exclusions.hidden = unless.length === 0;
    exclusions.replaceChildren(
      "Not where it stands in: ",
      ...unless.map((phrase) => {
        const button = make("button", { type: "button", className: "mf-curation-chip" }, [
          ...visible(phrase),
          " ×",
        ]);
        button.setAttribute("aria-label", `Count it in “${phrase}” again`);
        button.addEventListener("click", () => exclude(phrase, false), listen);
        return button;
      }),
    );
  }

  function exclude(phrase, on = true) {
    unless = unless.filter((other) => other !== phrase);
    if (on) unless.push(phrase);
    showExclusions();
    showChanged();
    look();
    focusChosen();
  }

  // --- lists ----------------------------------------------------------------------------

  const minus = (n) => n.toLocaleString("en");

  function rowsOf() {
    if (!state) return [];
    if (tab === "entries") {
      return matching(state.entries, search.value).map((entry) => ({
        ...entry,
        key: entry.line,
        cells: [minus(entry.n_documents), minus(entry.n_hits)],
        said: entry.judged,
        label: `${entry.term}, ${plural(entry.n_hits, "hit")} in ${plural(entry.n_documents, "document")} ${entry.judged}`,
      }));
    }
    const gone = new Set([...decided, ...state.rejected, ...state.entries.map((one) => one.term)]);
    const open = (candidates ?? []).filter(
      (row) => !gone.has(row.term) && !(names.checked && isName(row)),
    );
    return matching(ordered(open, sign.value, skipped), search.value).map((row) => ({
      ...row,
      key: row.term,
      cells: [minus(row.n_documents), `+${minus(row.new_hits)}`],
      said: skipped.has(row.term) ? "skipped" : "",
      label: `${row.term}, ${plural(row.n_documents, "document")}, ${plural(row.new_hits, "new hit")}`,
    }));
  }

  function optionOf(row) {
    const option = part("option", "div", { role: "option" }, [
      part("name", "span", {}, visible(row.term)),
      ...row.cells.map((textContent) => part("number", "span", { textContent })),
      ...(row.said ? [part("said", "span", { textContent: row.said })] : []),
    ]);
    option.dataset.roving = "";
    option.dataset.key = row.key;
    option.setAttribute("aria-label", row.label);
    return option;
  }

  function showList() {
    if (!state) return;
    const isList = tab === "suggestions" || tab === "entries";
    left.hidden = !isList;
    sorting.hidden = tab !== "suggestions";
    if (!isList) return;
    const had = list.contains(document.activeElement);
    const rows = rowsOf();
    const heads = tab === "entries" ? ["Entry", "Documents", "Hits"] : ["Term", "Documents", "New hits"];
    heading.replaceChildren(...heads.map((textContent) => make("span", { textContent })));
    list.replaceChildren(...rows.map(optionOf));
    list.hidden = heading.hidden = rows.length === 0;
    list.setAttribute("aria-label", TABS[tab]);
    note.textContent = rows.length ? "" : whyEmpty();
    note.hidden = rows.length > 0;
    const wanted = rows.some(({ key }) => key === chosen[tab]) ? chosen[tab] : rows[0]?.key ?? null;
    markChosen(wanted);
    if (wanted !== chosen[tab]) choose(wanted);
    if (had) focusChosen();
  }

  function whyEmpty() {
    if (search.value.trim()) return "Nothing here has these letters.";
    if (tab === "entries") return "There is no entry yet.";
    if (candidates === null)
      return "The first list is being made: every sentence is read once. You can add terms meanwhile.";
    return whyNone || "No suggestion is left. Accept a term by hand and look again.";
  }

  const optionAt = (key) => [...list.children].find((option) => option.dataset.key === key);

  function markChosen(key) {
    for (const option of list.children) {
      const is = option.dataset.key === key;
      option.setAttribute("aria-selected", String(is));
      option.tabIndex = is ? 0 : -1;
      if (is) reveal(option);
    }
  }

  function reveal(option) {
    const box = list.getBoundingClientRect();
    const own = option.getBoundingClientRect();
    if (own.top < box.top) list.scrollTop += own.top - box.top;
    else if (own.bottom > box.bottom) list.scrollTop += own.bottom - box.bottom;
  }

  function choose(key) {
    if (key === null && tab !== "add") {
      chosen[tab] = null;
      about.hidden = true;
      return;
    }
    about.hidden = false;
    closeJudge();
    if (tab === "add") return fill({});
    chosen[tab] = key;
    markChosen(key);
    const row = rowsOf().find((one) => one.key === key);
    fill(tab === "entries" ? row.fields : { term: row.term });
  }

  function focusChosen() {
    if (tab === "add") term.focus();
    else (optionAt(chosen[tab]) ?? search).focus({ preventScroll: true });
  }

  // The row below, or the last one where there is none.
  function nextKey() {
    const rows = rowsOf();
    const here = rows.findIndex(({ key }) => key === chosen[tab]);
    return (rows[here + 1] ?? rows[here - 1])?.key ?? null;
  }

  // --- what a change would do -----------------------------------------------------------

  function showNothing() {
    about.removeAttribute("aria-busy");
    told.textContent = tab === "add" ? "Write a word or a phrase. An asterisk stands for any ending: envoy*" : "";
    for (const node of [more, lint, contexts, lost]) node.replaceChildren();
    for (const node of [contextsHeading, lostHeading, tenMore]) node.hidden = true;
    showChanged();
  }

  function showPreview(preview) {
    about.removeAttribute("aria-busy");
    const [first, ...rest] = preview.sentences;
    told.textContent = preview.error ?? first;
    told.classList.toggle("mf-curation-fault", preview.error !== undefined);
    more.replaceChildren(...rest.map((textContent) => make("li", { textContent })));
    lint.replaceChildren(...preview.lint.map((textContent) => make("li", { textContent })));
    showLines(contexts, contextsHeading, preview.lines, preview.heading);
    showLines(lost, lostHeading, preview.lost, preview.lost_heading);
    tenMore.hidden = contexts.children.length >= preview.n_lines;
    showChanged();
    lookAhead();
  }

  function showLines(node, head, lines, textContent) {
    head.hidden = lines.length === 0;
    head.textContent = textContent;
    node.replaceChildren(...lines.map((line) => lineOf(line, node === contexts)));
    rove(node);
  }

  function lineOf(line, excludable) {
    const text = part("line", "div", { dir: "auto", title: line.document_id }, [
      ...visible(line.left),
      " ",
      make("mark", {}, visible(line.keyword)),
      " ",
      ...visible(line.right),
    ]);
    const item = make("li", {}, [text]);
    if (!excludable) return item;
    const button = make("button", { type: "button", textContent: "Exclude …" });
    button.dataset.roving = "";
    button.setAttribute("aria-label", `Exclude a phrase of: ${line.left} ${line.keyword} ${line.right}`);
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => openMaker(item, line, button), listen);
    item.append(button);
    return item;
  }

  // Phrases of the line's words, one of which shall not count.
  function openMaker(item, line, button) {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    closeMaker();
    if (isOpen) return button.focus();
    button.setAttribute("aria-expanded", "true");
    const own = make("input", { type: "text", value: line.keyword.toLowerCase() });
    own.setAttribute("aria-label", "Phrase that does not count");
    const use = make("button", { type: "button", textContent: "Exclude this phrase" });
    const take = () => own.value.trim() && exclude(own.value.trim());
    use.addEventListener("click", take, listen);
    own.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        take();
      },
      listen,
    );
    const offered = line.phrases.map((phrase) => {
      const made = make("button", { type: "button" }, visible(phrase));
      made.addEventListener("click", () => exclude(phrase), listen);
      return made;
    });
    const maker = part("maker", "div", { role: "group" }, [
      part("ask", "p", { textContent: "It does not count in the phrase:" }),
      ...offered,
      make("div", { className: "mf-curation-row" }, [own, use]),
    ]);
    maker.setAttribute("aria-label", "Exclude a phrase");
    item.append(maker);
    (offered[0] ?? own).focus();
  }

  function closeMaker() {
    for (const maker of contexts.querySelectorAll(".mf-curation-maker")) maker.remove();
    for (const button of contexts.querySelectorAll("[aria-expanded]"))
      button.setAttribute("aria-expanded", "false");
  }

  // --- deciding -------------------------------------------------------------------------

  const OFFERED = {
    suggestions: ["accept", "reject", "skip", "exclude"],
    entries: ["save", "exclude", "drop", "judge"],
    add: ["accept", "exclude"],
    decisions: [],
  };

  function act(name) {
    if (!state) return;
    if (name === "undo") return takeBack(state.undo);
    if (!OFFERED[tab].includes(name) || about.hidden) return;
    if (buttons[name].getAttribute("aria-disabled") === "true") return;
    const acts = { accept, reject, skip, save: change, drop, judge: startJudging, exclude: openFirst };
    acts[name]();
  }

  function openFirst() {
    const buttonsOf = [...contexts.querySelectorAll("[data-roving]")];
    const here = buttonsOf.find((button) => button.parentElement.contains(document.activeElement));
    (here ?? buttonsOf[0])?.click();
  }

  function accept() {
    const fault = previews.get(nameOf(targetOf()))?.error;
    if (fault) return tell(`Not accepted: ${fault}`, true);
    const candidate = tab === "suggestions" ? chosen.suggestions : null;
    const message = { kind: "decide", decision: "accept", candidate, draft: draft() };
    decide(candidate ?? message.draft.term, message);
  }

  function reject() {
    const candidate = chosen.suggestions;
    decide(candidate, { kind: "decide", decision: "reject", candidate, draft: { term: candidate } });
  }

  function decide(key, message) {
    const whole = { ...message, reason: reason.value.trim() };
    if (tab === "suggestions") {
      const next = nextKey();
      decided.add(message.candidate);
      save(`${state.category}|${key}`, whole);
      chosen.suggestions = next;
      choose(next);
      showList();
      focusChosen();
    } else {
      save(`${state.category}|${key}`, whole);
      fill({});
      term.focus();
    }
  }

  function skip() {
    const next = nextKey();
    skipped.add(chosen.suggestions);
    showList();
    choose(next);
    focusChosen();
  }

  function change() {
    const fault = previews.get(nameOf(targetOf()))?.error;
    if (fault) return tell(`Not saved: ${fault}`, true);
    const old = chosen.entries;
    save(`${state.category}|${old}`, {
      kind: "decide",
      decision: "change",
      ...targetOf(),
      reason: reason.value.trim(),
    });
    focusChosen();
  }

  function drop() {
    const old = chosen.entries;
    const next = nextKey();
    const said = reason.value.trim();
    save(`${state.category}|${old}`, { kind: "decide", decision: "drop", old, reason: said });
    choose(next);
    focusChosen();
  }

  function takeBack(what) {
    if (what) save(`undo|${what.number}`, { kind: "undo", number: what.number });
  }

  function define() {
    save(`${state.category}|definition`, {
      kind: "decide",
      decision: "define",
      definition: written.value.trim(),
    });
    editing.hidden = true;
    defined.hidden = false;
    definition.textContent = written.value.trim();
    edit.focus();
  }

  // --- judging --------------------------------------------------------------------------

  function startJudging() {
    const entry = state.entries.find(({ line }) => line === chosen.entries);
    ask({ kind: "judge", entry: entry.term });
  }

  function showJudge() {
    const { hits, place, answers, entry } = judging;
    const done = place >= hits.length;
    const close = keyed("Close", "Escape", () => {
      closeJudge();
      focusChosen();
    });
    const title = part("subheading", "h4", {
      textContent: done
        ? `${plural(hits.length, "hit")} of ${entry} judged`
        : `${entry}: hit ${place + 1} of ${hits.length}`,
    });
    const bar = make("progress", { max: hits.length, value: Object.keys(answers).length });
    bar.setAttribute("aria-label", "Hits judged");
    const soFar = part("so-far", "span", { textContent: judging.said });
    soFar.setAttribute("aria-live", "polite");
    const head = make("div", { className: "mf-curation-row" }, [title, bar, soFar]);
    if (done) {
      const again = keyed("Twenty more", "j", startJudging);
      judge.replaceChildren(head, make("div", { className: "mf-curation-row" }, [again, close]));
      return judge.focus();
    }
    const hit = hits[place];
    const [before, words, after] = hit.sentence;
    const [above, below] = judging.whole ? hit.around : ["", ""];
    const text = part("sentence", "p", { dir: "auto" }, [
      ...visible(above),
      ...visible(before),
      make("mark", {}, visible(words)),
      ...visible(after),
      ...visible(below),
    ]);
    text.setAttribute("aria-live", "polite");
    const answer = (code) => () => {
      answers[place] = code;
      judging.place += 1;
      judging.whole = false;
      const { document_id, paragraph, start, end } = hit;
      const message = { kind: "judged", document_id, paragraph, start, end, entry, code };
      save(`judged|${document_id}|${paragraph}|${start}|${end}`, message);
      showJudge();
    };
    const choice = (label, key, code) => {
      const made = keyed(label, key, answer(code));
      if (answers[place] === code) made.setAttribute("aria-pressed", "true");
      return made;
    };
    const back = keyed("Back", "←", () => step(-1));
    inert(back, place === 0);
    const around = keyed(judging.whole ? "Sentence only" : "Whole paragraph", "p", () => {
      judging.whole = !judging.whole;
      showJudge();
    });
    judge.replaceChildren(
      head,
      part("definition", "p", { textContent: state.definition || EMPTY }),
      text,
      part("question", "p", { textContent: `Do the marked words mean ${state.category} here?` }),
      make("div", { className: "mf-curation-row" }, [
        choice("Yes", "y", "1"),
        choice("No", "n", "0"),
        back,
        around,
        close,
      ]),
    );
    judge.focus();
  }

  function step(by) {
    const to = judging.place + by;
    if (to < 0 || (by > 0 && judging.answers[judging.place] === undefined)) return;
    judging.place = Math.min(to, judging.hits.length);
    judging.whole = false;
    showJudge();
  }

  function closeJudge() {
    judging = null;
    judge.hidden = true;
    about.hidden = false;
  }

  function pressInJudge(event) {
    const click = (key) =>
      [...judge.querySelectorAll("button")]
        .find((button) => button.getAttribute("aria-keyshortcuts") === key)
        ?.click();
    const moves = { ArrowLeft: () => step(-1), ArrowRight: () => step(1) };
    if (event.key in moves) moves[event.key]();
    else click(event.key);
    return ["y", "n", "p", "j", "Escape", "ArrowLeft", "ArrowRight"].includes(event.key);
  }

  // --- the log --------------------------------------------------------------------------

  function showLog() {
    log.hidden = tab !== "decisions";
    if (log.hidden || !state) return;
    const had = log.contains(document.activeElement);
    const rows = [...decisions.values()].sort((one, two) => two.number - one.number);
    log.replaceChildren(...rows.map(logged));
    if (rows.length === 0) log.append(make("li", { textContent: "Nothing is decided yet." }));
    rove(log);
    if (had) (log.querySelector("[data-roving]") ?? tabs.querySelector("[aria-selected=true]")).focus();
  }

  function logged(row) {
    const by = state.taken_back[row.number];
    const time = new Date(row.time).toLocaleString([], { dateStyle: "short", timeStyle: "short" });
    const what = row.decision === "undo" ? `undo ${row.undoes}` : row.decision;
    const moved = [row.hits_gained && `+${minus(row.hits_gained)}`, row.hits_lost && `−${minus(row.hits_lost)}`];
    const item = make("li", { className: by ? "mf-curation-gone" : "" }, [
      part("count", "span", { textContent: String(row.number) }),
      part("when", "span", { textContent: time }),
      part("what", "span", {}, [
        what,
        " ",
        make("strong", {}, visible(row.term ?? "definition")),
        ...(state.categories.length > 1 ? [` in ${row.category}`] : []),
        row.reason ? `: ${row.reason}` : "",
      ]),
      part("moved", "span", { textContent: moved.filter(Boolean).join(" ") }),
    ]);
    if (by) item.append(part("by", "span", { textContent: `taken back by ${by}` }));
    else {
      const button = make("button", { type: "button", textContent: "Undo" });
      button.dataset.roving = "";
      button.setAttribute("aria-label", `Undo ${row.number}: ${what} ${row.term ?? "definition"}`);
      button.addEventListener("click", () => takeBack(row), listen);
      item.append(button);
    }
    return item;
  }

  // --- showing --------------------------------------------------------------------------

  function showHead() {
    category.hidden = state.categories.length < 2;
    only.hidden = !category.hidden;
    only.textContent = state.category;
    if (category.children.length !== state.categories.length)
      category.replaceChildren(
        ...state.categories.map((value) => make("option", { value, textContent: value })),
      );
    category.value = state.category;
    counters.textContent = state.counters;
    undo.hidden = state.undo === null;
    if (state.undo) {
      undo.replaceChildren(`Undo: ${state.undo.what} `, make("kbd", { textContent: "u" }));
      undo.setAttribute("aria-keyshortcuts", "u");
    }
    definition.textContent = state.definition;
    // What somebody is writing stays as it is.
    if (!editing.contains(document.activeElement)) {
      editing.hidden = state.definition !== "";
      defined.hidden = !editing.hidden;
      hint.hidden = state.definition !== "";
      leave.hidden = state.definition === "";
      if (written.value.trim() === "" || state.definition) written.value = state.definition;
    }
    subcategories.replaceChildren(...state.subcategories.map((value) => make("option", { value })));
    if (kind.children.length === 0)
      kind.append(
        make("option", { value: "", textContent: "not said" }),
        ...state.kinds.map((value) => make("option", { value, textContent: value })),
      );
    const sizes = { entries: state.entries.length, decisions: decisions.size };
    for (const button of tabs.children) {
      const name = button.dataset.tab;
      button.textContent = sizes[name] ? `${TABS[name]} (${minus(sizes[name])})` : TABS[name];
      button.setAttribute("aria-selected", String(name === tab));
      button.tabIndex = name === tab ? 0 : -1;
    }
    panel.setAttribute("aria-labelledby", `${mark}-${tab}`);
    panel.dataset.tab = tab;
  }

  function show() {
    showHead();
    pane.hidden = tab === "decisions";
    for (const [name, button] of Object.entries(buttons))
      button.hidden = !OFFERED[tab].includes(name);
    showList();
    showLog();
  }

  function open(name) {
    if (name === tab || !state) return;
    tab = name;
    search.value = "";
    show();
    if (tab !== "decisions") choose(tab === "add" ? null : chosen[tab]);
    if (tab === "suggestions" && candidates === null) askForSuggestions();
  }

  // --- what Python says -----------------------------------------------------------------

  function takeState(said) {
    const first = state === null;
    const other = state?.category !== said.category;
    const content = state?.content;
    for (const row of said.decisions) decisions.set(row.number, row);
    state = said;
    if (other) {
      candidates = null;
      chosen.suggestions = chosen.entries = null;
      skipped.clear();
      decided.clear();
    }
    if (content !== said.content) previews.clear();
    show();
    if (first) tell(`Every decision is saved to ${state.file} at once.`);
    if (other || (content !== said.content && candidates !== null)) askForSuggestions();
  }

  function receive(message, own) {
    if (message.kind === "failed" && !state) return tell(`Nothing to show: ${message.error}`, true);
    if (own?.kind === "decide" && message.kind === "saved") settled(message, own);
    if (message.state) takeState(message.state);
    if (message.stamp) state.stamp = message.stamp;
    if (message.kind === "suggestions") takeSuggestions(message);
    else if (message.kind === "preview") takePreview(message, own);
    else if (message.kind === "more") takeMore(message, own);
    else if (message.kind === "hits") takeHits(message);
    else if (message.kind === "refused") refused(message, own);
    else if (own?.kind === "judged" && message.kind === "saved") takeJudged(message, own);
    else if (own?.kind === "undo" && message.kind === "saved") undone(message);
  }

  // The entry that was changed is another one now, and stays chosen.
  function settled(message, own) {
    if (own.old && own.old === chosen.entries && message.line) {
      chosen.entries = message.line;
      original = JSON.stringify(draft());
    }
  }

  function undone({ term: again }) {
    decided.delete(again);
    skipped.delete(again);
    if (tab === "suggestions" && (candidates ?? []).some((row) => row.term === again)) {
      choose(again);
      showList();
      focusChosen();
    } else showList();
  }

  // Python had a reason not to do it: nothing is lost, and nothing is tried again.
  function refused({ error }, own) {
    if (own.candidate) decided.delete(own.candidate);
    show();
    if (own.kind === "decide" && own.candidate && tab === "suggestions") {
      chosen.suggestions = own.candidate;
      showList();
      fill(own.draft);
    } else if (own.kind === "decide" && own.draft && tab === "add") fill(own.draft);
    tell(`Not done: ${error}`, true);
  }

  function takeSuggestions({ rows, making, why, category: of }) {
    if (of !== state.category) return;
    if (making) {
      asking = setTimeout(askForSuggestions, ASK_AGAIN);
      return show();
    }
    whyNone = why ?? "";
    const reading = (candidates ?? []).find((row) => row.term === chosen.suggestions);
    candidates = withFirst(rows, reading);
    hideNames.hidden = !rows.some((row) => row.share_capitals !== undefined);
    showList();
  }

  function takePreview(message, own) {
    if (own.name !== JSON.stringify([state.category, state.content, { old: own.old, draft: own.draft }]))
      return; // the lexicon is another one by now
    previews.set(own.name, message);
    if (own.name === nameOf(targetOf()) && tab !== "decisions") showPreview(message);
  }

  function takeMore(message, own) {
    if (own.name !== nameOf(targetOf())) return;
    const preview = previews.get(own.name);
    const at = preview.lines.length;
    previews.set(own.name, { ...preview, lines: [...preview.lines, ...message.lines] });
    contexts.append(...message.lines.map((line) => lineOf(line, true)));
    tenMore.hidden = contexts.children.length >= preview.n_lines;
    rove(contexts);
    const first = contexts.children[at]?.querySelector("[data-roving]");
    if (first) moveTo(contexts, first);
  }

  function takeHits({ hits, entry, said }) {
    if (hits.length === 0) return tell(`All hits of ${entry} are judged: ${said}.`);
    judging = { hits, entry, said, place: 0, answers: {}, whole: false };
    about.hidden = true;
    judge.hidden = false;
    showJudge();
  }

  function takeJudged({ said }, own) {
    for (const entry of state.entries) if (entry.term === own.entry) entry.judged = said;
    showList();
    if (judging?.entry !== own.entry) return;
    judging.said = said;
    const soFar = judge.querySelector(".mf-curation-so-far");
    if (soFar) soFar.textContent = said;
  }

  // --- keys -----------------------------------------------------------------------------

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !state) return;
    const within = event.target;
    const writes = within.matches("textarea, select, input:not([type=checkbox])");
    if (judging && !writes) {
      if (event.repeat || !pressInJudge(event)) return;
    } else if (event.key === "Escape") {
      if (within === written) leaveDefinition();
      else {
        closeMaker();
        focusChosen();
      }
    } else if (writes || !(event.key.toLowerCase() in KEYS)) return;
    // A key held down would decide about what follows.
    else if (!event.repeat) act(KEYS[event.key.toLowerCase()]);
    event.preventDefault();
    event.stopPropagation();
  }

  function leaveDefinition() {
    if (!state.definition) return focusChosen();
    written.value = state.definition;
    editing.hidden = true;
    defined.hidden = false;
    edit.focus();
  }

  keys.textContent =
    "Keys work when the list or a button has the focus: ↑ ↓ another term, the letters on the " +
    "buttons, Escape from a field back to the list.";
  arrows(tabs);
  arrows(list);
  arrows(contexts);
  arrows(log);
  tabs.addEventListener("focusin", ({ target }) => open(target.dataset.tab), listen);
  tabs.addEventListener("click", ({ target }) => target.dataset.tab && open(target.dataset.tab), listen);
  list.addEventListener(
    "focusin",
    ({ target }) => target.dataset.key !== chosen[tab] && choose(target.dataset.key),
    listen,
  );
  list.addEventListener("click", ({ target }) => target.closest("[role=option]")?.focus(), listen);
  search.addEventListener("input", showList, listen);
  sign.addEventListener("change", () => { sign.title = MEANINGS[sign.value]; showList(); }, listen);
  names.addEventListener("change", showList, listen);
  for (const input of [term, nearTerms, nearTokens, subcategory, ownNote])
    input.addEventListener("input", lookSoon, listen);
  for (const input of [capitals, nearSentence, nearSide, kind])
    input.addEventListener("change", lookSoon, listen);
  term.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      look();
      (tab === "entries" ? buttons.save : buttons.accept).focus();
    },
    listen,
  );
  tenMore.addEventListener(
    "click",
    () => {
      const target = targetOf();
      ask({ kind: "more", ...target, name: nameOf(target), offset: contexts.children.length });
    },
    listen,
  );
  undo.addEventListener("click", () => act("undo"), listen);
  edit.addEventListener(
    "click",
    () => {
      editing.hidden = false;
      defined.hidden = true;
      written.focus();
    },
    listen,
  );
  saveDefinition.addEventListener("click", define, listen);
  leave.addEventListener("click", leaveDefinition, listen);
  category.addEventListener("change", () => ask({ kind: "open", category: category.value }), listen);
  root.addEventListener("keydown", press, listen);
  tell("Loading …");
  ask({ kind: "open" });

  return () => {
    stop.abort();
    clearTimeout(asking);
    clearTimeout(typing);
    connection.stop();
  };
}

export default { render };
