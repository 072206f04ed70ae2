// Categories are dragged to their places: before, into or after another one. Each has arrows, too.
const form = document.querySelector("form[data-tree]");
let dragged = null;
const clear = () => form?.querySelectorAll("[data-drop]").forEach((it) => delete it.dataset.drop);

// The upper and the lower third of a row mean before and after it, the middle means inside it.
const place = (row, y) => {
  const { top, height } = row.getBoundingClientRect();
  const part = (y - top) / height;
  return part < 1 / 3 ? "before" : part > 2 / 3 ? "after" : "into";
};
const target = (event) => {
  const row = event.target.closest(".tree-row");
  return dragged && row && !dragged.contains(row) ? row : null;
};
form?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("li");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.slug);
});
form?.addEventListener("dragend", () => { dragged = null; clear(); });
form?.addEventListener("dragover", (event) => {
  clear();
  const row = target(event);
  if (!row) return;
  event.preventDefault();
  row.dataset.drop = place(row, event.clientY);
});
form?.addEventListener("drop", (event) => {
  const row = target(event);
  if (!row) return;
  event.preventDefault();
  const { slug, parent, following } = row.closest("li").dataset;
  const own = dragged.dataset;
  const where = place(row, event.clientY);
  const before = where === "before" ? slug : where === "after" ? following : "";
  const to = [where === "into" ? slug : parent, before === own.slug ? own.following : before];
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "move", value: [own.node, ...to].join("/") });
  form.append(field);
  form.requestSubmit();
});
