// What the category means: shown, and written where there is nothing yet.
//   save(text)  saves another definition
//   leave()     gives the focus back where there is nothing to show

const UNDEFINED = "Write what counts and what does not: you decide by it.";

function makeDefinition({ save, leave }) {
  let text = "";
  const shown = piece("definition", "p");
  const edit = make("button", { type: "button", textContent: "Edit definition", onclick: open });
  const defined = piece("defined", "div", {}, [shown, edit]);
  const hint = piece("hint", "p", { textContent: UNDEFINED });
  const written = make("textarea", { rows: 2 });
  written.setAttribute("aria-label", "Definition of the category");
  const keep = make("button", { type: "button", textContent: "Save definition", onclick: take });
  const cancel = make("button", { type: "button", textContent: "Cancel", onclick: close });
  const writing = piece("defining", "div", {}, [hint, written, row(keep, cancel)]);
  const node = piece("meaning", "div", {}, [defined, writing]);
  written.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    event.stopPropagation();
  });

  function open() {
    written.value = text;
    put(true);
    written.focus();
  }

  function close() {
    written.value = text;
    put(!text);
    if (text) edit.focus();
    else leave();
  }

  function take() {
    const said = written.value.trim();
    if (said !== text) save(said);
    text = said;
    close();
  }

  function put(asked) {
    shown.textContent = text;
    defined.hidden = asked;
    writing.hidden = !asked;
    hint.hidden = text !== "";
    cancel.hidden = text === "";
  }

  // What somebody is writing stays as it is.
  function show(said, afresh) {
    const begun = node.contains(document.activeElement) || written.value.trim() !== text;
    const isBusy = !writing.hidden && !afresh && begun;
    text = said;
    if (isBusy) return;
    written.value = text;
    put(text === "");
  }

  return { node, show };
}
