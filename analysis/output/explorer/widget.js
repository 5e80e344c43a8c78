// The page of explore: shows one document with its hits, bars and entries, and asks Python for
// each document once. What counts is decided here, so that a choice shows at once.

const MANY = 12; // documents from which on a field to search them is shown
const MOST = 500; // documents listed at once
const INVITATION =
  "Choose a hit in the text or in the table: its entry in the lexicon appears here.";
const UNKNOWN = "not determined";
const SIGNS = { hedged: "?", negated: "¬" };
const AT_LEAST = {
  all: null,
  "asserted and hedged": ["asserted", "hedged"],
  "asserted only": ["asserted"],
};

// A choice holds sets: categories (by place), voices and certainties ("" is not determined).
function isChosen(hit, choice) {
  return (
    choice.categories.has(hit.category) &&
    choice.voices.has(hit.voice ?? "") &&
    choice.certainties.has(hit.certainty ?? "")
  );
}

const counts = (hit) => hit.blocked_by === null;

// One bar for each paragraph and chosen category; without tokens there is no rate.
function barsOf(sent, choice) {
  const found = new Map();
  for (const hit of sent.hits) {
    if (!counts(hit) || !isChosen(hit, choice)) continue;
    const key = `${hit.paragraph}|${hit.category}`;
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  const categories = [...choice.categories].sort((a, b) => a - b);
  return sent.paragraphs.flatMap(({ n_tokens }, paragraph) =>
    categories.map((category) => {
      const n = found.get(`${paragraph}|${category}`) ?? 0;
      return { paragraph, category, n, rate: n_tokens ? (1000 * n) / n_tokens : null };
    }),
  );
}

// Cut a text at every edge of a hit. Places are code points, while JavaScript counts UTF-16
// units: an emoji is one of the former and two of the latter.
function piecesOf(text, hits) {
  const points = Array.from(text);
  const edges = new Set([0, points.length, ...hits.flatMap(({ start, end }) => [start, end])]);
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, place) => {
    const end = sorted[place + 1];
    const over = hits.filter((hit) => hit.start < end && hit.end > start);
    return { start, end, text: points.slice(start, end).join(""), over };
  });
}

