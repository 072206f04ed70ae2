import type { AnyProblem, Problems, ProblemType } from "./generated/problems.js";

/** The shop refused a call; `problem.type` tells why, and so which other facts there are. */
export class Refusal<P extends AnyProblem = AnyProblem> extends Error {
  override readonly name = "Refusal";

  constructor(readonly problem: P) {
    super(problem.title);
  }

  /** Say whether this is one of these problems; a shop newer than this client has others. */
  is<K extends ProblemType>(...types: K[]): this is Refusal<Problems[K]> {
    return (types as string[]).includes(this.problem.type);
  }
}

/**
 * There was no answer from the shop: the network failed, it took too long, or a proxy answered in its
 * place. Whether a call that is not repeatable had its effect is unknown.
 */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";

  constructor(
    message: string,
    /** The status of a proxy's answer. */
    readonly status?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
