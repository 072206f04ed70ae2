export type { Call } from "./call.js";
export { NoAnswer, Refusal } from "./errors.js";
export type * from "./generated/problems.js";
export type * from "./generated/schemas.js";
export * from "./generated/store.js";
export { type Outcome, type SendOptions, Shop, type ShopOptions } from "./shop.js";
