// The pages: each is a function that returns what it shows. The address after # chooses one.
import { call, url } from "./shop.js";

const [page, message] = ["page", "message"].map((id) => document.getElementById(id));

/** Make an element. Texts stay texts, whatever is in them. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.flat());
  return made;
}

const heading = (text) => element("h1", {}, text);
const link = (href, ...content) => element("a", { href }, ...content);
const picture = (source, alt = "") => element("img", { src: new URL(source, url), alt });
const button = (text, onclick) => element("button", { type: "button", onclick: () => act(onclick) }, text);
const field = (label, name, more = {}) =>
  element("label", {}, label, element("input", { name, required: true, ...more }));
const choice = (label, name, options) =>
  element("label", {}, label, element("select", { name }, options.map((it) => element("option", ...it))));

/** A form that hands its fields over when it is sent. */
function form(send, submit, ...fields) {
  const onsubmit = (event) => {
    event.preventDefault();
    act(() => send(Object.fromEntries(new FormData(event.target))));
  };
  return element("form", { onsubmit }, ...fields, element("button", {}, submit));
}

/** Do something for the visitor; what the shop says against it is for them to read. */
async function act(what) {
  message.textContent = "";
  page.ariaBusy = "true";
  try {
    await what();
  } catch (error) {
    const fields = error.problem?.errors?.map((it) => it.detail) ?? [];
    message.textContent = [error.message, ...fields].join(" ");
  }
  page.ariaBusy = "false";
}

function price(amount, currency) {
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency });
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

async function goods(words = "") {
  const list = element("ul", { className: "goods" });
  const more = button("More", () => load({ cursor: more.value }));
  async function load(from = {}) {
    const asked = new URLSearchParams({ limit: 12, ...from, ...(words && { q: words }) });
    const { items, currency, next_cursor } = await call("GET", `/v1/products?${asked}`);
    const about = (it) => [...(it.thumbnail ? [picture(it.thumbnail)] : []), it.name];
    list.append(...items.map((it) =>
      element("li", {}, link(`#/products/${it.slug}`, ...about(it)), ` ${price(it.price, currency)}`)));
    Object.assign(more, { value: next_cursor ?? "", hidden: !next_cursor });
  }
  await load();
  const search = form(({ q }) => (location.hash = `#/search/${encodeURIComponent(q)}`), "Search",
    field("What are you looking for?", "q", { type: "search", value: words }));
  return [heading("Goods"), search, list, more];
}

async function product(slug) {
  const { name, description, currency, variants, media } = await call("GET", `/v1/products/${slug}`);
  const options = variants.map((it) => [{ value: it.sku, disabled: !it.in_stock }, `${it.name || name}, ${price(it.price, currency)}`]);
  const add = async ({ sku, quantity }) => {
    const line = { sku, quantity: Number(quantity) };
    if (localStorage.cart) await call("POST", `/v1/carts/${localStorage.cart}/lines`, line);
    else localStorage.cart = (await call("POST", "/v1/carts", { lines: [line] })).id;
    location.hash = "#/cart";
  };
  const buy = form(add, "Add to cart", choice("Variant", "sku", options),
    field("Quantity", "quantity", { type: "number", min: 1, value: 1 }));
  return [heading(name), ...media.slice(0, 1).map((it) => picture(it.url, it.alt)), element("p", {}, description), buy];
}

/** Read the cart; one that has expired or become an order is forgotten. */
const openCart = async () => localStorage.cart && call("GET", `/v1/carts/${localStorage.cart}`).catch((error) => {
  if (error.problem?.status !== 404) throw error;
  localStorage.removeItem("cart");
});

async function cart() {
  const open = await openCart();
  if (!open?.lines.length) return [heading("Cart"), element("p", {}, "Your cart is empty.")];
  const remove = (it) => call("DELETE", `/v1/carts/${open.id}/lines/${it.id}`).then(show);
  const lines = open.lines.map((it) => element("li", {}, `${it.quantity} × ${it.name}: `,
    `${price(it.total, open.currency)} `, button(`Remove ${it.name}`, () => remove(it))));
  const total = element("p", {}, `Total: ${price(open.totals.total, open.currency)}`);
  return [heading("Cart"), element("ul", {}, lines), total, link("#/checkout", "Check out")];
}

