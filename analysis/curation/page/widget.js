// The page of curate: candidates and entries on the left; on the right what the chosen one would
// change. Python counts, draws and saves; what is listed, and in which order, is decided here.

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
  share_contexts: "shared contexts",
};
const MEANINGS = {
  all: "The mean of its ranks by the three signs.",
  z: "It stands in sentences with the category more often than elsewhere.",
  similarity: "It stands in sentences with the same words as hits of the category.",
  share_contexts: "It stands between the same two words as hits of the category.",
};
const ACTIONS = [
  ["accept", "a", "Accept"],
  ["reject", "r", "Reject"],
  ["skip", "s", "Skip"],
  ["save", "c", "Save change"],
  ["drop", "d", "Drop"],
  ["judge", "j", "Judge twenty"],
  ["exclude", "x", "Exclude a phrase"],
];
const OFFERED = {
  suggestions: ["accept", "reject", "skip", "exclude"],
  entries: ["save", "drop", "judge", "exclude"],
  add: ["accept", "exclude"],
  decisions: [],
};
const UNDEFINED = "Write what counts and what does not: you decide by it.";
const MAKING =
  "The first list is being made: every sentence is read once. Meanwhile you can write the " +
  "definition, or add terms by hand.";
const HELP =
  "Keys work while the list or a button has the focus: ↑ ↓ go to another term, letters do what " +
  "the buttons say, Enter and Escape leave a field.";

