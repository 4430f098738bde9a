"use strict";
// The page reads without this; it adds sorting by a column's head and searching in the submissions.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const key = (row, at) => row.cells[at].dataset.key ?? row.cells[at].textContent.trim();
  Array.from(table.tHead.rows[0].cells).forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keyed = Array.from(body.rows, (row) => [key(row, at), row]);
      // What has no value, a submission that is not graded say, stays at the end in both directions.
      const order = ([a], [b]) => {
        if (a === "" || b === "") return (a === "") - (b === "");
        const by = head.dataset.kind === "number" ? a - b : words.compare(a, b);
        return down ? -by : by;
      };
      body.append(...keyed.sort(order).map((pair) => pair[1]));
    });
  });
}
{
  const input = document.getElementById("words");
  const found = document.getElementById("found");
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{Mn}/gu, "");
  const rows = Array.from(document.getElementById("submissions").tBodies[0].rows);
  const texts = new Map();
  input.addEventListener("input", () => {
    const wanted = plain(input.value).split(/\s+/);
    let many = 0;
    for (const row of rows) {
      if (!texts.has(row)) texts.set(row, plain(row.textContent));
      row.hidden = !wanted.every((word) => texts.get(row).includes(word));
      many += !row.hidden;
    }
    found.textContent = input.value.trim() ? `${many} of ${rows.length}` : "";
  });
  document.getElementById("search").hidden = false;
}
