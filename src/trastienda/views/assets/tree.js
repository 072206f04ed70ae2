// Categories are dragged to their places: before, into or after another one. One that is chosen has
// the arrows in its row; without this file they stand above the tree.
const form = document.querySelector("form[data-tree]");
const steps = form?.querySelector(".tree-steps");
const choose = () => {
  const row = form?.querySelector('input[name="node"]:checked')?.closest("p");
  if (row) row.append(steps);
};
form?.addEventListener("change", choose);
choose();

const slugOf = (item) => item?.querySelector('input[name="node"]').value.split("/")[0] ?? "";
const parentOf = (item) => item.parentElement.closest("li");
const followerOf = (item) => slugOf(item.nextElementSibling);
// How the server is told of a category: by its id, as it was seen.
const namedIn = (item) => {
  const [, version] = item.querySelector('input[name="node"]').value.split("/");
  return `${item.querySelector("a").pathname.split("/").pop()}/${version}`;
};

let dragged = null;
const clear = () => form?.querySelectorAll("[data-drop]").forEach((it) => delete it.dataset.drop);
if (steps) form.querySelectorAll(".tree p").forEach((row) => (row.draggable = true));

// The upper and the lower third of a row mean before and after it, the middle means inside it.
const place = (row, y) => {
  const { top, height } = row.getBoundingClientRect();
  const part = (y - top) / height;
  return part < 1 / 3 ? "before" : part > 2 / 3 ? "after" : "into";
};
const target = (event) => {
  const row = event.target.closest("p");
  return dragged && row && !dragged.contains(row) ? row : null;
};
form?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("li");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", slugOf(dragged));
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
  const over = row.closest("li");
  const where = place(row, event.clientY);
  const before = where === "before" ? slugOf(over) : where === "after" ? followerOf(over) : "";
  const parent = where === "into" ? over : parentOf(over);
  const to = [slugOf(parent), before === slugOf(dragged) ? followerOf(dragged) : before];
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "move", value: [namedIn(dragged), ...to].join("/") });
  form.append(field);
  form.requestSubmit();
});
