// What the admin does beyond links and forms: keys, counted changes, charts, what is new. All of it
// works without this file, but for what it adds.
const OFF = "trastienda-keys-off";
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
const search = () => document.getElementById("admin-search");

// Single keys are dead while somebody types, and where they are switched off (WCAG 2.1.4).
let went = -Infinity; // when g was pressed: the next key, soon after it, leads to a page
let row = -1;
const rows = () => [...document.querySelectorAll("main table.data tbody tr")];
const stand = (number) => {
  const all = rows();
  if (!all.length) return;
  all[row]?.classList.remove("is-here");
  row = Math.max(0, Math.min(all.length - 1, number));
  all[row].classList.add("is-here");
  all[row].scrollIntoView({ block: "nearest" });
};
const KEYS = {
  "/": () => search().focus(),
  "?": () => document.getElementById("keys").showModal(),
  g: (event) => { went = event.timeStamp; },
  j: () => stand(row + 1),
  k: () => stand(row - 1),
  x: () => rows()[row]?.querySelector('input[type="checkbox"]')?.click(),
  u: () => document.querySelector("#toasts .toast form button")?.click(),
  Enter: () => rows()[row]?.querySelector("a")?.click(),
};
// What was found is gone with Escape, and an answer that was on its way does not bring it back.
let dismissed = false;
const dismiss = () => {
  dismissed = true;
  document.getElementById("found")?.replaceChildren();
};
document.addEventListener("input", (event) => {
  if (event.target === search() && event.target.value) dismissed = false;
});
document.addEventListener("htmx:after:swap", () => { if (dismissed) dismiss(); });
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    event.preventDefault();
    search().focus();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    const form = document.querySelector("form[data-counts]");
    if (form) { event.preventDefault(); form.requestSubmit(); }
    return;
  }
  if (event.key === "Escape") dismiss();
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (localStorage.getItem(OFF) || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  if (event.timeStamp - went < 1500) {
    went = -Infinity;
    const link = document.querySelector(`.admin-side [data-key="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); }
    return;
  }
  const does = KEYS[event.key];
  if (does) { event.preventDefault(); does(event); }
});
const off = document.querySelector("[data-keys-off]");
off.checked = Boolean(localStorage.getItem(OFF));
off.addEventListener("change", () =>
  off.checked ? localStorage.setItem(OFF, "yes") : localStorage.removeItem(OFF));

// The bar of a form says how much of it was changed, and leaving it unsaved is asked about.
const said = (form) => {
  const now = new Map();
  for (const [name, text] of new FormData(form)) now.set(name, `${now.get(name) ?? ""}\n${text}`);
  return now;
};
document.querySelectorAll("form[data-counts]").forEach((form) => {
  const before = said(form);
  let changed = 0;
  form.addEventListener("input", () => {
    const now = said(form);
    const names = new Set([...before.keys(), ...now.keys()]);
    changed = [...names].filter((name) => before.get(name) !== now.get(name)).length;
    const place = form.querySelector("[data-changes]");
    if (place) place.textContent = changed ? `● ${changed}` : "";
  });
  form.addEventListener("submit", () => (changed = 0));
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
});

// How many rows are chosen.
document.querySelectorAll("form[data-bulk]").forEach((form) => {
  const place = form.querySelector("[data-chosen]");
  const plain = place?.textContent;
  form.addEventListener("change", () => {
    const boxes = [...form.querySelectorAll('tbody input[type="checkbox"]')];
    boxes.forEach((box) => box.closest("tr").classList.toggle("is-picked", box.checked));
    const chosen = boxes.filter((box) => box.checked).length;
    if (place) place.textContent = chosen ? `${plain} ${chosen}` : plain;
  });
});

// A scanner types a SKU and Enter: the next field gets the focus, and only the last one sends.
document.querySelectorAll("form[data-count]").forEach((form) => {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.id !== "sku") return;
    event.preventDefault();
    document.getElementById("counted").focus();
  });
});

document.querySelectorAll("[data-print]").forEach((it) => it.addEventListener("click", () => print()));

// A link to a field that stands folded away opens what it is in.
const open = () => document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("details")?.setAttribute("open", "");
window.addEventListener("hashchange", open);
open();

// Menus close when somebody points elsewhere.
document.addEventListener("click", (event) => {
  document.querySelectorAll(".admin-head details[open]").forEach((it) => {
    if (!it.contains(event.target)) it.removeAttribute("open");
  });
});

// The line of a chart, in the colours of the page.
document.querySelectorAll("[data-chart]").forEach((place) => {
  if (typeof uPlot === "undefined") return;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const { at, totals, currency, digits, language, label, day: dayLabel } = place.dataset;
  const minor = 10 ** Number(digits);
  const money = new Intl.NumberFormat(language, { style: "currency", currency });
  const short = new Intl.NumberFormat(language, { notation: "compact" });
  const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" });
  const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
  const options = {
    width: place.clientWidth,
    height: 240,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
    legend: { live: true },
    series: [
      { value: (_, seconds) => (seconds == null ? "—" : day.format(seconds * 1000)), label: dayLabel },
      { label, stroke: colour("--brand"), width: 2, fill: `${colour("--brand")}22`, value: (_, it) => (it == null ? "—" : money.format(it)) },
    ],
    axes: [
      { ...axis, values: (_, all) => all.map((it) => day.format(it * 1000)) },
      { ...axis, size: 60, values: (_, all) => all.map((it) => short.format(it)) },
    ],
  };
  const numbers = (text) => text.split(",").map(Number);
  const plot = new uPlot(options, [numbers(at), numbers(totals).map((it) => it / minor)], place);
  new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: 240 })).observe(place);
});

// New events come in by the stream; the tiles of the first page are read anew.
const tiles = document.querySelector("[data-live]");
const note = document.querySelector("[data-live-note]");
if ((tiles || note) && "EventSource" in window) {
  const types = "order.*,refund.*,return.*";
  const stream = new EventSource(tiles ? `/v1/admin/events/stream?types=${types}` : "/v1/admin/events/stream");
  let waits = null;
  const renew = () => {
    if (note) note.hidden = false;
    if (!tiles || waits) return;
    waits = setTimeout(async () => {
      waits = null;
      const page = await fetch(location.href, { headers: { accept: "text/html" } });
      if (!page.ok) return;
      const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[data-live]");
      if (fresh) tiles.replaceChildren(...fresh.children);
    }, 1000);
  };
  const names = ["order.placed", "order.paid", "order.fulfilled", "order.cancelled", "order.refunded", "refund.failed", "return.requested", "return.received"];
  names.forEach((name) => stream.addEventListener(name, renew));
  stream.onmessage = renew;
}

// Pictures of any size go to the API; without scripts the form itself takes small ones.
document.querySelectorAll("form[data-upload]").forEach((form) => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new FormData();
    body.append("file", form.querySelector('input[type="file"]').files[0]);
    const token = form.querySelector('input[name="csrf_token"]').value;
    const answer = await fetch(form.dataset.upload, { method: "POST", body, headers: { "x-csrf-token": token, accept: "application/json" } });
    const said = await answer.json();
    if (answer.ok) { location.href = `/admin/media/${said.id}`; return; }
    const toast = document.getElementById("failed-toast").content.firstElementChild.cloneNode(true);
    toast.querySelector("span").textContent = said.title;
    document.getElementById("toasts").append(toast);
    delete form.dataset.sent;
    form.classList.remove("htmx-request");
  });
});
