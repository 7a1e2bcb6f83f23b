// The editor's dialogs: one frame, what the desk answers, and where a new block goes.
import { crel, pm } from "django-prose-editor/editor";

let count = 0;

export const labelled = (text, control, help = "") => {
  control.id ||= `desk-dialog-field-${++count}`;
  const field = crel("div", { className: "desk-dialog-field" }, [
    crel("label", { htmlFor: control.id, textContent: text }),
    control,
  ]);
  if (help) {
    field.append(crel("p", { className: "desk-dialog-help", id: `${control.id}-help`, textContent: help }));
    control.setAttribute("aria-describedby", `${control.id}-help`);
  }
  return field;
};

export const textInput = (attributes = {}) => crel("input", { type: "text", ...attributes });

export const addressInput = (attributes = {}) =>
  textInput({ inputMode: "url", dir: "ltr", autocomplete: "off", spellcheck: false, ...attributes });

// Say beside an input what is wrong with it; taken back as soon as something else is typed.
export const complain = (input, message) => {
  input.setCustomValidity(message);
  input.addEventListener("input", () => input.setCustomValidity(""), { once: true });
  input.reportValidity();
};

// Ask in a dialog. `collect` answers the values, or null while something is wrong. The promise
// holds them, or null when the dialog was closed; the editor has the focus again then.
export const ask = (editor, { title, fields, submitText, collect, isWide = false }) =>
  new Promise((resolve) => {
    const heading = crel("h2", { id: `desk-dialog-title-${++count}`, textContent: title });
    const cancel = crel("button", { type: "button", textContent: gettext("Cancel") });
    const form = crel("form", { noValidate: true }, [
      heading,
      ...fields,
      crel("div", { className: "desk-dialog-buttons" }, [
        crel("button", { type: "submit", className: "default", textContent: submitText }),
        cancel,
      ]),
    ]);
    const dialog = crel(
      "dialog",
      {
        className: isWide ? "desk-dialog desk-dialog-wide" : "desk-dialog",
        "aria-labelledby": heading.id,
      },
      [form],
    );
    // At once, not on the event of its closing: a key pressed in between belongs behind the answer.
    const end = (answer) => {
      dialog.removeEventListener("close", leave);
      dialog.close();
      dialog.remove();
      editor.commands.focus();
      resolve(answer);
    };
    const leave = () => end(null);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const answer = collect();
      if (answer) end(answer);
    });
    cancel.addEventListener("click", leave);
    dialog.addEventListener("close", leave);
    document.body.append(dialog);
    dialog.showModal();
  });

// The desk's address for one of the editor's questions, which the form's field carries.
export const deskAddress = (editor, name) =>
  editor.options.element.querySelector("textarea").dataset[name];

// What the desk answers. Rejects with a sentence for the person at the desk.
export const fetchFromDesk = async (address, parameters, signal) => {
  let response;
  try {
    response = await fetch(`${address}?${new URLSearchParams(parameters)}`, {
      headers: { Accept: "application/json" },
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(gettext("The desk does not answer. Check the connection and try again."));
  }
  if (response.redirected || response.status === 403) {
    throw new Error(gettext("You are logged out, or may not see this. Log in in another tab."));
  }
  if (!response.ok) throw new Error(gettext("The desk could not answer. Try again."));
  return response.json();
};

// Put a block behind the paragraph with the cursor, or in its place when it is empty, with a
// paragraph to go on writing in. The cursor stands in the block then, or behind it.
export const insertBlock = (editor, block) => {
  const { $to } = editor.state.selection;
  const isEmpty = $to.parent.type.name === "paragraph" && $to.parent.content.size === 0;
  const from = $to.depth === 0 ? $to.pos : isEmpty ? $to.before() : $to.after();
  const to = isEmpty ? $to.after() : from;
  const isLast = to === editor.state.doc.content.size;
  editor
    .chain()
    .focus()
    .insertContentAt({ from, to }, isLast ? [block, { type: "paragraph" }] : block)
    .command(({ tr }) => {
      const node = tr.doc.nodeAt(from);
      const start = tr.doc.resolve(node.isAtom ? from + node.nodeSize : from + 1);
      return tr.setSelection(pm.state.Selection.near(start));
    })
    .run();
};
