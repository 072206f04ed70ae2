import type { ProblemName } from "./generated/problems.js";

declare const ANSWER: unique symbol;
declare const PROBLEMS: unique symbol;

/** How the content of an answer is handed over. */
export type Kind = "json" | "text" | "bytes";

/** What a call is given: parameters of the path, the query and headers, and a `body`. */
export type Input = { readonly [name: string]: unknown };

/**
 * A call, described but not made yet: `Shop.send` makes it. `T` is what it answers with, and `N` are
 * the names of the problems that only some calls have.
 */
export interface Call<T, N extends ProblemName = never> {
  readonly method: string;
  readonly path: string;
  readonly input: Input;
  readonly kind: Kind;
  /** Whether it has one effect however often it is sent, by its nature or by an Idempotency-Key. */
  readonly isRepeatable: boolean;
  readonly [ANSWER]?: T;
  readonly [PROBLEMS]?: N;
}

/** A call, whatever it answers with. */
export type AnyCall = Call<unknown, ProblemName>;

/** Describe a call that changes nothing. */
export function read(path: string, input: Input, kind: Kind = "json") {
  return { method: "GET", path, input, kind, isRepeatable: true };
}

/** Describe a call that takes an Idempotency-Key. */
export function write(method: string, path: string, input: Input, kind: Kind = "json") {
  return { method, path, input, kind, isRepeatable: true };
}

/** Describe a call that takes none, such as logging in: it is never sent twice. */
export function writeOnce(method: string, path: string, input: Input, kind: Kind = "json") {
  return { method, path, input, kind, isRepeatable: false };
}

const HEADERS: Record<string, string> = {
  if_match: "If-Match",
  order_token: "X-Order-Token",
  draft_order_token: "X-Draft-Order-Token",
};

/** The parts of a request that its input says. */
export interface Parts {
  readonly address: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** Take the input of a call apart. Throws a TypeError for what cannot be part of a path. */
export function parts({ path, input }: AnyCall): Parts {
  const { body, ...left }: Record<string, unknown> = input;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const segment = String(left[name] ?? "");
    delete left[name];
    // As a segment, a dot would lead to another address.
    if (/^\.{0,2}$/.test(segment)) throw new TypeError(`${name} cannot be "${segment}"`);
    return encodeURIComponent(segment);
  });
  const headers: Record<string, string> = {};
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(left)) {
    if (value === undefined || value === null) continue;
    const header = HEADERS[name];
    if (Array.isArray(value)) for (const it of value) query.append(name, String(it));
    else if (header === undefined) query.set(name, String(value));
    else headers[header] = name === "if_match" ? `"${value}"` : String(value);
  }
  const asked = query.toString();
  return { address: asked ? `${filled}?${asked}` : filled, headers, body };
}
