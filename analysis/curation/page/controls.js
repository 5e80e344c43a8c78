// Controls that the parts of this page are made of.

const number = (n) => n.toLocaleString("en");

function piece(name, tag = "div", properties = {}, children = []) {
  return make(tag, { className: `mf-curation-${name}`, ...properties }, children);
}

// A button that says its key; what it does is told by the page's own keys.
function keyed(label, key, press) {
  const button = make("button", { type: "button", onclick: press }, [
    `${label} `,
    make("kbd", { textContent: key }),
  ]);
  button.setAttribute("aria-keyshortcuts", key);
  return button;
}

// A disabled button would lose the focus, and the next key would go to JupyterLab.
const inert = (button, off) => button.setAttribute("aria-disabled", String(off));
const isInert = (button) => button.getAttribute("aria-disabled") === "true";

const row = (...children) => piece("row", "div", {}, children);
const box = (input, label) => piece("box", "label", {}, [input, label]);

function field(label, ...inputs) {
  return piece("field", "label", {}, [make("span", { textContent: label }), ...inputs]);
}

function choice(values) {
  const options = Object.entries(values).map(([value, textContent]) =>
    make("option", { value, textContent }),
  );
  return make("select", {}, options);
}
