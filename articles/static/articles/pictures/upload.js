// Sends many pictures, each in a request of its own, two at a time; one that fails stops no other.

import { begin, finish, saveWhileTyping } from "./describing.js";

const AT_ONCE = 2;
const form = document.getElementById("picture-upload");
const chooser = form.querySelector("input[type=file]");
const drop = form.querySelector("[data-drop]");
const shared = form.querySelector("[data-shared]");
const pattern = document.getElementById("upload-row");
const section = document.querySelector("[data-uploads]");
const rows = section.querySelector("[data-upload-rows]");
const said = section.querySelector("[data-uploads-said]");
const whole = section.querySelector("[data-uploads-progress]");

const uploads = [];
let running = 0;
let changing = 0;

const MESSAGES = {
  waiting: () => gettext("Waiting …"),
  sending: () => gettext("Being sent …"),
  judging: () => gettext("Being looked at …"),
  added: () => gettext("In the archive."),
};

const tell = () => {
  const done = uploads.filter(({ state }) => ["added", "duplicate", "refused", "failed"].includes(state));
  const count = (state) => done.filter((upload) => upload.state === state).length;
  whole.max = uploads.length;
  whole.value = uploads.reduce((sum, { share }) => sum + share, 0);
  said.textContent = interpolate(
    gettext("%(done)s of %(all)s: %(added)s added, %(duplicate)s there already, %(refused)s refused, %(failed)s failed"),
    { done: done.length, all: uploads.length, added: count("added"), duplicate: count("duplicate"),
      refused: count("refused"), failed: count("failed") },
    true,
  );
};

const show = (upload, state, message = MESSAGES[state]()) => {
  const { row } = upload;
  upload.state = state;
  row.className = `upload-row upload-${state}`;
  row.querySelector("[data-message]").textContent = message;
  row.querySelector("[data-progress]").hidden = !["waiting", "sending", "judging"].includes(state);
  row.querySelector("[data-retry]").hidden = state !== "failed";
  tell();
};

const progress = (upload, share) => {
  upload.share = share;
  upload.row.querySelector("[data-progress]").value = share;
};

// What the server has of the picture: its thumbnail, its page, and its words to be typed in place.
const showPicture = (upload, result) => {
  const { row } = upload;
  const image = new Image();
  image.alt = "";
  image.src = result.thumbnail;
  row.querySelector(".upload-picture").replaceChildren(image);
  const link = row.querySelector("[data-change]");
  link.href = result.change;
  link.hidden = false;
  if (result.outcome !== "added") return;
  upload.describe = result.describe;
  const fields = row.querySelector("[data-fields]");
  fields.hidden = false;
  fields.querySelector("[name=alt]").value = result.alt;
  fields.querySelector("[name=caption]").value = result.caption;
  saveWhileTyping(fields, row.querySelector("[data-saved]"), result.describe);
};

const settle = (upload, request) => {
  let answer;
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    const sentence = request.status === 413
      ? gettext("The file is too large for the server.")
      : gettext("The server cannot be reached, or you are no longer logged in.");
    show(upload, "failed", sentence);
    return;
  }
  const [result] = answer.results;
  if (!result) {
    show(upload, "failed", Object.values(answer.errors).flat().join(" "));
    return;
  }
  show(upload, result.outcome, result.message || MESSAGES[result.outcome]());
  if (result.change) showPicture(upload, result);
};

const send = (upload) => {
  const body = new FormData(form);
  body.delete(chooser.name);
  body.append(chooser.name, upload.file);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    progress(upload, loaded / total);
    tell();
  });
  request.upload.addEventListener("load", () => show(upload, "judging"));
  request.addEventListener("loadend", () => {
    running -= 1;
    progress(upload, 1);
    settle(upload, request);
    proceed();
  });
  running += 1;
  show(upload, "sending");
  request.send(body);
};

const proceed = () => {
  while (running < AT_ONCE) {
    const next = uploads.find(({ state }) => state === "waiting");
    if (!next) return;
    send(next);
  }
};

const add = (files) => {
  section.hidden = whole.hidden = false;
  for (const file of files) {
    const row = pattern.content.firstElementChild.cloneNode(true);
    const upload = { file, row, state: "waiting", share: 0 };
    row.querySelector("[data-name]").textContent = file.name;
    row.querySelector("[data-retry]").addEventListener("click", () => {
      progress(upload, 0);
      show(upload, "waiting");
      proceed();
    });
    uploads.push(upload);
    rows.append(row);
    show(upload, "waiting");
  }
  proceed();
};

// What is changed for all of them goes to those that are in the archive already, one by one.
const changeShared = async ({ target }) => {
  const value = target.type === "checkbox" ? (target.checked ? "on" : "") : target.value;
  const kept = uploads.filter((upload) => upload.describe);
  const told = ({ row }) => row.querySelector("[data-saved]");
  changing += 1;
  for (const upload of kept) begin(told(upload));
  for (const upload of kept) await finish(told(upload), upload.describe, { [target.name]: value });
  changing -= 1;
};

form.querySelector("[data-plain-button]").hidden = true;
form.addEventListener("submit", (event) => event.preventDefault());
shared.addEventListener("change", changeShared);
chooser.addEventListener("change", () => {
  add(chooser.files);
  chooser.value = "";
});
for (const [name, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("drop-over", over);
  });
}
drop.addEventListener("drop", ({ dataTransfer }) => add(dataTransfer.files));
addEventListener("beforeunload", (event) => {
  const sending = uploads.some(({ state }) => ["waiting", "sending"].includes(state));
  if (sending || changing) event.preventDefault();
});
