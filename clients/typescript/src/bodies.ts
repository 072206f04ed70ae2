import type { Kind } from "./call.js";
import { NoAnswer, Refusal } from "./errors.js";
import type { AnyProblem } from "./generated/problems.js";
import type { Failure } from "./retries.js";

/** Encode a body once, so that each try sends the same bytes: its Idempotency-Key stands for them. */
export async function encoded(body: unknown, headers: Headers): Promise<BodyInit | undefined> {
  if (body === undefined) return undefined;
  if (!(body instanceof FormData)) {
    headers.set("Content-Type", "application/json");
    return JSON.stringify(body);
  }
  const form = new Response(body); // chooses the boundary
  headers.set("Content-Type", form.headers.get("Content-Type") ?? "");
  return form.arrayBuffer();
}

/** Return the content of an answer, undefined if it has none. */
export async function decoded(response: Response, kind: Kind): Promise<unknown> {
  if (response.status === 204) return undefined;
  if (kind === "text") return response.text();
  return kind === "bytes" ? response.arrayBuffer() : response.json();
}

/** Say what went wrong: the shop's problem, or that something else answered in its place. */
export async function refused(response: Response): Promise<Failure> {
  const retryAfter = seconds(response.headers.get("Retry-After"));
  const type = response.headers.get("Content-Type") ?? "";
  if (!type.startsWith("application/problem+json")) {
    const message = `The answer ${response.status} is not the shop's.`;
    return { error: new NoAnswer(message, response.status), retryAfter };
  }
  return { error: new Refusal((await response.json()) as AnyProblem), retryAfter };
}

/** Read `Retry-After` (RFC 9110): seconds, or a date. */
function seconds(text: string | null): number | undefined {
  if (text === null) return undefined;
  const found = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isNaN(found) ? undefined : Math.max(0, found);
}
