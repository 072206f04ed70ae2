import { NoAnswer, Refusal } from "./errors.js";

/** Statuses of refusals that end by themselves, if the answer says when (`Retry-After`). */
const PASSING = new Set([409, 429, 503]);

/** What a try that failed says about the next one. */
export interface Failure {
  readonly error: unknown;
  /** The seconds of `Retry-After`. */
  readonly retryAfter?: number | undefined;
}

/**
 * Return the milliseconds to wait before the next try of a repeatable call, undefined if another try
 * is of no use. `backoff` is for answers that do not say how long.
 */
export function pause({ error, retryAfter }: Failure, backoff: number): number | undefined {
  if (error instanceof Refusal) {
    if (!PASSING.has(error.problem.status)) return undefined;
    if (retryAfter !== undefined) return retryAfter * 1000;
    return error.problem.status === 503 ? backoff : undefined;
  }
  if (!(error instanceof NoAnswer)) return undefined;
  const { status } = error;
  if (status !== undefined && status < 500 && status !== 429) return undefined;
  return retryAfter === undefined ? backoff : retryAfter * 1000;
}

/** Wait, and reject at once when the signal aborts. */
export function sleep(milliseconds: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