async function checkout() {
  const { id, totals, currency, shipping_option, email } = await openCart() ?? {};
  if (!id) return cart();
  const { items } = await call("GET", `/v1/carts/${id}/shipping-options`);
  const address = ({ email, shipping_option, ...shipping_address }) =>
    call("PUT", `/v1/carts/${id}/contact`, { email, shipping_address, shipping_option }).then(show);
  const where = form(address, "Continue",
    field("E-mail", "email", { type: "email", value: email ?? "" }), field("Name", "name"),
    field("Street and number", "line1"), field("Postal code", "postal_code"), field("City", "city"),
    field("Country, two letters", "country", { value: "ES", maxLength: 2 }),
    choice("Delivery", "shipping_option", items.map((it) => [{ value: it.id }, `${it.name}, ${price(it.price, currency)}`])));
  if (!shipping_option) return [heading("Check out"), where];
  const cards = [["ok", "that pays"], ["decline", "that is declined"], ["challenge", "whose bank asks"]];
  const payment = form((it) => pay(id, it.token, totals.total), `Order and pay ${price(totals.total, currency)}`,
    choice("Card", "token", cards.map(([value, text]) => [{ value }, `A test card ${text}`])));
  return [heading("Pay"), payment];
}

async function pay(id, token, expected_total) {
  const payment = { provider: "test", token, return_url: `${location.href.split("#")[0]}#/paid` };
  const answer = await call("POST", `/v1/carts/${id}/checkout`, { payment, expected_total });
  if (answer.payment?.next_action) location.assign(answer.payment.next_action.url);
  else if (answer.payment) location.hash = "#/paid";
  else ordered(answer);
}

/** Keep what opens the order in this browser, and out of addresses. */
function ordered({ id, access_token }) {
  localStorage.removeItem("cart");
  localStorage.setItem(`order ${id}`, access_token);
  location.hash = `#/orders/${id}`;
}

/** The buyer comes back from the bank: wait until the shop knows the outcome. */
async function paid() {
  const { status, order } = await call("GET", `/v1/carts/${localStorage.cart}/payment`);
  if (order) return ordered(order) ?? [];
  if (["declined", "expired", "voided"].includes(status)) {
    return [heading("The payment was declined."), link("#/checkout", "Pay in another way")];
  }
  await new Promise((done) => setTimeout(done, 1000));
  return paid();
}

async function order(id) {
  const token = localStorage.getItem(`order ${id}`);
  const found = await call("GET", `/v1/orders/${id}`, undefined, token ? { "X-Order-Token": token } : {});
  const lines = found.lines.map((it) => element("li", {}, `${it.quantity} × ${it.name}`));
  const paidFor = `${price(found.totals.total, found.currency)}, ${found.payment_status}`;
  return [heading(`Order ${found.number}`), element("ul", {}, lines), element("p", {}, paidFor)];
}

async function account() {
  const { visitor } = await call("GET", "/v1/session");
  const become = (credentials) => call(credentials ? "POST" : "DELETE", "/v1/session", credentials).then(show);
  if (visitor) return [heading(visitor.email), button("Log out", () => become())];
  return [heading("Log in"), form(become, "Log in", field("E-mail", "email", { type: "email", autocomplete: "username" }),
    field("Password", "password", { type: "password", autocomplete: "current-password" }))];
}

const PAGES = { search: goods, products: product, cart, checkout, paid, orders: order, account };

/** Show the page that the address names, unless the visitor has gone on meanwhile. */
async function show() {
  const address = location.hash;
  const [, name, detail] = address.split("/");
  const shown = await (PAGES[name] ?? goods)(detail && decodeURIComponent(detail));
  if (location.hash === address) page.replaceChildren(...shown);
  page.focus();
}

addEventListener("hashchange", () => act(show));
act(show);
