// The board of cards: a card is dragged into another column, or moved by the buttons of its menu without a new page. A refused
// move puts it back and says why. Without JavaScript the buttons send an ordinary form.
(function () {
  "use strict";
  const board = document.querySelector("[data-lanes]");
  const form = document.getElementById("move");
  const trouble = document.getElementById("lane-trouble");
  if (!board || !form) return;
  let held = null;

  const laneOf = (element) => element.closest("[data-lane]");
  const list = (lane) => lane.querySelector("[data-cards]");

  function count(lane, step) {
    const total = lane.querySelector("[data-total]");
    total.textContent = Math.max(0, Number(total.textContent) + step);
  }

  function complain(sentence) {
    trouble.textContent = sentence;
    trouble.hidden = !sentence;
    if (sentence) trouble.scrollIntoView({ block: "nearest" });
  }

  function place(card, lane, before) {
    const from = laneOf(card);
    list(lane).insertBefore(card, before);
    if (from === lane) return;
    count(from, -1);
    count(lane, 1);
  }

  function sentenceOf(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    return page.body.textContent.trim();
  }

  async function move(card, lane) {
    const from = laneOf(card);
    const next = card.nextElementSibling;
    if (from === lane || card.getAttribute("aria-busy")) return;
    complain("");
    place(card, lane, list(lane).firstElementChild);
    card.setAttribute("aria-busy", "true");
    const body = new FormData(form);
    body.set("to", lane.dataset.lane);
    body.set("version", card.dataset.version);
    let answer = null;
    try {
      answer = await fetch(card.dataset.url, { method: "POST", body, headers: { "HX-Request": "true" }, credentials: "same-origin" });
    } catch { /* said below */ }
    card.removeAttribute("aria-busy");
    const wanted = answer && answer.headers.get("HX-Redirect");
    if (wanted) { window.location.assign(wanted); return; }
    if (answer && answer.status === 200) { renew(card, await answer.text()); return; }
    place(card, from, next);
    complain(answer && answer.status === 422 ? sentenceOf(await answer.text()) : board.dataset.lost);
    card.querySelector("a").focus();
  }

  function renew(card, html) {
    const holder = document.createElement("ul");
    holder.innerHTML = html;
    const fresh = holder.querySelector("li");
    if (!fresh) { window.location.reload(); return; }
    card.replaceWith(fresh);
    fresh.querySelector("a").focus({ preventScroll: true });
  }

  board.addEventListener("dragstart", (event) => {
    held = event.target.closest("[data-url]");
    if (!held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.id);
    held.classList.add("is-held");
  });
  board.addEventListener("dragend", () => {
    if (held) held.classList.remove("is-held");
    held = null;
    board.querySelectorAll(".is-over").forEach((lane) => lane.classList.remove("is-over"));
  });
  board.addEventListener("dragover", (event) => {
    const lane = laneOf(event.target);
    if (!held || !lane) return;
    event.preventDefault();
    board.querySelectorAll(".is-over").forEach((other) => { if (other !== lane) other.classList.remove("is-over"); });
    lane.classList.toggle("is-over", lane !== laneOf(held));
  });
  board.addEventListener("drop", (event) => {
    const lane = laneOf(event.target);
    if (!held || !lane) return;
    event.preventDefault();
    move(held, lane);
  });
  board.addEventListener("click", (event) => {
    const button = event.target.closest("button[form='move']");
    if (!button) return;
    const lane = board.querySelector(`[data-lane="${button.value}"]`);
    if (!lane) return;
    event.preventDefault();
    button.closest("details").open = false;
    move(button.closest("[data-url]"), lane);
  });
})();
