// What a draft would change, in sentences and in places drawn by chance.

const INVITATION = {
  sentences: ["Write a word or a phrase. An asterisk stands for any ending: envoy*"],
  lint: [],
  lines: [],
  lost: [],
  n_lines: 0,
};

function makeEffects({ exclude, askForMore }) {
  const told = piece("told", "p");
  told.setAttribute("aria-live", "polite");
  const lint = piece("lint", "ul");
  const more = piece("more", "ul");
  const lines = makeLines({ exclude });
  const lost = makeLines();
  const tenMore = make("button", { type: "button", textContent: "Ten more", onclick: askForMore });
  const sentences = piece("sentences", "div", {}, [told, lint, more]);
  const places = piece("places", "div", {}, [
    lost.heading,
    lost.list,
    lines.heading,
    lines.list,
    tenMore,
  ]);

  const items = (texts) => texts.map((textContent) => make("li", { textContent }));

  let last = null;

  function show(preview) {
    busy(false);
    if (preview === last) return;
    last = preview;
    const [first, ...rest] = preview.sentences;
    told.textContent = preview.error ?? first;
    told.classList.toggle("mf-curation-fault", preview.error !== undefined);
    more.replaceChildren(...items(rest));
    lint.replaceChildren(...items(preview.lint));
    lines.show(preview.lines, preview.heading);
    lost.show(preview.lost, preview.lost_heading);
    offerMore(preview);
  }

  function append(added, preview) {
    last = preview;
    lines.append(added);
    offerMore(preview);
  }

  function offerMore({ n_lines }) {
    tenMore.hidden = shown() >= n_lines;
  }

  function busy(is) {
    for (const node of [sentences, places]) node.setAttribute("aria-busy", String(is));
  }

  const shown = () => lines.list.children.length;
  return { sentences, places, show, append, busy, shown, open: lines.open, close: lines.close };
}
