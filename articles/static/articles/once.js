// A form that is being saved is not sent again by a second click.
(() => {
  const AGAIN_AFTER = 10_000; // milliseconds: whoever stopped the page from loading tries anew
  let isSent = false;

  const send = (event) => {
    if (isSent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    isSent = true;
    setTimeout(() => (isSent = false), AGAIN_AFTER);
  };

  for (const form of document.querySelectorAll("#article_form, #step-form")) {
    form.addEventListener("submit", send);
  }
  // A page that the browser had put aside is shown again as it was.
  window.addEventListener("pageshow", () => (isSent = false));
})();
