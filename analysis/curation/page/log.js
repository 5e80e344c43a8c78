// The decisions, the newest first, each with a button that takes it back.

const decidedOn = ({ term }) => term ?? "the definition";

function makeLog({ undo }) {
  const node = piece("log", "ol");
  arrows(node);

  function show(decisions, { taken_back, categories }) {
    const items = decisions.map((decision) =>
      itemOf(decision, taken_back[decision.number], categories.length > 1),
    );
    node.replaceChildren(...items);
    if (items.length === 0) node.append(make("li", { textContent: "Nothing here yet." }));
    rove(node);
  }

  function itemOf(decision, by, several) {
    const when = new Date(decision.time);
    const what = decision.decision === "undo" ? `undo ${decision.undoes}:` : decision.decision;
    const { hits_gained: gained, hits_lost: lost } = decision;
    const moved = [gained && `+${number(gained)}`, lost && `−${number(lost)}`].filter(Boolean);
    const item = make("li", { className: by ? "mf-curation-gone" : "" }, [
      piece("count", "span", { textContent: String(decision.number) }),
      piece("when", "span", {
        textContent: when.toLocaleString([], { dateStyle: "short", timeStyle: "short" }),
      }),
      piece("what", "span", {}, [
        `${what} `,
        make("strong", {}, visible(decidedOn(decision))),
        several ? ` (${decision.category})` : "",
        decision.reason ? `: ${decision.reason}` : "",
      ]),
      piece("moved", "span", { textContent: moved.length ? `${moved.join(" ")} hits` : "" }),
    ]);
    if (by) item.append(piece("by", "span", { textContent: `taken back by ${by}` }));
    else item.append(buttonOf(decision, what));
    return item;
  }

  function buttonOf(decision, what) {
    const button = make("button", { type: "button", textContent: "Undo" });
    button.dataset.roving = "";
    button.setAttribute("aria-label", `Undo ${decision.number}: ${what} ${decidedOn(decision)}`);
    button.addEventListener("click", () => undo(decision));
    return button;
  }

  return { node, show };
}
