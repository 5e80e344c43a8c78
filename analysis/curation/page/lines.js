// Hits in context, and phrases of their words in which an entry shall not count.

function makeLines({ exclude = null } = {}) {
  const heading = piece("subheading", "h4");
  const list = piece("contexts", "ol");
  arrows(list);

  function show(lines, textContent) {
    heading.hidden = list.hidden = lines.length === 0;
    heading.textContent = textContent ?? "";
    list.replaceChildren(...lines.map(lineOf));
    rove(list);
  }

  function append(lines) {
    const at = list.children.length;
    list.append(...lines.map(lineOf));
    rove(list);
    const first = list.children[at]?.querySelector("[data-roving]");
    if (first) moveTo(list, first);
  }

  function lineOf(line) {
    const { left, keyword, right } = line;
    const text = piece("line", "div", { dir: "auto", title: line.document_id }, [
      ...visible(left),
      make("mark", {}, visible(keyword)),
      ...visible(right),
    ]);
    const item = make("li", {}, [text]);
    if (!exclude) return item;
    const button = make("button", { type: "button", textContent: "Exclude …" });
    button.dataset.roving = "";
    button.setAttribute("aria-label", `Exclude a phrase of: ${left}${keyword}${right}`);
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => toggle(item, line, button));
    item.append(button);
    return item;
  }

  function toggle(item, line, button) {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    close();
    if (isOpen) return button.focus();
    button.setAttribute("aria-expanded", "true");
    const own = make("input", { type: "text", value: line.keyword.toLowerCase() });
    own.setAttribute("aria-label", "Phrase in which it does not count");
    const take = () => own.value.trim() && exclude(own.value.trim());
    own.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      take();
    });
    const offered = line.phrases.map((phrase) =>
      make("button", { type: "button", onclick: () => exclude(phrase) }, visible(phrase)),
    );
    const maker = piece("maker", "div", { role: "group" }, [
      make("p", { textContent: "It does not count in this phrase:" }),
      ...offered,
      row(own, make("button", { type: "button", textContent: "Exclude this", onclick: take })),
    ]);
    maker.setAttribute("aria-label", "Exclude a phrase");
    item.append(maker);
    (offered[0] ?? own).focus();
  }

  // Of the line that has the focus, or of the first.
  function open() {
    const buttons = [...list.querySelectorAll("[data-roving]")];
    const here = buttons.find((one) => one.parentElement.contains(document.activeElement));
    (here ?? buttons[0])?.click();
  }

  function close() {
    for (const maker of list.querySelectorAll(".mf-curation-maker")) maker.remove();
    for (const button of list.querySelectorAll("[aria-expanded]"))
      button.setAttribute("aria-expanded", "false");
  }

  return { heading, list, show, append, open, close };
}
