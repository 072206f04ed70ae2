// The API of the shop, called from a page of another origin.

/** The shop refused a call: `problem` is its answer, and the message is for people. */
export class Refusal extends Error {
  constructor(problem) {
    super(problem.title);
    this.problem = problem;
  }
}

export class Shop {
  #csrf;

  constructor(url) {
    this.url = url;
  }

  /** Make a call. All its tries have one key, so that nothing happens twice. */
  async call(method, path, body, headers = {}) {
    const key = crypto.randomUUID();
    for (let pause = 500; ; pause *= 2) {
      try {
        return await this.#try(method, path, body, { "Idempotency-Key": key, ...headers });
      } catch (error) {
        const { status = 503, type } = error.problem ?? {}; // 503: there was no answer
        const isStale = type === "/problems/csrf-token-wrong" && pause < 2000;
        const passes = status >= 502 || type === "/problems/checkout-in-progress";
        if (!isStale && (!passes || pause > 8000 || path === "/v1/session")) throw error;
        this.#csrf = undefined; // somebody may have logged in or out in another tab
        if (!isStale) await new Promise((done) => setTimeout(done, pause));
      }
    }
  }

  async #try(method, path, body, { ...headers }) {
    if (method !== "GET") headers["X-CSRF-Token"] = this.#csrf ??= (await this.visit()).csrf_token;
    if (method === "GET" || path === "/v1/session") delete headers["Idempotency-Key"];
    if (body) headers["Content-Type"] = "application/json";
    headers["Accept-Language"] = document.documentElement.lang;
    const options = { method, headers, credentials: "include" };
    if (body) options.body = JSON.stringify(body);
    const answer = await fetch(this.url + path, options);
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    const found = isJson ? await answer.json() : undefined;
    if (answer.ok) return found;
    throw new Refusal(found ?? { title: "The shop does not answer.", status: answer.status });
  }

  /** Say who the visitor is. */
  visit() {
    return this.call("GET", "/v1/session");
  }

  /** Log in with `{ email, password }`, or out without. A session has a token of its own. */
  async session(credentials) {
    await this.call(credentials ? "POST" : "DELETE", "/v1/session", credentials);
    this.#csrf = undefined;
  }
}
