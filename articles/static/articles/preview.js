// The frame takes the width that is chosen, made smaller where the desk is narrower; links are copied.

const stage = document.querySelector(".preview-stage");
const frame = stage?.querySelector("iframe");
const news = document.querySelector("[data-news]");

function fit() {
  const width = Number(document.querySelector("[name=width]:checked").value);
  const scale = Math.min(1, stage.clientWidth / width);
  frame.style.inlineSize = `${width}px`;
  frame.style.blockSize = `${stage.clientHeight / scale}px`;
  frame.style.transform = `scale(${scale})`;
  // A scaled frame keeps its unscaled room; it is moved to the middle of what it fills.
  const free = Math.max(0, (stage.clientWidth - width * scale) / 2);
  frame.style.insetInlineStart = `${free}px`;
}

if (frame) {
  for (const choice of document.querySelectorAll("[name=width]")) {
    choice.addEventListener("change", fit);
  }
  new ResizeObserver(fit).observe(stage);
  stage.classList.add("is-fitted");
  fit();
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = button.parentElement.querySelector("input");
  button.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    // Where the page is not on https the browser has no clipboard: the address stays selected.
    const copied = await navigator.clipboard?.writeText(field.value).then(
      () => true,
      () => false,
    );
    news.textContent = copied
      ? gettext("The address is copied.")
      : gettext("The address is selected: copy it.");
    button.textContent = copied ? gettext("Copied") : button.textContent;
  });
}
