// The picker of related stories: beside its picks, suggestions for what is typed just now, and the
// box as readers will see it.

import { Picks, latest, soon, textOf } from "./picks.js";

const picker = document.querySelector(".related-picker[data-suggestions]");
const ASKED_AFTER = 600; // milliseconds

class RelatedPicker extends Picks {
  constructor(root) {
    super(root);
    this.suggested = root.querySelector("[data-suggested]");
    this.frame = root.querySelector("iframe");
    this.lost = root.querySelector("[data-box-lost]");
    this.suggest = latest(() => this.askSuggestions(), (html) => this.offer(this.suggested, html));
    this.follow();
  }

  value = (name) => this.form.elements[name]?.value ?? "";

  changed() {
    super.changed();
    this.refresh();
  }

  askSuggestions() {
    const sent = new FormData();
    for (const name of ["title", "subtitle", "excerpt", "tags", "category", "csrfmiddlewaretoken"]) {
      sent.set(name, this.value(name));
    }
    // Whoever logged in anew in another tab has another token there.
    if (typing.token()) sent.set("csrfmiddlewaretoken", typing.token());
    sent.set("article", this.root.dataset.article);
    sent.set("picks", this.keys());
    return textOf(this.root.dataset.suggestions, { method: "POST", body: sent });
  }

  showBox() {
    const asked = new URLSearchParams({
      article: this.root.dataset.article,
      category: this.value("category"),
      tags: this.value("tags"),
      picks: this.keys(),
    });
    this.frame.src = `${this.root.dataset.box}?${asked}`;
  }

  refresh = soon(() => {
    if (!this.isSeen) return;
    this.suggest();
    this.showBox();
  }, ASKED_AFTER);

  // What is typed, what the box says, and whether anybody has scrolled here.
  follow() {
    for (const name of ["title", "subtitle", "excerpt", "tags", "category"]) {
      this.form.elements[name]?.addEventListener("input", this.refresh);
    }
    this.frame.addEventListener("load", () => this.frame.src && this.sayWhetherLost());
    document.addEventListener("visibilitychange", () => this.lost.hidden || this.refresh());
    // Nothing is asked for a picker that nobody has scrolled to.
    new IntersectionObserver(([seen], observer) => {
      if (!seen.isIntersecting) return;
      this.isSeen = true;
      observer.disconnect();
      this.suggest();
      this.showBox();
    }).observe(this.root);
  }

  // Where the desk asks for a password, the browser shows an empty frame.
  sayWhetherLost() {
    this.frame.hidden = !this.frame.contentDocument?.querySelector(".box-alone");
    this.lost.hidden = !this.frame.hidden;
  }
}

if (picker?.querySelector("[data-found]")) new RelatedPicker(picker);
