// A picture of the archive within the text: its number and a caption for this place are kept;
// address, description and credit are the archive's.
import { crel, Node } from "django-prose-editor/editor";
import { ask, deskAddress, fetchFromDesk, insertBlock } from "newsroom/editor/dialog";
import { createFinder } from "newsroom/editor/finder";

const known = new Map();
let waiting = null;

const fetchWaiting = async (editor) => {
  const asked = waiting;
  waiting = null;
  try {
    const ids = [...asked.keys()].join(",");
    const { results } = await fetchFromDesk(deskAddress(editor, "pictures"), { ids });
    const found = new Map(results.map((picture) => [String(picture.id), picture]));
    for (const [id, settle] of asked) settle.resolve(found.get(id) ?? null);
  } catch (error) {
    for (const [id, settle] of asked) {
      known.delete(id);
      settle.reject(error);
    }
  }
};

// What the archive says of a picture; those of one text are asked for at once.
const pictureOf = (editor, id) => {
  if (!known.has(id)) {
    if (!waiting) {
      waiting = new Map();
      queueMicrotask(() => fetchWaiting(editor));
    }
    known.set(id, new Promise((resolve, reject) => waiting.set(id, { resolve, reject })));
  }
  return known.get(id);
};

const thumbnail = ({ thumbnail: { url, width, height } }) =>
  crel("img", { src: url, width, height, alt: "", loading: "lazy", draggable: false });

const facts = (picture) => {
  const parts = [picture.credit, picture.is_archive && gettext("from the archive")];
  return parts.filter(Boolean).join(" · ");
};

const choosePicture = (editor) => {
  let chosen = null;
  const finder = createFinder({
    address: deskAddress(editor, "pictures"),
    label: gettext("Search the picture archive"),
    className: "desk-finder-pictures",
    show: (picture) => [
      thumbnail(picture),
      crel("span", { textContent: picture.alt || picture.caption }),
      crel("small", { textContent: facts(picture) }),
    ],
    picked: (picture) => {
      chosen = picture;
      known.set(String(picture.id), Promise.resolve(picture));
    },
  });
  const missing = crel("p", { className: "desk-dialog-error", role: "alert" });
  return ask(editor, {
    title: gettext("Picture from the archive"),
    fields: [finder, missing],
    submitText: gettext("Insert"),
    isWide: true,
    collect: () => {
      missing.textContent = chosen ? "" : gettext("Choose a picture first.");
      return chosen;
    },
  });
};

const insertPicture = async (editor) => {
  const picture = await choosePicture(editor);
  if (!picture) return;
  insertBlock(editor, { type: "archivePicture", attrs: { picture: String(picture.id) } });
};

class PictureView {
  constructor({ editor, node, getPos }) {
    this.editor = editor;
    this.getPos = getPos;
    this.frame = crel("div", { className: "desk-picture-frame", contentEditable: "false" });
    this.contentDOM = crel("figcaption");
    this.facts = crel("span", { className: "desk-picture-facts" });
    this.dom = crel("figure", { className: "desk-picture" }, [
      this.frame,
      this.contentDOM,
      crel("div", { className: "desk-picture-bar", contentEditable: "false" }, [
        this.facts,
        this.button(gettext("Another picture"), () => this.exchange()),
        this.button(gettext("Take out"), () => this.remove()),
      ]),
    ]);
    this.update(node);
  }

  button(text, act) {
    const button = crel("button", { type: "button", textContent: text });
    button.addEventListener("click", act);
    return button;
  }

  update(node) {
    if (node.type.name !== "archivePicture") return false;
    this.contentDOM.classList.toggle("is-empty", node.content.size === 0);
    if (node.attrs.picture !== this.picture) this.load(node.attrs.picture);
    this.node = node;
    return true;
  }

  async load(id) {
    this.picture = id;
    this.contentDOM.dataset.placeholder = gettext("Caption for this place");
    try {
      const picture = await pictureOf(this.editor, id);
      if (this.picture === id) this.show(picture);
    } catch (error) {
      this.frame.textContent = error.message;
    }
  }

  show(picture) {
    if (!picture) {
      this.frame.textContent = gettext("This picture is not in the archive any more; readers see nothing here.");
      this.facts.textContent = "";
      return;
    }
    const image = thumbnail(picture);
    image.alt = picture.alt;
    this.frame.replaceChildren(image);
    this.facts.textContent = facts(picture);
    if (picture.caption) this.contentDOM.dataset.placeholder = picture.caption;
  }

  async exchange() {
    const picture = await choosePicture(this.editor);
    if (!picture) return;
    this.editor
      .chain()
      .command(({ tr }) => tr.setNodeAttribute(this.getPos(), "picture", String(picture.id)))
      .run();
  }

  remove() {
    const from = this.getPos();
    this.editor.chain().focus().deleteRange({ from, to: from + this.node.nodeSize }).run();
  }

  stopEvent(event) {
    return event.target.closest?.("button") != null;
  }

  ignoreMutation(mutation) {
    if (mutation.type === "selection") return false;
    return mutation.type === "attributes" || !this.contentDOM.contains(mutation.target);
  }
}

export const ArchivePicture = Node.create({
  name: "archivePicture",
  group: "block",
  content: "inline*",
  defining: true,
  isolating: true,
  draggable: true,

  addAttributes() {
    return {
      picture: {
        default: null,
        parseHTML: (element) => element.dataset.picture,
        renderHTML: ({ picture }) => ({ "data-picture": picture }),
      },
    };
  },

  parseHTML() {
    return [
      {
        tag: "figure[data-picture]",
        contentElement: (figure) => figure.querySelector("figcaption") ?? document.createElement("p"),
      },
    ];
  },

  renderHTML({ HTMLAttributes }) {
    return ["figure", HTMLAttributes, ["figcaption", 0]];
  },

  addNodeView() {
    return (properties) => new PictureView(properties);
  },

  addKeyboardShortcuts() {
    const caption = (editor) => {
      const { $from, empty } = editor.state.selection;
      return empty && $from.parent.type.name === this.name ? $from : null;
    };
    return {
      Enter: ({ editor }) => {
        const $from = caption(editor);
        if (!$from) return false;
        const after = $from.after();
        return editor
          .chain()
          .insertContentAt(after, { type: "paragraph" })
          .setTextSelection(after + 1)
          .run();
      },
      Backspace: ({ editor }) => {
        const $from = caption(editor);
        if (!$from || $from.parentOffset > 0) return false;
        return editor.commands.setNodeSelection($from.before());
      },
    };
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "archivePicture",
      groups: "insert",
      button: buttons.material("image", gettext("Picture from the archive")),
      command: insertPicture,
      active: (editor) => editor.isActive("archivePicture"),
    });
  },
});
