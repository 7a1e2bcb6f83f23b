/* Remembers a commenter's name and website in this browser alone, where they ask for it.

   The email address is never kept. Without this script the form is the same, less a check box. */

(() => {
  "use strict";

  const KEY = "comment-writer";
  const KEPT = ["name", "website"];

  // A browser in private mode may refuse its storage: then nothing is remembered, and nothing said.
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY));
    } catch {
      return null;
    }
  };

  const forget = () => {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // There is nothing to forget.
    }
  };

  const remember = (form) => {
    const writer = Object.fromEntries(KEPT.map((name) => [name, form.elements[name].value]));
    try {
      localStorage.setItem(KEY, JSON.stringify(writer));
    } catch {
      // It will be typed again next time.
    }
  };

  const checkBox = (form) => {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.id = "comment-remember";
    box.setAttribute("aria-describedby", "comment-remember-help");
    const label = document.createElement("label");
    label.className = "choice";
    const words = document.createElement("span");
    words.textContent = form.dataset.rememberLabel;
    label.append(box, words);
    const help = document.createElement("p");
    help.className = "help";
    help.id = "comment-remember-help";
    help.textContent = form.dataset.rememberHelp;
    const field = document.createElement("div");
    field.className = "field field-remember";
    field.append(label, help);
    form.querySelector(".field-submit").before(field);
    return box;
  };

  const fill = (form, writer) => {
    for (const name of KEPT) {
      const input = form.elements[name];
      if (input.value === "" && typeof writer[name] === "string") {
        input.value = writer[name];
      }
    }
  };

  const form = document.querySelector("#comment-form form");
  if (!form) {
    return;
  }
  const box = checkBox(form);
  const writer = read();
  if (writer && typeof writer === "object") {
    box.checked = true;
    fill(form, writer);
  }
  box.addEventListener("change", () => (box.checked ? remember(form) : forget()));
  form.addEventListener("submit", () => {
    if (box.checked) {
      remember(form);
    }
  });
})();
