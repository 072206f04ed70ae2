// A front-end's purchase, with types made from /openapi.json; writes what it paid.
import createClient from "openapi-fetch";
import type { components, paths } from "./shop.js";

type Order = components["schemas"]["OrderView"];
type Answer<T, E> = { data?: T; error?: E };

const shop = createClient<paths>({
  baseUrl: process.env.SHOP ?? "https://localhost:8443",
  headers: { "Accept-Language": "en" },
});

/** What was asked for; a refusal is thrown in its own words. */
function got<T, E extends { title: string }>({ data, error }: Answer<T, E>): T {
  if (data === undefined) throw new Error(error?.title ?? "The shop has not answered.");
  return data;
}

async function mug(): Promise<string> {
  const found = got(await shop.GET("/v1/products", { params: { query: { q: "blue mug" } } }));
  const slug = found.items[0]?.slug;
  if (slug === undefined) throw new Error("Nothing is called that.");
  const product = got(await shop.GET("/v1/products/{slug}", { params: { path: { slug } } }));
  const variant = product.variants.find((it) => it.options.Colour === "Blue");
  if (variant === undefined) throw new Error("There is none in blue.");
  return variant.sku;
}

async function buy(sku: string): Promise<Order> {
  const { id: cart_id } = got(
    await shop.POST("/v1/carts", { body: { lines: [{ sku, quantity: 1 }] } }),
  );
  const params = { path: { cart_id } };
  const options = got(await shop.GET("/v1/carts/{cart_id}/shipping-options", { params }));
  const cart = got(
    await shop.PUT("/v1/carts/{cart_id}/contact", {
      params,
      body: {
        email: "ada@example.com",
        shipping_address: {
          name: "Ada Lovelace",
          line1: "Calle Mayor 1",
          city: "Madrid",
          country: "ES",
        },
        shipping_option: options.items[0]?.id ?? null,
      },
    }),
  );
  return checkOut(cart.id, cart.totals.total + 1);
}

async function checkOut(cart_id: string, expected_total: number): Promise<Order> {
  const { data, error } = await shop.POST("/v1/carts/{cart_id}/checkout", {
    params: { path: { cart_id }, header: { "Idempotency-Key": crypto.randomUUID() } },
    body: { payment: { provider: "test", token: "ok" }, expected_total },
  });
  if (data !== undefined && "id" in data) return data;
  if (data !== undefined) throw new Error(`here a page sends the buyer on: ${data.payment.status}`);
  if (error.type !== "/problems/total-changed") throw new Error(error.title);
  console.error(error.title, error.total); // here a page asks the buyer once more
  return checkOut(cart_id, error.total);
}

const { id, access_token } = await buy(await mug());
const order = got(
  await shop.GET("/v1/orders/{order_id}", {
    params: { path: { order_id: id }, header: { "X-Order-Token": access_token } },
  }),
);
console.log(
  JSON.stringify({
    bought: order.lines.map((it) => [it.sku, it.quantity, it.unit_price]),
    shipping: order.totals.shipping,
    paid: [order.payment_status, order.totals.total, order.currency],
  }),
);
