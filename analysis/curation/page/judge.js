// Hits of an entry one at a time: do they mean the category? Each answer is saved at once.
//   save(hit, code)  saves an answer
//   more()           asks for twenty others
//   leave()          goes back to the entries
//   told()           returns name and definition of the category

const JUDGE_KEYS = ["y", "n", "p", "j", "Escape", "ArrowLeft", "ArrowRight"];

function makeJudge({ save, more, leave, told }) {
  const node = piece("judge", "div", { hidden: true, tabIndex: -1, role: "group" });
  let hits = [];
  let entry = "";
  let said = "";
  let place = 0;
  let answers = [];
  let whole = false;

  function begin(message) {
    ({ hits, entry, said } = message);
    place = 0;
    answers = [];
    whole = false;
    node.setAttribute("aria-label", `Judge hits of ${entry}`);
    node.hidden = false;
    show();
  }

  function end() {
    node.hidden = true;
    node.replaceChildren();
  }

  // What is known of the entry so far, when an answer is saved.
  function tell(of, text) {
    if (of !== entry) return;
    said = text;
    const shown = node.querySelector(".mf-curation-so-far");
    if (shown) shown.textContent = said;
  }

  function show() {
    const done = place >= hits.length;
    const bar = make("progress", { max: hits.length, value: answers.filter(Boolean).length });
    bar.setAttribute("aria-label", "Hits judged");
    const title = done ? `all ${hits.length} judged` : `hit ${place + 1} of ${hits.length}`;
    const soFar = piece("so-far", "span", { textContent: said });
    soFar.setAttribute("aria-live", "polite");
    const head = row(piece("subheading", "h4", { textContent: `${entry}: ${title}` }), bar, soFar);
    const close = keyed("Close", "Esc", leave);
    close.setAttribute("aria-keyshortcuts", "Escape");
    const buttons = done
      ? [keyed("Twenty more", "j", more), back()]
      : [answer("Yes", "y", "1"), answer("No", "n", "0"), back(), around()];
    node.replaceChildren(head, ...(done ? [] : question()), row(...buttons, close));
    node.focus({ preventScroll: true });
  }

  function question() {
    const { name, definition } = told();
    const hit = hits[place];
    const [before, words, after] = hit.sentence;
    const [above, below] = whole ? hit.around : ["", ""];
    const text = piece("sentence", "p", { dir: "auto" }, [
      ...visible(above + before),
      make("mark", {}, visible(words)),
      ...visible(after + below),
    ]);
    text.setAttribute("aria-live", "polite");
    return [
      piece("definition", "p", { textContent: definition || UNDEFINED }),
      text,
      piece("question", "p", { textContent: `Do the marked words mean ${name} here?` }),
    ];
  }

  function answer(label, key, code) {
    const button = keyed(label, key, () => {
      answers[place] = code;
      save(hits[place], entry, code);
      step(1);
    });
    if (answers[place]) button.setAttribute("aria-pressed", String(answers[place] === code));
    return button;
  }

  function back() {
    const button = keyed("Back", "←", () => step(-1));
    button.setAttribute("aria-keyshortcuts", "ArrowLeft");
    inert(button, place === 0);
    return button;
  }

  function around() {
    return keyed(whole ? "Sentence only" : "Whole paragraph", "p", () => {
      whole = !whole;
      show();
    });
  }

  // Forwards only past hits that have an answer.
  function step(by) {
    const to = place + by;
    if (to < 0 || to > hits.length || (by > 0 && !answers[place])) return;
    place = to;
    whole = false;
    show();
  }

  function press(event) {
    if (!JUDGE_KEYS.includes(event.key)) return false;
    if (event.repeat) return true;
    if (event.key === "ArrowRight") step(1);
    else
      [...node.querySelectorAll("button")]
        .find((button) => button.getAttribute("aria-keyshortcuts") === event.key)
        ?.click();
    return true;
  }

  return { node, begin, end, tell, press };
}