// Hits that overlap are drawn on different levels, so that both are seen.
function levelsOf(hits) {
  const levels = new Map();
  for (const hit of [...hits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const taken = [...levels].filter(([other]) => other.end > hit.start).map(([, n]) => n);
    let level = 0;
    while (taken.includes(level)) level += 1;
    levels.set(hit, level);
  }
  return levels;
}

const because = (value, cue) => (value === null ? UNKNOWN : cue ? `${value} (“${cue}”)` : value);

function render({ model, el }) {
  const received = new Map(); // documents that have come, by place
  const choice = { categories: new Set(), voices: new Set(), certainties: new Set() };
  let corpus = null;
  let wanted = 0; // the document that was asked for
  let sent = null; // the document that is shown
  let marked = null; // the paragraph that a bar has led to
  let chosen = []; // the hits whose entries are shown
  let leftBar = null;

  const part = (name, tag = "div", properties = {}) =>
    make(tag, { className: `mf-explorer-${name}`, ...properties });
  const search = part("search", "input", { type: "search", placeholder: "Search documents" });
  search.setAttribute("aria-label", "Search documents by id or headline");
  const select = part("select", "select");
  select.setAttribute("aria-label", "Document");
  const controls = part("controls");
  const chart = part("chart", "div", { role: "group" });
  const text = part("text", "div", { role: "region", tabIndex: 0 });
  text.setAttribute("aria-label", "Text with hits");
  const entry = part("entry", "div", { role: "region", tabIndex: 0 });
  entry.setAttribute("aria-label", "Entry of the lexicon");
  entry.setAttribute("aria-live", "polite");
  const table = part("table", "div", { role: "region", tabIndex: 0 });
  table.setAttribute("aria-label", "Table of hits");
  const body = part("body", "div", { hidden: true });
  body.append(chart, text, entry, table);
  const root = make("div", { className: "mf-page mf-explorer", role: "group" });
  const { node: status, tell } = statusLine(root);
  const python = connect(model, { tell, receive });
  root.setAttribute("aria-label", "Explorer of documents and hits");
  root.append(
    make("div", { className: "mf-explorer-documents" }, [
      make("strong", { textContent: "Document" }),
      search,
      select,
    ]),
    controls,
    status,
    body,
  );
  el.append(root);

  // --- choosing -------------------------------------------------------------------------

  function listDocuments() {
    const sought = search.value.trim().toLowerCase();
    const all = corpus.documents.map((document, place) => ({ ...document, place }));
    const matching = all.filter(({ id, headline }) =>
      `${id} ${headline}`.toLowerCase().includes(sought),
    );
    const listed = matching.slice(0, MOST);
    if (!listed.some(({ place }) => place === wanted)) listed.unshift(all[wanted]);
    const options = listed.map(({ id, headline, n_hits, place }) =>
      make("option", {
        value: String(place),
        textContent: `${id}${headline ? `: ${headline}` : ""} (${plural(n_hits, "hit")})`,
      }),
    );
    if (matching.length > MOST) {
      const rest = `… ${matching.length - MOST} more: search for them`;
      options.push(make("option", { disabled: true, textContent: rest }));
    }
    select.replaceChildren(...options);
    select.value = String(wanted);
    if (sought) tell(`${plural(matching.length, "document")} found. Enter shows the first.`);
    return matching;
  }

  function box(label, checked, set, value, extra = []) {
    const input = make("input", { type: "checkbox", checked });
    const change = () => {
      if (input.checked) set.add(value);
      else set.delete(value);
      show();
    };
    input.addEventListener("change", change);
    return make("label", { className: "mf-explorer-box" }, [input, ...extra, label]);
  }

  function group(legend, children) {
    return make("fieldset", {}, [make("legend", { textContent: legend }), ...children]);
  }

  const atLeast = make("select", { className: "mf-explorer-at-least" });
  const vetoed = make("input", { type: "checkbox" });
  const totals = [];

  function buildControls() {
    choice.categories = new Set(corpus.categories.keys());
    choice.voices = new Set(corpus.voices);
    choice.certainties = new Set(corpus.certainties);
    const categories = corpus.categories.map((category, place) => {
      totals[place] = make("span", { className: "mf-explorer-total" });
      const label = make("span", {}, [category.name, " ", totals[place]]);
      return box(label, true, choice.categories, place, [markerOf(place)]);
    });
    const voices = corpus.voices.map((name) => box(name || UNKNOWN, true, choice.voices, name));
    const certainties = corpus.certainties.map((name) => {
      const sign = SIGNS[name] ? ` ${SIGNS[name]}` : "";
      const made = box((name || UNKNOWN) + sign, true, choice.certainties, name);
      made.dataset.certainty = name;
      return made;
    });
    atLeast.replaceChildren(
      ...Object.keys(AT_LEAST).map((name) => make("option", { value: name, textContent: name })),
      make("option", { value: "own", textContent: "as ticked", hidden: true }),
    );
    atLeast.addEventListener("change", chooseAtLeast);
    vetoed.addEventListener("change", show);
    controls.replaceChildren(
      group("Categories", categories),
      group("Voice", voices),
      group("Vetoed hits", [
        make("label", { className: "mf-explorer-box" }, [vetoed, "show, struck through"]),
      ]),
      group("Certainty", [
        ...certainties,
        make("label", { className: "mf-explorer-box" }, ["at least ", atLeast]),
      ]),
    );
  }

  function chooseAtLeast() {
    const names = AT_LEAST[atLeast.value] ?? corpus.certainties;
    // The same set as before: the boxes change it as well.
    choice.certainties.clear();
    for (const name of names) if (corpus.certainties.includes(name)) choice.certainties.add(name);
    show();
  }

  // The ticks have the say; the choice of a least certainty sets them and follows them.
  function showCertainty() {
    const ticked = choice.certainties;
    for (const made of controls.querySelectorAll("[data-certainty]"))
      made.querySelector("input").checked = ticked.has(made.dataset.certainty);
    const same = Object.entries(AT_LEAST).find(([, names]) => {
      const own = (names ?? corpus.certainties).filter((name) => corpus.certainties.includes(name));
      return own.length === ticked.size && own.every((name) => ticked.has(name));
    });
    atLeast.value = same ? same[0] : "own";
  }

  // --- drawing --------------------------------------------------------------------------

  function paint(node, place) {
    const { color, color_on_dark } = corpus.categories[place];
    node.style.setProperty("--mf-light", color);
    node.style.setProperty("--mf-dark", color_on_dark);
    node.classList.add("mf-explorer-colored");
    return node;
  }

  function markerOf(place) {
    const { marker } = corpus.categories[place];
    const node = make("span", { className: "mf-explorer-marker", textContent: marker });
    node.setAttribute("aria-hidden", "true");
    return paint(node, place);
  }

  const surfaceOf = (hit) =>
    Array.from(sent.paragraphs[hit.paragraph].text).slice(hit.start, hit.end).join("");
  const isShown = (hit) => isChosen(hit, choice) && (counts(hit) || vetoed.checked);

  function show() {
    showCertainty();
    if (!sent) return;
    const shown = sent.hits.filter(isShown);
    const counted = shown.filter(counts);
    corpus.categories.forEach((_, place) => {
      const n = counted.filter(({ category }) => category === place).length;
      totals[place].textContent = choice.categories.has(place) ? `(${n})` : "";
    });
    const all = sent.hits.filter(counts).length;
    const blocked = shown.length - counted.length;
    tell(
      `${counted.length} of ${plural(all, "hit")} in this document` +
        (vetoed.checked ? `, and ${blocked} vetoed that count nowhere` : ""),
    );
    chosen = chosen.filter((hit) => shown.includes(hit));
    showBars();
    showText(shown);
    showTable(shown);
    showEntries();
  }

  function showBars() {
    const bars = barsOf(sent, choice);
    // The scale takes all hits of the document, so that bars shrink as fewer count.
    const everything = {
      ...choice,
      voices: new Set(corpus.voices),
      certainties: new Set(corpus.certainties),
    };
    const longest = Math.max(0, ...barsOf(sent, everything).map(({ rate }) => rate ?? 0));
    const rows = sent.paragraphs.map(({ number, role }, place) => {
      const own = bars.filter(({ paragraph }) => paragraph === place);
      const head = make("div", { className: "mf-explorer-place" }, [`¶ ${number} ${role}`]);
      return make("div", { className: "mf-explorer-bars" }, [
        head,
        ...own.map((bar) => makeBar(bar, number, longest)),
      ]);
    });
    chart.setAttribute("aria-label", "Hits per 1,000 tokens by paragraph; arrow keys move");
    const kept = chart.scrollTop;
    chart.replaceChildren(
      make("div", { className: "mf-explorer-caption" }, ["Hits per 1,000 tokens (hits)"]),
      ...rows,
    );
    chart.scrollTop = kept;
    rove(chart);
    markParagraph();
  }

  function makeBar({ paragraph, category, n, rate }, number, longest) {
    const { name, short } = corpus.categories[category];
    const value = rate === null ? "no tokens" : `${rate.toFixed(1)} (${n})`;
    const fill = paint(make("span", { className: "mf-explorer-fill" }), category);
    fill.style.width = `${longest && rate ? (100 * rate) / longest : 0}%`;
    const bar = make("button", { type: "button", className: "mf-explorer-bar" }, [
      make("span", { className: "mf-explorer-name" }, [markerOf(category), short]),
      make("span", { className: "mf-explorer-track" }, [fill]),
      make("span", { className: "mf-explorer-value", textContent: value }),
    ]);
    const spoken = rate === null ? value : `${rate.toFixed(1)} per 1,000 tokens, ${plural(n, "hit")}`;
    bar.setAttribute("aria-label", `Paragraph ${number}, ${name}: ${spoken}`);
    bar.title = `${name}: ${spoken}`;
    bar.dataset.roving = "";
    bar.dataset.paragraph = paragraph;
    bar.dataset.category = name;
    bar.addEventListener("click", () => jump(paragraph, bar));
    return bar;
  }

  function showText(shown) {
    const kept = text.scrollTop;
    const drawn = sent.paragraphs.map((paragraph, place) => {
      const own = shown.filter((hit) => hit.paragraph === place);
      const className = `mf-explorer-paragraph mf-explorer-role-${paragraph.role}`;
      return make("div", { className, tabIndex: -1 }, [
        make("span", { className: "mf-explorer-number", textContent: String(paragraph.number) }),
        make("div", { className: "mf-explorer-words", dir: "auto" }, highlight(paragraph.text, own)),
      ]);
    });
    text.replaceChildren(...drawn);
    text.scrollTop = kept;
    rove(text);
    markParagraph();
  }

  // Hits that overlap stand in one button, so that the keys reach each place once.
  function highlight(written, hits) {
    const levels = levelsOf(hits);
    const nodes = [];
    let button = null;
    let reach = -1;
    for (const piece of piecesOf(written, hits)) {
      const over = piece.over.sort((a, b) => levels.get(a) - levels.get(b));
      let node = make("span", {}, visible(piece.text));
      for (const hit of over) node = wrap(node, hit, piece, levels.get(hit));
      if (over.length === 0) {
        nodes.push(node);
        continue;
      }
      if (piece.start >= reach) {
        button = make("span", { role: "button", tabIndex: -1, className: "mf-explorer-hits" });
        button.dataset.roving = "";
        button.hits = [];
        nodes.push(button);
      }
      reach = Math.max(reach, ...over.map(({ end }) => end));
      button.hits.push(...over.filter((hit) => !button.hits.includes(hit)));
      node.addEventListener("click", () => choose(over));
      button.append(node);
    }
    for (const made of nodes.filter((node) => node.hits)) {
      const told = made.hits.map((hit) => `${surfaceOf(hit)}, ${describe(hit)}`).join("; ");
      made.setAttribute("aria-label", told);
    }
    return nodes;
  }

  function describe(hit) {
    const { name } = corpus.categories[hit.category];
    return [name, hit.voice, hit.certainty, counts(hit) ? null : "vetoed"].filter(Boolean).join(", ");
  }

  function wrap(inner, hit, piece, level) {
    const classes = ["mf-explorer-hit", `mf-explorer-level-${Math.min(level, 3)}`];
    if (!counts(hit)) classes.push("mf-explorer-vetoed");
    if (hit.certainty in SIGNS) classes.push(`mf-explorer-${hit.certainty}`);
    if (chosen.includes(hit)) classes.push("mf-explorer-chosen");
    const node = paint(make("span", { className: classes.join(" ") }, [inner]), hit.category);
    node.hit = hit;
    if (piece.end === hit.end) {
      const { short } = corpus.categories[hit.category];
      const label = counts(hit) ? short + (SIGNS[hit.certainty] ?? "") : `not ${short}`;
      const tag = make("span", { className: "mf-explorer-label", textContent: label });
      tag.setAttribute("aria-hidden", "true");
      node.append(tag);
    }
    return node;
  }

  function showTable(shown) {
    const names = ["¶", "Words", "Category", "Subcategory", "Voice", "Speaker", "Certainty"];
    if (vetoed.checked) names.push("Vetoed by");
    const head = names.map((name) => make("th", { scope: "col", textContent: name }));
    const rows = shown.map((hit) => {
      const button = make("button", { type: "button", textContent: surfaceOf(hit) });
      button.dataset.roving = "";
      const cells = [
        String(sent.paragraphs[hit.paragraph].number),
        button,
        make("span", { className: "mf-explorer-category" }, [
          markerOf(hit.category),
          corpus.categories[hit.category].name,
        ]),
        sent.entries[hit.entry].subcategory ?? "",
        hit.voice ?? UNKNOWN,
        hit.speaker ?? "",
        hit.certainty ?? UNKNOWN,
        ...(vetoed.checked ? [hit.blocked_by ?? ""] : []),
      ];
      const row = make("tr", {}, cells.map((cell) => make("td", {}, [cell])));
      row.hit = hit;
      row.classList.toggle("mf-explorer-vetoed-row", !counts(hit));
      row.addEventListener("click", () => choose([hit], true));
      return row;
    });
    const kept = table.scrollTop;
    table.replaceChildren(
      rows.length
        ? make("table", {}, [
            make("thead", {}, [make("tr", {}, head)]),
            make("tbody", {}, rows),
          ])
        : make("p", { textContent: "No hits with this choice." }),
    );
    table.scrollTop = kept;
    rove(table);
  }

  // --- a paragraph, a hit ---------------------------------------------------------------

  const reveal = (box, node) => {
    const top = node.getBoundingClientRect().top - box.getBoundingClientRect().top;
    const room = box.clientHeight - node.getBoundingClientRect().height;
    box.scrollTop += top - Math.max(8, room / 3);
  };

  function jump(paragraph, bar) {
    marked = paragraph;
    leftBar = bar;
    markParagraph();
    const node = text.children[paragraph];
    reveal(text, node);
    node.focus({ preventScroll: true });
    text.scrollIntoView({ block: "nearest" });
  }

  function markParagraph() {
    [...text.children].forEach((node, place) => {
      node.classList.toggle("mf-explorer-marked", place === marked);
      if (place === marked) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    });
    for (const bar of chart.querySelectorAll("[data-paragraph]"))
      bar.classList.toggle("mf-explorer-of-marked", Number(bar.dataset.paragraph) === marked);
  }

  function choose(hits, fromTable = false) {
    chosen = hits;
    for (const node of text.querySelectorAll(".mf-explorer-hit"))
      node.classList.toggle("mf-explorer-chosen", chosen.includes(node.hit));
    showEntries();
    entry.scrollTop = 0;
    const place = fromTable && text.querySelector(".mf-explorer-chosen");
    if (place) reveal(text, place);
    const row = !fromTable && table.querySelector(".mf-explorer-chosen-row");
    if (row) reveal(table, row);
  }

  function showEntries() {
    for (const row of table.querySelectorAll("tbody tr")) {
      row.classList.toggle("mf-explorer-chosen-row", chosen.includes(row.hit));
      if (chosen.includes(row.hit)) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    entry.replaceChildren(
      ...(chosen.length
        ? chosen.map(describeHit)
        : [make("p", { textContent: INVITATION })]),
    );
  }

  function describeHit(hit) {
    const category = corpus.categories[hit.category];
    const own = sent.entries[hit.entry];
    const paragraph = sent.paragraphs[hit.paragraph];
    const points = Array.from(paragraph.text);
    const cut = (start, end) => visible(points.slice(start, end).join(""));
    const quoted = make("blockquote", { dir: "auto" }, [
      ...cut(hit.sentence[0], hit.start),
      make("mark", {}, cut(hit.start, hit.end)),
      ...cut(hit.end, hit.sentence[1]),
    ]);
    const facts = [
      ["category", category.name],
      ["subcategory", own.subcategory],
      ["voice", because(hit.voice, hit.voice_cue)],
      ["speaker", hit.speaker],
      ["scare quotes", hit.scare_quote ? "yes" : ""],
      ["certainty", because(hit.certainty, hit.certainty_cue)],
      ["vetoed by", hit.blocked_by === null ? "" : `“${hit.blocked_by}”: it does not count`],
      ["weight", String(hit.weight)],
      ["unless", own.unless.join("; ") || "no exclusions of its own"],
      ["only before", own.before.join("; ")],
      ["only after", own.after.join("; ")],
      ["only near", own.near + (hit.near_surface ? ` (here “${hit.near_surface}”)` : "")],
      ["not near", own.not_near],
      ["letters", own.case_sensitive ? "upper and lower case as written" : ""],
      ["paragraph", `${paragraph.number}, ${paragraph.role}`],
      ["lexicon", category.lexicon],
    ];
    const definitions = [
      [category.name, category.definition],
      [own.subcategory, own.subcategory_definition],
    ];
    const correction = corpus.file === null ? [] : [correct(hit)];
    const list = make("dl");
    for (const [name, value] of facts)
      if (value) list.append(make("dt", { textContent: name }), make("dd", { textContent: value }));
    const excluded = category.exclusions.length
      ? [
          make("details", {}, [
            make("summary", {
              textContent: `${plural(category.exclusions.length, "exclusion")} of all ${category.name}`,
            }),
            make("div", { textContent: category.exclusions.join("; ") }),
          ]),
        ]
      : [];
    const defined = definitions
      .filter(([, definition]) => definition)
      .map(([name, definition]) =>
        make("p", {}, [make("strong", { textContent: `${name}: ` }), definition]),
      );
    return make("article", {}, [
      make("h4", {}, [markerOf(hit.category), own.term]),
      quoted,
      ...correction,
      list,
      ...defined,
      ...excluded,
    ]);
  }

  // Where a file keeps corrections: in whose voice the words are, and who is credited.
  function correct(hit) {
    const voices = ["narrator", "quote", "paraphrase"];
    const options = voices.map((name) => make("option", { value: name, textContent: name }));
    const voice = make("select", {}, options);
    voice.value = hit.voice ?? "narrator";
    const speaker = make("input", { type: "text", value: hit.speaker ?? "", placeholder: "open" });
    const narrated = () => (speaker.disabled = voice.value === "narrator");
    voice.addEventListener("change", narrated);
    narrated();
    const save = make("button", { type: "button", textContent: "Save correction" });
    const send = () => {
      tell("Saving …");
      python.post({
        kind: "correct",
        document: wanted,
        hit: sent.hits.indexOf(hit),
        voice: voice.value,
        speaker: speaker.disabled ? "" : speaker.value,
      });
    };
    save.addEventListener("click", send);
    speaker.addEventListener("keydown", (event) => event.key === "Enter" && send());
    return make("fieldset", { className: "mf-explorer-correction" }, [
      make("legend", { textContent: "Correct voice and speaker" }),
      make("label", {}, [make("span", { textContent: "voice" }), voice]),
      make("label", {}, [make("span", { textContent: "speaker" }), speaker]),
      save,
    ]);
  }

  // The form that was used is made again, and must not lose the keys.
  function showCorrected(message, corrected) {
    const places = chosen.map((hit) => sent.hits.indexOf(hit));
    const focused = entry.contains(document.activeElement);
    const kept = entry.scrollTop;
    sent = message;
    chosen = places.map((place) => sent.hits[place]);
    show();
    entry.scrollTop = kept;
    const own = chosen.indexOf(sent.hits[corrected]);
    if (focused) (entry.children[own]?.querySelector("fieldset button") ?? entry).focus();
    tell(`Saved to ${corpus.file}`);
  }

  // Back to the bar that has led into the text.
  function leave(event) {
    if (event.key !== "Escape" || !leftBar?.isConnected) return;
    moveTo(chart, leftBar);
    event.preventDefault();
    event.stopPropagation();
  }

  // --- asking Python --------------------------------------------------------------------

  function open(place) {
    wanted = place;
    if (received.has(place)) return showDocument();
    tell("Loading …");
    python.post({ kind: "document", document: place });
  }

  function showDocument() {
    sent = received.get(wanted);
    marked = leftBar = null;
    chosen = [];
    select.value = String(wanted);
    body.hidden = false;
    show();
    for (const part of [chart, text, entry, table]) part.scrollTop = 0;
  }

  function receive(message, own) {
    if (message.kind === "corpus") {
      corpus = message;
      search.hidden = corpus.documents.length <= MANY;
      wanted = corpus.chosen;
      listDocuments();
      buildControls();
      open(wanted);
    } else if (message.kind === "failed") {
      if (own.kind === "correct") return tell(`Not saved: ${message.error}`, true);
      if (own.kind === "document" && own.document !== wanted) return;
      sent = null;
      body.hidden = true;
      tell(`Nothing to show: ${message.error}`, true);
    } else {
      received.set(own.document, message);
      if (own.document !== wanted) return;
      if (own.kind === "correct") showCorrected(message, own.hit);
      else showDocument();
    }
  }

  search.addEventListener("input", () => corpus && listDocuments());
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !corpus) return;
    event.preventDefault();
    const [first] = listDocuments();
    if (first) open(first.place);
  });
  select.addEventListener("change", () => open(Number(select.value)));
  text.addEventListener("keydown", leave);
  arrows(chart);
  arrows(text, { choose: ({ hits }) => choose(hits) });
  arrows(table);
  tell("Loading …");
  python.post({ kind: "open" });

  return python.stop;
}

export default { render };
