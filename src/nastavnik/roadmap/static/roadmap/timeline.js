// The timeline by keyboard and mouse: one stop of the Tab key, arrows walk from sign to sign, Enter or a click opens the
// measure beside the scale. Whoever leads the plan moves a sign (mouse, or Shift and arrows); what that would change is shown
// beside it before anything is saved. Without JavaScript signs are links, and «Сдвинуть» is a form.
(function () {
  "use strict";
  const table = document.querySelector("table.tl");
  const side = document.getElementById("side");
  if (!table || !side) return;
  document.documentElement.classList.add("scripted");
  const board = side.closest(".n-board");
  const say = document.getElementById("tl-say");
  const DAY = 86400000;
  const from = Date.parse(table.dataset.from);
  const days = Math.round((Date.parse(table.dataset.to) - from) / DAY) + 1;
  const lines = [...table.tBodies[0].rows].filter((line) => line.querySelector(".m"));
  const signs = (line) => [...line.querySelectorAll(".m")];
  const words = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "short", day: "numeric", month: "long", timeZone: "UTC" });
  let current = lines.length ? signs(lines[0])[0] : null;
  let moving = null;
  let dragged = null;
  let swallow = false;

  const iso = (time) => new Date(time).toISOString().slice(0, 10);
  const pixels = (count) => count * table.querySelector(".l").clientWidth / days;
  const movable = (sign) => table.hasAttribute("data-movable") && sign.dataset.e;

  function stand(sign, focus) {
    if (current) current.setAttribute("tabindex", "-1");
    current = sign;
    current.setAttribute("tabindex", "0");
    if (focus) { current.focus({ preventScroll: true }); current.scrollIntoView({ block: "nearest" }); }
  }

  // What is being moved: how many days its beginning and its end have gone.
  function take(sign) {
    if (moving && moving.sign !== sign) back();
    if (!moving) {
      const body = sign.querySelector(".g");
      moving = { sign, body, start: 0, end: 0, x: body && body.getAttribute("x"), width: body && body.getAttribute("width"), said: sign.getAttribute("aria-label") };
      sign.classList.add("is-moving");
    }
    return moving;
  }

  // The words beside a sign go with it.
  const label = (sign) => (sign.nextElementSibling && sign.nextElementSibling.tagName === "text" ? sign.nextElementSibling : null);

  function draw() {
    const { sign, body, start, end } = moving;
    if (start === end) [sign, label(sign)].forEach((part) => part && part.setAttribute("transform", `translate(${pixels(end)})`));
    else if (body) {
      sign.removeAttribute("transform");
      const step = 100 / days;
      body.setAttribute("x", `${parseFloat(moving.x) + start * step}%`);
      body.setAttribute("width", `${Math.max(parseFloat(moving.width) + (end - start) * step, step)}%`);
    }
    const begins = sign.dataset.s && Date.parse(sign.dataset.s) + start * DAY;
    const ends = Date.parse(sign.dataset.e) + end * DAY;
    const span = (first, last) => (first && first !== last ? `${words.format(first)} – ${words.format(last)}` : words.format(last));
    const was = span(sign.dataset.s && Date.parse(sign.dataset.s), Date.parse(sign.dataset.e));
    say.textContent = `${span(begins, ends)} (${say.dataset.was} ${was})`;
  }

  function back() {
    if (!moving) return;
    const { sign, body } = moving;
    [sign, label(sign)].forEach((part) => part && part.removeAttribute("transform"));
    sign.classList.remove("is-moving");
    if (body) { body.setAttribute("x", moving.x); body.setAttribute("width", moving.width); }
    say.textContent = "";
    moving = null;
  }

  function shift(sign, start, end) {
    take(sign);
    const first = sign.dataset.s ? Date.parse(sign.dataset.s) + (moving.start + start) * DAY : null;
    if (first !== null && first > Date.parse(sign.dataset.e) + (moving.end + end) * DAY) return;
    moving.start += start;
    moving.end += end;
    draw();
  }

  function ask() {
    const { sign, start, end } = moving;
    if (!start && !end) { back(); return; }
    const asked = new URLSearchParams({ occurrence: sign.dataset.i, ends_on: iso(Date.parse(sign.dataset.e) + end * DAY) });
    if (sign.dataset.s) asked.set("starts_on", iso(Date.parse(sign.dataset.s) + start * DAY));
    show(`${sign.getAttribute("href")}move/?${asked}`, "[name=reason]");
  }

  function address(key) {
    const url = new URL(window.location.href);
    if (key) url.searchParams.set("open", key); else url.searchParams.delete("open");
    return url.pathname + url.search;
  }

  function show(url, focus) {
    return window.htmx.ajax("GET", url, { target: side, swap: "innerHTML" }).then(() => {
      side.hidden = false;
      board.classList.add("has-side");
      if (moving) draw();
      const target = side.querySelector(focus);
      if (target && target.tagName === "H2") target.tabIndex = -1;
      if (target) target.focus();
    });
  }

  function open(sign, walkIn) {
    const url = address(sign.getAttribute("href").split("/").at(-2));
    table.querySelectorAll(".is-open").forEach((other) => other.classList.remove("is-open"));
    sign.classList.add("is-open");
    stand(sign, false);
    window.history.replaceState(null, "", url);
    show(url, walkIn ? "h2" : "no-focus");
  }

  function close() {
    back();
    side.hidden = true;
    side.replaceChildren();
    board.classList.remove("has-side");
    table.querySelectorAll(".is-open").forEach((other) => other.classList.remove("is-open"));
    window.history.replaceState(null, "", address(""));
    if (current) current.focus();
  }

  // Arrows walk; with Shift they move the sign: left and right all of it, up and down only its end.
  const shifts = { ArrowLeft: [-1, -1], ArrowRight: [1, 1], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  function walked(sign, key) {
    const line = lines.indexOf(sign.closest("tr"));
    const own = signs(lines[line]);
    const place = own.indexOf(sign);
    if (key === "ArrowLeft") return own[place - 1];
    if (key === "ArrowRight") return own[place + 1];
    const next = { ArrowUp: line - 1, ArrowDown: line + 1, Home: 0, End: lines.length - 1 }[key];
    return lines[next] && signs(lines[next])[Math.min(place, signs(lines[next]).length - 1)];
  }
  table.addEventListener("keydown", (event) => {
    const sign = event.target.closest(".m");
    if (!sign || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (moving && moving.sign === sign) ask(); else open(sign, true);
    } else if (event.key === "Escape" && moving) {
      event.preventDefault();
      event.stopPropagation();
      back();
    } else if (event.shiftKey && shifts[event.key] && movable(sign)) {
      event.preventDefault();
      const whole = !sign.dataset.s || !sign.querySelector(".g");
      const [start, end] = shifts[event.key].map((step) => step * (event.ctrlKey ? 7 : 1));
      if (!(whole && start !== end)) shift(sign, start, end);
    } else if (!event.shiftKey && !event.ctrlKey && (shifts[event.key] || event.key === "Home" || event.key === "End")) {
      event.preventDefault();
      const target = walked(sign, event.key);
      if (target) { back(); stand(target, true); }
    }
  });

  // The mouse takes a sign by its body, a bar also by its ends; a finger scrolls the page and uses the form.
  function grip(sign, x) {
    const body = sign.querySelector(".g");
    if (!body || !sign.dataset.s) return "all";
    const box = body.getBoundingClientRect();
    const edge = Math.min(8, box.width / 3);
    if (x > box.right - edge && Date.parse(sign.dataset.e) <= Date.parse(table.dataset.to)) return "end";
    if (x < box.left + edge && Date.parse(sign.dataset.s) >= from) return "start";
    return "all";
  }
  table.addEventListener("pointerdown", (event) => {
    const sign = event.target.closest(".m");
    swallow = false;
    if (!sign || !movable(sign) || event.button !== 0 || event.pointerType === "touch") return;
    dragged = { sign, x: event.clientX, grip: grip(sign, event.clientX), pointer: event.pointerId, begun: false };
  });
  table.addEventListener("pointermove", (event) => {
    if (!dragged) {
      const sign = event.target.closest(".m");
      if (sign && movable(sign)) sign.classList.toggle("is-edge", grip(sign, event.clientX) !== "all");
      return;
    }
    if (!dragged.begun && Math.abs(event.clientX - dragged.x) < 4) return;
    if (!dragged.begun) { dragged.begun = true; dragged.sign.setPointerCapture(dragged.pointer); back(); }
    take(dragged.sign);
    const gone = Math.round((event.clientX - dragged.x) / pixels(1));
    const start = dragged.grip === "end" ? 0 : gone;
    const end = dragged.grip === "start" ? 0 : gone;
    shift(dragged.sign, start - moving.start, end - moving.end);
  });
  ["pointerup", "pointercancel"].forEach((kind) => table.addEventListener(kind, () => {
    if (dragged && dragged.begun) {
      swallow = true;
      stand(dragged.sign, false);
      if (kind === "pointerup") ask(); else back();
    }
    dragged = null;
  }));
  table.addEventListener("dragstart", (event) => event.preventDefault());
  table.addEventListener("click", (event) => {
    const line = event.target.closest("td.l") && event.target.closest("tr");
    const sign = event.target.closest(".m") || (lines.includes(line) && signs(line)[0]);
    if (!sign || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (!swallow) open(sign, false);
    swallow = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && dragged) { dragged = null; back(); }
  });

  side.addEventListener("click", (event) => {
    if (!event.target.closest("[data-escape], [data-leave]")) return;
    event.preventDefault();
    close();
  });
  // A refusal puts the sign back; its sentence stands in the form.
  side.addEventListener("htmx:afterSettle", () => {
    if (moving && side.querySelector("[role='alert'], #id_starts_on-error, #id_ends_on-error")) back();
  });

  lines.forEach((line) => signs(line).forEach((sign) => sign.setAttribute("tabindex", "-1")));
  if (current) stand(current, false);
})();
