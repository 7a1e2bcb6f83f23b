// Tables with a caption.
import { crel, Table } from "django-prose-editor/editor";
import { ask, insertBlock, labelled, textInput } from "newsroom/editor/dialog";

const numberInput = (value, max) => crel("input", { type: "number", min: 1, max, value });

const within = (input) =>
  Math.min(Math.max(Number.parseInt(input.value, 10) || 1, 1), Number(input.max));

const askForTable = (editor) => {
  const rows = numberInput(3, 50);
  const cols = numberInput(3, 12);
  const caption = textInput({ maxLength: 200 });
  const hasHeadings = crel("input", { type: "checkbox", checked: true });
  return ask(editor, {
    title: gettext("Insert table"),
    fields: [
      labelled(gettext("Rows"), rows),
      labelled(gettext("Columns"), cols),
      labelled(gettext("The first row holds headings"), hasHeadings),
      labelled(gettext("Caption of the table"), caption),
    ],
    submitText: gettext("Insert"),
    collect: () => ({
      rows: within(rows),
      cols: within(cols),
      hasHeadings: hasHeadings.checked,
      caption: caption.value.trim(),
    }),
  });
};

const rowOf = (type, cols) => ({
  type: "tableRow",
  content: Array.from({ length: cols }, () => ({ type, content: [{ type: "paragraph" }] })),
});

const insertTable = async (editor) => {
  const answer = await askForTable(editor);
  if (!answer) return;
  const { rows, cols, hasHeadings, caption } = answer;
  const content = Array.from({ length: rows }, (_row, number) =>
    rowOf(hasHeadings && number === 0 ? "tableHeader" : "tableCell", cols),
  );
  insertBlock(editor, { type: "table", attrs: { caption }, content });
};

const editCaption = async (editor) => {
  const caption = textInput({ maxLength: 200, value: editor.getAttributes("table").caption });
  const answer = await ask(editor, {
    title: gettext("Caption of the table"),
    fields: [labelled(gettext("Caption of the table"), caption)],
    submitText: gettext("Update"),
    collect: () => ({ caption: caption.value.trim() }),
  });
  if (answer) editor.chain().focus().updateAttributes("table", answer).run();
};

const defineItem = (menu, name, button, command) =>
  menu.defineItem({
    name: `table:${name}`,
    groups: "table",
    button,
    command,
    hidden: (editor) => !editor.isActive("table"),
  });

export const CaptionedTable = Table.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: "",
        rendered: false,
        parseHTML: (table) => table.querySelector(":scope > caption")?.textContent.trim() ?? "",
      },
    };
  },

  parseHTML() {
    return [{ tag: "table" }, { tag: "caption", ignore: true }];
  },

  renderHTML({ node, HTMLAttributes }) {
    const { caption } = node.attrs;
    return ["table", HTMLAttributes, ...(caption ? [["caption", caption]] : []), ["tbody", 0]];
  },

  addNodeView() {
    const parent = this.parent?.();
    return (properties) => {
      const view = parent(properties);
      const caption = crel("caption", { contentEditable: "false" });
      const show = ({ attrs }) => {
        caption.textContent = attrs.caption;
        caption.hidden = !attrs.caption;
      };
      const update = view.update;
      view.update = (node) => {
        const isUpdated = update(node);
        if (isUpdated) show(node);
        return isUpdated;
      };
      view.table.prepend(caption);
      show(properties.node);
      return view;
    };
  },

  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions:
        () =>
        ({ editor }) => {
          insertTable(editor);
          return true;
        },
    };
  },

  addMenuItems({ menu, buttons, ...rest }) {
    this.parent?.({ menu, buttons, ...rest });
    defineItem(
      menu,
      "toggleHeaderRow",
      buttons.material("table_rows", gettext("Headings in the first row")),
      (editor) => editor.chain().focus().toggleHeaderRow().run(),
    );
    defineItem(menu, "caption", buttons.material("subtitles", gettext("Caption of the table")), editCaption);
  },
});
