// Does with what docs/front-end.md prints what a page would do, and writes what it has seen.
import { readFileSync } from "node:fs";

const { PAGE, SHOP, LOGIN } = process.env;
const printed = [...readFileSync(PAGE, "utf8").matchAll(/^```js\n(.*?)^```$/gms)];
const source = printed.map((it) => it[1]).join("\n");
const { Shop, order, price } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

// What a browser has, and Node has not: cookies, and a document.
globalThis.document = { documentElement: { lang: "es" } };
const jar = new Map();
const real = globalThis.fetch;
let lost = 1; // answers of the checkout that never come
globalThis.fetch = async (url, options) => {
  const cookie = [...jar].map((it) => it.join("=")).join("; ");
  const answer = await real(url, { ...options, headers: { ...options.headers, cookie } });
  for (const set of answer.headers.getSetCookie()) jar.set(...set.split(";")[0].split("=", 2));
  if (url.endsWith("/checkout") && lost-- > 0) throw new TypeError("fetch failed");
  return answer;
};

const shop = new Shop(SHOP);
const cart = await shop.call("POST", "/v1/carts", { lines: [{ sku: "MUG-BLUE", quantity: 1 }] });
const shipping_option = (await shop.call("GET", `/v1/carts/${cart.id}/shipping-options`)).items[0].id;
const shipping_address = { name: "Ada", line1: "Calle Mayor 1", city: "Madrid", country: "ES" };
const contact = { email: "ada@example.com", shipping_address, shipping_option };
const { totals } = await shop.call("PUT", `/v1/carts/${cart.id}/contact`, contact);
const payment = { provider: "test", token: "ok" };
const placed = await order(shop, cart.id, payment, totals.total);
const again = await order(shop, cart.id, payment, totals.total);
const refusal = await shop.call("POST", "/v1/carts", { lines: [{ sku: "NO", quantity: 1 }] }).catch((it) => it);
const visitor = await shop.logIn(...Object.values(JSON.parse(readFileSync(LOGIN, "utf8"))));
await shop.logOut();
const session = await shop.call("GET", "/v1/session");

process.stdout.write(
  JSON.stringify({
    once: placed.number === again.number,
    paid: placed.payment_status,
    refusal: [refusal.message, refusal.problem.type],
    visitors: [visitor.email, session.visitor],
    price: [price(1250, "EUR"), price(2770, "JPY"), price(5091, "KWD", "en")],
  }),
);
