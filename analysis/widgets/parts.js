// What all pages share. Python joins this file and a page's own widget.js into one module.

const PATIENCE = 4000; // milliseconds without a reply until the reader is told
const SILENCE =
  "Python does not answer. While another cell runs, wait; after a restart of the kernel, run " +
  "this cell again.";
// What shows nothing but changes what is read: the same characters as in show_text.
const INVISIBLE =
  /([\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0001}\u{e0020}-\u{e007f}])/u;

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

const plural = (n, one) => `${n.toLocaleString("en")} ${one}${n === 1 ? "" : "s"}`;

// The pieces of a text, with invisible characters written out.
function visible(text) {
  return text.split(INVISIBLE).map((part, place) => {
    if (place % 2 === 0) return part;
    const code = part.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    return make("span", { className: "mf-invisible", textContent: `[U+${code}]` });
  });
}

// The line that says what was done; root shows by mf-failed that something went wrong.
function statusLine(root) {
  const node = make("div", { className: "mf-status", role: "status" });
  node.setAttribute("aria-live", "polite");
  function tell(message, failed = false) {
    if (node.textContent !== message) node.textContent = message;
    root.classList.toggle("mf-failed", failed);
  }
  return { node, tell };
}

// --- speaking to Python -------------------------------------------------------------------

// Messages to Python and what became of them. Python answers each with the id it came with.
//   post(message)       asks for something
//   send(key, message)  asks to save a change: it is pending until Python says "saved"
//   hold(key, message)  a change that is still being typed: pending, and not sent yet
//   again()             sends all that is pending once more; againButton does so by a click
// receive(message, own) gets each reply with the message of this view that it answers. Of
// another view of the same widget it gets only what was saved there; own is null then.
// file() tells where changes are saved.
function connect(model, { tell, receive, file }) {
  const stopping = new AbortController();
  // Replies to two views of one widget must not be taken for each other.
  const view = Math.random().toString(36).slice(2);
  const unanswered = new Map(); // by number: { message, key }
  const pending = new Map(); // by key: { message, number, failed }
  let sent = 0;
  let timer = null;
  let fault = "";
  const againButton = make("button", {
    type: "button",
    textContent: "Save again",
    hidden: true,
    onclick: again,
  });

  function tellPending() {
    if (fault) tell(pending.size ? `Not saved: ${fault}` : fault, true);
    else if (pending.size) tell("Saving …");
    else tell(`Saved to ${file()} at ${new Date().toLocaleTimeString()}`);
    againButton.hidden = !fault || !pending.size;
  }

  // From the oldest message without a reply on: who is quick must be told as well.
  function wait() {
    if (unanswered.size) timer ??= setTimeout(tellSilence, PATIENCE);
  }

  function stopWaiting() {
    clearTimeout(timer);
    timer = null;
  }

  function tellSilence() {
    stopWaiting();
    fault = SILENCE;
    tellPending();
  }

  function deliver(message, key) {
    sent += 1;
    const numbered = { ...message, id: [view, sent] };
    if (key !== null) {
      pending.set(key, { message, number: sent, failed: false });
      tellPending();
    }
    try {
      model.send(numbered);
      unanswered.set(sent, { message: numbered, key });
      wait();
    } catch {
      tellSilence(); // JupyterLab knows that the kernel is gone
    }
  }

  const post = (message) => deliver(message, null);
  const send = (key, message) => deliver(message, key);

  function hold(key, message) {
    pending.set(key, { message, number: null, failed: false });
    tellPending();
  }

  function again() {
    for (const [key, { message }] of [...pending]) send(key, message);
  }

  function hear(message) {
    const [from, number] = message.id ?? [];
    const asked = from === view ? unanswered.get(number) : undefined;
    if (!asked) {
      if (from !== view && message.kind === "saved") receive(message, null);
      return;
    }
    unanswered.delete(number);
    stopWaiting();
    wait();
    if (fault === SILENCE) {
      fault = "";
      if (pending.size) tellPending();
      else tell("");
    }
    const change = pending.get(asked.key);
    if (change?.number === number) settle(message, asked.key, change);
    receive(message, asked.message);
  }

  function settle({ kind, error }, key, change) {
    if (kind === "failed") {
      change.failed = true;
      fault = error;
      return tellPending();
    }
    pending.delete(key);
    fault = "";
    tellPending();
    // Writing works again: what failed before is tried once more.
    for (const [other, { message, failed }] of [...pending]) if (failed) send(other, message);
  }

  function warnOfLoss(event) {
    if (pending.size) event.preventDefault();
  }

  function stop() {
    stopping.abort();
    stopWaiting();
    model.off("msg:custom", hear);
  }

  window.addEventListener("beforeunload", warnOfLoss, { signal: stopping.signal });
  model.on("msg:custom", hear);
  return { post, send, hold, pending, again, againButton, stop };
}

// --- keys ---------------------------------------------------------------------------------

const stopsOf = (part) => [...part.querySelectorAll("[data-roving]")];

// One stop of the Tab key for a part; arrow keys move within it.
function rove(part) {
  stopsOf(part).forEach((node, place) => (node.tabIndex = place === 0 ? 0 : -1));
}

function moveTo(part, node) {
  for (const other of stopsOf(part)) other.tabIndex = -1;
  node.tabIndex = 0;
  node.focus();
}

// Enter and Space are left to what a button does by itself where there is no choose.
function arrows(part, { choose = null } = {}) {
  part.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const stops = stopsOf(part);
    const here = stops.indexOf(event.target);
    if (here < 0) return;
    if (choose && (event.key === "Enter" || event.key === " ")) choose(event.target);
    else {
      const to = {
        ArrowDown: here + 1,
        ArrowRight: here + 1,
        ArrowUp: here - 1,
        ArrowLeft: here - 1,
        Home: 0,
        End: stops.length - 1,
      }[event.key];
      if (to === undefined) return;
      if (stops[to]) moveTo(part, stops[to]);
    }
    event.preventDefault();
    event.stopPropagation();
  });
}
