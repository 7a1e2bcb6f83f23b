// Links: to the paper's own stories by search, or to any address.
import { crel, Link } from "django-prose-editor/editor";
import {
  addressInput,
  ask,
  complain,
  deskAddress,
  labelled,
  textInput,
} from "newsroom/editor/dialog";
import { createFinder } from "newsroom/editor/finder";
import { addressOf } from "newsroom/editor/typing";

// `needsText`: nothing is selected, so that the dialog asks for the words of the link as well.
const askForLink = (editor, href, needsText) => {
  const address = addressInput({ value: href });
  const text = textInput();
  const finder = createFinder({
    address: deskAddress(editor, "articles"),
    label: gettext("Search the paper's stories"),
    show: (story) => [
      crel("span", { textContent: story.title }),
      crel("small", { textContent: story.published_on }),
    ],
    picked: (story) => {
      address.value = story.address;
      address.setCustomValidity("");
      text.value ||= story.title;
    },
  });
  return ask(editor, {
    title: gettext("Link"),
    fields: [
      finder,
      labelled(gettext("Address"), address, gettext("Of a story above, or of any page.")),
      ...(needsText ? [labelled(gettext("Words of the link"), text)] : []),
    ],
    submitText: href ? gettext("Update") : gettext("Insert"),
    collect: () => {
      const found = addressOf(address.value);
      if (!found) return complain(address, gettext("This is no address of a page."));
      return { href: found, text: text.value.trim() || found };
    },
  });
};

const editLink = async (editor) => {
  const isLink = editor.isActive("link");
  const needsText = !isLink && editor.state.selection.empty;
  const answer = await askForLink(editor, editor.getAttributes("link").href ?? "", needsText);
  if (!answer) return;
  const attrs = { href: answer.href };
  const chain = editor.chain().focus();
  if (needsText) {
    const link = editor.schema.marks.link.create(attrs);
    const words = editor.schema.text(answer.text, [link]);
    chain.command(({ tr }) => tr.replaceSelectionWith(words, false).removeStoredMark(link)).run();
  } else {
    chain.extendMarkRange("link").setLink(attrs).run();
  }
};

export const StoryLink = Link.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          editLink(editor);
          return true;
        },
    };
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "link",
      groups: "link",
      command: editLink,
      button: buttons.material("insert_link", "insert link"),
      active: (editor) => editor.isActive("link"),
    });
    menu.defineItem({
      name: "unlink",
      groups: "link",
      command: (editor) => editor.chain().focus().extendMarkRange("link").unsetLink().run(),
      button: buttons.material("link_off", "remove link"),
      hidden: (editor) => !editor.isActive("link"),
    });
  },
});
