"use strict";
const place = document.getElementById("events");
const filter = document.getElementById("filter");

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

function entry(message) {
  const summary = element("summary", "", element("code", message.name), element("span", message.summary));
  const example = JSON.stringify(message.examples[0].payload, null, 2);
  const made = element("details", "", summary, element("pre", example));
  made.id = message.name;
  made.dataset.words = `${message.name} ${message.summary}`.toLowerCase();
  return made;
}

function sift() {
  const wanted = filter.value.trim().toLowerCase();
  for (const section of place.children) {
    const entries = [...section.querySelectorAll("details")];
    for (const it of entries) it.hidden = !it.dataset.words.includes(wanted);
    section.hidden = entries.every((it) => it.hidden);
  }
}

function opened() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named?.tagName !== "DETAILS") return;
  named.open = true;
  named.scrollIntoView();
}

async function show() {
  const described = await (await fetch("/asyncapi.json")).json();
  const kinds = new Map();
  for (const message of Object.values(described.components.messages)) {
    const kind = message.name.split(".")[0];
    kinds.set(kind, [...(kinds.get(kind) ?? []), message]);
  }
  for (const [kind, messages] of kinds) {
    const words = kind.replaceAll("_", " ");
    const title = words[0].toUpperCase() + words.slice(1);
    place.append(element("section", "", element("h2", title), ...messages.map(entry)));
  }
  filter.addEventListener("input", sift);
  addEventListener("hashchange", opened);
  opened();
}

show();
