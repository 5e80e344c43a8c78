// The page of code_paragraphs: shows one paragraph, sends every answer to Python, and says
// "Saved" when Python has answered that the file is written.

const PATIENCE = 4000; // milliseconds without a reply until the coder is told
const TYPING = 700; // milliseconds without a key until a note is sent
const SILENCE =
  "Python does not answer. While another cell runs, wait; after a restart of the kernel, run " +
  "this cell again.";

function make(tag, properties = {}, children = []) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  // Else JupyterLab takes the keys for its own: 1 makes a heading of the cell, x cuts it. It
  // looks at the element that has the focus, so that one mark on the box would not do.
  node.setAttribute("data-lm-suppress-shortcuts", "true");
  node.append(...children);
  return node;
}

function render({ model, el }) {
  const stop = new AbortController();
  const listen = { signal: stop.signal };
  // Messages of two views of one widget must not be taken for each other.
  const view = Math.random().toString(36).slice(2);
  const pending = new Map(); // what is sent and not saved yet, by row and category
  let sheet = null;
  let row = 0;
  let active = 0;
  let sent = 0;
  let timer = null;
  let fault = "";

  const counter = make("strong", { className: "mf-coding-counter" });
  const bar = make("progress", { max: 1, value: 0 });
  bar.setAttribute("aria-label", "Paragraphs coded");
  const coded = make("span");
  const text = make("div", { className: "mf-coding-text", dir: "auto" });
  text.setAttribute("aria-live", "polite");
  const categories = make("div");
  const note = make("input", { type: "text", className: "mf-coding-note", autocomplete: "off" });
  const back = make("button", { type: "button", textContent: "← Back" });
  const next = make("button", { type: "button", textContent: "Next →" });
  const first = make("button", { type: "button", textContent: "First uncoded" });
  const status = make("div", { className: "mf-coding-status" });
  status.setAttribute("role", "status");
  status.setAttribute("aria-live", "polite");
  const again = make("button", { type: "button", textContent: "Save again", hidden: true });
  const keys = make("p", { className: "mf-coding-keys" });
  const root = make("div", { className: "mf-coding", tabIndex: 0 }, [
    make("div", { className: "mf-coding-head" }, [counter, bar, coded, status, again]),
    text,
    categories,
    make("label", { className: "mf-coding-note-label" }, ["Note ", note]),
    make("div", { className: "mf-coding-moves" }, [back, next, first]),
    keys,
  ]);
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "Coding paragraphs");
  el.append(root);

  const answersOf = (place) => (sheet.answers[place] ??= { codes: {}, note: "" });
  const isCoded = (place) =>
    sheet.categories.every(({ name }) => answersOf(place).codes[name] !== undefined);

  function firstUncoded() {
    const found = sheet.texts.findIndex((_, place) => !isCoded(place));
    return found < 0 ? sheet.texts.length - 1 : found;
  }

  function firstOpenCategory() {
    const given = answersOf(row).codes;
    const found = sheet.categories.findIndex(({ name }) => given[name] === undefined);
    return found < 0 ? 0 : found;
  }

  function build() {
    categories.replaceChildren(
      ...sheet.categories.map((category, index) => {
        const name = make("span", { className: "mf-coding-name", textContent: category.name });
        const choices = category.codes.map(({ code, meaning, key }) => {
          const label = key === code.toLowerCase() ? meaning : `${code}: ${meaning}`;
          const button = make("button", { type: "button" }, [
            make("kbd", { textContent: key, hidden: key === "" }),
            ` ${label}`,
          ]);
          button.dataset.code = code;
          if (key) button.setAttribute("aria-keyshortcuts", key);
          const choose = () => {
            active = index;
            answer(category.name, code);
          };
          button.addEventListener("click", choose, listen);
          return button;
        });
        const clear = make("button", { type: "button", textContent: "Take back" });
        clear.className = "mf-coding-clear";
        clear.setAttribute("aria-label", `Take back the code of ${category.name}`);
        clear.addEventListener("click", () => takeBack(index), listen);
        const buttons = make("div", { className: "mf-coding-codes" }, [...choices, clear]);
        const summary = make("summary", { textContent: "Definition" });
        summary.setAttribute("aria-label", `Definition of ${category.name}`);
        const group = make("div", { className: "mf-coding-category" }, [
          name,
          buttons,
          make("details", {}, [
            summary,
            make("div", { textContent: category.definition }),
          ]),
        ]);
        group.setAttribute("role", "group");
        group.setAttribute("aria-label", category.name);
        group.dataset.category = category.name;
        return group;
      }),
    );
    keys.textContent =
      "Keys, after a click into this box: the signs on the buttons choose a code of the marked " +
      "category; ↑ ↓ another category; ← → another paragraph; End the first uncoded one; " +
      "Backspace takes a code back; Escape leaves the note.";
  }

  // Buttons at an end are not disabled but inert: a disabled one would lose the focus, and
  // the next key would go to JupyterLab.
  const inert = (button, off) => button.setAttribute("aria-disabled", String(off));

  function show() {
    const total = sheet.texts.length;
    const done = sheet.texts.filter((_, place) => isCoded(place)).length;
    counter.textContent = `${row + 1} of ${total}`;
    coded.textContent = `${done} coded`;
    bar.max = total;
    bar.value = done;
    if (text.textContent !== sheet.texts[row]) {
      text.textContent = sheet.texts[row];
      text.scrollTop = 0;
    }
    const given = answersOf(row);
    if (!pending.has(`${row}|note`)) note.value = given.note;
    sheet.categories.forEach(({ name }, index) => {
      const group = categories.children[index];
      group.classList.toggle("mf-coding-active", index === active);
      if (index === active) group.setAttribute("aria-current", "true");
      else group.removeAttribute("aria-current");
      const waiting = pending.has(`${row}|code|${name}`);
      for (const button of group.querySelectorAll("[data-code]")) {
        const chosen = button.dataset.code === given.codes[name];
        button.setAttribute("aria-pressed", String(chosen));
        button.classList.toggle("mf-coding-waiting", chosen && waiting);
      }
      inert(group.querySelector(".mf-coding-clear"), given.codes[name] === undefined);
    });
    inert(back, row === 0);
    inert(next, row === total - 1);
    inert(first, done === total);
  }

  function tell(message, failed = false) {
    if (status.textContent !== message) status.textContent = message;
    root.classList.toggle("mf-coding-failed", failed);
    again.hidden = !failed || pending.size === 0;
  }

  function tellPending() {
    if (fault) tell(`Not saved: ${fault}`, true);
    else if (pending.size) tell("Saving …");
    else tell(`Saved to ${sheet.file} at ${new Date().toLocaleTimeString()}`);
  }

  function tellFault(message) {
    stopWaiting();
    fault = message;
    if (sheet) tellPending();
    else tell(`Nothing to show: ${fault}`, true);
  }

  // From the oldest message without a reply on: who codes fast must be told as well.
  function wait() {
    if (pending.size || !sheet) timer ??= setTimeout(() => tellFault(SILENCE), PATIENCE);
  }

  function waitAnew() {
    stopWaiting();
    wait();
  }

  function stopWaiting() {
    clearTimeout(timer);
    timer = null;
  }

  function post(message) {
    try {
      model.send(message);
      wait();
    } catch {
      tellFault(SILENCE); // JupyterLab knows that the kernel is gone
    }
  }

  function send(key, message) {
    sent += 1;
    const numbered = { ...message, id: [view, sent] };
    pending.set(key, numbered);
    tellPending();
    post(numbered);
  }

  function answer(category, code) {
    answersOf(row).codes[category] = code;
    send(`${row}|code|${category}`, { kind: "code", row, category, code });
    const open = firstOpenCategory();
    if (answersOf(row).codes[sheet.categories[open].name] === undefined) active = open;
    show();
  }

  function takeBack(index) {
    const { name } = sheet.categories[index];
    active = index;
    if (answersOf(row).codes[name] !== undefined) {
      delete answersOf(row).codes[name];
      send(`${row}|code|${name}`, { kind: "code", row, category: name, code: null });
    }
    show();
  }

  let typing = null;
  function noteTyped() {
    pending.set(`${row}|note`, { kind: "note", row, note: note.value, id: null });
    tellPending();
    clearTimeout(typing);
    typing = setTimeout(sendNote, TYPING);
  }

  function sendNote() {
    clearTimeout(typing);
    const waiting = pending.get(`${row}|note`);
    if (!waiting || waiting.id !== null) return;
    answersOf(row).note = note.value;
    send(`${row}|note`, { kind: "note", row, note: note.value });
  }

  function go(place) {
    if (place < 0 || place >= sheet.texts.length) return;
    sendNote();
    row = place;
    active = firstOpenCategory();
    show();
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      // Every answer is saved; the browser's own dialog would only be in the way.
      if (event.key.toLowerCase() === "s") event.preventDefault();
      return;
    }
    if (!sheet) return;
    if (event.target === note) {
      if (event.key !== "Escape" && event.key !== "Enter") return;
      sendNote();
      root.focus();
      event.preventDefault();
      return;
    }
    const last = sheet.categories.length - 1;
    const moves = {
      ArrowLeft: () => go(row - 1),
      ArrowRight: () => go(row + 1),
      ArrowUp: () => (active = Math.max(0, active - 1)),
      ArrowDown: () => (active = Math.min(last, active + 1)),
      End: () => go(firstUncoded()),
      Backspace: () => takeBack(active),
    };
    const category = sheet.categories[active];
    const chosen = category.codes.find(({ key }) => key && key === event.key.toLowerCase());
    if (chosen) {
      // A key held down would code the categories that follow.
      if (!event.repeat) answer(category.name, chosen.code);
    } else if (event.key in moves) moves[event.key]();
    else return;
    show();
    event.preventDefault();
  }

  function receive(message) {
    if (message.kind === "sheet") {
      const begun = sheet !== null;
      sheet = message;
      root.setAttribute("aria-label", `Coding paragraphs as ${sheet.coder}`);
      fault = "";
      waitAnew();
      build();
      if (!begun) row = firstUncoded();
      active = firstOpenCategory();
      show();
      if (!begun) tell(`Coder ${sheet.coder}. Every answer is saved to ${sheet.file} at once.`);
      return;
    }
    const own = [...pending].find(([, { id }]) => id && String(id) === String(message.id));
    if (message.kind === "failed") {
      if (!own && sheet) return; // of another view
      if (own) own[1].failed = true;
      tellFault(message.error);
      return;
    }
    if (!sheet) return;
    if (own) pending.delete(own[0]);
    // What was changed meanwhile and is still under way stays as the coder has left it.
    const kept = answersOf(message.row);
    const codes = { ...message.codes };
    for (const { name } of sheet.categories) {
      if (!pending.has(`${message.row}|code|${name}`)) continue;
      delete codes[name];
      if (kept.codes[name] !== undefined) codes[name] = kept.codes[name];
    }
    const noted = pending.has(`${message.row}|note`) ? kept.note : message.note;
    sheet.answers[message.row] = { codes, note: noted };
    if (own) {
      fault = "";
      waitAnew();
      tellPending();
      // Writing works again: what failed before is tried once more.
      for (const [key, { failed, ...message }] of [...pending]) if (failed) send(key, message);
    }
    show();
  }

  function warnOfLoss(event) {
    if (pending.size) event.preventDefault();
  }

  back.addEventListener("click", () => go(row - 1), listen);
  next.addEventListener("click", () => go(row + 1), listen);
  first.addEventListener("click", () => go(firstUncoded()), listen);
  again.addEventListener(
    "click",
    () => [...pending].forEach(([key, message]) => send(key, message)),
    listen,
  );
  note.addEventListener("input", noteTyped, listen);
  note.addEventListener("change", sendNote, listen);
  root.addEventListener("keydown", press, listen);
  window.addEventListener("beforeunload", warnOfLoss, listen);
  model.on("msg:custom", receive);
  tell("Loading …");
  post({ kind: "open" });

  return () => {
    sendNote();
    stop.abort();
    stopWaiting();
    model.off("msg:custom", receive);
  };
}

export default { render };
