// What pages do beyond their forms and links. Everything works without it.
document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close]");
  if (close) close.closest(".toast").remove();
  const opens = event.target.closest("[data-opens]");
  if (opens) {
    event.preventDefault();
    document.getElementById(opens.dataset.opens).showModal();
  }
});

// A toast goes after ten seconds, unless somebody points at it or is in it.
const wait = (toast) => {
  if (toast.dataset.waits) return;
  toast.dataset.waits = "yes";
  const end = () => (toast.matches(":hover, :focus-within") ? setTimeout(end, 2000) : toast.remove());
  setTimeout(end, 10000);
};
document.querySelectorAll("#toasts .toast").forEach(wait);

// The summary of what is wrong gets the focus, so that it is read first.
document.getElementById("summary")?.focus();

// A form is posted once, however often its button is clicked; its key covers the rest.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.classList.add("htmx-request");
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.classList.remove("htmx-request");
  });
});

// What failed on the way is said, and the page stays as it is.
const failed = () => {
  const toast = document.getElementById("failed-toast").content.firstElementChild.cloneNode(true);
  document.getElementById("toasts").append(toast);
  wait(toast);
};
document.addEventListener("htmx:error", failed);
document.addEventListener("htmx:response:error", failed);

// An ended session is renewed in a dialog, above the form, which stays as it was.
document.addEventListener("htmx:after:swap", () => {
  const dialog = document.getElementById("session");
  if (dialog.querySelector("form") && !dialog.open) dialog.showModal();
  document.querySelectorAll("#toasts .toast").forEach(wait);
});
document.addEventListener("htmx:after:request", (event) => {
  const response = event.detail?.ctx?.response;
  const token = response?.headers?.get?.("x-csrf-token");
  if (!token) return;
  document.querySelectorAll('input[name="csrf_token"]').forEach((input) => (input.value = token));
  const dialog = document.getElementById("session");
  dialog.close();
  dialog.replaceChildren();
});

// The filters of a list come anew with each answer: what was open stays open, and the focus stays.
let facets = { open: [], focus: "" };
document.addEventListener("htmx:before:swap", () => {
  const open = [...document.querySelectorAll("#facets details[open]")].map((it) => it.id);
  facets = { open, focus: document.activeElement?.closest("#facets") ? document.activeElement.id : "" };
});
document.addEventListener("htmx:after:swap", () => {
  facets.open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  if (facets.focus && document.activeElement === document.body) document.getElementById(facets.focus)?.focus();
});

// Filters lie above the list: one is open at a time, and Escape or a click elsewhere closes it.
document.addEventListener("click", (event) => {
  document.querySelectorAll("#facets details[open]").forEach((it) => {
    if (!it.contains(event.target)) it.removeAttribute("open");
  });
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest?.("#facets details[open]");
  if (!open) return;
  open.removeAttribute("open");
  open.querySelector("summary").focus();
});

// A picture opens above the page; without scripts its link shows it alone.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-zoom]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  const picture = document.createElement("img");
  picture.src = link.href;
  picture.alt = link.querySelector("img").alt;
  dialog.append(picture);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
});

// A quantity is changed as soon as it is another one.
document.addEventListener("change", (event) => event.target.closest("form[data-submits]")?.requestSubmit());
