// Quotes and quotes pulled out of the text; the writing direction of blocks.
import { Blockquote, Extension } from "django-prose-editor/editor";
import { directionOf } from "newsroom/editor/typing";

const togglePullQuote = (editor) => {
  const chain = editor.chain().focus();
  if (editor.isActive("blockquote", { isPulled: true })) chain.lift("blockquote").run();
  else if (editor.isActive("blockquote")) chain.updateAttributes("blockquote", { isPulled: true }).run();
  else chain.wrapIn("blockquote", { isPulled: true }).run();
};

export const Quote = Blockquote.extend({
  addAttributes() {
    return {
      isPulled: {
        default: false,
        parseHTML: (quote) => quote.classList.contains("pull-quote"),
        renderHTML: ({ isPulled }) => (isPulled ? { class: "pull-quote" } : {}),
      },
    };
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "blockquote",
      groups: "quotes",
      button: buttons.material("format_quote", "blockquote"),
      command: (editor) => editor.chain().focus().toggleBlockquote().run(),
      active: (editor) => editor.isActive("blockquote", { isPulled: false }),
    });
    menu.defineItem({
      name: "pullQuote",
      groups: "quotes",
      button: buttons.material("stars", gettext("Pull quote")),
      command: togglePullQuote,
      active: (editor) => editor.isActive("blockquote", { isPulled: true }),
    });
    menu.defineItem({
      name: "horizontalRule",
      groups: "quotes",
      button: buttons.material("horizontal_rule", "horizontal rule"),
      command: (editor) => editor.chain().focus().setHorizontalRule().run(),
    });
  },
});

const DIRECTED = [
  ...["paragraph", "heading", "blockquote", "bulletList", "orderedList", "listItem"],
  ...["table", "tableCell", "tableHeader"],
];
const SET_BY_HAND = new Set(["paragraph", "heading", "bulletList", "orderedList"]);

const directionOfText = ({ view }) => getComputedStyle(view.dom).direction;

// Give the selected blocks the direction that `choose` names for each; the text's own is not kept.
const setDirection = (editor, choose) =>
  editor
    .chain()
    .focus()
    .command(({ tr, state: { doc, selection } }) => {
      const own = directionOfText(editor);
      doc.nodesBetween(selection.from, selection.to, (node, position) => {
        if (!SET_BY_HAND.has(node.type.name)) return;
        const direction = choose(node) ?? own;
        tr.setNodeAttribute(position, "dir", direction === own ? null : direction);
      });
      return true;
    })
    .run();

const presentDirection = (editor) => {
  const { $from } = editor.state.selection;
  return $from.parent.attrs.dir ?? directionOfText(editor);
};

export const Direction = Extension.create({
  name: "direction",

  addGlobalAttributes() {
    const dir = {
      default: null,
      keepOnSplit: false,
      parseHTML: (element) => element.getAttribute("dir")?.match(/^(?:ltr|rtl)$/i)?.[0].toLowerCase(),
      renderHTML: ({ dir: direction }) => (direction ? { dir: direction } : {}),
    };
    return [{ types: DIRECTED, attributes: { dir } }];
  },

  addMenuItems({ menu, buttons }) {
    const define = (name, icon, title, choose, rest = {}) =>
      menu.defineItem({
        name: `direction:${name}`,
        groups: "direction",
        button: buttons.material(icon, title),
        command: (editor) => setDirection(editor, choose),
        ...rest,
      });
    const fixed = (name, icon, title) =>
      define(name, icon, title, () => name, {
        active: (editor) => presentDirection(editor) === name,
      });
    fixed("rtl", "format_textdirection_r_to_l", gettext("From right to left"));
    fixed("ltr", "format_textdirection_l_to_r", gettext("From left to right"));
    const byFirstLetter = (node) => directionOf(node.textContent);
    define("auto", "translate", gettext("Direction by the first letter"), byFirstLetter);
  },
});
