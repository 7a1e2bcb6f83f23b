// A list of picks: what is picked, its order by pointer and by keys, what is offered to be picked.
// All of it only fills in the plain fields that the form has anyway.

const SEARCHED_AFTER = 250; // milliseconds

export const soon = (act, after) => {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(act, after);
  };
};

// Of two questions that are under way, only the answer to the later one is shown.
export const latest = (ask, show) => {
  let newest;
  return async () => {
    const asked = (newest = ask());
    const answer = await asked.catch(() => null);
    if (asked === newest && answer !== null) show(answer);
  };
};

export async function textOf(address, options) {
  const answer = await fetch(address, { redirect: "error", ...options });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
}

export class Picks {
  constructor(root) {
    this.root = root;
    this.form = root.closest("form");
    this.list = root.querySelector(".picks");
    this.none = root.querySelector(".picks-none");
    this.news = root.querySelector("[data-news]");
    this.found = root.querySelector("[data-found]");
    this.searched = root.querySelector("input[type=search]");
    this.most = Number(root.dataset.most);
    this.search = latest(() => this.askSearch(), (html) => this.offer(this.found, html));
    this.dress();
    this.listen();
    this.sayFaults();
    this.number();
  }

  // What the form holds

  field = (pick, name) => pick.querySelector(`[name$="-${name}"]`);
  keyField = (pick) => this.field(pick, this.root.dataset.key);
  isStored = (pick) => Boolean(this.field(pick, "id")?.value);
  isRemoved = (pick) => Boolean(this.field(pick, "DELETE")?.checked);
  places = () => [...this.list.children];
  picks = () => this.places().filter((pick) => this.keyField(pick).value && !this.isRemoved(pick));
  keys = () => this.picks().map((pick) => this.keyField(pick).value);

  // What another script filled in, as unsaved typing that is given back, may stand in another order.
  arrange() {
    const place = (pick) => Number(this.field(pick, "position").value);
    const empty = this.places().filter((pick) => !this.picks().includes(pick));
    this.list.append(...this.picks().sort((one, other) => place(one) - place(other)), ...empty);
    this.number();
  }

  number() {
    this.picks().forEach((pick, place) => (this.field(pick, "position").value = place));
    const picks = this.picks();
    for (const pick of this.places()) {
      pick.hidden = !picks.includes(pick);
      pick.classList.toggle("is-first", pick === picks[0]);
      // What another script filled in shows its number.
      const shown = pick.querySelector(".story-line")?.dataset.key;
      pick.classList.toggle("is-number", shown !== this.keyField(pick).value);
    }
    picks.forEach((pick, place) => {
      pick.querySelector('[data-move="-1"]').disabled = place === 0;
      pick.querySelector('[data-move="1"]').disabled = place === picks.length - 1;
    });
    this.none.hidden = picks.length > 0;
    for (const button of this.root.querySelectorAll("[data-add]")) {
      button.disabled = picks.length >= this.most || this.keys().includes(button.dataset.add);
    }
  }

  // Looks

  dress() {
    this.root.classList.add("is-live");
    for (const part of this.root.querySelectorAll(".pick-handle, .pick-buttons, .related-offers, .related-box")) {
      part.hidden = false;
    }
  }

  // A number that the server refused must be seen to be mended.
  sayFaults() {
    for (const pick of this.places()) {
      pick.classList.toggle("has-faults", Boolean(pick.querySelector(".errorlist")));
    }
  }

  say(sentence, pick) {
    const picks = this.picks();
    const said = { title: pick.dataset.title, place: picks.indexOf(pick) + 1, all: picks.length };
    this.news.textContent = interpolate(sentence, said, true);
  }

  // Changes