function render({ model, el }) {
  const mark = `mf-${Math.random().toString(36).slice(2)}`;
  let state = null; // what Python said last of the category
  let tab = "suggestions";
  let candidates = null; // null while there are none yet
  let whyNone = "";
  let looking = 0; // how many questions about drafts are under way
  let asking = null;
  let typing = null;
  const decisions = new Map(); // by number
  const chosen = { suggestions: null, entries: null };
  const skipped = new Set();
  const decided = new Map(); // candidates decided about here, with the terms that were accepted
  const previews = new Map(); // what was counted for the lexicon as it stands, by draft

  // --- the parts of the page ------------------------------------------------------------

  const root = make("div", { className: "mf-page mf-curation", role: "group" });
  root.setAttribute("aria-label", "Curating a lexicon");
  const { node: status, tell } = statusLine(root);
  const category = make("select");
  category.setAttribute("aria-label", "Category");
  const only = piece("only", "strong");
  const counters = piece("counters", "span");
  const undo = piece("undo", "button", { type: "button", onclick: () => takeBack(state.undo) });
  undo.setAttribute("aria-keyshortcuts", "u");

  const definition = piece("definition", "p");
  const edit = make("button", { type: "button", textContent: "Edit definition", onclick: startDefining });
  const defined = piece("defined", "div", {}, [definition, edit]);
  const hint = piece("hint", "p", { textContent: UNDEFINED });
  const written = make("textarea", { rows: 2 });
  written.setAttribute("aria-label", "Definition of the category");
  const cancel = make("button", { type: "button", textContent: "Cancel", onclick: stopDefining });
  const defining = piece("defining", "div", {}, [
    hint,
    written,
    row(make("button", { type: "button", textContent: "Save definition", onclick: define }), cancel),
  ]);

  const tabs = piece("tabs", "div", { role: "tablist" });
  tabs.setAttribute("aria-label", "What to work on");
  for (const name of Object.keys(TABS)) {
    const button = piece("tab", "button", { type: "button", role: "tab", id: `${mark}-${name}` });
    button.dataset.roving = "";
    button.dataset.tab = name;
    button.setAttribute("aria-controls", `${mark}-panel`);
    tabs.append(button);
  }

  const search = make("input", { type: "search", placeholder: "Search" });
  search.setAttribute("aria-label", "Search the list");
  const sign = choice(SIGNS);
  sign.setAttribute("aria-label", "Sort by");
  const hideNames = make("input", { type: "checkbox", checked: true });
  const nNames = make("span");
  const sorting = piece("sorting", "div", {}, [sign, box(hideNames, nNames)]);
  const heading = piece("heading");
  heading.setAttribute("aria-hidden", "true");
  const list = piece("list", "div", { role: "listbox" });
  const empty = piece("empty", "p");
  const byHand = make("button", { type: "button", onclick: addByHand });
  const left = piece("left", "div", {}, [sorting, heading, list, empty, byHand]);
  const side = piece("side", "div", {}, [search, left]);

  const form = makeForm(mark, { changed: lookSoon });
  const { term, reason } = form;
  const buttons = {};
  for (const [name, key, label] of ACTIONS) buttons[name] = keyed(label, key, () => act(name));
  for (const name of ["accept", "save"]) buttons[name].classList.add("mf-primary");
  const lint = piece("lint", "ul");
  const told = piece("told", "p");
  told.setAttribute("aria-live", "polite");
  const more = piece("more", "ul");
  const lines = makeLines({ exclude });
  const tenMore = make("button", { type: "button", textContent: "Ten more", onclick: askForMore });
  const lost = makeLines();
  const about = piece("about", "div", {}, [
    term,
    piece("actions", "div", {}, Object.values(buttons)),
    told,
    lint,
    form.exclusions,
    more,
    lost.heading,
    lost.list,
    lines.heading,
    lines.list,
    tenMore,
    piece("reason", "label", {}, ["Reason, if you want to give one", reason]),
    form.options,
  ]);
  const judge = makeJudge({
    save: saveJudgement,
    more: startJudging,
    leave: stopJudging,
    told: () => ({ name: state.category, definition: state.definition }),
  });
  const pane = piece("pane", "div", {}, [about, judge.node]);
  const log = makeLog({ undo: takeBack });
  const panel = piece("panel", "div", { role: "tabpanel", id: `${mark}-panel` }, [
    side,
    pane,
    log.node,
  ]);
  const connection = connect(model, { tell, receive, file: () => state?.file ?? "" });
  root.append(
    piece("head", "div", {}, [category, only, counters, undo]),
    piece("says", "div", {}, [status, connection.againButton]),
    defined,
    defining,
    tabs,
    panel,
    piece("keys", "p", { textContent: HELP }),
  );
  el.append(root);

  // --- asking Python --------------------------------------------------------------------

  // Python answers with all that the page does not know yet, whoever has decided it.
  const known = () => ({
    category: state?.category ?? null,
    known: { stamp: state?.stamp ?? "", number: state?.number ?? 0 },
  });
  const ask = (message) => connection.post({ ...known(), ...message });
  const save = (key, message) =>
    connection.send(`${state.category}|${key}`, { ...known(), ...message });

  const targetOf = () => ({ old: tab === "entries" ? chosen.entries : null, draft: form.draft() });
  const nameOf = ({ old, draft }, content = state.content) =>
    JSON.stringify([state.category, content, old, draft]);

  function askForSuggestions() {
    clearTimeout(asking);
    ask({ kind: "suggest" });
  }

  // What the draft would change; at once where it was counted before.
  function look() {
    clearTimeout(typing);
    if (tab === "decisions" || about.hidden) return;
    if (!term.value.trim()) return showNothing();
    const target = targetOf();
    const found = previews.get(nameOf(target));
    if (found) return showPreview(found);
    about.setAttribute("aria-busy", "true");
    looking += 1;
    ask({ kind: "preview", ...target });
  }

  function lookSoon() {
    clearTimeout(typing);
    typing = setTimeout(look, TYPING);
    showButtons();
  }

  // While one candidate is read, the next is counted.
  function lookAhead() {
    if (tab !== "suggestions" || looking) return;
    const rows = rowsOf();
    const next = rows[rows.findIndex(({ key }) => key === chosen.suggestions) + 1];
    const target = { old: null, draft: { term: next?.term } };
    if (!next || previews.has(nameOf(target))) return;
    looking += 1;
    ask({ kind: "preview", ...target });
  }

  function askForMore() {
    ask({ kind: "more", ...targetOf(), offset: lines.list.children.length });
  }

  // --- lists ----------------------------------------------------------------------------

  const entryRow = (entry) => ({
    ...entry,
    key: entry.line,
    cells: [number(entry.n_documents), number(entry.n_hits)],
    said: entry.judged,
  });
  const candidateRow = (one) => ({
    ...one,
    key: one.term,
    cells: [number(one.n_documents), `+${number(one.new_hits)}`],
    said: skipped.has(one.term) ? "skipped" : "",
  });

  function openCandidates() {
    const gone = new Set([...decided.keys(), ...state.rejected, ...state.entries.map((one) => one.term)]);
    return (candidates ?? []).filter((one) => !gone.has(one.term));
  }

  function rowsOf() {
    if (tab === "entries") return matching(state.entries, search.value).map(entryRow);
    const open = openCandidates().filter((one) => !(hideNames.checked && isName(one)));
    return matching(ordered(open, sign.value, skipped), search.value).map(candidateRow);
  }

  function optionOf({ key, term: name, cells, said }) {
    const option = piece("option", "div", { role: "option" }, [
      piece("name", "span", {}, visible(name)),
      ...cells.map((textContent) => piece("number", "span", { textContent })),
      ...(said ? [piece("said", "span", { textContent: said })] : []),
    ]);
    option.dataset.roving = "";
    option.dataset.key = key;
    const [documents, hits] = cells;
    option.setAttribute("aria-label", `${name}: ${documents} documents, ${hits} hits ${said}`);
    return option;
  }

  function showList() {
    left.hidden = tab !== "suggestions" && tab !== "entries";
    if (left.hidden) return;
    const had = list.contains(document.activeElement);
    const rows = rowsOf();
    const last = tab === "entries" ? "Hits" : "New hits";
    const heads = ["Term", "Documents", last].map((textContent) => make("span", { textContent }));
    heading.replaceChildren(...heads);
    list.replaceChildren(...rows.map(optionOf));
    list.setAttribute("aria-label", TABS[tab]);
    list.hidden = heading.hidden = rows.length === 0;
    sorting.hidden = tab !== "suggestions" || candidates === null;
    const names = openCandidates().filter(isName).length;
    nNames.textContent = `hide names (${number(names)})`;
    nNames.parentElement.hidden = names === 0;
    showWhyEmpty(rows);
    const wanted = rows.some(({ key }) => key === chosen[tab]) ? chosen[tab] : rows[0]?.key ?? null;
    if (wanted === chosen[tab]) markChosen();
    else choose(wanted);
    if (had) focusChosen();
  }

  function showWhyEmpty(rows) {
    const sought = search.value.trim();
    empty.hidden = rows.length > 0;
    byHand.hidden = rows.length > 0 || !sought;
    byHand.textContent = `Add “${sought}” by hand`;
    if (sought) empty.textContent = "Nothing in the list has these letters.";
    else if (tab === "entries") empty.textContent = "There is no entry.";
    else if (candidates === null) empty.textContent = MAKING;
    else empty.textContent = whyNone || "No suggestion is left. Add terms by hand.";
  }

  const optionAt = (key) => [...list.children].find((option) => option.dataset.key === key);

  function markChosen() {
    for (const option of list.children) {
      const is = option.dataset.key === chosen[tab];
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

  function choose(key) {
    stopJudging(false);
    about.hidden = key === null && tab !== "add";
    if (tab in chosen) chosen[tab] = key;
    markChosen();
    if (about.hidden) return;
    const found = tab === "add" ? {} : rowsOf().find((one) => one.key === key);
    fill(found.fields ?? { term: found.term });
  }

  function fill(fields) {
    form.fill(fields);
    showButtons();
    look();
  }

  function focusChosen() {
    if (tab === "add") term.focus();
    else (optionAt(chosen[tab]) ?? search).focus({ preventScroll: true });
  }

  function addByHand() {
    const sought = search.value.trim();
    open("add");
    fill({ term: sought });
    term.focus();
  }

  // --- what a change would do -----------------------------------------------------------

  function showButtons() {
    for (const [name, button] of Object.entries(buttons)) button.hidden = !OFFERED[tab].includes(name);
    inert(buttons.accept, !term.value.trim());
    inert(buttons.save, !form.isChanged());
    inert(buttons.exclude, lines.list.children.length === 0);
  }

  const items = (texts) => texts.map((textContent) => make("li", { textContent }));

  function showNothing() {
    showPreview({ sentences: ["Write a word or a phrase. An asterisk stands for any ending: envoy*"], lint: [], lines: [], lost: [], n_lines: 0 });
  }

  function showPreview({ error, sentences, lint: found, ...shown }) {
    const [first, ...rest] = sentences;
    about.removeAttribute("aria-busy");
    told.textContent = error ?? first;
    told.classList.toggle("mf-curation-fault", error !== undefined);
    more.replaceChildren(...items(rest));
    lint.replaceChildren(...items(found));
    lines.show(shown.lines, shown.heading);
    lost.show(shown.lost, shown.lost_heading);
    tenMore.hidden = shown.lines.length >= shown.n_lines;
    showButtons();
    lookAhead();
  }

  function exclude(phrase) {
    form.exclude(phrase);
    look();
    focusChosen();
  }

  // --- deciding -------------------------------------------------------------------------

  function act(name) {
    if (name === "undo") return takeBack(state.undo);
    if (!OFFERED[tab].includes(name) || about.hidden || isInert(buttons[name])) return;
    if (name === "exclude") return lines.open();
    if (name === "judge") return startJudging();
    if (name === "skip") return skip();
    const fault = previews.get(nameOf(targetOf()))?.error;
    if (fault && ["accept", "save"].includes(name)) return tell(`Not saved: ${fault}`, true);
    ({ accept, reject, save: change, drop })[name]();
  }

  const why = () => ({ reason: reason.value.trim() });

  function accept() {
    const draft = form.draft();
    const message = { kind: "decide", decision: "accept", draft, ...why() };
    if (tab === "suggestions") return decideOn(draft.term, { ...message, candidate: chosen.suggestions });
    save(draft.term, message);
    fill({});
    term.focus();
  }

  function reject() {
    const candidate = chosen.suggestions;
    const draft = { term: candidate };
    decideOn(candidate, { kind: "decide", decision: "reject", candidate, draft, ...why() });
  }

  function decideOn(accepted, message) {
    const next = keyBeside(rowsOf(), chosen.suggestions);
    decided.set(message.candidate, accepted);
    save(message.candidate, message);
    goOn(next);
  }

  function skip() {
    const next = keyBeside(rowsOf(), chosen.suggestions);
    skipped.add(chosen.suggestions);
    goOn(next);
  }

  function goOn(next) {
    choose(next);
    showList();
    focusChosen();
  }

  function change() {
    save(chosen.entries, { kind: "decide", decision: "change", ...targetOf(), ...why() });
    form.settle();
    showButtons();
    focusChosen();
  }

  function drop() {
    const old = chosen.entries;
    const message = { kind: "decide", decision: "drop", old, ...why() };
    if (state.entries.length > 1) choose(keyBeside(rowsOf(), old));
    save(old, message);
    focusChosen();
  }

  function takeBack(decision) {
    if (decision) save(`undo ${decision.number}`, { kind: "undo", number: decision.number });
  }

  // --- the definition -------------------------------------------------------------------

  function startDefining() {
    written.value = state.definition;
    showDefinition(true);
    written.focus();
  }

  function stopDefining() {
    written.value = state.definition;
    showDefinition(!state.definition);
    if (state.definition) edit.focus();
    else focusChosen();
  }

  function define() {
    const text = written.value.trim();
    if (text === state.definition) return stopDefining();
    save("definition", { kind: "decide", decision: "define", definition: text, reason: "" });
    state.definition = text;
    stopDefining();
  }

  function showDefinition(asked) {
    definition.textContent = state.definition;
    defining.hidden = !asked;
    defined.hidden = asked;
    hint.hidden = cancel.hidden = false;
    hint.hidden = state.definition !== "";
    cancel.hidden = state.definition === "";
  }

  // --- judging --------------------------------------------------------------------------

  function startJudging() {
    const { term: entry } = state.entries.find(({ line }) => line === chosen.entries);
    ask({ kind: "judge", entry });
  }

  function stopJudging(focus = true) {
    if (judge.node.hidden) return;
    judge.end();
    about.hidden = false;
    look();
    if (focus) focusChosen();
  }

  function saveJudgement(hit, entry, code) {
    const { document_id, paragraph, start, end } = hit;
    const key = `judged ${document_id} ${paragraph} ${start} ${end}`;
    save(key, { kind: "judged", document_id, paragraph, start, end, entry, code });
  }

  // --- showing --------------------------------------------------------------------------

  function showHead() {
    const { categories } = state;
    only.hidden = categories.length > 1;
    category.hidden = !only.hidden;
    only.textContent = state.category;
    if (category.children.length !== categories.length)
      category.replaceChildren(...categories.map((value) => make("option", { value, textContent: value })));
    category.value = state.category;
    counters.textContent = state.counters;
    undo.hidden = state.undo === null;
    if (state.undo) undo.replaceChildren(`Undo: ${state.undo.what} `, make("kbd", { textContent: "u" }));
    // What somebody is writing stays as it is.
    if (!defining.contains(document.activeElement) && (!written.value.trim() || defining.hidden))
      showDefinition(state.definition === "");
  }

  function showTabs() {
    const sizes = { entries: state.entries.length, decisions: decisions.size };
    for (const button of tabs.children) {
      const name = button.dataset.tab;
      button.textContent = sizes[name] ? `${TABS[name]} (${number(sizes[name])})` : TABS[name];
      button.setAttribute("aria-selected", String(name === tab));
      button.tabIndex = name === tab ? 0 : -1;
    }
    panel.setAttribute("aria-labelledby", `${mark}-${tab}`);
    panel.dataset.tab = tab;
    side.hidden = tab === "add";
  }

  function showLog() {
    pane.hidden = tab === "decisions";
    log.node.hidden = !pane.hidden;
    if (pane.hidden === false) return;
    const had = log.node.contains(document.activeElement);
    const newest = [...decisions.values()].sort((one, two) => two.number - one.number);
    log.show(matching(newest, search.value), state);
    if (had) (log.node.querySelector("[data-roving]") ?? search).focus();
  }

  function show() {
    showHead();
    showTabs();
    showLog();
    form.offer(state);
    showButtons();
    showList();
  }

  function open(name) {
    if (!state || name === tab) return;
    tab = name;
    search.value = "";
    show();
    if (tab !== "decisions") choose(tab === "add" ? null : chosen[tab]);
  }

  // --- what Python says -----------------------------------------------------------------

  function receive(message, own) {
    if (message.kind === "failed" && !state) return tell(`Nothing to show: ${message.error}`, true);
    const saved = message.kind === "saved" ? own?.kind : null;
    // Before the list is drawn: the entry that was changed is another one now.
    if (saved === "decide" && own.old && own.old === chosen.entries && message.line)
      chosen.entries = message.line;
    if (own?.kind === "preview") looking -= 1;
    if (message.state) takeState(message.state);
    if (message.stamp && state) state.stamp = message.stamp;
    if (saved === "undo") takeUndone(message);
    else if (saved === "judged") takeJudged(message, own);
    else if (message.kind === "refused") takeRefusal(message, own);
    else if (message.kind === "suggestions") takeSuggestions(message);
    else if (message.kind === "preview") takePreview(message, own);
    else if (message.kind === "more") takeMore(message, own);
    else if (message.kind === "hits") takeHits(message);
  }

  function takeState(said) {
    const first = state === null;
    const other = state?.category !== said.category;
    const changed = state?.content !== said.content;
    for (const decision of said.decisions) decisions.set(decision.number, decision);
    state = said;
    if (changed) previews.clear();
    if (other) {
      candidates = chosen.suggestions = chosen.entries = null;
      written.value = "";
      skipped.clear();
      decided.clear();
    }
    show();
    if (first) tell(`Every decision is saved to ${state.file} at once.`);
    if (other || (changed && candidates !== null)) askForSuggestions();
    if (changed && !looking) look();
  }

  // What was taken back can be decided again.
  function takeUndone({ term: again }) {
    for (const [candidate, accepted] of decided) {
      if (accepted !== again) continue;
      decided.delete(candidate);
      const isListed = (candidates ?? []).some((one) => one.term === candidate);
      if (tab === "suggestions" && isListed) return goOn(candidate);
    }
    showList();
  }

  // Python had a reason not to do it. It is not tried again, and what was written is not lost.
  function takeRefusal({ error }, own) {
    if (own.candidate) {
      decided.delete(own.candidate);
      if (tab === "suggestions") goOn(own.candidate);
    } else showList();
    const isOpen = tab === (own.candidate ? "suggestions" : "add");
    if (own.decision === "accept" && isOpen) fill(own.draft);
    tell(`Not done: ${error}`, true);
  }

  function takeSuggestions({ category: of, rows, making, why: reasonWhy }) {
    if (of !== state.category) return;
    if (making) {
      asking = setTimeout(askForSuggestions, ASK_AGAIN);
      return;
    }
    const first = candidates === null;
    const reading = (candidates ?? []).find((one) => one.term === chosen.suggestions);
    whyNone = reasonWhy ?? "";
    candidates = withFirst(rows, reading);
    // From now on a wildcard is tried on all words of the texts.
    if (first) previews.clear();
    showList();
    if (first && tab !== "suggestions") look();
  }

  function takePreview(message, own) {
    if (message.content === state.content) previews.set(nameOf(own), message);
    if (tab === "decisions" || about.hidden) return;
    const found = previews.get(nameOf(targetOf()));
    if (nameOf(own) === nameOf(targetOf()) && found) showPreview(found);
    else if (!looking && !found) look();
  }

  function takeMore(message, own) {
    const preview = previews.get(nameOf(own));
    if (nameOf(own) !== nameOf(targetOf()) || !preview) return;
    previews.set(nameOf(own), { ...preview, lines: [...preview.lines, ...message.lines] });
    lines.append(message.lines);
    tenMore.hidden = lines.list.children.length >= preview.n_lines;
  }

  function takeHits(message) {
    if (message.hits.length === 0) return tell(`All hits of ${message.entry} are judged: ${message.said}`);
    about.hidden = true;
    judge.begin(message);
  }

  function takeJudged({ said }, { entry: of }) {
    for (const entry of state.entries) if (entry.term === of) entry.judged = said;
    judge.tell(of, said);
    showList();
  }

  // --- keys -----------------------------------------------------------------------------

  const actions = { ...Object.fromEntries(ACTIONS.map(([name, key]) => [key, name])), u: "undo" };

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !state) return;
    const { target, key } = event;
    const writes = target.matches("textarea, select, input:not([type=checkbox])");
    if (!judge.node.hidden && !writes) {
      if (!judge.press(event)) return;
    } else if (key === "Escape" && target === written) stopDefining();
    else if (key === "Escape" || (key === "Enter" && target === reason)) {
      lines.close();
      focusChosen();
    } else if (key === "Enter" && target === term) {
      look();
      buttons[tab === "entries" ? "save" : "accept"].focus();
    } else if (key === "Enter" && target === search && tab !== "decisions") focusChosen();
    else if (writes || !(key.toLowerCase() in actions)) return;
    // A key held down would decide about what follows.
    else if (!event.repeat) act(actions[key.toLowerCase()]);
    event.preventDefault();
    event.stopPropagation();
  }

  arrows(tabs);
  arrows(list);
  tabs.addEventListener("focusin", ({ target }) => open(target.dataset.tab));
  tabs.addEventListener("click", ({ target }) => target.dataset.tab && open(target.dataset.tab));
  list.addEventListener("focusin", ({ target }) => {
    if (target.dataset.key !== undefined && target.dataset.key !== chosen[tab]) choose(target.dataset.key);
  });
  list.addEventListener("click", ({ target }) => target.closest("[role=option]")?.focus());
  search.addEventListener("input", () => state && (tab === "decisions" ? showLog() : showList()));
  hideNames.addEventListener("change", showList);
  sign.addEventListener("change", showList);
  sign.addEventListener("change", () => (sign.title = MEANINGS[sign.value]));
  category.addEventListener("change", () => ask({ kind: "open", category: category.value }));
  root.addEventListener("keydown", press);
  tell("Loading …");
  ask({ kind: "open" });

  return () => {
    clearTimeout(asking);
    clearTimeout(typing);
    connection.stop();
  };
}

export default { render };
