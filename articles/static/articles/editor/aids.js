// What happens to what is typed and pasted.
import { Extension, Plugin, pm } from "django-prose-editor/editor";
import { plainPaste } from "newsroom/editor/pasting";
import { aid } from "newsroom/editor/typing";

const STORED_AS = "newsroom-typing-aids";
const { closeHistory } = pm.history;

const areOn = () => {
  try {
    return localStorage.getItem(STORED_AS) !== "off";
  } catch {
    return true;
  }
};

const keep = (isOn) => {
  try {
    localStorage.setItem(STORED_AS, isOn ? "on" : "off");
  } catch {
    // Without storage the switch holds until the page is left.
  }
};

const isInLink = ({ storedMarks, selection }) =>
  (storedMarks ?? selection.$from.marks()).some((mark) => mark.type.name === "link");

const aidFor = (state, from, typed) => {
  const $from = state.doc.resolve(from);
  if (typed.length !== 1 || !$from.parent.isTextblock || isInLink(state)) return null;
  return aid($from.parent.textBetween(0, $from.parentOffset, null, "\ufffc"), typed);
};

// The character goes in as it was typed, and what is written for it is a step of its own between
// two others: undoing it leaves the character.
const write = (view, asTyped, { back, text }) => {
  view.dispatch(asTyped);
  const end = view.state.selection.from;
  view.dispatch(closeHistory(view.state.tr.insertText(text, end - 1 - back, end)));
  view.dispatch(closeHistory(view.state.tr));
};

export const TypingAids = Extension.create({
  name: "typingAids",

  // The library puts a style of its own into the page, whose policy asks for the nonce.
  onBeforeCreate({ editor }) {
    editor.options.injectNonce = document.querySelector("script[nonce]")?.nonce;
  },

  addStorage() {
    return { isOn: areOn() };
  },

  addProseMirrorPlugins() {
    const handleTextInput = (view, from, to, typed, typing) => {
      if (!this.storage.isOn || view.composing) return false;
      const written = aidFor(view.state, from, typed);
      if (!written) return false;
      write(view, typing(), written);
      return true;
    };
    return [new Plugin({ props: { handleTextInput } })];
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "typingAids",
      groups: "utility",
      button: buttons.material("auto_fix_high", gettext("Arabic signs while typing")),
      command: (editor) => {
        this.storage.isOn = !this.storage.isOn;
        keep(this.storage.isOn);
        editor.view.dispatch(editor.state.tr);
      },
      active: () => this.storage.isOn,
    });
  },
});

export const Pasting = Extension.create({
  name: "pasting",

  transformPastedHTML(html) {
    return plainPaste(html);
  },
});
