"use strict";
// The page reads without this; it adds sorting by a column's head, and searching and filtering the submissions.
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
const plain = (text) =>
  text.toLowerCase().normalize("NFKD").replace(/\p{Mn}/gu, "").replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter]);
const keyOf = (row, at) => row.cells[at].dataset.key ?? row.cells[at].textContent.trim();

function sorted(rows, at, kind, down) {
  const keyed = rows.map((row) => [keyOf(row, at), row]);
  // What has no value, a submission that is not graded say, stays at the end in both directions.
  const order = ([a], [b]) => {
    if (a === "" || b === "") return (a === "") - (b === "");
    const by = kind === "number" ? a - b : collator.compare(a, b);
    return down ? -by : by;
  };
  return keyed.sort(order).map((pair) => pair[1]);
}

function sortable(table, rows, show) {
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      show(sorted(rows(), at, head.dataset.kind, down));
    });
  });
}

for (const table of document.querySelectorAll("table.sortable:not(#submissions)")) {
  const body = table.tBodies[0];
  sortable(table, () => Array.from(body.rows), (rows) => body.append(...rows));
}

{
  const STEP = 100;
  const table = document.getElementById("submissions");
  const body = table.tBodies[0];
  const form = document.getElementById("search");
  const words = document.getElementById("words");
  const filters = Array.from(form.querySelectorAll("select"));
  const found = document.getElementById("found");
  const rest = document.getElementById("rest");
  let all = Array.from(body.rows);
  let matching = all;
  let shown = STEP;
  // Read a class of ten thousand once, while nobody waits for it.
  const texts = new Map();
  // A row tells its failed checks in short, or as "all"; they are found by their whole names too.
  const failed = new Map(Array.from(form.querySelectorAll("[data-filter=failed] [data-name]"), (one) => [one.value, one.dataset.name]));
  const textOf = (row) => {
    const names = () => row.dataset.k.split(" ").map((token) => failed.get(token) ?? "").join(" ");
    if (!texts.has(row)) texts.set(row, plain(`${row.textContent} ${names()}`));
    return texts.get(row);
  };
  const tokens = new Map(all.map((row) => [row, ` ${row.dataset.k} `]));
  let unread = 0;
  const read = (deadline) => {
    while (unread < all.length && deadline.timeRemaining() > 1) textOf(all[unread++]);
    if (unread < all.length) requestIdleCallback(read);
  };
  if (window.requestIdleCallback) requestIdleCallback(read);

  const draw = () => {
    body.replaceChildren(...matching.slice(0, shown));
    rest.hidden = matching.length <= shown;
    const narrowed = matching.length < all.length;
    const of = narrowed ? `${matching.length} of ${all.length}` : `${all.length} submissions`;
    found.textContent = matching.length > shown ? `${of}, the first ${shown} shown` : of;
  };
  const match = () => {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    const chosen = filters.map((one) => one.value).filter(Boolean);
    matching = all.filter((row) =>
      chosen.every((token) => tokens.get(row).includes(` ${token} `)) &&
      (!wanted.length || wanted.every((word) => textOf(row).includes(word))));
    shown = STEP;
    draw();
  };
  const remember = () => {
    const said = new URLSearchParams();
    if (words.value) said.set("q", words.value);
    for (const one of filters) if (one.value) said.set(one.dataset.filter, one.selectedOptions[0].dataset.name);
    history.replaceState(null, "", said.size ? `#${said}` : location.pathname + location.search);
  };
  const follow = () => {
    const said = new URLSearchParams(location.hash.slice(1));
    const asked = said.has("q") || filters.some((one) => said.has(one.dataset.filter));
    if (!asked && location.hash) return; // without one, as "back" may leave it, all is shown
    words.value = said.get("q") ?? "";
    for (const one of filters) {
      const name = said.get(one.dataset.filter);
      const option = name && Array.from(one.options).find((choice) => choice.dataset.name === name);
      one.value = option ? option.value : "";
    }
    match();
    if (asked) document.getElementById("all").scrollIntoView();
  };
  sortable(table, () => all, (rows) => { all = rows; match(); });
  form.addEventListener("input", () => { match(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { match(); remember(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("more").addEventListener("click", () => { shown += STEP; draw(); });
  document.getElementById("everything").addEventListener("click", () => { shown = Infinity; draw(); });
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeprint", () => body.replaceChildren(...matching));
  window.addEventListener("afterprint", draw);
  for (const link of document.querySelectorAll(".show")) link.hidden = false;
  form.hidden = false;
  draw();
  follow();
}
