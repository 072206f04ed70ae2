import { decoded, encoded, refused } from "./bodies.js";
import { type AnyCall, type Call, parts } from "./call.js";
import { NoAnswer, Refusal } from "./errors.js";
import type { ProblemName, Refused } from "./generated/problems.js";
import { logOut, showSession } from "./generated/store.js";
import { type Failure, pause, sleep } from "./retries.js";

export interface ShopOptions {
  /** The address of the shop, such as `https://shop.example`. */
  readonly url: string;
  /** An API key, for programs on servers. Whoever can read a page can read a key in it. */
  readonly key?: string;
  /** Send the session cookie, and the CSRF token that belongs to it: for pages with a login. */
  readonly withSession?: boolean;
  /** The language of names and messages, such as `es`; without it, the browser's. */
  readonly locale?: string;
  /** The most times that a repeatable call is sent; 5 by default. */
  readonly tries?: number;
  /** The milliseconds that one try may take; 30,000 by default. */
  readonly timeout?: number;
  /** The milliseconds before the second try, doubled with each further one; 500 by default. */
  readonly firstPause?: number;
  /** The milliseconds that the client waits before another try at most; 30,000 by default. */
  readonly longestPause?: number;
  /** What to use instead of the global `fetch`, for tests and for proxies. */
  readonly fetch?: typeof fetch;
}

export interface SendOptions {
  /** Ends the call, the pauses between its tries included. */
  readonly signal?: AbortSignal;
  /** Names the buyer's action if it outlives this call, such as a page that is loaded again. */
  readonly idempotencyKey?: string;
}

/** What a call came to: either `data`, or the `problem` that it was refused with. */
export type Outcome<T, N extends ProblemName> =
  | { readonly data: T; readonly problem?: undefined }
  | { readonly data?: undefined; readonly problem: Refused<N> };

/** A list of which one page is read at a time. */
interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor?: string | null;
}

interface Prepared {
  readonly address: string;
  readonly headers: Headers;
  readonly body: BodyInit | undefined;
}

/** A shop, as one visitor or one program sees it. */
export class Shop {
  readonly #url: string;
  readonly #options: ShopOptions;
  #csrf: Promise<string> | undefined;

  constructor(options: ShopOptions) {
    this.#url = options.url.replace(/\/+$/, "");
    this.#options = options;
  }

  /**
   * Make a call, and return what it answers with.
   *
   * A call that can be repeated is, with one Idempotency-Key for all tries, when there was no answer
   * or the shop asks to come back. Throws a `Refusal` or `NoAnswer`, or the reason of the signal.
   */
  async send<T, N extends ProblemName>(call: Call<T, N>, options: SendOptions = {}): Promise<T> {
    const request = await this.#prepared(call, options);
    const { tries = 5, firstPause = 500, longestPause = 30_000, withSession } = this.#options;
    let isRenewed = false;
    for (let failures = 0; ; ) {
      const answer = await this.#tried(call, request, options.signal);
      if ("content" in answer) return answer.content as T;
      const { error } = answer;
      if (withSession && !isRenewed && isCsrf(error)) {
        isRenewed = true; // somebody has logged in or out in another tab: nothing was done yet
        this.#csrf = undefined;
        request.headers.set("X-CSRF-Token", await this.#token());
        continue;
      }
      failures += 1;
      // A random part keeps clients from coming back together.
      const backoff = firstPause * 2 ** (failures - 1) * (0.5 + Math.random() / 2);
      const wait = call.isRepeatable && failures < tries ? pause(answer, backoff) : undefined;
      if (wait === undefined || wait > longestPause) throw error;
      await sleep(wait, options.signal);
    }
  }

  /** Make a call like `send`, but return a refusal: the compiler knows which ones there can be. */
  async attempt<T, N extends ProblemName>(
    call: Call<T, N>,
    options: SendOptions = {},
  ): Promise<Outcome<T, N>> {
    try {
      return { data: await this.send(call, options) };
    } catch (error) {
      if (error instanceof Refusal) return { problem: error.problem } as unknown as Outcome<T, N>;
      throw error;
    }
  }

  /** Read a list to its end, page by page, and yield each of its items. */
  async *each<Item, N extends ProblemName>(
    call: Call<Page<Item>, N>,
    options: SendOptions = {},
  ): AsyncGenerator<Item, void, undefined> {
    let cursor: string | null | undefined;
    do {
      const input = cursor ? { ...call.input, cursor } : call.input;
      const page: Page<Item> = await this.send({ ...call, input }, options);
      yield* page.items;
      cursor = page.next_cursor;
    } while (cursor);
  }

  async #prepared(call: AnyCall, { idempotencyKey }: SendOptions): Promise<Prepared> {
    const { address, headers: said, body } = parts(call);
    const { key, locale, withSession } = this.#options;
    const headers = new Headers({ Accept: "application/json, */*;q=0.5", ...said });
    if (locale) headers.set("Accept-Language", locale);
    if (key) headers.set("Authorization", `Bearer ${key}`);
    if (call.method !== "GET") {
      if (call.isRepeatable) {
        headers.set("Idempotency-Key", idempotencyKey ?? crypto.randomUUID());
      }
      if (withSession) headers.set("X-CSRF-Token", await this.#token());
    }
    return { address: this.#url + address, headers, body: await encoded(body, headers) };
  }

  async #tried(
    call: AnyCall,
    { address, headers, body }: Prepared,
    signal?: AbortSignal,
  ): Promise<{ readonly content: unknown } | Failure> {
    const { fetch: ask = fetch, timeout = 30_000, withSession } = this.#options;
    const limit = AbortSignal.timeout(timeout);
    try {
      const response = await ask(address, {
        method: call.method,
        headers,
        body: body ?? null,
        credentials: withSession ? "include" : "omit",
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      if (!response.ok) return await refused(response);
      const content = await decoded(response, call.kind);
      this.#remember(call, content);
      return { content };
    } catch (cause) {
      signal?.throwIfAborted();
      return { error: new NoAnswer("The shop did not answer.", undefined, { cause }) };
    }
  }

  /** Return the CSRF token; calls that are made at once ask for it once. */
  #token(): Promise<string> {
    if (this.#csrf) return this.#csrf;
    const asked = this.send(showSession()).then((it) => it.csrf_token);
    this.#csrf = asked;
    asked.catch(() => {
      if (this.#csrf === asked) this.#csrf = undefined;
    });
    return asked;
  }

  /** Keep the token of a new session; when the session has ended, the next call asks for another. */
  #remember({ method, path }: AnyCall, content: unknown): void {
    const ended = logOut();
    if (method === ended.method && path === ended.path) this.#csrf = undefined;
    const token = (content as { csrf_token?: unknown } | undefined)?.csrf_token;
    if (typeof token === "string") this.#csrf = Promise.resolve(token);
  }
}

function isCsrf(error: unknown): boolean {
  return error instanceof Refusal && error.is("/problems/csrf-token-wrong");
}