  changed() {
    this.number();
    this.form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  add(key, line) {
    if (this.picks().length >= this.most || this.keys().includes(key)) return;
    const pick = this.freePlace(key);
    if (!pick) return;
    if (this.isStored(pick)) this.field(pick, "DELETE").checked = false;
    this.keyField(pick).value = key;
    pick.querySelector(".pick-line").replaceChildren(line.cloneNode(true));
    pick.dataset.title = line.querySelector(".story-title").textContent;
    this.list.append(pick);
    this.changed();
    this.say(gettext("“%(title)s” is picked, %(place)s of %(all)s."), pick);
  }

  // What was removed comes back in its own row: rows are stored one after the other, and
  // nothing may stand in two at once.
  freePlace(key) {
    const own = this.places().find((pick) => this.isStored(pick) && this.keyField(pick).value === key);
    return own ?? this.places().find((pick) => !this.isStored(pick) && !this.keyField(pick).value);
  }

  remove(pick) {
    const next = this.picks()[this.picks().indexOf(pick) + 1] ?? this.picks().at(-2);
    this.say(gettext("“%(title)s” is removed."), pick);
    if (this.isStored(pick)) {
      this.field(pick, "DELETE").checked = true;
    } else {
      this.keyField(pick).value = "";
      this.field(pick, "position").value = "0";
      pick.querySelector(".errorlist")?.remove();
      pick.classList.remove("has-faults");
    }
    this.changed();
    const left = this.searched ?? this.root.querySelector("[data-add]:enabled");
    (next?.querySelector("[data-remove]") ?? left)?.focus();
  }

  move(pick, step, button) {
    const picks = this.picks();
    const other = picks[picks.indexOf(pick) + step];
    if (!other) return;
    if (step < 0) other.before(pick);
    else other.after(pick);
    this.changed();
    (button.disabled ? pick.querySelector("[data-move]:not(:disabled)") : button)?.focus();
    this.say(gettext("“%(title)s” is now %(place)s of %(all)s."), pick);
  }

  drag(pick, start) {
    const handle = start.target;
    handle.setPointerCapture(start.pointerId);
    pick.classList.add("is-dragged");
    const follow = (event) => {
      const under = this.picks().find((other) => {
        const { top, bottom } = other.getBoundingClientRect();
        return other !== pick && event.clientY > top && event.clientY < bottom;
      });
      if (!under) return;
      const { top, height } = under.getBoundingClientRect();
      // The other one is moved: an element that leaves the page for a moment loses the pointer.
      const isAbove = pick.compareDocumentPosition(under) & Node.DOCUMENT_POSITION_PRECEDING;
      if (isAbove && event.clientY < top + height / 2) this.carryOver(pick, under);
      if (!isAbove && event.clientY > top + height / 2) this.carryOver(pick, under);
    };
    const end = () => {
      handle.removeEventListener("pointermove", follow);
      pick.classList.remove("is-dragged");
      this.changed();
      this.say(gettext("“%(title)s” is now %(place)s of %(all)s."), pick);
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("lostpointercapture", end, { once: true });
  }

  // All that stands between the dragged one and `goal`, and `goal` itself, goes to its other side.
  carryOver(pick, goal) {
    const places = this.places();
    const [from, to] = [places.indexOf(pick), places.indexOf(goal)];
    if (to < from) pick.after(...places.slice(to, from));
    else pick.before(...places.slice(from + 1, to + 1));
  }

  // What is offered

  askSearch() {
    const words = this.searched.value.trim();
    if (!words) return Promise.resolve("");
    const asked = new URLSearchParams({ q: words, article: this.root.dataset.article ?? "" });
    return textOf(`${this.root.dataset.search}?${asked}`);
  }

  offer(place, html) {
    place.innerHTML = html;
    this.number();
  }

  listen() {
    this.list.addEventListener("click", ({ target }) => {
      const pick = target.closest(".pick");
      const moved = target.closest("[data-move]");
      if (moved) this.move(pick, Number(moved.dataset.move), moved);
      if (target.closest("[data-remove]")) this.remove(pick);
    });
    this.list.addEventListener("change", () => this.arrange());
    this.list.addEventListener("pointerdown", (event) => {
      if (!event.target.matches(".pick-handle") || event.button) return;
      event.preventDefault();
      this.drag(event.target.closest(".pick"), event);
    });
    this.root.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-add]");
      if (button) this.add(button.dataset.add, button.closest(".offer").querySelector(".story-line"));
    });
    this.searched?.addEventListener("input", soon(() => this.search(), SEARCHED_AFTER));
    // Enter looks the words up; it does not save the form.
    this.searched?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.search();
    });
  }
}
