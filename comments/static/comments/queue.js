// The moderators' queue without reloading: keys, forms sent in place, news. Every form works
// without this script too; here it is only made quicker.

const queue = document.getElementById("queue");
const list = queue?.querySelector(".entries");
const status = document.getElementById("queue-status");
const bulk = document.getElementById("bulk");
const POLL_EVERY = 20_000; // milliseconds
const OFFLINE = 0;

// Entries

const entries = () => [...list.querySelectorAll(".entry")];
const currentEntry = () =>
  list.querySelector(".entry:focus-within") ?? list.querySelector(".entry.is-current");

function goTo(entry) {
  if (!entry) return;
  list.querySelector(".entry.is-current")?.classList.remove("is-current");
  entry.classList.add("is-current");
  entry.focus({ preventScroll: true });
  const { top, bottom } = entry.getBoundingClientRect();
  const isHigh = bottom - top > innerHeight - 160;
  if (top < 80 || bottom > innerHeight - 80) {
    entry.scrollIntoView({ block: isHigh ? "start" : "center" });
  }
}

function move(step) {
  const all = entries();
  const at = all.indexOf(currentEntry());
  goTo(all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]);
}

const waits = (entry) => !("settled" in entry.dataset);

function behind(entry) {
  const all = entries();
  const at = all.indexOf(entry);
  return all.slice(at + 1).find(waits) ?? all.slice(0, at).reverse().find(waits) ?? entry;
}

// What is half typed stays, in an entry that has not changed and in one that has: but for `done`,
// whose form was carried out.
function replaceEntries(rendered, done) {
  const changed = [];
  for (const [key, html] of Object.entries(rendered)) {
    const old = list.querySelector(`[data-entry="${key}"]`);
    if (!old) continue;
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const fresh = holder.content.querySelector(".entry");
    if (fresh.dataset.version === old.dataset.version) continue;
    if (old !== done) carryOver(old, fresh);
    old.replaceWith(fresh);
    changed.push(fresh);
  }
  markTicked();
  return changed;
}

function carryOver(old, fresh) {
  for (const field of old.querySelectorAll(".panel :is(textarea, input:not([type]))")) {
    if (field.value === field.defaultValue) continue;
    const panel = fresh.querySelector(`[data-panel="${field.closest(".panel").dataset.panel}"]`);
    const place = panel?.querySelector(`[name="${field.name}"]`);
    if (!place) continue;
    place.value = field.value;
    panel.open = true;
  }
}

// Messages and counts

function say(message, level, undo) {
  const line = document.createElement("li");
  line.className = level;
  line.textContent = message;
  status.querySelector(".queue-messages").replaceChildren(line);
  const form = status.querySelector(".undo");
  if (form && undo !== undefined) {
    form.hidden = !undo;
    form.elements.batch.value = undo;
    form.dataset.here = "";
  }
  status.hidden = false;
}

function showCounts(counts) {
  for (const [tab, count] of Object.entries(counts)) {
    const place = queue.querySelector(`[data-count="${tab}"]`);
    if (place) place.textContent = count;
  }
}

// Forms

async function send(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  for (const each of entries()) data.append("shown", each.dataset.entry);
  const answer = await fetch(form.getAttribute("action") ?? location.href, {
    method: "POST",
    body: data,
    headers: { Accept: "application/json" },
    redirect: "manual",
  });
  const isOurs = [200, 409, 422].includes(answer.status);
  return isOurs ? { status: answer.status, ...(await answer.json()) } : null;
}

async function act(form, button) {
  const entry = form.closest(".entry");
  const key = entry?.dataset.entry;
  const next = entry && behind(entry).dataset.entry;
  const target = entry ?? form;
  if (target.getAttribute("aria-busy")) return;
  target.setAttribute("aria-busy", "true");
  try {
    const answer = await send(form, button).catch(() => ({ status: OFFLINE }));
    // No session any more, or no right: the page itself tells more than we can.
    if (answer?.status === OFFLINE) return say(status.dataset.offline, "error");
    if (!answer) return HTMLFormElement.prototype.submit.call(withButton(form, button));
    const changed = show(form, answer);
    if (answer.status === 422) return;
    const now = list.querySelector(`[data-entry="${key}"]`) ?? changed.find(waits);
    goTo(now && waits(now) ? now : list.querySelector(`[data-entry="${next}"]`) ?? entries().find(waits));
  } finally {
    target.removeAttribute("aria-busy");
  }
}

function show(form, { status: code, message, level, undo, counts, entries: rendered }) {
  say(message, level, code === 200 ? undo : undefined);
  showCounts(counts);
  if (code === 422) return [];
  if (code === 200) form.closest("details")?.removeAttribute("open");
  return replaceEntries(rendered, code === 200 ? form.closest(".entry") : null);
}

function withButton(form, button) {
  if (button?.name) {
    const field = Object.assign(document.createElement("input"), {
      type: "hidden",
      name: button.name,
      value: button.value,
    });
    form.append(field);
  }
  return form;
}

