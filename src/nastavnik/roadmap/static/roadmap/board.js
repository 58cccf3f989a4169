// The board as a grid: one stop of the Tab key, arrows walk, Enter or a click opens the cell's panel beside the table.
// Without JavaScript the names at both ends lead to the same assignments.
(function () {
  "use strict";
  const table = document.querySelector("table[data-cells]");
  const side = document.getElementById("side");
  if (!table || !side) return;
  const board = side.closest(".n-board");
  const heads = Array.from(table.tHead.rows[1].cells).slice(1, -1);
  const measureOf = (head) => head.querySelector("a").pathname.match(/measure\/([0-9a-f-]{36})\//)[1];
  const lines = Array.from(table.tBodies[0].rows);
  let current = table.querySelector("tbody td.s") || lines[0].cells[1];

  const cells = (line) => Array.from(line.cells).slice(1, -1);
  const isCell = (cell) => cell && cell.tagName === "TD" && !cell.classList.contains("t") && lines.includes(cell.parentElement);

  function stand(cell, focus) {
    current.tabIndex = -1;
    current = cell;
    current.tabIndex = 0;
    if (focus) current.focus();
  }

  function mark(cell) {
    table.querySelectorAll(".s").forEach((marked) => marked.classList.remove("s"));
    if (!cell) return;
    cell.classList.add("s");
    cell.parentElement.classList.add("s");
    heads[cell.cellIndex - 1].classList.add("s");
  }

  function address(value) {
    const url = new URL(window.location.href);
    if (value) url.searchParams.set("cell", value); else url.searchParams.delete("cell");
    return url.pathname + url.search;
  }

  function open(cell, walkIn) {
    if (cell.classList.contains("e")) return;
    const url = address(`${cell.parentElement.dataset.o}:${measureOf(heads[cell.cellIndex - 1])}`);
    stand(cell, false);
    mark(cell);
    window.htmx.ajax("GET", url, { target: side, swap: "innerHTML" }).then(() => {
      window.history.replaceState(null, "", url);
      side.hidden = false;
      board.classList.add("has-side");
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
      const title = side.querySelector("h2");
      if (walkIn && title) { title.tabIndex = -1; title.focus(); }
    });
  }

  function close() {
    side.hidden = true;
    side.replaceChildren();
    board.classList.remove("has-side");
    mark(null);
    window.history.replaceState(null, "", address(""));
    current.focus();
  }

  const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  table.addEventListener("keydown", (event) => {
    if (!isCell(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const line = lines.indexOf(event.target.parentElement);
    const place = event.target.cellIndex - 1;
    let target = null;
    if (steps[event.key]) {
      const next = lines[line + steps[event.key][0]];
      target = next && cells(next)[place + steps[event.key][1]];
    } else if (event.key === "Home") target = cells(lines[line])[0];
    else if (event.key === "End") target = cells(lines[line]).at(-1);
    else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(event.target, true); return; } else return;
    event.preventDefault();
    if (target) stand(target, true);
  });
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td");
    if (isCell(cell)) open(cell, false);
  });
  side.addEventListener("click", (event) => {
    if (!event.target.closest("[data-escape]")) return;
    event.preventDefault();
    close();
  });

  table.setAttribute("role", "grid");
  lines.forEach((line) => cells(line).forEach((cell) => { cell.tabIndex = -1; }));
  current.tabIndex = 0;
})();
