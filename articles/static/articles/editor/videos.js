// A card that leads to a video elsewhere: no frame and no picture of another site.
import { crel, Node } from "django-prose-editor/editor";
import { addressInput, ask, complain, insertBlock, labelled, textInput } from "newsroom/editor/dialog";
import { hostOf, webAddressOf } from "newsroom/editor/typing";

const askForVideo = (editor, { href = "", title = "" } = {}) => {
  const address = addressInput({ value: href });
  const name = textInput({ value: title, maxLength: 200 });
  return ask(editor, {
    title: gettext("Video elsewhere"),
    fields: [
      labelled(gettext("Address"), address, gettext("Readers get a link; nothing is loaded from there.")),
      labelled(gettext("Title of the video"), name),
    ],
    submitText: gettext("Insert"),
    collect: () => {
      const found = webAddressOf(address.value);
      if (!found) return complain(address, gettext("Give an address that begins with https://."));
      if (!name.value.trim()) return complain(name, gettext("Give the video a title."));
      return { href: found, title: name.value.trim().replace(/\s+/g, " ") };
    },
  });
};

const insertVideo = async (editor) => {
  const attrs = await askForVideo(editor);
  if (attrs) insertBlock(editor, { type: "videoCard", attrs });
};

const videoView = ({ editor, node, getPos }) => {
  const title = crel("strong");
  const host = crel("span", { className: "desk-video-host", dir: "ltr" });
  const change = crel("button", { type: "button", textContent: gettext("Change") });
  const dom = crel("figure", { className: "desk-video", contentEditable: "false" }, [
    title,
    host,
    change,
  ]);
  let shown = node;
  const show = () => {
    title.textContent = shown.attrs.title;
    host.textContent = hostOf(shown.attrs.href);
  };
  change.addEventListener("click", async () => {
    const attrs = await askForVideo(editor, shown.attrs);
    if (attrs) editor.commands.command(({ tr }) => tr.setNodeMarkup(getPos(), null, attrs));
  });
  show();
  return {
    dom,
    update(updated) {
      if (updated.type !== shown.type) return false;
      shown = updated;
      show();
      return true;
    },
    stopEvent: (event) => event.target === change,
    ignoreMutation: () => true,
  };
};

export const VideoCard = Node.create({
  name: "videoCard",
  group: "block",
  atom: true,
  draggable: true,

  addAttributes() {
    const ofLink = (read) => ({
      default: "",
      rendered: false,
      parseHTML: (figure) => read(figure.querySelector("a")),
    });
    return {
      href: ofLink((link) => link.getAttribute("href")),
      title: ofLink((link) => link.textContent.trim()),
    };
  },

  parseHTML() {
    const leadsSomewhere = (figure) =>
      webAddressOf(figure.querySelector("a")?.getAttribute("href") ?? "") !== null && null;
    return [{ tag: "figure.video-card", getAttrs: leadsSomewhere }];
  },

  renderHTML({ node }) {
    return ["figure", { class: "video-card" }, ["a", { href: node.attrs.href }, node.attrs.title]];
  },

  addNodeView() {
    return videoView;
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "videoCard",
      groups: "insert",
      button: buttons.material("smart_display", gettext("Video elsewhere")),
      command: insertVideo,
      active: (editor) => editor.isActive("videoCard"),
    });
  },
});
