// The text editor names its buttons in English alone; they are named here from the catalogue.
const nameButtons = (editor) => {
  for (const button of editor.querySelectorAll(".prose-menubar button[title]")) {
    const name = gettext(button.title);
    if (name !== button.title) {
      button.title = name;
      button.setAttribute("aria-label", name);
    }
  }
  for (const option of editor.querySelectorAll(".prose-menubar__option > *")) {
    const name = gettext(option.textContent);
    if (name !== option.textContent) option.textContent = name;
  }
};

document.addEventListener("prose-editor:ready", ({ target }) => {
  const editor = target.closest(".prose-editor");
  nameButtons(editor);
  // The menu is built after this event, and its list shows a new copy of a button at each choice.
  new MutationObserver(() => nameButtons(editor)).observe(editor, { childList: true, subtree: true });
});
