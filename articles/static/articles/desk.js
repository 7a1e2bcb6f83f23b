// The text editor's menu: it names its buttons in English alone, says neither which are pressed nor
// which rest, and makes each a stop of the Tab key. The names come from the catalogue.
const named = (name) => {
  const translated = gettext(name);
  return translated[0].toUpperCase() + translated.slice(1);
};

const nameButton = (button) => {
  if (!button.title || button.dataset.named === button.title) return;
  button.title = named(button.title);
  button.dataset.named = button.title;
  button.setAttribute("aria-label", button.title);
};

const tellState = (button) => {
  const state = {
    "aria-pressed": String(button.classList.contains("active")),
    "aria-disabled": String(button.classList.contains("disabled")),
  };
  for (const [name, value] of Object.entries(state)) {
    if (button.getAttribute(name) !== value) button.setAttribute(name, value);
  }
};

const buttonsOf = (menu) => [...menu.querySelectorAll("button")];
const canBeReached = (button) => !button.classList.contains("hidden");

const keepOneStop = (menu) => {
  const buttons = buttonsOf(menu);
  const reached = buttons.filter(canBeReached);
  const stop = reached.find((button) => button.tabIndex === 0) ?? reached[0];
  for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
};

const moveStop = (event) => {
  const menu = event.currentTarget;
  const reached = buttonsOf(menu).filter(canBeReached);
  const forward = getComputedStyle(menu).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const at = reached.indexOf(event.target);
  const places = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: reached.length - 1 };
  if (at < 0 || !(event.key in places)) return;
  event.preventDefault();
  const next = reached.at(places[event.key] % reached.length);
  for (const button of buttonsOf(menu)) button.tabIndex = button === next ? 0 : -1;
  next.focus();
};

const makeToolbar = (menu) => {
  if (menu.role !== "toolbar") {
    menu.role = "toolbar";
    menu.setAttribute("aria-label", gettext("Text editor"));
    menu.addEventListener("keydown", moveStop);
  }
  for (const button of buttonsOf(menu)) {
    nameButton(button);
    tellState(button);
  }
  keepOneStop(menu);
};

// The text runs as the story's language does, whatever the desk's own.
const followLanguage = (editor, label) => {
  const language = document.querySelector("#id_language");
  const follow = () => {
    const lang = language?.value || document.documentElement.lang;
    const dir = lang.startsWith("ar") ? "rtl" : "ltr";
    const attributes = { role: "textbox", "aria-multiline": "true", "aria-label": label, lang, dir };
    editor.setOptions({ editorProps: { attributes } });
  };
  language?.addEventListener("change", follow);
  follow();
};

document.addEventListener("prose-editor:ready", ({ target, detail: { editor } }) => {
  const frame = target.closest(".prose-editor");
  const update = () => {
    const menu = frame.querySelector(".prose-menubar");
    if (menu) makeToolbar(menu);
  };
  // The menu is built after this event, and changes its buttons after each step.
  new MutationObserver(update).observe(frame, { childList: true });
  editor.on("transaction", () => queueMicrotask(update));
  followLanguage(editor, target.labels[0]?.textContent.replace(/:$/, "") ?? "");
  frame.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "F10") {
      event.preventDefault();
      frame.querySelector('.prose-menubar button[tabindex="0"]')?.focus();
    }
  });
});
