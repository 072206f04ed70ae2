// What clients/typescript does with a running shop, and with one that is in trouble; writes what it saw.
import * as staff from "./client/generated/staff.js";
import * as shop from "./client/index.js";

const { SHOP = "https://localhost:8443", LOGIN = "{}" } = process.env;
const home = { name: "Ada Lovelace", line1: "Calle Mayor 1", city: "Madrid", country: "ES" };

/** A fetch with cookies, as a browser has. */
function browser(): typeof fetch {
  const jar = new Map<string, string>();
  return async (address, options) => {
    const headers = new Headers(options?.headers);
    headers.set("Cookie", [...jar].map((it) => it.join("=")).join("; "));
    const answer = await fetch(address, { ...options, headers });
    for (const set of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (set.split(";")[0] ?? "").split("=", 2);
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    return answer;
  };
}

async function bought() {
  const keys: (string | null)[] = [];
  const loses: typeof fetch = async (address, options) => {
    const answer = await fetch(address, options);
    if (!String(address).endsWith("/checkout")) return answer;
    keys.push(new Headers(options?.headers).get("Idempotency-Key"));
    if (keys.length === 2) throw new TypeError("the connection was cut");
    return answer;
  };
  const guest = new shop.Shop({ url: SHOP, locale: "en", fetch: loses });
  const found: string[] = [];
  for await (const it of guest.each(shop.listProducts({ limit: 20, sort: "name" }))) {
    found.push(it.slug);
  }
  const colours = ["Colour=Blue", "Colour=Sage"];
  const { items } = await guest.send(shop.listProducts({ filter: colours, in_stock: true, q: "mug" }));
  const unknown = await guest.attempt(shop.openCart({ body: { lines: [{ sku: "NO", quantity: 1 }] } }));
  const cart = await guest.send(
    shop.openCart({ body: { lines: [{ sku: "MUG-BLUE", quantity: 1 }] } }),
  );
  const cart_id = cart.id;
  const options = await guest.send(shop.listShippingOptions({ cart_id }));
  await guest.send(
    shop.setContact({
      cart_id,
      if_match: cart.version,
      body: {
        email: "ada@example.com",
        shipping_address: home,
        shipping_option: options.items[0]?.id ?? null,
      },
    }),
  );
  const payment = { provider: "test", token: "ok" };
  const body = { payment, expected_total: 1 };
  const first = await guest.attempt(shop.checkout({ cart_id, body }));
  if (first.problem?.type !== "/problems/total-changed") throw new Error("the total was right");
  const { total } = first.problem;
  const placed = await guest.send(shop.checkout({ cart_id, body: { payment, expected_total: total } }));
  if (!("id" in placed)) throw new Error("a second step is needed");
  const order_token = placed.access_token ?? "";
  const order = await guest.send(shop.getOrder({ order_id: placed.id, order_token }));
  const stranger = await guest.attempt(shop.getOrder({ order_id: placed.id }));
  return {
    pages: [found.length === new Set(found).size, items[0]?.slug],
    unknown: unknown.problem?.type,
    keys: [keys.length, new Set(keys).size],
    paid: [order.payment_status, order.totals.total, order.currency],
    stranger: stranger.problem?.status,
  };
}

async function withSession() {
  const cookies = browser();
  const here = new shop.Shop({ url: SHOP, withSession: true, fetch: cookies });
  const otherTab = new shop.Shop({ url: SHOP, withSession: true, fetch: cookies });
  const body: shop.Credentials = JSON.parse(LOGIN);
  await here.send(shop.logIn({ body }));
  await otherTab.send(shop.logOut());
  await otherTab.send(shop.logIn({ body }));
  const name = "From a page";
  const made = await here.send(staff.createCustomerGroup({ body: { name, code: "from-a-page" } })); // its token was stale
  await here.send(staff.deleteCustomerGroup({ group_id: made.id, if_match: made.version }));
  const visitor = (await here.send(shop.showSession())).visitor?.email;
  await here.send(shop.logOut());
  const key = new shop.Shop({ url: SHOP, key: "tk_0123456789ab_wrong" });
  const refused = await key.attempt(staff.listAllOrders());
  return { made: made.name === name, visitor, key: refused.problem?.type };
}

/** A shop that answers with these, one after the other, and keeps what it was asked. */
function answers(...given: (Response | Error)[]) {
  const keys: (string | null)[] = [];
  const fake: typeof fetch = async (_, options) => {
    keys.push(new Headers(options?.headers).get("Idempotency-Key"));
    const answer = given.shift() ?? new Response("{}");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { keys, shop: new shop.Shop({ url: "https://shop.example", tries: 3, firstPause: 0, fetch: fake }) };
}

function problem(type: string, status: number, retryAfter?: number): Response {
  const headers = new Headers({ "Content-Type": "application/problem+json" });
  if (retryAfter !== undefined) headers.set("Retry-After", String(retryAfter));
  return new Response(JSON.stringify({ type: `/problems/${type}`, status }), { status, headers });
}

async function inTrouble() {
  const open = shop.openCart({ body: {} });
  const cut = new TypeError("the connection was cut");
  const busy = answers(problem("key-in-use", 409, 0), problem("database-away", 503, 0));
  await busy.shop.send(open);
  const tooLong = answers(problem("too-often", 429, 3600));
  const later = await tooLong.shop.attempt(open);
  const login = answers(cut);
  const lost = await login.shop.send(shop.logOut()).catch((it: unknown) => it);
  const gone = answers(cut, cut, cut, cut);
  const never = await gone.shop.send(shop.showSession()).catch((it: unknown) => it);
  const proxy = answers(new Response("<html>", { status: 413 }));
  const large = await proxy.shop.send(open).catch((it: unknown) => it);
  const waiting = answers(problem("too-often", 429, 20));
  const stop = new AbortController();
  const aborted = waiting.shop.send(open, { signal: stop.signal }).catch((it: unknown) => it);
  setTimeout(() => stop.abort(), 10);
  const dots = await gone.shop.send(shop.getCart({ cart_id: ".." })).catch((it: unknown) => it);
  return {
    busy: [busy.keys.length, new Set(busy.keys).size],
    later: [later.problem?.type, tooLong.keys.length],
    once: [lost instanceof shop.NoAnswer, login.keys.length],
    never: [never instanceof shop.NoAnswer, gone.keys.length],
    large: large instanceof shop.NoAnswer && large.status,
    aborted: ((await aborted) as Error).name,
    dots: dots instanceof TypeError,
  };
}

console.log(
  JSON.stringify({ ...(await bought()), ...(await withSession()), ...(await inTrouble()) }),
);