function onSubmit(event) {
  const form = event.target;
  if (!list || form.method !== "post" || !queue.dataset.news) return;
  if (form === bulk && bulk.elements.scope.checked) return;
  // What was done before this page came may have changed what is not on it.
  if (form.matches(".undo:not([data-here])")) return;
  event.preventDefault();
  act(form, event.submitter);
}

// Ticked boxes

const boxes = () => [...list.querySelectorAll("input[name=selected]")];

function markTicked() {
  if (!bulk) return;
  const ticked = boxes().filter((box) => box.checked);
  for (const box of boxes()) box.closest(".entry").classList.toggle("is-ticked", box.checked);
  const all = bulk.querySelector("[data-all-here] input");
  all.checked = ticked.length > 0 && ticked.length === boxes().length;
  all.indeterminate = ticked.length > 0 && !all.checked;
  bulk.querySelector(".bulk-number").textContent = ticked.length || "";
  bulk.classList.toggle("has-ticked", ticked.length > 0 || bulk.elements.scope.checked);
}

function onChange({ target }) {
  if (target.closest?.("[data-all-here]")) {
    for (const box of boxes()) box.checked = target.checked;
  }
  if (target.form === bulk || target.name === "selected") markTicked();
}

// Keys, wherever the letters lie: by the letter typed, or by its place on another keyboard.

const PLACES = {
  KeyJ: "j", KeyK: "k", KeyA: "a", KeyR: "r", KeyS: "s", KeyT: "t", KeyE: "e",
  KeyD: "d", KeyB: "b", KeyU: "u", KeyX: "x", KeyO: "o",
};

function letterOf({ key, code, shiftKey }) {
  if (["?", "؟"].includes(key) || (code === "Slash" && shiftKey)) return "?";
  if (key === "/" || code === "Slash") return "/";
  if (shiftKey) return "";
  return /^[a-z]$/i.test(key) ? key.toLowerCase() : (PLACES[code] ?? "");
}

function openPanel(name) {
  const panel = currentEntry()?.querySelector(`[data-panel="${name}"]`);
  if (!panel) return;
  const phrase = name === "redact" ? String(getSelection()).trim() : "";
  closePanels();
  panel.open = true;
  const field = panel.querySelector("[data-focus]") ?? panel.querySelector("button");
  if (phrase) panel.querySelector("[data-phrase]").value = phrase;
  field.focus();
}

function closePanels() {
  for (const panel of list.querySelectorAll(".panel[open]")) panel.open = false;
}

const press = (verb) =>
  currentEntry()?.querySelector(`.actions > button[value="${verb}"]`)?.click();

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  a: () => press("approve"),
  s: () => press("spam"),
  t: () => press("trash"),
  r: () => openPanel("reject"),
  e: () => openPanel("edit"),
  d: () => openPanel("redact"),
  b: () => openPanel("ban"),
  u: () => status.querySelector(".undo:not([hidden]) button")?.click(),
  x: () => currentEntry()?.querySelector("input[name=selected]")?.click(),
  o: () => currentEntry()?.querySelector("[data-open]")?.click(),
  "/": () => document.getElementById("filter-q")?.focus(),
  "?": () => document.getElementById("keys").showModal(),
};

const TYPED_INTO = "input:not([type=checkbox]), textarea, select, [contenteditable]";

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    const entry = currentEntry();
    closePanels();
    status.hidden = status.hidden || !status.contains(document.activeElement);
    if (entry) goTo(entry);
    else document.activeElement?.blur();
    return;
  }
  if (event.target.closest?.(TYPED_INTO)) return;
  const action = KEYS[letterOf(event)];
  if (!action) return;
  event.preventDefault();
  action();
}

// News

async function poll() {
  if (document.visibilityState !== "visible") return;
  try {
    const url = `${queue.dataset.news}&newest=${queue.dataset.newest}`;
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (answer.ok) showNews(await answer.json());
  } catch {
    // No connection, or no session: the next time will do.
  }
}

function showNews({ counts, newer, told }) {
  showCounts(counts);
  const link = document.getElementById("news");
  link.hidden = newer === 0;
  link.querySelector("b").textContent = told;
  document.title = document.title.replace(/^\(\d+\) /, "");
  if (newer) document.title = `(${newer}) ${document.title}`;
}

// The start

if (queue && list) {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("change", onChange);
  document.addEventListener("keydown", onKey);
  list.addEventListener("focusin", ({ target }) => {
    list.querySelector(".entry.is-current")?.classList.remove("is-current");
    target.closest(".entry")?.classList.add("is-current");
  });
  for (const button of document.querySelectorAll("[data-keys], [data-close], [data-all-here]")) {
    button.hidden = false;
  }
  queue.querySelector("[data-keys]")?.addEventListener("click", KEYS["?"]);
  status.querySelector("[data-close]").addEventListener("click", () => (status.hidden = true));
  if (entries().length === 1) entries()[0].classList.add("is-current");
  if (queue.dataset.news) {
    setInterval(poll, POLL_EVERY);
    document.addEventListener("visibilitychange", poll);
  }
}
