// The page of code_paragraphs: shows one paragraph, sends every answer to Python, and says
// "Saved" when Python has answered that the file is written.

const TYPING = 700; // milliseconds without a key until a note is sent

function render({ model, el }) {
  let sheet = null;
  let row = 0;
  let active = 0;

  const root = make("div", { className: "mf-page mf-coding", tabIndex: 0 });
  const status = statusLine(root);
  const python = connect(model, { tell, receive, file: () => sheet.file });
  const { pending } = python;
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
  const keys = make("p", { className: "mf-coding-keys" });
  root.append(
    make("div", { className: "mf-coding-head" }, [
      counter,
      bar,
      coded,
      status.node,
      python.againButton,
    ]),
    text,
    categories,
    make("label", { className: "mf-coding-note-label" }, ["Note ", note]),
    make("div", { className: "mf-coding-moves" }, [back, next, first]),
    keys,
  );
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
          button.addEventListener("click", choose);
          return button;
        });
        const clear = make("button", { type: "button", textContent: "Take back" });
        clear.className = "mf-coding-clear";
        clear.setAttribute("aria-label", `Take back the code of ${category.name}`);
        clear.addEventListener("click", () => takeBack(index));
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

  function answer(category, code) {
    answersOf(row).codes[category] = code;
    python.send(`${row}|code|${category}`, { kind: "code", row, category, code });
    const open = firstOpenCategory();
    if (answersOf(row).codes[sheet.categories[open].name] === undefined) active = open;
    show();
  }

  function takeBack(index) {
    const { name } = sheet.categories[index];
    active = index;
    if (answersOf(row).codes[name] !== undefined) {
      delete answersOf(row).codes[name];
      python.send(`${row}|code|${name}`, { kind: "code", row, category: name, code: null });
    }
    show();
  }

  let typing = null;
  function noteTyped() {
    python.hold(`${row}|note`, { kind: "note", row, note: note.value });
    clearTimeout(typing);
    typing = setTimeout(sendNote, TYPING);
  }

  function sendNote() {
    clearTimeout(typing);
    if (pending.get(`${row}|note`)?.number !== null) return;
    answersOf(row).note = note.value;
    python.send(`${row}|note`, { kind: "note", row, note: note.value });
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

  function tell(message, failed = false) {
    status.tell(failed && !sheet ? `Nothing to show: ${message}` : message, failed);
  }

  function receive(message) {
    if (message.kind === "sheet") begin(message);
    else if (message.kind === "saved" && sheet) adopt(message);
    else if (message.kind === "failed" && !sheet) tell(message.error, true);
  }

  function begin(message) {
    sheet = message;
    root.setAttribute("aria-label", `Coding paragraphs as ${sheet.coder}`);
    build();
    row = firstUncoded();
    active = firstOpenCategory();
    show();
    tell(`Coder ${sheet.coder}. Every answer is saved to ${sheet.file} at once.`);
  }

  // What was changed meanwhile and is still under way stays as the coder has left it.
  function adopt(message) {
    const kept = answersOf(message.row);
    const codes = { ...message.codes };
    for (const { name } of sheet.categories) {
      if (!pending.has(`${message.row}|code|${name}`)) continue;
      delete codes[name];
      if (kept.codes[name] !== undefined) codes[name] = kept.codes[name];
    }
    const noted = pending.has(`${message.row}|note`) ? kept.note : message.note;
    sheet.answers[message.row] = { codes, note: noted };
    show();
  }

  back.addEventListener("click", () => go(row - 1));
  next.addEventListener("click", () => go(row + 1));
  first.addEventListener("click", () => go(firstUncoded()));
  note.addEventListener("input", noteTyped);
  note.addEventListener("change", sendNote);
  root.addEventListener("keydown", press);
  tell("Loading …");
  python.post({ kind: "open" });

  return () => {
    sendNote();
    python.stop();
  };
}

export default { render };
