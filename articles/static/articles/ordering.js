// The page on which the front page is ordered: a list of stories, and one of sections.

import { Picks } from "./picks.js";

for (const root of document.querySelectorAll(".front-picker")) new Picks(root);
