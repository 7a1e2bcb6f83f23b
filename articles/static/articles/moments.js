/* Says of what is less than a day old how long ago it was.

   The page holds the date, which stays where this script does not run, on paper, and on hovering. */

(() => {
  "use strict";

  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;

  const ago = (age, language) => {
    // Digits as on the rest of the page.
    const words = new Intl.RelativeTimeFormat(`${language}-u-nu-latn`, { numeric: "auto" });
    if (age < MINUTE) return words.format(0, "second");
    if (age < HOUR) return words.format(-Math.floor(age / MINUTE), "minute");
    return words.format(-Math.floor(age / HOUR), "hour");
  };

  const moments = [...document.querySelectorAll("time[data-ago]")].map((time) => ({
    time,
    date: time.textContent,
    at: Date.parse(time.dateTime),
  }));

  const tell = ({ time, date, at }) => {
    const age = Date.now() - at;
    // By a clock that is behind the paper's, the moment is still to come.
    const isRecent = age >= 0 && age < DAY;
    time.textContent = isRecent ? ago(age, time.closest("[lang]").lang) : date;
    if (isRecent) time.title = date;
    else time.removeAttribute("title");
  };

  const tellAll = () => moments.forEach(tell);

  tellAll();
  setInterval(tellAll, MINUTE);
  addEventListener("beforeprint", () => {
    for (const { time, date } of moments) time.textContent = date;
  });
  addEventListener("afterprint", tellAll);
})();
