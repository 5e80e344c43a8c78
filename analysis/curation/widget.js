// The page of curate: from suggestions to entries of a lexicon. Python finds, counts, tells and
// saves; the page shows it, and says "Saved" when Python has answered that the files are written.

const TYPING = 400; // milliseconds without a key until a draft is tried
const CLOSE = 2; // words on either side from which exclusions are offered
const SORTS = {
  rank: "all signs",
  z: "log-odds",
  similarity: "similarity",
  n_shared_contexts: "shared contexts",
};
const TABS = {
  suggestions: "Suggestions",
  entries: "Entries",
  add: "Add a term",
  decisions: "Decisions",
};
const KEYS =
  "Keys outside of fields: a accepts, r rejects, s skips, x offers exclusions of the first line, " +
  "d drops an entry, j judges twenty of its hits, u takes the last decision back; ↑ ↓ move in the list.";

// The phrases that a line offers as exclusions: the marked words with up to two words beside.
export function phrasesOf({ left, keyword, right }) {
  const before = wordsOf(left, (parts) => parts.slice(-CLOSE), /[.!?;:]["”’)]?$/);
  const after = wordsOf(right, (parts) => parts.slice(0, CLOSE), null);
  const marked = trim(keyword);
  const [one, two] = [...before].reverse();
  const phrases = [
    one && `${one} ${marked}`,
    after[0] && `${marked} ${after[0]}`,
    one && after[0] && `${one} ${marked} ${after[0]}`,
    two && `${two} ${one} ${marked}`,
    after[1] && `${marked} ${after[0]} ${after[1]}`,
  ];
  return [...new Set(phrases.filter(Boolean))];
}

const trim = (text) => text.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");

// Words up to the end of the sentence, without the punctuation around them.
function wordsOf(side, near, ended) {
  const parts = near(side.split(/\s+/).filter((part) => trim(part)));
  const found = [];
  for (const part of ended ? parts.reverse() : parts) {
    if (ended && ended.test(part)) break;
    found.push(trim(part));
    if (!ended && /[.!?;:]["”’)]?$/.test(part)) break;
  }
  return ended ? found.reverse() : found;
}

// What a list shows: rows with the words of the search, in the order that was chosen.
export function listed(rows, { sought, sort, hideNames }) {
  const wanted = sought.trim().toLowerCase();
  const found = rows.filter(
    ({ term, name }) => term.toLowerCase().includes(wanted) && !(hideNames && name),
  );
  if (!sort) return found;
  const better = sort === "rank" ? (a, b) => a.rank - b.rank : (a, b) => b[sort] - a[sort];
  return found.sort((a, b) => better(a, b) || a.rank - b.rank);
}

const listOf = (text) => text.split(/[;,\n]/).map((part) => part.trim()).filter(Boolean);

// The fields of an entry as the form has them; what the form does not show stays as it was.
export function fieldsOf(form, kept) {
  const near = listOf(form.near);
  const within = /^\d+$/.test(form.within.trim()) ? Number(form.within) : "sentence";
  const side = form.side ? { side: form.side } : {};
  const fields = {
    ...kept,
    term: form.term.trim().replace(/\s+/g, " "),
    subcategory: form.subcategory.trim() || null,
    case: form.sensitive ? "sensitive" : null,
    kind: form.kind || null,
    unless: listOf(form.unless),
    near: near.length ? { terms: near, within, ...side } : null,
    note: form.note.trim() || null,
  };
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value?.length !== 0),
  );
}

function render({ model, el }) {
  const stop = new AbortController();
  const listen = { signal: stop.signal };
  let state = null;
  let category = null;
  let tab = "suggestions";
  let suggestions = null;
  let selected = null; // { old, fields, suggestion }: what the right side shows
  let tried = null; // the preview that belongs to it
  let contexts = [];
  let judging = null; // { entry, hits, place, figures }
  let typing = null;
  const gone = new Set(); // suggestions that were decided while the answer is under way

  const part = (name, tag = "div", properties = {}, children = []) =>
    make(tag, { className: `mf-curation-${name}`, ...properties }, children);
  const button = (label, act, properties = {}) => {
    const node = make("button", { type: "button", ...properties }, [label]);
    node.addEventListener("click", act, listen);
    return node;
  };
  const keyed = (key, label, act, properties = {}) => {
    const node = button(make("kbd", { textContent: key }), act, properties);
    node.append(` ${label}`);
    node.setAttribute("aria-keyshortcuts", key);
    return node;
  };
  const labelled = (label, field) => make("label", {}, [make("span", {}, [label]), field]);
  const choices = (values) =>
    Object.entries(values).map(([value, text]) => make("option", { value, textContent: text }));

  // --- the frame of the page ------------------------------------------------------------

  const root = part("root", "div", { tabIndex: -1, role: "group" });
  root.classList.add("mf-page", "mf-curation");
  root.setAttribute("aria-label", "Curation of a lexicon");
  const status = statusLine(root);
  const talk = connect(model, { tell: status.tell, receive, file: () => state?.file ?? "" });
  const categories = make("select");
  categories.setAttribute("aria-label", "Category");
  const counters = part("counters", "span");
  const undoing = keyed("u", "Undo", () => undo(null));
  const definition = make("textarea", { rows: 3 });
  const defining = part("definition", "details");
  const tabs = part("tabs", "div", { role: "tablist" });
  const search = make("input", { type: "search", placeholder: "Search" });
  search.setAttribute("aria-label", "Search the list");
  const sort = make("select", {}, choices(SORTS));
  const hideNames = make("input", { type: "checkbox", checked: true });
  const list = part("list", "div", { role: "listbox" });
  const pane = part("pane", "div", { role: "tabpanel", id: `pane-${Math.random()}` });
  const summary = make("summary");
  defining.append(
    summary,
    make("p", {}, [
      "Write what counts as this frame and what does not, before you decide about words. Every " +
        "decision, and everybody who judges hits, goes by these lines.",
    ]),
    labelled("Definition", definition),
    button("Save definition", define),
  );
  const sorting = labelled("Sort by", sort);
  const names = make("label", { className: "mf-curation-box" }, [hideNames, "Hide names"]);
  const side = part("side", "div", {}, [
    part("finding", "div", {}, [search, sorting, names]),
    list,
  ]);
  root.append(
    part("head", "div", {}, [
      make("strong", {}, ["Frame"]),
      categories,
      counters,
      undoing,
      status.node,
      talk.againButton,
    ]),
    defining,
    tabs,
    part("body", "div", {}, [side, pane]),
    part("keys", "p", { textContent: KEYS }),
  );
  el.append(root);
  for (const [name, label] of Object.entries(TABS)) {
    const node = button(label, () => open(name), { role: "tab", id: `${pane.id}-${name}` });
    node.dataset.roving = "";
    node.dataset.tab = name;
    node.setAttribute("aria-controls", pane.id);
    tabs.append(node);
  }
  list.setAttribute("aria-label", "Terms");

  // --- what has come --------------------------------------------------------------------

  function receive(message, own) {
    if (message.state) take(message.state);
    if (message.kind === "failed") return failed(message, own);
    if (message.kind === "suggestions") {
      if (own.category !== category) return;
      suggestions = message.rows;
      status.tell(`${plural(suggestions.length, "suggestion")} to look at.`);
      showList(true);
    } else if (message.kind === "preview" && own.draft === selected?.draft) {
      tried = message;
      contexts = own.more ? [...contexts, ...message.contexts] : message.contexts;
      showTried();
    } else if (message.kind === "hits" && own.entry === selected?.fields?.term) {
      judging = { ...message, entry: own.entry, place: 0, whole: false };
      showJudging();
    } else if (message.judged && judging?.entry === message.judged.entry) {
      judging.told = message.judged.told;
      showJudging();
    }
  }

  function failed(message, own) {
    if (own?.kind === "decide" || own?.kind === "judged") {
      gone.clear();
      showList();
    } else if (own?.kind === "preview" && own.draft === selected?.draft) {
      tried = { error: message.error, lint: [], told: [], contexts: [], n_contexts: 0 };
      contexts = [];
      showTried();
    } else if (own && own.kind !== "undo" && own.kind !== "define") {
      status.tell(message.error, true);
    }
  }

  function take(fresh) {
    const begun = state !== null;
    const known = state?.version;
    state = fresh;
    category = state.category;
    categories.replaceChildren(
      ...state.categories.map((name) => make("option", { value: name, textContent: name })),
    );
    categories.value = category;
    categories.disabled = state.categories.length < 2;
    counters.textContent = state.counters;
    undoing.disabled = state.undo === null;
    undoing.title = state.undo ? `Takes back: ${state.undo}` : "There is nothing to take back";
    undoing.lastChild.textContent = state.undo ? ` Undo: ${state.undo}` : " Undo";
    const typed = document.activeElement === definition;
    if (!typed) definition.value = state.definition;
    summary.textContent = state.definition
      ? `Definition: ${state.definition}`
      : "Definition: none yet. Write one first.";
    if (!begun && !state.definition) defining.open = true;
    if (suggestions) {
      const decided = new Set(state.decided);
      suggestions = suggestions.filter(({ term }) => !decided.has(term));
      for (const term of gone) if (decided.has(term)) gone.delete(term);
    }
    if (!begun) {
      open("suggestions");
      suggest();
    } else if (known !== state.version) {
      showList();
      if (tab === "decisions") showDecisions();
    }
  }

  function suggest() {
    suggestions = null;
    talk.post({ kind: "suggest", category });
    status.tell("Looking for suggestions. On many articles the first list takes a while …");
    showList();
  }

  // --- the list -------------------------------------------------------------------------

  function open(name) {
    tab = name;
    judging = null;
    for (const node of tabs.children) {
      const here = node.dataset.tab === name;
      node.setAttribute("aria-selected", String(here));
      node.tabIndex = here ? 0 : -1;
    }
    pane.setAttribute("aria-labelledby", `${pane.id}-${name}`);
    sorting.hidden = names.hidden = name !== "suggestions";
    side.hidden = name === "add" || name === "decisions";
    root.classList.toggle("mf-curation-wide", side.hidden);
    search.value = "";
    select(null);
    if (name === "add") return select({ old: null, fields: { term: "" } });
    if (name === "decisions") return showDecisions();
    showList(true);
  }

  const rows = () => {
    if (tab === "entries") return listed(state.entries, { sought: search.value });
    const left = (suggestions ?? []).filter(({ term }) => !gone.has(term));
    return listed(left, {
      sought: search.value,
      sort: sort.value,
      hideNames: hideNames.checked,
    });
  };
  const keyOf = (row) => (tab === "entries" ? row.line : row.term);
  const isSelected = (row) =>
    selected && (tab === "entries" ? selected.old === row.line : selected.suggestion === row.term);

  function showList(first = false) {
    if (side.hidden || !state) return;
    const shown = rows();
    const focused = list.contains(document.activeElement);
    const options = shown.map((row) => {
      const node = part("row", "div", { role: "option" }, [
        part("term", "span", {}, visible(row.term)),
        part("figures", "span", { textContent: row.figures }),
      ]);
      node.dataset.roving = "";
      node.row = row;
      node.addEventListener("click", () => choose(row), listen);
      return node;
    });
    const kept = list.scrollTop;
    list.replaceChildren(...options);
    if (!options.length) list.append(part("empty", "p", { textContent: emptyText() }));
    rove(list);
    list.scrollTop = kept;
    if ((first || tab === "suggestions") && shown.length && !shown.some(isSelected)) {
      choose(shown[0]);
    } else if (!shown.length && tab === "suggestions") select(null);
    mark(focused);
  }

  function emptyText() {
    if (tab === "entries") return "No entry has these letters.";
    if (suggestions === null) return "Suggestions are on their way …";
    if (search.value || hideNames.checked) return "Nothing with this choice.";
    return "No suggestion is left.";
  }

  function mark(focus = false) {
    for (const node of list.querySelectorAll("[data-roving]")) {
      const here = isSelected(node.row);
      node.setAttribute("aria-selected", String(Boolean(here)));
      if (here) node.tabIndex = 0;
      else node.tabIndex = -1;
      if (here && focus) node.focus();
      if (here) node.scrollIntoView({ block: "nearest" });
    }
    if (!list.querySelector('[tabindex="0"]')) rove(list);
  }

  function choose(row) {
    if (tab === "entries") select({ old: row.line, fields: row.fields });
    else select({ old: null, fields: { term: row.term }, suggestion: row.term });
    mark(list.contains(document.activeElement));
  }

  // The next row takes the place of the one that goes.
  function advance(keep) {
    const shown = rows();
    const here = shown.findIndex(isSelected);
    const next = shown[here + 1] ?? shown[here - 1];
    if (!keep) gone.add(selected.suggestion);
    list.focus();
    if (next) choose(next);
    showList();
    list.querySelector('[aria-selected="true"]')?.focus();
  }

  // --- one term -------------------------------------------------------------------------

  function select(chosen) {
    clearTimeout(typing);
    judging = null;
    tried = null;
    contexts = [];
    selected = chosen && { ...chosen, draft: Math.random() };
    if (tab === "decisions") return;
    if (!selected) return pane.replaceChildren();
    showForm();
    if (selected.fields.term) preview();
  }

  let form = null; // the fields of the form, by name
  const lines = part("told", "div", { role: "status" });
  const shownContexts = part("contexts");

  function showForm() {
    const { old, fields } = selected;
    const near = fields.near ?? {};
    const within = [near.within ?? "sentence"].flat()[0];
    const input = (value, properties = {}) =>
      make("input", { type: "text", value: value ?? "", autocomplete: "off", ...properties });
    const subcategories = make("datalist", { id: `${pane.id}-subcategories` });
    subcategories.append(...state.subcategories.map((value) => make("option", { value })));
    form = {
      term: input(fields.term),
      subcategory: input(fields.subcategory, { list: subcategories.id }),
      sensitive: make("input", { type: "checkbox", checked: fields.case === "sensitive" }),
      kind: make("select", {}, choices({ "": "guessed", thing: "thing", event: "event", state: "state" })),
      unless: input((fields.unless ?? []).join("; ")),
      near: input((near.terms ?? []).join("; ")),
      within: input(String(within)),
      side: make("select", {}, choices({ "": "either side", before: "before it", after: "after it" })),
      note: input(fields.note),
      reason: input("", { placeholder: "Why, in a few words (optional)" }),
    };
    form.kind.value = fields.kind ?? "";
    form.side.value = near.side ?? "";
    for (const [name, field] of Object.entries(form)) {
      if (name !== "reason") field.addEventListener("input", typed, listen);
    }
    const options = make("details", {}, [
      make("summary", {}, ["Options: capitals, words near it, subcategory, kind, note"]),
      part("options", "div", {}, [
        make("label", { className: "mf-curation-box" }, [form.sensitive, "match capitals exactly"]),
        labelled("Counts only near", form.near),
        labelled("within (sentence, or tokens)", form.within),
        labelled("on", form.side),
        labelled("Subcategory", form.subcategory),
        labelled("Kind of word", form.kind),
        labelled("Note in the lexicon", form.note),
        subcategories,
      ]),
    ]);
    options.open = Boolean(near.terms || fields.case || fields.subcategory || fields.kind);
    const actions = old
      ? [
          button("Save change", () => decide("change"), { className: "mf-primary" }),
          keyed("d", "Drop", () => decide("drop")),
          keyed("j", "Judge twenty", judge),
        ]
      : [
          keyed("a", selected.suggestion ? "Accept" : "Add", () => decide("accept"), {
            className: "mf-primary",
          }),
          ...(selected.suggestion
            ? [keyed("r", "Reject", () => decide("reject")), keyed("s", "Skip", skip)]
            : []),
        ];
    pane.replaceChildren(
      part("term-line", "div", {}, [labelled("Term", form.term), labelled("Reason", form.reason)]),
      part("actions", "div", {}, actions),
      lines,
      labelled("Not where it stands in", form.unless),
      shownContexts,
      options,
    );
    lines.replaceChildren();
    shownContexts.replaceChildren();
    if (tab === "add" && !fields.term) form.term.focus();
  }

  const values = () =>
    Object.fromEntries(
      Object.entries(form).map(([name, field]) => [
        name,
        field.type === "checkbox" ? field.checked : field.value,
      ]),
    );
  const draft = () => fieldsOf(values(), selected.fields);

  function typed() {
    clearTimeout(typing);
    typing = setTimeout(preview, TYPING);
  }

  function preview() {
    clearTimeout(typing);
    if (!selected) return;
    selected.draft = Math.random();
    const fields = draft();
    if (!fields.term) return;
    talk.post({ kind: "preview", category, old: selected.old, fields, draft: selected.draft, skip: 0 });
  }

  function more() {
    const { draft: own, old } = selected;
    const message = { kind: "preview", category, old, fields: draft(), draft: own };
    talk.post({ ...message, skip: contexts.length, more: true });
  }

  function showTried() {
    lines.replaceChildren(
      ...[tried.error, ...tried.lint].filter(Boolean).map((text) => part("lint", "p", {}, [text])),
      ...tried.told.map((text) => make("p", {}, [text])),
    );
    const shown = contexts.map((line) => {
      const offered = part("offered", "div", { hidden: true });
      const offer = button("Exclude …", () => offerPhrases(offer, offered, line));
      offer.setAttribute("aria-expanded", "false");
      offer.setAttribute("aria-label", `Exclude a phrase of this line: ${line.keyword}`);
      const told = line.blocked ? part("blocked", "span", {}, [`excluded: ${line.blocked}`]) : offer;
      return make("li", {}, [
        part("line", "span", {}, [
          ...visible(`${line.left} `),
          make("mark", {}, visible(line.keyword)),
          ...visible(` ${line.right}`),
        ]),
        told,
        offered,
      ]);
    });
    const left = tried.n_contexts - contexts.length;
    shownContexts.replaceChildren(
      ...(shown.length
        ? [
            make("h4", {}, [
              `${contexts.length} of ${plural(tried.n_contexts, "line")}, drawn by chance`,
            ]),
            make("ul", {}, shown),
          ]
        : []),
      ...(left > 0 ? [button("Ten more", more)] : []),
    );
  }

  function offerPhrases(offer, offered, line) {
    offered.hidden = !offered.hidden;
    offer.setAttribute("aria-expanded", String(!offered.hidden));
    if (offered.hidden || offered.children.length) return;
    offered.append(
      ...phrasesOf(line).map((phrase) => button(phrase, () => exclude(phrase))),
    );
    offered.firstChild?.focus();
  }

  // An entry of the lexicon is changed at once; a draft goes on being a draft.
  function exclude(phrase) {
    form.unless.value = [...new Set([...listOf(form.unless.value), phrase])].join("; ");
    if (selected.old) decide("exclude");
    else preview();
  }

  // --- decisions ------------------------------------------------------------------------

  function decide(decision) {
    const fields = draft();
    if (!fields.term) return status.tell("Write a term first.", true);
    const reason = form.reason.value.trim();
    const { old, suggestion } = selected;
    const message = { kind: "decide", category, decision, old, reason };
    const turned = decision === "reject" ? { term: suggestion ?? fields.term } : fields;
    talk.send(`${decision}|${turned.term}|${Math.random()}`, {
      ...message,
      suggestion: suggestion ?? null,
      fields: decision === "drop" ? null : turned,
    });
    if (suggestion) return advance(false);
    if (tab === "add") return select({ old: null, fields: { term: "" } });
    if (decision === "drop") advanceEntry();
    else select(null);
    list.querySelector('[data-roving][tabindex="0"]')?.focus();
  }

  function advanceEntry() {
    const shown = rows();
    const here = shown.findIndex(isSelected);
    const next = shown[here + 1] ?? shown[here - 1];
    if (next) choose(next);
    else select(null);
  }

  const skip = () => advance(true);

  function undo(number) {
    talk.send(`undo|${number}|${Math.random()}`, { kind: "undo", category, number });
  }

  function define() {
    const message = { kind: "define", category, definition: definition.value.trim() };
    definition.blur();
    talk.send("define", message);
    if (message.definition) defining.open = false;
  }

  function showDecisions() {
    const rows = state.log.map((row) => {
      const cells = [row.number, row.time, row.decision, row.term, row.reason, row.figures];
      const act = row.undoable
        ? button("Undo", () => undo(row.number), {
            ariaLabel: `Undo decision ${row.number}: ${row.decision} ${row.term}`,
          })
        : (row.undone ?? "");
      return make("tr", {}, [...cells, act].map((cell) => make("td", {}, [cell])));
    });
    const heads = ["No.", "When (UTC)", "Decision", "Term", "Reason", "Figures then", ""];
    pane.replaceChildren(
      state.log.length
        ? part("scroll", "div", { tabIndex: 0, role: "region", ariaLabel: "Decisions" }, [
            make("table", {}, [
              make("thead", {}, [
                make("tr", {}, heads.map((head) => make(head ? "th" : "td", {}, [head]))),
              ]),
              make("tbody", {}, rows),
            ]),
          ])
        : make("p", {}, ["No decision yet."]),
    );
  }

  // --- judging --------------------------------------------------------------------------

  function judge() {
    if (!selected?.old) return;
    talk.post({ kind: "judge", category, entry: selected.fields.term });
  }

  function showJudging() {
    const { hits, place, told, whole } = judging;
    const hit = hits[place];
    const finish = keyed("Escape", "Back to the entry", leave);
    if (!hit) {
      const done = hits.length
        ? "All hits of this draw are judged."
        : "Every hit of this entry has been judged, or there is none.";
      pane.replaceChildren(make("p", {}, [done]), make("p", {}, [told]), finish);
      finish.focus();
      return;
    }
    const [before, marked, after] = whole ? hit.paragraph_text : hit.sentence_text;
    const given = (code) => ({ ariaPressed: String(hit.code === code) });
    const yes = keyed("y", "Yes", () => answer("1"), given("1"));
    const no = keyed("n", "No", () => answer("0"), given("0"));
    const asked = `Do the marked words speak of ${category}, as defined?`;
    pane.replaceChildren(
      make("h4", {}, [`${judging.entry}: hit ${place + 1} of ${hits.length}`]),
      part("asked", "p", {}, [state.definition || "There is no definition yet: write one first."]),
      part("text", "p", {}, [...visible(before), make("mark", {}, visible(marked)), ...visible(after)]),
      make("p", {}, [make("strong", {}, [asked])]),
      part("actions", "div", {}, [
        yes,
        no,
        keyed("←", "Back", () => go(place - 1)),
        button(whole ? "Show the sentence" : "Show the paragraph", () => {
          judging.whole = !whole;
          showJudging();
        }),
        finish,
      ]),
      part("told", "p", { role: "status" }, [told]),
    );
    yes.focus();
  }

  function answer(code) {
    const hit = judging.hits[judging.place];
    hit.code = code;
    const { document_id, paragraph, start, end } = hit;
    const message = { kind: "judged", category, entry: judging.entry, code };
    talk.send(`judged|${document_id}|${start}`, { ...message, hit: { document_id, paragraph, start, end } });
    go(judging.place + 1);
  }

  function go(place) {
    judging.place = Math.max(0, place);
    judging.whole = false;
    showJudging();
  }

  function leave() {
    judging = null;
    const own = state.entries.find(({ line }) => line === selected?.old);
    if (own) choose(own);
    list.querySelector('[aria-selected="true"]')?.focus();
  }

  // --- keys -----------------------------------------------------------------------------

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !state) return;
    const field = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (field) {
      if (event.key === "Enter" && event.target === form?.term) preview();
      else if (event.key === "Escape") (list.querySelector('[tabindex="0"]') ?? root).focus();
      else return;
      return event.preventDefault();
    }
    const acts = judging
      ? {
          y: () => judging.hits[judging.place] && answer("1"),
          n: () => judging.hits[judging.place] && answer("0"),
          ArrowLeft: () => go(judging.place - 1),
          Escape: leave,
        }
      : {
          a: () => selected && !selected.old && decide("accept"),
          r: () => selected?.suggestion && decide("reject"),
          s: () => selected?.suggestion && skip(),
          d: () => selected?.old && decide("drop"),
          j: judge,
          x: () => shownContexts.querySelector("li button")?.click(),
          u: () => state.undo && undo(null),
        };
    const act = acts[event.key];
    // A key that is held down would decide about the terms that follow.
    if (!act || event.repeat) return;
    act();
    event.preventDefault();
  }

  root.addEventListener("keydown", press, listen);
  arrows(list, { choose: (node) => choose(node.row) });
  arrows(tabs);
  list.addEventListener(
    "focusin",
    ({ target }) => target.row && !isSelected(target.row) && choose(target.row),
    listen,
  );
  tabs.addEventListener(
    "focusin",
    ({ target }) => target.dataset.tab && target.dataset.tab !== tab && state && open(target.dataset.tab),
    listen,
  );
  search.addEventListener("input", () => showList(), listen);
  sort.addEventListener("change", () => showList(true), listen);
  hideNames.addEventListener("change", () => showList(), listen);
  categories.addEventListener(
    "change",
    () => {
      state = null;
      suggestions = null;
      talk.post({ kind: "open", category: categories.value });
    },
    listen,
  );
  status.tell("Loading …");
  talk.post({ kind: "open", category: null });

  return () => {
    clearTimeout(typing);
    stop.abort();
    talk.stop();
  };
}

export default { render };
