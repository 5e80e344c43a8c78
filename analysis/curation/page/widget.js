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
  all: "by all signs",
  z: "by log-odds",
  similarity: "by similarity",
  n_shared_contexts: "by shared contexts",
};
const MEANINGS = {
  all: "The mean of its ranks by the three signs.",
  z: "It stands in sentences with the category more often than elsewhere.",
  similarity: "It stands in sentences with the same words as hits of the category.",
  n_shared_contexts: "It stands between the same two words as hits of the category.",
};
const ACTIONS = [
  ["accept", "a", "Accept"],
  ["reject", "r", "Reject"],
  ["skip", "s", "Skip"],
  ["save", "c", "Save change"],
  ["drop", "d", "Drop"],
  ["judge", "j", "Judge twenty"],
  ["exclude", "x", "Exclude …"],
];
const OFFERED = {
  suggestions: ["accept", "reject", "skip", "exclude"],
  entries: ["save", "drop", "judge", "exclude"],
  add: ["accept", "exclude"],
  decisions: [],
};
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
  let undoing = false; // as soon as what was decided before is saved
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
  const head = makeHead({
    choose: (category) => ask({ kind: "open", category }),
    undo: () => act("undo"),
  });
  const definition = makeDefinition({
    save: (text) =>
      save("definition", { kind: "decide", decision: "define", definition: text, reason: "" }),
    leave: focusChosen,
  });
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
  const { list, heading, ...rows } = makeList({ choose });
  const empty = piece("empty", "p");
  const byHand = make("button", { type: "button", onclick: addByHand });
  const left = piece("left", "div", {}, [sorting, heading, list, empty, byHand]);
  const side = piece("side", "div", {}, [search, left]);

  const form = makeForm(mark, { changed: lookSoon });
  const { term, reason } = form;
  const buttons = {};
  for (const [name, key, label] of ACTIONS) buttons[name] = keyed(label, key, () => act(name));
  for (const name of ["accept", "save"]) buttons[name].classList.add("mf-primary");
  const effects = makeEffects({ exclude, askForMore });
  const about = piece("about", "div", {}, [
    term,
    piece("actions", "div", {}, Object.values(buttons)),
    effects.sentences,
    form.exclusions,
    piece("reason", "label", {}, ["Reason, if you want to give one", reason]),
    form.options,
    effects.places,
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
    head.node,
    piece("says", "div", {}, [status, connection.againButton]),
    definition.node,
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
    if (!term.value.trim()) return showPreview(INVITATION);
    const target = targetOf();
    const found = previews.get(nameOf(target));
    if (found) return showPreview(found);
    effects.busy(true);
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
    const listed = rowsOf();
    const next = listed[listed.findIndex(({ key }) => key === chosen.suggestions) + 1];
    const target = { old: null, draft: { term: next?.term } };
    if (!next || previews.has(nameOf(target))) return;
    looking += 1;
    ask({ kind: "preview", ...target });
  }

  function askForMore() {
    ask({ kind: "more", ...targetOf(), offset: effects.shown() });
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
    const entries = state.entries.map((one) => one.term);
    const gone = new Set([...decided.keys(), ...state.rejected, ...entries]);
    return (candidates ?? []).filter((one) => !gone.has(one.term));
  }

  function rowsOf() {
    if (tab === "entries") return matching(state.entries, search.value).map(entryRow);
    const open = openCandidates().filter((one) => !(hideNames.checked && isName(one)));
    return matching(ordered(open, sign.value, skipped), search.value).map(candidateRow);
  }

  function showList() {
    left.hidden = tab !== "suggestions" && tab !== "entries";
    if (left.hidden) return;
    const had = rows.has(document.activeElement);
    const shown = rowsOf();
    const last = tab === "entries" ? "Hits" : "New hits";
    rows.show(shown, TABS[tab], ["Term", "Documents", last]);
    sorting.hidden = tab !== "suggestions" || candidates === null;
    const names = openCandidates().filter(isName).length;
    nNames.textContent = `hide names (${number(names)})`;
    nNames.parentElement.hidden = names === 0;
    showWhyEmpty(shown.length === 0);
    const isListed = shown.some(({ key }) => key === chosen[tab]);
    if (isListed) rows.mark(chosen[tab]);
    else choose(shown[0]?.key ?? null);
    if (had) focusChosen();
  }

  function showWhyEmpty(isEmpty) {
    const sought = search.value.trim();
    empty.hidden = !isEmpty;
    byHand.hidden = !isEmpty || !sought;
    byHand.textContent = `Add “${sought}” by hand`;
    if (sought) empty.textContent = "Nothing in the list has these letters.";
    else if (tab === "entries") empty.textContent = "There is no entry.";
    else if (candidates === null) empty.textContent = MAKING;
    else empty.textContent = whyNone || "No suggestion is left. Add terms by hand.";
  }

  function choose(key) {
    stopJudging(false);
    about.hidden = key === null && tab !== "add";
    if (tab in chosen) chosen[tab] = key;
    rows.mark(key);
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
    else if (!rows.focus(chosen[tab])) search.focus({ preventScroll: true });
  }

  function addByHand() {
    const sought = search.value.trim();
    open("add");
    fill({ term: sought });
    term.focus();
  }

  // --- what a change would do -----------------------------------------------------------

  function showButtons() {
    for (const name of Object.keys(buttons)) buttons[name].hidden = !OFFERED[tab].includes(name);
    inert(buttons.accept, !term.value.trim());
    inert(buttons.save, !form.isChanged());
    inert(buttons.exclude, effects.shown() === 0);
  }

  function showPreview(preview) {
    effects.show(preview);
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
    if (name === "undo") return takeBackLast();
    if (!OFFERED[tab].includes(name) || about.hidden || isInert(buttons[name])) return;
    if (name === "exclude") return effects.open();
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
    const candidate = chosen.suggestions;
    if (tab === "suggestions") return decideOn(draft.term, { ...message, candidate });
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

  // What was decided last may still be under way: it is meant, and not the one before it.
  function takeBackLast() {
    undoing = connection.pending.size > 0;
    if (!undoing) takeBack(state.undo);
  }

  function takeBack(decision) {
    if (decision) save(`undo ${decision.number}`, { kind: "undo", number: decision.number });
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
    head.show(state);
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
    // What the other tab showed must not stay, and what is chosen here is filled in once.
    const before = chosen[tab] ?? null;
    show();
    if (tab === "add" || (tab in chosen && chosen[tab] === before)) choose(before);
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
    if (message.kind === "failed") undoing = false;
    else if (saved && undoing) takeBackLast();
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
      skipped.clear();
      decided.clear();
    }
    definition.show(state.definition, other);
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
    const isNew = message.content === state.content && !previews.has(nameOf(own));
    if (isNew) previews.set(nameOf(own), message);
    if (tab === "decisions" || about.hidden) return;
    const found = previews.get(nameOf(targetOf()));
    if (nameOf(own) === nameOf(targetOf()) && found) showPreview(found);
    else if (!looking && !found) look();
  }

  function takeMore(message, own) {
    const preview = previews.get(nameOf(own));
    if (nameOf(own) !== nameOf(targetOf()) || !preview) return;
    const longer = { ...preview, lines: [...preview.lines, ...message.lines] };
    previews.set(nameOf(own), longer);
    effects.append(message.lines, longer);
  }

  function takeHits(message) {
    const { entry, said, hits } = message;
    if (hits.length === 0) return tell(`All hits of ${entry} are judged: ${said}`);
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
    } else if (key === "Escape" || (key === "Enter" && target === reason)) {
      effects.close();
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
  tabs.addEventListener("focusin", ({ target }) => open(target.dataset.tab));
  tabs.addEventListener("click", ({ target }) => target.dataset.tab && open(target.dataset.tab));
  search.addEventListener("input", () => state && (tab === "decisions" ? showLog() : showList()));
  hideNames.addEventListener("change", showList);
  sign.addEventListener("change", showList);
  const explain = () => (sign.title = MEANINGS[sign.value]);
  sign.addEventListener("change", explain);
  explain();
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
