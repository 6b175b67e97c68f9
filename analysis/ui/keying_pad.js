// Fields that are keyed one after the other: Enter moves on, and after the last field the row goes to Tieout.
// What was keyed waits in a queue until Tieout has taken it, so that nobody is ever too quick for it.
const pads = (window.tieoutPads ??= new Map()); // by key: what was keyed outlives a redrawn page
const PATIENCE = 20; // times that the focus is tried for, a frame apart
const BLINK = 400; // milliseconds

export default function (component) {
  const { parentElement, data, setStateValue } = component;
  const pad = pads.get(data.key) ?? { queue: [], next: 1, at: 0, shown: null, draft: null };
  pads.set(data.key, pad);
  pad.queue = pad.queue.filter((one) => one.n > data.done);
  pad.next = Math.max(pad.next, data.done + 1);
  pad.data = data;
  pad.send = setStateValue;
  const root = parentElement.querySelector(".pad");
  if (pad.shown !== data.shape) {
    pad.shown = data.shape;
    pad.draft = null;
    pad.at = Math.max(0, data.rows.findIndex((row) => !row.is_keyed));
  }
  if (root.dataset.shape !== data.shape) {
    root.dataset.shape = data.shape;
    build(root, pad);
    fill(root, pad);
    focus(root, PATIENCE);
    if (pad.queue.length) send(pad); // what an earlier drawing of the page could not hand over
  } else if (pad.draft === null) {
    fill(root, pad);
  }
}

function focus(root, patience) {
  inputs(root)[0].focus();
  const isFocused = root.getRootNode().activeElement || document.activeElement !== document.body;
  if (!isFocused && patience > 0) requestAnimationFrame(() => focus(root, patience - 1));
}

function inputs(root) {
  return [...root.querySelectorAll("input")];
}

function build(root, pad) {
  root.replaceChildren();
  const whose = document.createElement("div");
  whose.className = "whose";
  root.append(whose);
  pad.data.fields.forEach((field, place) => {
    const label = document.createElement("label");
    label.textContent = field.label;
    label.style.flexGrow = field.wide ? 2 : 1;
    const input = document.createElement("input");
    input.autocomplete = "off";
    input.placeholder = field.hint ?? "";
    input.inputMode = field.ten_key ? "decimal" : "text";
    input.className = field.ten_key ? "figures" : "";
    input.setAttribute("aria-label", field.label);
    input.addEventListener("input", () => { pad.draft = inputs(root).map((one) => one.value); });
    input.addEventListener("blur", () => flush(pad));
    input.addEventListener("keydown", (event) => pressed(event, root, pad, field, place));
    label.append(input);
    root.append(label);
  });
  const button = document.createElement("button");
  button.textContent = pad.data.button;
  button.addEventListener("click", () => { push(root, pad); inputs(root)[0].focus(); });
  root.append(button);
}

function pressed(event, root, pad, field, place) {
  const all = inputs(root);
  if (event.altKey || event.ctrlKey || event.metaKey) {
    flush(pad);
    if (pad.queue.length) event.stopPropagation(); // no other step before Tieout has taken what was keyed
  } else if (field.ten_key && event.key === "-" && event.target.value && !event.target.value.endsWith("-")) {
    event.preventDefault();
    event.target.value += "-";
    push(root, pad);
  } else if (field.ten_key && event.key === "+") {
    event.preventDefault();
    if (event.target.value) push(root, pad);
  } else if (event.key === "Enter") {
    event.preventDefault();
    event.stopPropagation();
    if (place < all.length - 1) {
      all[place + 1].focus();
      all[place + 1].select();
    } else {
      push(root, pad);
    }
  } else if (pad.data.rows.length && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    const to = pad.at + (event.key === "ArrowUp" ? -1 : 1);
    pad.at = Math.min(Math.max(to, 0), pad.data.rows.length - 1);
    pad.draft = null;
    fill(root, pad);
    all[0].focus();
  }
}

function push(root, pad) {
  const all = inputs(root);
  if (all.every((input) => !input.value) && !pad.data.rows.length) return;
  const row = pad.data.rows[pad.at];
  const values = Object.fromEntries(pad.data.fields.map((field, place) => [field.name, all[place].value]));
  pad.draft = null;
  pad.queue.push({ n: pad.next++, row: row ? row.id : null, version: row ? row.version : null, values });
  if (row) {
    pad.at = Math.min(pad.at + 1, pad.data.rows.length - 1);
    if (row === pad.data.rows[pad.at]) row.values = values;
  }
  fill(root, pad);
  all[0].focus();
  all[0].select();
  if (pad.timer === undefined) send(pad);
  else pad.isLate = true;
}

// The first row goes at once; those that follow within a blink go together.
function send(pad) {
  pad.isLate = false;
  pad.send("typed", [...pad.queue]);
  pad.timer = setTimeout(() => {
    pad.timer = undefined;
    if (pad.isLate) send(pad);
  }, BLINK);
}

function flush(pad) {
  if (pad.isLate) {
    clearTimeout(pad.timer);
    send(pad);
  }
}

function fill(root, pad) {
  const row = pad.data.rows[pad.at];
  root.querySelector(".whose").textContent = row ? row.label : "";
  inputs(root).forEach((input, place) => {
    const field = pad.data.fields[place];
    if (pad.draft) input.value = pad.draft[place];
    else if (row) input.value = row.values[field.name] ?? "";
    else if (!field.keeps || input.value === "") input.value = field.value ?? "";
  });
}
