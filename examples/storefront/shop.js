// The API of the shop, called from a page of another origin.
export const url = document.documentElement.dataset.shop;
let csrf; // the token of the session

/** Make a call, and return what it answers. All its tries have one key, so that nothing happens twice. */
export async function call(method, path, body, headers = {}) {
  const key = crypto.randomUUID();
  for (let pause = 500; ; pause *= 2) {
    const { ok, status, found } = await tried(method, path, body, { "Idempotency-Key": key, ...headers });
    if (path === "/v1/session" && method !== "GET") csrf = undefined; // a session has a token of its own
    if (ok) return found;
    const isStale = found?.type === "/problems/csrf-token-wrong" && pause < 2000;
    const passes = status >= 502 || found?.type === "/problems/checkout-in-progress";
    if (!isStale && (!passes || pause > 8000 || path === "/v1/session")) {
      throw Object.assign(new Error(found?.title ?? "The shop cannot be reached."), { problem: found });
    }
    csrf = undefined; // somebody may have logged in or out in another tab
    if (!isStale) await new Promise((done) => setTimeout(done, pause));
  }
}

/** Ask once. Where there is no answer, it is as if the shop were away for a moment. */
async function tried(method, path, body, { ...headers }) {
  if (method !== "GET") headers["X-CSRF-Token"] = csrf ??= (await call("GET", "/v1/session")).csrf_token;
  if (method === "GET" || path === "/v1/session") delete headers["Idempotency-Key"];
  if (body) headers["Content-Type"] = "application/json";
  headers["Accept-Language"] = document.documentElement.lang;
  const options = { method, headers, credentials: "include", body: body && JSON.stringify(body) };
  const answer = await fetch(url + path, options).catch(() => ({ status: 503 }));
  const isJson = answer.headers?.get("Content-Type")?.includes("json");
  return { ok: answer.ok, status: answer.status, found: isJson ? await answer.json() : undefined };
}
